#pragma once

#include <chrono>
#include <cstdint>

namespace server {

/// The limits of a thread pool (bounded_pool.hpp).
struct PoolLimits {
    std::int64_t threads;            ///< jobs at work at once
    std::int64_t queue;              ///< jobs that wait
    std::chrono::milliseconds wait;  ///< the longest that one waits
};

}  // namespace server
