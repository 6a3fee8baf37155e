#pragma once

#include "workflow/time/calendar.hpp"

#include <boost/json/object.hpp>

/// Counting working days as JSON, in the form of the verb `disclosure workdays --json` and of GET /workdays.
namespace server::api {

inline constexpr int kMostWorkdays = 100'000;

/// `{"date", "provisional"}`: the `count`-th working day after `from`.
boost::json::object workday_after(workflow::WorkdayCalendar const& calendar, workflow::Date from, int count);

/// `{"workdays", "provisional"}`: the working days after `from`, up to and including `to`.
boost::json::object workdays_between(workflow::WorkdayCalendar const& calendar, workflow::Date from, workflow::Date to);

}  // namespace server::api
