#pragma once

#include "storage/driver.hpp"
#include "storage/journal.hpp"
#include "workflow/calendar.hpp"
#include "workflow/fields.hpp"

#include <memory>
#include <mutex>
#include <tuple>
#include <type_traits>

// Described for the table and the journal.
namespace workflow {

constexpr auto fields(std::type_identity<SpecialDay>) {
    using T = SpecialDay;
    return std::tuple{field("date", &T::date, "日期"), field("festival", &T::festival, "节日")};
}

constexpr auto fields(std::type_identity<Notice>) {
    using T = Notice;
    return std::tuple{
        field("number", &T::number, "文号"),
        field("issued", &T::issued, "发布日期"),
        field("url", &T::url, "网址"),
        field("confirmed", &T::confirmed, "文号已核对")};
}

constexpr auto fields(std::type_identity<CalendarYear>) {
    using T = CalendarYear;
    return std::tuple{
        field("year", &T::year, "年份"),
        field("off", &T::off, "放假"),
        field("work", &T::work, "调休上班"),
        field("notices", &T::notices, "通知")};
}

}  // namespace workflow

namespace storage {

/// The working-day calendar, versioned: a year is never overwritten, the last version counts. A new data folder holds
/// the statutory years 2019–2026. Reading: any thread. Writing: writer thread, inside a job.
class CalendarStore final : public Participant {
public:
    /// Fills an empty table with the statutory years. Once, when a data folder is made.
    static void fill(Connection& connection);

    CalendarStore(Connection& connection, Journal& journal);

    /// As committed. Any thread.
    std::shared_ptr<workflow::WorkdayCalendar const> current() const;
    /// With what the running batch has written so far. Writer thread.
    workflow::WorkdayCalendar const& pending() const { return *pending_; }

    /// A further version of one year, checked by workflow::check_calendar_year. The caller re-projects the open cases.
    workflow::Result<void> put(
        Connection& connection, workflow::CalendarYear year, Actor const& by, workflow::Instant at
    );

    /// What `year` would make of the calendar, without storing anything: for the preview.
    workflow::Result<workflow::WorkdayCalendar> with(workflow::CalendarYear year) const;

    void mark() override;
    void rollback_to_mark() override;
    void commit() override;
    void rollback() override;

private:
    Journal& journal_;
    std::shared_ptr<workflow::WorkdayCalendar const> pending_;  // writer thread
    std::shared_ptr<workflow::WorkdayCalendar const> marked_;   // writer thread
    mutable std::mutex mutex_;
    std::shared_ptr<workflow::WorkdayCalendar const> published_;  // under mutex_
};

}  // namespace storage
