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

/// How many cases one job of the write queue handles, so that the daily run never delays a request for long.
inline constexpr std::int64_t kCasesPerJob = 100;
/// How many drafts one job deletes.
inline constexpr std::int64_t kDraftsPerJob = 500;
inline constexpr std::int64_t kMessagesPerJob = 500;

/// Carries out what happens by the passing of days: corrections, payments and consultations lapse, reply dates of
/// paused cases move, expired data are deleted, and a missing calendar is reported. Runs once at the start and once
/// after each local midnight. A day that was done is not done again; after downtime the missed days are caught up, each
/// step dated by the law and not by the run. io thread.
class DailyRun {
public:
    DailyRun(net::io_context& io, storage::Store& store, Config const& config, TimeSource const& time, Log& log);

    /// Runs at once, and again whenever the date has changed, which it checks at least once a minute.
    void start();
    /// Stops after the job in progress.
    void stop();

    /// Does one run; returns how many cases it touched. Retries while the storage refuses; throws NotWritten when that
    /// is final.
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
