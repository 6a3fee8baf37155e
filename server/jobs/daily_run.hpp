#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>

#include "server/config/config.hpp"
#include "server/jobs/own_work.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/time_source.hpp"
#include "storage/store.hpp"

namespace server::jobs {

/// Cases in one job of the write queue, so that the daily run never holds up a request for long; and settled messages.
inline constexpr std::int64_t kCasesPerJob = 100;
/// Drafts forgotten in one job.
inline constexpr std::int64_t kDraftsPerJob = 500;
inline constexpr std::int64_t kMessagesPerJob = 500;

/// What the calendar does by itself: corrections, payments and consultations lapse, reply dates of paused cases move,
/// what nobody needs any more is cleared away.
/// At the start and after each local midnight, once: what a day has done is done, and days of downtime are caught up,
/// each step dated by the law and not by the run. io thread.
class DailyRun {
public:
    DailyRun(net::io_context& io, storage::Store& store, Config const& config, TimeSource const& time, Log& log);

    /// Runs now and then whenever the date has changed, looking at least once a minute.
    void start();
    /// The job in hand is the last.
    void stop();

    /// One run; returns how many cases it touched. A storage that refuses is asked again; NotWritten otherwise.
    net::awaitable<std::int64_t> run_day(workflow::Instant now);

private:
    net::awaitable<void> watch();

    storage::Store& store_;
    Config const& config_;
    TimeSource const& time_;
    Log& log_;
    net::steady_timer timer_;
    OwnWork own_;
    bool stopping_ = false;
};

}  // namespace server::jobs
