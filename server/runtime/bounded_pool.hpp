#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "server/runtime/asio.hpp"
#include "server/runtime/offload.hpp"
#include "server/runtime/pool_limits.hpp"

namespace server {

/// Thrown where a job would have to wait behind too many others, or has waited too long.
class Overloaded : public std::exception {
public:
    explicit Overloaded(std::chrono::seconds retry_after) : retry_after_(retry_after) {}
    char const* what() const noexcept override { return "too much work waits already"; }
    /// After which time another try makes sense.
    std::chrono::seconds retry_after() const { return retry_after_; }

private:
    std::chrono::seconds retry_after_;
};

/// The order in which jobs get one of a limited number of threads: one job of a source at a time, the sources in turn.
/// io thread; lives as long as the last job that waits or runs.
class Turns {
public:
    explicit Turns(PoolLimits const& limits) : limits_(limits) {}

    /// Permission to run one job, given back by its destruction.
    class Turn {
    public:
        Turn(std::shared_ptr<Turns> turns, std::string source) : turns_(std::move(turns)), source_(std::move(source)) {}
        Turn(Turn&&) = default;
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (turns_) turns_->leave(source_);
        }

    private:
        std::shared_ptr<Turns> turns_;
        std::string source_;
    };

    /// Throws Overloaded when a job of this source would not even be allowed to wait.
    void expect_room(std::string_view source) const;
    /// Throws Overloaded, unless `patient`. An empty source has no limit of its own.
    static net::awaitable<Turn> enter(std::shared_ptr<Turns> turns, std::string source, bool patient);

    std::size_t waiting() const { return waiting_.size(); }

private:
    struct Waiting;

    bool is_free(std::string_view source) const;
    void begin(std::string const& source);
    void leave(std::string const& source);
    void admit();
    bool may_wait(std::string_view source) const;
    Overloaded overloaded() const;

    PoolLimits limits_;
    std::list<Waiting*> waiting_;                 ///< in the order of their turns
    std::set<std::string, std::less<>> at_work_;  ///< sources
    std::int64_t working_ = 0;
};

/// A thread pool with a bounded queue. io thread; the work itself runs on the threads.
class BoundedPool {
public:
    explicit BoundedPool(PoolLimits const& limits)
        : turns_(std::make_shared<Turns>(limits)), threads_(static_cast<std::size_t>(limits.threads)) {}

    /// Runs `work` on a thread; returns or throws what it does. `source` names whose job it is: an address or an
    /// account; the jobs of one source run one after the other and fill a quarter of the queue at most. Throws
    /// Overloaded. See offload() for g++ 12.
    template <typename Work>
    net::awaitable<std::invoke_result_t<Work&>> run(std::string source, Work work) {
        auto const turn = co_await Turns::enter(turns_, std::move(source), false);
        co_return co_await offload(threads_, std::move(work));
    }

    /// The same for the service's own work and for what has begun already: waits as long as necessary.
    template <typename Work>
    net::awaitable<std::invoke_result_t<Work&>> run_patiently(Work work) {
        auto const turn = co_await Turns::enter(turns_, std::string(), true);
        co_return co_await offload(threads_, std::move(work));
    }

    /// Called before something large is received for such a job: throws Overloaded where it would be refused now.
    void expect_room(std::string_view source) const { turns_->expect_room(source); }

    /// Jobs that wait for a thread.
    std::size_t waiting() const { return turns_->waiting(); }

    /// Waits for the jobs that have begun.
    void stop() { threads_.join(); }

private:
    std::shared_ptr<Turns> turns_;
    net::thread_pool threads_;
};

}  // namespace server
