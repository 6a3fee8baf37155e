#include "server/api/cases/workdays_json.hpp"

namespace server::api {
namespace {

using workflow::Date;

/// Whether counting from `from` to `to` went through a year without a published calendar.
bool provisional(workflow::WorkdayCalendar const& calendar, Date from, Date to) {
    for (int year = workflow::year_of(workflow::add_days(from, 1)); year <= workflow::year_of(to); ++year) {
        if (!calendar.covers(year)) return true;
    }
    return false;
}

}  // namespace

boost::json::object workday_after(workflow::WorkdayCalendar const& calendar, Date from, int count) {
    auto const counted = calendar.add_workdays(from, count);
    return {{"date", workflow::to_string(counted.date)}, {"provisional", counted.provisional}};
}

boost::json::object workdays_between(workflow::WorkdayCalendar const& calendar, Date from, Date to) {
    return {{"workdays", calendar.workdays_between(from, to)}, {"provisional", provisional(calendar, from, to)}};
}

}  // namespace server::api
