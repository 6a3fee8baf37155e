#pragma once

#include "storage/engine/write_queue.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <stdexcept>

#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"

namespace server::jobs {

/// Thrown when a write has failed for good: the service is stopping, or its storage has failed until the next start.
class NotWritten : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;  ///< what() is the code of the refusal
};

/// How long to wait after a refusal; doubled by each further one up to the longest.
struct RetryWaits {
    std::chrono::milliseconds first{100};
    std::chrono::milliseconds longest{10'000};
};

/// Writes what a background job must not lose: the result of a message, a lapse, a card. Uses the service's own share
/// of the write queue; where that refuses all the same (full, disk full, busy, disk fault), retries until it succeeds
/// or is stopped. io thread.
class OwnWork {
public:
    OwnWork(net::any_io_executor executor, storage::WriteQueue& writes, Log& log, RetryWaits waits = {});

    /// Runs `work` on the writer thread and returns after its commit. `work` may run several times; all runs but the
    /// last are rolled back. Throws what `work` throws, or NotWritten.
    net::awaitable<void> commit(std::function<void(storage::Connection&)> work);
    /// Each pending write is tried once more and then given up.
    void stop();

    /// The number of retries since the start.
    [[nodiscard]] std::uint64_t retries() const { return retries_; }

private:
    net::awaitable<storage::WriteOutcome> submit(std::function<void(storage::Connection&)> const& work);
    /// Logs the refusal; throws NotWritten where a retry is pointless.
    void check_retry(storage::WriteOutcome const& outcome, std::chrono::milliseconds wait);
    net::awaitable<void> pause(std::chrono::milliseconds wait);

    net::any_io_executor executor_;
    storage::WriteQueue& writes_;
    Log& log_;
    RetryWaits const waits_;
    std::list<net::steady_timer> pauses_;  ///< one of each work that waits
    std::uint64_t retries_ = 0;
    bool stopping_ = false;
};

}  // namespace server::jobs
