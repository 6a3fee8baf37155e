#include "server/access/throttle.hpp"

#include <algorithm>

namespace server::access {
namespace {

constexpr std::size_t kMostThrottled = 200'000;  // some 30 MB when all are taken

}  // namespace

Throttle::Throttle(std::int64_t tries, std::chrono::milliseconds period)
    : per_try_(period / tries), period_(period), full_again_(kMostThrottled) {}

std::optional<std::chrono::seconds> Throttle::take(std::string_view key, workflow::Instant now) {
    workflow::Instant& full_again = full_again_.find_or_make(key, now);
    auto const after = std::max(full_again, now) + per_try_;
    if (after > now + period_) return std::chrono::ceil<std::chrono::seconds>(after - now - period_);
    full_again = after;
    return std::nullopt;
}

}  // namespace server::access
