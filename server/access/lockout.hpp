#pragma once

#include "server/access/recent_map.hpp"
#include "workflow/date.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace server::access {

struct LockoutRule {
    std::int64_t failures;            ///< so many are free
    std::chrono::milliseconds delay;  ///< after the last free one; doubled by each further failure
    std::chrono::milliseconds longest;
};

/// Slows down guessing (GB/T 22239-2019 身份鉴别 b). Never for ever, so an outsider cannot shut anybody out for good;
/// an hour without a failure forgets them all. Io thread only.
class Lockout {
public:
    explicit Lockout(LockoutRule const& rule);

    /// From now on; what has failed stays remembered.
    void apply(LockoutRule const& rule) { rule_ = rule; }

    /// How long `key` (a user name, an address) has to wait; nullopt when it may try.
    std::optional<std::chrono::seconds> wait(std::string_view key, workflow::Instant now);
    void failed(std::string_view key, workflow::Instant now);
    /// A success, or a security administrator: nothing is remembered.
    void forget(std::string_view key);

private:
    struct Failures {
        std::int64_t count = 0;
        workflow::Instant last{};
        workflow::Instant blocked_until{};
    };

    LockoutRule rule_;
    RecentMap<Failures> failures_;
};

}  // namespace server::access
