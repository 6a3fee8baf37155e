#pragma once

#include "server/runtime/time_source.hpp"

#include <atomic>
#include <chrono>
#include <string_view>

namespace fakes {

/// Time that stands still until a test moves it.
class ManualTime final : public server::TimeSource {
public:
    /// "2026-04-24T09:30:00+08:00"
    explicit ManualTime(std::string_view start) : now_(workflow::parse_instant(start).value()) {}

    workflow::Instant now() const override { return now_; }

    void advance(std::chrono::milliseconds by) { now_ = now_.load() + by; }
    /// To 9 o'clock of that day.
    void go_to(std::string_view date) {
        now_ = workflow::start_of(workflow::parse_date(date).value()) + std::chrono::hours{9};
    }

private:
    std::atomic<workflow::Instant> now_;
};

}  // namespace fakes
