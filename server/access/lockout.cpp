#include "server/access/lockout.hpp"

#include <algorithm>

namespace server::access {
namespace {

constexpr std::size_t kMostLocked = 100'000;
constexpr std::chrono::hours kForgottenAfter{1};

}  // namespace

Lockout::Lockout(LockoutRule const& rule) : rule_(rule), failures_(kMostLocked) {}

std::optional<std::chrono::seconds> Lockout::wait(std::string_view key, workflow::Instant now) {
    Failures const* known = failures_.find(key);
    if (known == nullptr || known->blocked_until <= now) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(known->blocked_until - now);
}

void Lockout::failed(std::string_view key, workflow::Instant now) {
    Failures& known = failures_.find_or_make(key, {});
    if (now - known.last > kForgottenAfter) known = {};
    known.last = now;
    auto const doublings = ++known.count - rule_.failures;
    if (doublings < 0) return;
    auto delay = rule_.delay;
    for (std::int64_t i = 0; i < doublings && delay < rule_.longest; ++i) delay *= 2;
    known.blocked_until = now + std::min(delay, rule_.longest);
}

void Lockout::forget(std::string_view key) { failures_.erase(key); }

}  // namespace server::access
