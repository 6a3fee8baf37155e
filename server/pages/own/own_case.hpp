#pragma once

#include <optional>

#include "server/api/applicants/progress.hpp"
#include "server/pages/kit/html_page.hpp"

/// The cases whose number and code somebody has given in this browser, as the pages show them. Several may be open side
/// by side, each in a tab of its own: every address and every form under /track names the one it is about, and acts on
/// that one or on none.
namespace server::pages {

inline constexpr std::string_view kTrack = "/track";
inline constexpr std::string_view kProgress = "/track/progress";
/// Where the applicant's contact is checked (server/api/applicants/contact_check.hpp).
inline constexpr std::string_view kContact = "/track/contact";

/// A page about that case: "/track/progress?number=…".
std::string about_case(std::string_view page, std::string_view number);
/// Where the applicant does it.
std::string address_of(api::OwnAction const& own, std::string_view number);
/// The page that asks for the code of a case that is not open; `then` is the action that waits for it, or empty.
std::string address_of_door(std::string_view number, std::string_view then = {});

/// The number of the case that a form or, for want of one, an address names; empty where neither does.
std::string named_case(Visit const& visit);
/// The case that the request names, or, without a number, the one opened last; it is selected. Nullopt when it is not
/// open in this browser, or the session is over.
std::optional<api::VisibleCase> own_case(Site const& site, Visit& visit);

/// Why a form is refused: it names no case (422), or another than the page it was posted from (409).
std::optional<http::Problem> misdirected(Visit const& visit);

/// What templates/track/progress shows.
json::object progress_view(
    api::Progress const& progress, workflow::WorkdayCalendar const& calendar, workflow::Date today, Texts const& texts
);

/// The cases open in this browser but that one: `{address, number, about}` each.
json::array open_cases_view(Visit const& visit, std::string_view but = {});

/// Puts in what every page about a case says: its number, what it asks for, and which others are open in this browser.
void add_case_frame(Visit const& visit, workflow::Case const& c, json::object& data);

}  // namespace server::pages
