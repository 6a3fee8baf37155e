#pragma once

#include "storage/engine/driver.hpp"
#include "storage/journal/journal.hpp"
#include "workflow/time/calendar.hpp"
#include "workflow/words/fields.hpp"

#include <memory>
#include <mutex>
#include <tuple>
#include <type_traits>

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
        Connection& connection, workflow::CalendarYear year, Author const& by, workflow::Instant at
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
