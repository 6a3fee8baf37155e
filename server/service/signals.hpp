#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <functional>
#include <thread>

#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"

namespace server {

/// Receives the signals of a running service on a thread of its own, so also while the io thread is busy, and after it
/// has ended while the other threads are waited for. The first SIGTERM or SIGINT asks the service to stop in order; the
/// second ends the process at once with exit code 1; what was acknowledged is on disk. SIGHUP asks it to reload, until
/// it stops. From construction to destruction none of the three ends the process otherwise.
class Signals {
public:
    explicit Signals(Log& log);
    ~Signals();
    Signals(Signals const&) = delete;
    Signals& operator=(Signals const&) = delete;

    /// Begins to call the two functions, also for signals that came since the construction. Both are called on the
    /// thread of the signals, and none of them after `stop`.
    void hear(std::function<void()> stop, std::function<void()> reload);

private:
    void wait();
    void handle(int signal);
    [[noreturn]] void end_at_once();

    Log& log_;
    std::function<void()> stop_;
    std::function<void()> reload_;
    net::io_context io_{1};
    net::signal_set signals_;
    bool stopping_ = false;
    std::jthread thread_;  ///< last, so that it ends first
};

}  // namespace server
