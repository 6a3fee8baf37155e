#pragma once

#include "server/access/recent_map.hpp"
#include "workflow/time/date.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace server::access {

/// From which failure on a caller has to wait, and for how long.
struct WaitRule {
    std::int64_t failures;            ///< the last of so many brings the first wait
    std::chrono::milliseconds delay;  ///< of the first; doubled by each further failure
    std::chrono::milliseconds longest;
};

/// Failures by key, remembered until a day has passed without another (GB/T 22239-2019 身份鉴别 b). Io thread only.
///
/// Memory is bounded: the key not used for longest is forgotten. That frees nobody who guesses, because making it
/// forget one key takes a hundred thousand failures under others, and it locks nobody out.
class Failures {
public:
    Failures();

    void add(std::string_view key, workflow::Instant now);
    std::int64_t count(std::string_view key, workflow::Instant now);
    /// How long the key has to wait by the rule; nullopt when it may try.
    std::optional<std::chrono::seconds> wait(std::string_view key, WaitRule const& rule, workflow::Instant now);

    void forget(std::string_view key) { known_.erase(key); }
    template <typename Matches>
    void forget_if(Matches const& matches) {
        known_.erase_if(matches);
    }

private:
    struct Known {
        std::int64_t count = 0;
        workflow::Instant last{};
    };

    RecentMap<Known> known_;
};

}  // namespace server::access
