#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "server/asio.hpp"
#include "server/config.hpp"
#include "server/jobs/own_work.hpp"
#include "server/log.hpp"
#include "server/time_source.hpp"
#include "storage/store.hpp"

namespace server::jobs {

/// Files that came while the virus scanner did not answer are offered to it again, once a minute, until it does. Does
/// nothing where no scanner is configured. io thread.
class FileScan {
public:
    FileScan(
        net::io_context& io,
        net::thread_pool& workers,
        Config const& config,
        storage::Store& store,
        TimeSource const& time,
        Log& log
    );

    void start();
    /// The file in hand is the last.
    void stop();

    /// Offers every waiting file once; returns how many have got an answer.
    net::awaitable<std::int64_t> scan_waiting();

private:
    net::awaitable<void> watch();

    net::thread_pool& workers_;
    Config const& config_;
    storage::Store& store_;
    TimeSource const& time_;
    Log& log_;
    std::unique_ptr<storage::Connection> reader_;
    net::steady_timer timer_;
    OwnWork own_;
    bool stopping_ = false;
};

}  // namespace server::jobs
