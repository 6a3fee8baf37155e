#include "workflow/time/clock.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "server/pages/public/pages.hpp"

/// The first page: what this is, and which agency to ask.
namespace server::pages {
namespace {

using http::verb;
using storage::Agency;

std::string strip_blanks(std::string_view text) {
    std::string result;
    for (char const each : text) {
        auto const c = static_cast<unsigned char>(each);
        if (std::isspace(c) == 0) result += static_cast<char>(std::tolower(c));
    }
    return result;
}

/// By its name, its office or the short word it has in document numbers, whatever the case and blanks.
bool matches(Agency const& agency, std::string const& wanted) {
    return std::ranges::any_of(std::array{agency.name, agency.office, agency.word}, [&](std::string const& name) {
        return strip_blanks(name).find(wanted) != std::string::npos;
    });
}

json::object agency_view(Agency const& agency) {
    std::string channels;
    for (auto const channel : agency.channels) {
        channels.append(channels.empty() ? "" : "、").append(workflow::label(channel));
    }
    auto const or_null = [](std::string const& text) { return text.empty() ? json::value() : json::value(text); };
    return {
        {"name", agency.name},
        {"office", agency.office == agency.name ? json::value() : json::value(agency.office)},
        {"address", agency.address},
        {"postcode", agency.postcode},
        {"phone", agency.phone},
        {"email", or_null(agency.email)},
        {"hours", or_null(agency.office_hours)},
        {"channels", channels},
        {"online", std::ranges::any_of(agency.channels, workflow::is_online)},
        {"apply", "/apply?agency=" + encoded(agency.code.value)}};
}

/// Each agency that has others below it, with those of them that have none: a group to open.
json::array groups_view(storage::Directory const& directory) {
    std::map<workflow::Code, std::vector<Agency const*>> below;
    for (auto const& [code, agency] : directory.agencies()) {
        if (agency.active && agency.parent) below[*agency.parent].push_back(&agency);
    }
    json::array groups;
    for (auto const& [code, agency] : directory.agencies()) {
        if (!agency.active || (agency.parent && !below.contains(code))) continue;
        json::array agencies{agency_view(agency)};
        for (auto const* each : below[code]) {
            if (!below.contains(each->code)) agencies.push_back(agency_view(*each));
        }
        auto const count = agencies.size();
        groups.push_back({{"name", agency.name}, {"count", count}, {"agencies", std::move(agencies)}});
    }
    return groups;
}

json::array matches_view(storage::Directory const& directory, std::string_view text) {
    auto const wanted = strip_blanks(text);
    json::array found;
    for (auto const& [code, agency] : directory.agencies()) {
        if (agency.active && matches(agency, wanted)) found.push_back(agency_view(agency));
    }
    return found;
}

Answer start(Site& site, Visit& visit) {
    auto const& directory = *visit.call.directory;
    auto const wanted = visit.call.request.query("q").value_or("");
    bool const searching = !strip_blanks(wanted).empty();
    auto found = searching ? matches_view(directory, wanted) : json::array();
    json::object data{
        {"q", wanted},
        {"searching", searching},
        {"count", found.size()},
        {"agencies", std::move(found)},
        {"groups", searching ? json::array() : groups_view(directory)},
        {"reply_days", workflow::kReplyPeriod.length},
        {"longer_days", workflow::kLongestExtension.length},
        {"reply_article", workflow::kReplyPeriod.article}};
    return render(site, visit, "start", std::move(data));
}

}  // namespace

std::vector<HtmlPage> start_pages() { return {{verb::get, "/", start, false}}; }

}  // namespace server::pages
