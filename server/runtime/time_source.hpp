#pragma once

#include "workflow/time/date.hpp"

#include <chrono>

namespace server {

/// The only "now" of the program. Any thread.
class TimeSource {
public:
    virtual ~TimeSource() = default;
    virtual workflow::Instant now() const = 0;
    workflow::Date today() const { return workflow::local_date(now()); }
};

class SystemTime final : public TimeSource {
public:
    workflow::Instant now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace server
