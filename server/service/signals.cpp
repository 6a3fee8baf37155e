#include "server/service/signals.hpp"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <utility>

namespace server {
namespace {

constexpr std::chrono::seconds kForTheLog{1};

}  // namespace

Signals::Signals(Log& log) : log_(log), signals_(io_, SIGTERM, SIGINT, SIGHUP) {}

Signals::~Signals() { io_.stop(); }

void Signals::hear(std::function<void()> stop, std::function<void()> reload) {
    stop_ = std::move(stop);
    reload_ = std::move(reload);
    wait();
    thread_ = std::jthread([this] { io_.run(); });
}

void Signals::wait() {
    signals_.async_wait([this](boost::system::error_code const& error, int signal) {
        if (error) return;
        handle(signal);
        wait();
    });
}

void Signals::handle(int signal) {
    if (signal == SIGHUP) {
        if (!stopping_) reload_();
        return;
    }
    if (stopping_) end_at_once();
    stopping_ = true;
    stop_();
}

void Signals::end_at_once() {
    log_.warning("ended at once by a second signal; what is in hand is given up");
    log_.flush(kForTheLog);
    ::_exit(EXIT_FAILURE);
}

}  // namespace server
