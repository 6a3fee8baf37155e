#pragma once

#include "storage/store.hpp"

#include <boost/asio/thread_pool.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/offload.hpp"

namespace server {

/// The worker threads, each with a read-only connection of its own: for reads that take longer than one indexed
/// look-up, and for files.
class ReadPool {
public:
    ReadPool(storage::Store const& store, std::size_t threads) : threads_(threads) {
        for (std::size_t i = 0; i < threads; ++i) idle_.push_back(store.connect());
    }

    /// `work(storage::Connection&)` on a worker; its result on the caller's executor. See offload() for g++ 12.
    template <typename Work>
    net::awaitable<std::invoke_result_t<Work&, storage::Connection&>> read(Work work) {
        auto run = [this, work = std::move(work)]() mutable {
            Lent const lent(*this);
            return work(*lent.connection);
        };
        return offload(threads_, std::move(run));
    }

    net::thread_pool& threads() { return threads_; }

    /// Waits for what has begun.
    void stop() { threads_.join(); }

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

    std::mutex mutex_;
    std::vector<std::unique_ptr<storage::Connection>> idle_;  ///< under mutex_
    net::thread_pool threads_;                                ///< last, so that it ends first
};

}  // namespace server
