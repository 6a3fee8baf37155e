#pragma once

#include "server/access/recent_map.hpp"
#include "workflow/time/date.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace server::access {

/// A token bucket for each key: `tries` at once, given back evenly over `period`. Io thread only.
class Throttle {
public:
    Throttle(std::int64_t tries, std::chrono::milliseconds period);

    /// Changes the number of tries in a period.
    void allow(std::int64_t tries) { per_try_ = period_ / tries; }

    /// Takes one try; or says how long to wait for the next, and takes nothing.
    std::optional<std::chrono::seconds> take(std::string_view key, workflow::Instant now);

private:
    std::chrono::milliseconds per_try_;
    std::chrono::milliseconds period_;
    RecentMap<workflow::Instant> full_again_;  ///< when all tries of a key will be back
};

}  // namespace server::access
