#pragma once

#include <chrono>
#include <cstdint>

namespace server {

/// How much a pool of threads takes on (bounded_pool.hpp).
struct PoolLimits {
    std::int64_t threads;            ///< jobs at work at once
    std::int64_t queue;              ///< jobs that wait
    std::chrono::milliseconds wait;  ///< the longest that one waits
};

}  // namespace server
