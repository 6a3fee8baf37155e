#pragma once

#include "workflow/time/calendar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <functional>

/// Months as in a wall calendar: tables of weeks that begin on Monday (templates/parts/month), and the holidays in
/// them.
namespace server::pages {

namespace json = boost::json;

using Month = std::chrono::year_month;

Month month_of(workflow::Date date);

/// `{label, weeks: [{days: [cell]}]}`. `cell_of` says what stands in a day; the day's own number is added, and what
/// belongs to another month has none.
json::object month_view(Month month, std::function<json::object(workflow::Date)> const& cell_of);

/// The days from `first` to `last` on which Monday to Friday does not decide, each run of them a line:
/// `{from, to, festival, works}`; `to` is null for a single day.
json::array special_days_view(workflow::WorkdayCalendar const& calendar, workflow::Date first, workflow::Date last);

}  // namespace server::pages
