#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "server/config/config.hpp"
#include "server/jobs/own_work.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/time_source.hpp"
#include "storage/store.hpp"

namespace server::jobs {

/// Looks into the files that could not be settled when they came, once a minute and one after the other, on a thread of
/// its own and behind everything else the machine does:
///
/// * those that came while the virus scanner did not answer, until it does;
/// * those that were not read to their end (待查), each with four times the time of its last try; the cases take turns,
///   and those that were tried least come first, so that what takes long keeps nobody waiting; two people decide about
///   what even the longest time does not suffice for;
/// * those that were examined by older rules, after the others.
///
/// io thread.
class FileScan {
public:
    FileScan(net::io_context& io, Config const& config, storage::Store& store, TimeSource const& time, Log& log);

    void start();
    /// Stops; a file in progress keeps its state.
    void stop();

    /// Examines files until none waits, then some of those examined by older rules; returns how many are settled.
    net::awaitable<std::int64_t> scan_all();

private:
    net::awaitable<void> watch();
    net::awaitable<std::int64_t> scan_waiting();
    std::optional<storage::KeptFile> next_waiting() const;
    int tries_of(storage::KeptFile const& kept) const;
    std::chrono::seconds longest_time() const;
    std::chrono::seconds time_for(storage::KeptFile const& kept) const;
    /// Examines the file once more. False when no result is possible now. Counts the file in `settled` unless it needs
    /// more time.
    net::awaitable<bool> examine_again(storage::KeptFile kept, std::chrono::seconds time, std::int64_t& settled);

    /// Blocks: on the own thread. Nullopt where nothing can be said: the programs are missing, or the service stops.
    std::optional<storage::FileVerdict> judge(
        storage::KeptFile const& kept, std::string const& name, std::chrono::seconds time
    ) const;

    Config const& config_;
    storage::Store& store_;
    TimeSource const& time_;
    Log& log_;
    std::unique_ptr<storage::Connection> reader_;
    net::steady_timer timer_;
    net::thread_pool thread_{1};
    std::stop_source stopping_;
    OwnWork own_;
    std::map<std::pair<std::string, std::int64_t>, int> tries_;  ///< of files that needed more time; since the start
};

}  // namespace server::jobs
