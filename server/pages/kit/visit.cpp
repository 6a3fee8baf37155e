#include "server/pages/kit/visit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/http/peer.hpp"
#include "storage/engine/bytes.hpp"

namespace server::pages {
namespace {

constexpr std::string_view kVisitor = "draft";

/// With a secure address the browser itself holds the cookie to this host.
std::string cookie_name(Config const& config, std::string_view name) {
    return (config.secure_cookies ? "__Host-" : "") + std::string(name);
}

/// The tags of an Accept-Language field in the order they stand in, which browsers make that of preference.
void add_languages(std::string_view field, std::vector<std::string>& languages) {
    while (!field.empty()) {
        auto const entry = field.substr(0, field.find(','));
        field.remove_prefix(std::min(entry.size() + 1, field.size()));
        auto tag = entry.substr(0, entry.find(';'));
        tag.remove_prefix(std::min(tag.find_first_not_of(' '), tag.size()));
        languages.emplace_back(tag);
    }
}

bool is_secret(std::string_view text) {
    constexpr std::size_t kLength = 26;  // storage::random_id()
    return text.size() == kLength && std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0; });
}

std::string token_of(api::Services const& services, Visit const& visit) {
    return storage::to_hex(services.store.vault().index_digest("form token", visit.visitor));
}

}  // namespace

std::string_view Visit::posted(std::string_view name) const {
    auto const found = std::ranges::find(form, name, &http::Parameter::name);
    return found == form.end() ? std::string_view() : std::string_view(found->value);
}

std::string Visit::address() const {
    std::string address;
    for (auto const& segment : call.request.target.segments) address += '/' + encoded(segment);
    if (address.empty()) address = "/";
    char separator = '?';
    for (auto const& [name, value] : call.request.target.query) {
        address += separator + encoded(name) + '=' + encoded(value);
        separator = '&';
    }
    return address;
}

Visit begin_visit(api::Services& services, http::Request& request) {
    auto const& config = services.config;
    storage::DraftRoom const room{
        .network = http::client_network(request.peer).to_string(),
        .bytes = static_cast<std::size_t>(config.draft_bytes),
        .of_network = config.drafts_per_address,
        .of_all = config.drafts};
    Visit visit{.call = api::begin_call(services, request), .preferences = {}, .visitor = {}, .draft_room = room};
    auto const cookie = [&](std::string_view name) { return request.cookie(cookie_name(config, name)); };
    visit.preferences.elder = cookie("a11y") == "elder";
    visit.preferences.high_contrast = cookie("contrast") == "high";
    visit.preferences.languages.emplace_back(cookie("lang"));
    add_languages(request.header(http::field::accept_language), visit.preferences.languages);
    auto const secret = cookie(kVisitor);
    visit.visitor = is_secret(secret) ? std::string(secret) : storage::random_id();
    return visit;
}

std::string form_token(api::Services const& services, Visit& visit) {
    if (visit.set_cookies.empty()) {
        visit.set_cookies.push_back(set_cookie(services.config, kVisitor, visit.visitor, kDraftTime));
    }
    return token_of(services, visit);
}

bool has_form_token(api::Services const& services, Visit const& visit) {
    return api::equal_in_constant_time(visit.posted("token"), token_of(services, visit));
}

http::Header set_cookie(
    Config const& config, std::string_view name, std::string_view value, std::chrono::seconds lifetime
) {
    auto const seconds = value.empty() ? 0 : lifetime.count();
    return {
        "Set-Cookie",
        fmt::format(
            "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}",
            cookie_name(config, name),
            value,
            seconds,
            config.secure_cookies ? "; Secure" : ""
        )};
}

std::string encoded(std::string_view text) {
    std::string result;
    for (char const each : text) {
        auto const c = static_cast<unsigned char>(each);
        if (std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
            result += each;
        } else {
            result += fmt::format("%{:02X}", c);
        }
    }
    return result;
}

}  // namespace server::pages
