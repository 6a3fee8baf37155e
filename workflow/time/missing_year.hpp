#pragma once

#include "workflow/time/calendar.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace workflow {

/// How loudly something asks to be done.
enum class Urgency : std::uint8_t { Reminder, Warning, Alarm };

// clang-format off
inline constexpr std::array kUrgencies{
    Term{Urgency::Reminder, "reminder", "提醒"},
    Term{Urgency::Warning,  "warning",  "警告"},
    Term{Urgency::Alarm,    "alarm",    "严重"},
};
constexpr auto const& terms(Urgency) { return kUrgencies; }
static_assert(is_well_formed<Urgency>());
// clang-format on

/// A year whose holidays should be in the calendar by now and are not.
struct MissingYear {
    int year;
    Date since;  ///< 1 November of the year before
    int week;    ///< that has begun since then, the first being 1
    Urgency urgency;
    bool operator==(MissingYear const&) const = default;
};

/// The first year that is missing: the current one, and from 1 November, when the notice of the 国务院办公厅 is due,
/// the next. Nobody is asked to enter it before the notice can be there; then the asking grows with the weeks.
std::optional<MissingYear> find_missing_year(WorkdayCalendar const& calendar, Date today);

/// What is missing, for how long, and what it holds up, in a sentence for the system administrator.
std::string describe(MissingYear const& missing);

}  // namespace workflow
