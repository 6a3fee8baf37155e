#pragma once

#include "storage/store.hpp"

#include <boost/asio/thread_pool.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/runtime/bounded_pool.hpp"
#include "server/runtime/metrics.hpp"

namespace server {

/// The worker threads for reads that take longer than one indexed look-up, each with a read-only connection of its own,
/// and as many beside them for short pieces of work. io thread.
class ReadPool {
public:
    ReadPool(storage::Store const& store, PoolLimits const& limits)
        : reads_(limits), threads_(static_cast<std::size_t>(limits.threads)) {
        for (std::int64_t i = 0; i < limits.threads; ++i) idle_.push_back(store.connect());
    }

    /// Runs `work(storage::Connection&)` on a worker; its result arrives on the caller's executor. `source` is who
    /// asks, where that may be anybody: one read of a source at a time. Throws Overloaded. See offload() for g++ 12.
    template <typename Work>
    net::awaitable<std::invoke_result_t<Work&, storage::Connection&>> read(Work work, std::string source = {}) {
        co_return co_await reads_.run(std::move(source), on_connection(std::move(work)));
    }

    /// The same for the service's own work and for an answer that has begun: waits as long as necessary.
    template <typename Work>
    net::awaitable<std::invoke_result_t<Work&, storage::Connection&>> read_patiently(Work work) {
        co_return co_await reads_.run_patiently(on_connection(std::move(work)));
    }

    /// For short pieces of work: sealing and unsealing a file, composing a paper. Long reads and foreign programs do
    /// not occupy these threads.
    net::thread_pool& threads() { return threads_; }

    /// Reads that wait for a thread.
    std::size_t waiting() const { return reads_.waiting(); }
    /// Registers its figure, read as long as the pool lives.
    void report_to(Metrics& metrics) const {
        metrics.gauge("reads_waiting", "Slow reads that wait for a thread.", [this] {
            return static_cast<double>(waiting());
        });
    }

    /// Waits for the work that has begun.
    void stop() {
        reads_.stop();
        threads_.join();
    }

private:
    /// There are as many connections as threads, so one is always idle.
    struct Lent {
        explicit Lent(ReadPool& owner) : pool(owner) {
            std::lock_guard const lock(pool.mutex_);
            connection = std::move(pool.idle_.back());
            pool.idle_.pop_back();
        }
        ~Lent() {
            std::lock_guard const lock(pool.mutex_);
            pool.idle_.push_back(std::move(connection));
        }
        Lent(Lent const&) = delete;
        Lent& operator=(Lent const&) = delete;

        ReadPool& pool;
        std::unique_ptr<storage::Connection> connection;
    };

    template <typename Work>
    auto on_connection(Work work) {
        return [this, work = std::move(work)]() mutable {
            Lent const lent(*this);
            return work(*lent.connection);
        };
    }

    std::mutex mutex_;
    std::vector<std::unique_ptr<storage::Connection>> idle_;  ///< under mutex_
    BoundedPool reads_;                                       ///< last, so that they end first
    net::thread_pool threads_;
};

}  // namespace server
