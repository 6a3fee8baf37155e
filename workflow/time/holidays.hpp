#pragma once

#include "workflow/time/calendar.hpp"

#include <vector>

namespace workflow {

/// The published holidays of 2019 to 2026, as the notices of the 国务院办公厅 arranged them. Later years are entered by
/// an administrator from the notice.
std::vector<CalendarYear> statutory_years();

/// A calendar of just these years.
WorkdayCalendar statutory_calendar();

}  // namespace workflow
