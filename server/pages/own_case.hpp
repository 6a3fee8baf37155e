#pragma once

#include <optional>

#include "server/api/progress.hpp"
#include "server/pages/page.hpp"

/// The case whose number and code somebody has given in this browser, as the pages show it to them.
namespace server::pages {

inline constexpr std::string_view kTrack = "/track";
inline constexpr std::string_view kProgress = "/track/progress";
/// Where the applicant's contact is checked (api/contact_check.hpp).
inline constexpr std::string_view kContact = "/track/contact";

/// Where the applicant does it.
std::string address_of(api::OwnAction const& own);

/// Nullopt when nobody has, or the session is over.
std::optional<api::VisibleCase> own_case(Site const& site, Visit const& visit);

/// What templates/track/progress shows.
json::object progress_view(
    api::Progress const& progress, workflow::WorkdayCalendar const& calendar, workflow::Date today, Texts const& texts
);

}  // namespace server::pages
