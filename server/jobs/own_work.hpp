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

/// Nothing was written and nothing will be: the service stops, or its storage has failed until the next start.
class NotWritten : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;  ///< the code of the refusal
};

/// How long to wait after a refusal; doubled by each further one up to the longest.
struct RetryWaits {
    std::chrono::milliseconds first{100};
    std::chrono::milliseconds longest{10'000};
};

/// What a job of the service writes, and nothing may refuse: what has become of a message, a lapse, a card. Takes the
/// service's share of the write queue, and where that refuses all the same (full, no room on the disk, busy, a fault of
/// the disk) tries again for as long as it takes, until it is stopped. io thread.
class OwnWork {
public:
    OwnWork(net::any_io_executor executor, storage::WriteQueue& writes, Log& log, RetryWaits waits = {});

    /// Does it on the writer thread and comes back after its commit. It may be done several times, of which all but the
    /// last are undone. Throws what it threw, or NotWritten.
    net::awaitable<void> commit(std::function<void(storage::Connection&)> work);
    /// What waits is tried once more, and then given up.
    void stop();

    /// How often something has been tried again since the start.
    [[nodiscard]] std::uint64_t retries() const { return retries_; }

private:
    net::awaitable<storage::WriteOutcome> submit(std::function<void(storage::Connection&)> const& work);
    /// Throws where there is nothing to wait for.
    void refused(storage::WriteOutcome const& outcome, std::chrono::milliseconds wait);
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
