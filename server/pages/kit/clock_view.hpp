#pragma once

#include "workflow/time/clock.hpp"

#include <boost/json/object.hpp>

#include <optional>

#include "server/pages/kit/texts.hpp"

/// A clock as pages explain it (templates/parts/clock): the deadline, the reasons one by one, and every day of it.
namespace server::pages {

/// `{status, due, remaining, overdue, provisional, reasons, deadlines, months, special_days}`. `today` is the day the
/// clock was asked about.
boost::json::object clock_view(
    workflow::ClockResult const& clock,
    workflow::WorkdayCalendar const& calendar,
    workflow::Date today,
    Texts const& texts
);

/// A date as people write it, or null.
boost::json::value date_text(std::optional<workflow::Date> date);

}  // namespace server::pages
