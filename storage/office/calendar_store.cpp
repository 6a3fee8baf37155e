#include "storage/office/calendar_store.hpp"

#include "storage/engine/shape_json.hpp"
#include "storage/journal/canonical_json.hpp"
#include "workflow/time/holidays.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace storage {
namespace {

using workflow::CalendarYear;
using workflow::Result;
using workflow::WorkdayCalendar;

std::vector<CalendarYear> read_years(Connection& connection) {
    auto rows = connection.query(
        "SELECT body FROM calendar_years AS c "
        "WHERE version = (SELECT max(version) FROM calendar_years WHERE year = c.year) ORDER BY year"
    );
    std::vector<CalendarYear> years;
    while (rows.next()) years.push_back(from_json<CalendarYear>(boost::json::parse(rows.text(0)).as_object()));
    return years;
}

void insert(Connection& connection, CalendarYear const& year, std::int64_t version) {
    connection.execute(
        "INSERT INTO calendar_years (year, version, body) VALUES ($1, $2, $3)",
        year.year,
        version,
        to_canonical(to_json(year))
    );
}

std::int64_t last_version(Connection& connection, int year) {
    auto rows = connection.query("SELECT max(version) FROM calendar_years WHERE year = $1", year);
    return rows.next() ? rows.optional_int64(0).value_or(0) : 0;
}

WorkdayCalendar replaced(WorkdayCalendar const& calendar, CalendarYear year) {
    std::vector<CalendarYear> years(calendar.years().begin(), calendar.years().end());
    std::erase_if(years, [&](CalendarYear const& each) { return each.year == year.year; });
    years.push_back(std::move(year));
    return WorkdayCalendar(std::move(years));
}

}  // namespace

void CalendarStore::fill(Connection& connection) {
    for (CalendarYear const& year : workflow::statutory_years()) insert(connection, year, 1);
}

CalendarStore::CalendarStore(Connection& connection, Journal& journal)
    : journal_(journal),
      pending_(std::make_shared<WorkdayCalendar const>(read_years(connection))),
      marked_(pending_),
      published_(pending_) {}

std::shared_ptr<WorkdayCalendar const> CalendarStore::current() const {
    std::lock_guard const lock(mutex_);
    return published_;
}

Result<void> CalendarStore::put(Connection& connection, CalendarYear year, Author const& by, workflow::Instant at) {
    auto checked = workflow::check_calendar_year(std::move(year));
    if (!checked) return checked.error();
    std::int64_t const version = last_version(connection, checked->year) + 1;
    insert(connection, *checked, version);
    journal_.append(
        connection,
        {.at = at,
         .on = workflow::local_date(at),
         .action = "put_calendar",
         .by = by,
         .object = {"calendar", std::to_string(checked->year)},
         .data = {{"calendar", to_json(*checked)}, {"version", version}}}
    );
    pending_ = std::make_shared<WorkdayCalendar const>(replaced(*pending_, std::move(*checked)));
    return {};
}

Result<WorkdayCalendar> CalendarStore::with(CalendarYear year) const {
    auto checked = workflow::check_calendar_year(std::move(year));
    if (!checked) return checked.error();
    return replaced(*current(), std::move(*checked));
}

void CalendarStore::mark() { marked_ = pending_; }

void CalendarStore::rollback_to_mark() { pending_ = marked_; }

void CalendarStore::commit() {
    std::lock_guard const lock(mutex_);
    published_ = pending_;
}

void CalendarStore::rollback() { pending_ = published_; }  // only this thread writes published_

}  // namespace storage
