#include "server/access/failures.hpp"

#include <algorithm>

namespace server::access {
namespace {

constexpr std::size_t kMostFailing = 100'000;  // some 15 MB when all are taken
constexpr std::chrono::hours kRemembered{24};

}  // namespace

Failures::Failures() : known_(kMostFailing) {}

void Failures::add(std::string_view key, workflow::Instant now) {
    Known& known = known_.find_or_make(key, {});
    if (now - known.last >= kRemembered) known.count = 0;
    ++known.count;
    known.last = std::max(known.last, now);
}

std::int64_t Failures::count(std::string_view key, workflow::Instant now) {
    Known const* known = known_.find(key);
    return known == nullptr || now - known->last >= kRemembered ? 0 : known->count;
}

std::optional<std::chrono::seconds> Failures::wait(std::string_view key, WaitRule const& rule, workflow::Instant now) {
    auto const failed = count(key, now);
    if (failed < rule.failures) return std::nullopt;
    auto delay = rule.delay;
    for (auto doublings = failed - rule.failures; doublings > 0 && delay < rule.longest; --doublings) delay *= 2;
    auto const until = known_.find(key)->last + std::min(delay, rule.longest);
    if (until <= now) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(until - now);
}

}  // namespace server::access
