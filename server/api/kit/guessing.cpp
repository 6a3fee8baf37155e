#include "server/api/kit/guessing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "server/api/kit/sign_in.hpp"
#include "server/http/peer.hpp"
#include "storage/engine/bytes.hpp"

namespace server::api {
namespace {

constexpr std::size_t kDeviceId = 26;   // storage::random_id()
constexpr std::size_t kDeviceTag = 32;  // hexadecimal digits: 128 bits
constexpr std::size_t kMostTags = 12;   // accounts and requests that one browser is known for, newest first

std::string_view device_cookie(Config const& config) { return config.secure_cookies ? "__Host-known" : "known"; }

/// "ID.TAG.TAG…": what the browser is called, and for each key it has opened what proves it.
struct KnownBrowser {
    std::string id;
    std::vector<std::string> tags;
};

bool is_plain(std::string_view text, std::size_t length) {
    return text.size() == length && std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0; });
}

/// What is not of that form is left out.
KnownBrowser find_known_browser(Services const& services, Call const& call) {
    auto rest = call.request.cookie(device_cookie(services.config));
    KnownBrowser browser;
    while (!rest.empty()) {
        auto const part = rest.substr(0, rest.find('.'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (browser.id.empty()) {
            if (!is_plain(part, kDeviceId)) break;
            browser.id = part;
        } else if (is_plain(part, kDeviceTag)) {
            browser.tags.emplace_back(part);
        }
    }
    return browser;
}

std::string device_tag(Services const& services, std::string_view id, std::string_view key) {
    auto const value = fmt::format("{}/{}", id, key);
    return storage::to_hex(services.store.vault().index_digest("known device", value)).substr(0, kDeviceTag);
}

http::Problem work_required(access::Task const& task) {
    auto problem = too_many_tries(
        "proof_of_work_required",
        fmt::format("最近失败的尝试太多，请先由计算机完成一次计算，或者等待{}秒后再试。", task.wait.count()),
        task.wait
    );
    problem.members = {{"challenge", task.challenge}, {"difficulty", task.bits}, {"wait", task.wait.count()}};
    return problem;
}

}  // namespace

access::Caller caller_at(Services const& services, Call const& call, std::string name) {
    auto device = find_known_device(services, call, name);
    return {std::move(name), http::client_site(call.request.peer).to_string(), std::move(device)};
}

std::optional<http::Problem> check_guessing(
    Services& services,
    Call const& call,
    access::Door& door,
    access::Caller const& caller,
    std::optional<WorkDone> const& work,
    std::string_view wait_code
) {
    if (auto problem = check_wait(call, door, caller, wait_code)) return problem;
    auto const bits = door.work(caller, call.now);
    if (bits == 0) return std::nullopt;
    auto const done = work.value_or(WorkDone{});
    auto const task = services.access.proof_of_work.left_to_do(
        fmt::format("{} {}", wait_code, caller.name),
        caller.network,
        bits,
        done.challenge,
        done.solution.value_or(""),
        call.now
    );
    if (!task) return std::nullopt;
    return work_required(*task);
}

std::optional<http::Problem> check_wait(
    Call const& call, access::Door& door, access::Caller const& caller, std::string_view wait_code
) {
    auto const wait = door.wait(caller, call.now);
    if (!wait) return std::nullopt;
    return too_many_tries(std::string(wait_code), "输错的次数太多，" + try_again(call.now, *wait), *wait);
}

std::string try_again(workflow::Instant now, std::chrono::seconds wait) {
    if (wait <= std::chrono::minutes{2}) return fmt::format("请等待{}秒后再试。", wait.count());
    auto const then = std::chrono::ceil<std::chrono::minutes>(now + wait);
    auto const day = workflow::local_date(then) == workflow::local_date(now) ? "" : "明天";
    return fmt::format("请在{}{}之后再试。", day, workflow::to_string(workflow::Instant{then}).substr(11, 5));
}

std::string staff_key(storage::Staff const& account) {
    return fmt::format("staff/{}/{}", account.id.value, workflow::to_milliseconds(account.password_changed_at));
}

std::string case_key(std::string_view number) { return fmt::format("case/{}", number); }

std::string find_known_device(Services const& services, Call const& call, std::string_view key) {
    auto browser = find_known_browser(services, call);
    auto const tag = device_tag(services, browser.id, key);
    bool const known =
        std::ranges::any_of(browser.tags, [&](auto const& each) { return equal_in_constant_time(each, tag); });
    return known ? std::move(browser.id) : std::string();
}

http::Header remember_device(Services const& services, Call const& call, std::string_view key) {
    auto const& config = services.config;
    auto browser = find_known_browser(services, call);
    if (browser.id.empty()) browser.id = storage::random_id();
    auto const tag = device_tag(services, browser.id, key);
    std::erase(browser.tags, tag);
    browser.tags.insert(browser.tags.begin(), tag);
    if (browser.tags.size() > kMostTags) browser.tags.resize(kMostTags);
    auto text = fmt::format("{}={}", device_cookie(config), browser.id);
    for (auto const& each : browser.tags) text += '.' + each;
    auto const lifetime = std::chrono::seconds{std::chrono::days{config.known_device_days}};
    text += fmt::format("; Path=/; HttpOnly; SameSite=Strict; Max-Age={}", lifetime.count());
    if (config.secure_cookies) text += "; Secure";
    return {"Set-Cookie", std::move(text)};
}

}  // namespace server::api
