#include "server/access/door.hpp"

#include <algorithm>

namespace server::access {
namespace {

/// Networks and devices contain no blank, so the name is what follows the first one.
std::string key_of(Caller const& caller) {
    return (caller.device.empty() ? caller.network : caller.device) + ' ' + caller.name;
}

/// How many times `failures` is `limit` doubled; -1 below the limit itself.
int doublings(std::int64_t failures, std::int64_t limit) {
    int times = -1;
    for (; failures >= limit; failures /= 2) ++times;
    return times;
}

}  // namespace

std::optional<std::chrono::seconds> Door::wait(Caller const& caller, workflow::Instant now) {
    return callers_.wait(key_of(caller), rule_.wait, now);
}

int Door::work(Caller const& caller, workflow::Instant now) {
    if (!caller.device.empty()) return 0;
    auto const of_network = doublings(networks_.count(caller.network, now), rule_.failures_of_network);
    auto const of_name = doublings(names_.count(caller.name, now), rule_.failures_of_name);
    auto const times = std::max(of_network, of_name);
    return times < 0 ? 0 : std::min(rule_.work + times, std::max(rule_.work, rule_.hardest_work));
}

void Door::record_failure(Caller const& caller, workflow::Instant now) {
    callers_.add(key_of(caller), now);
    if (!caller.device.empty()) return;
    networks_.add(caller.network, now);
    names_.add(caller.name, now);
}

void Door::record_success(Caller const& caller) { callers_.forget(key_of(caller)); }

void Door::forget(std::string_view name) {
    callers_.forget_if([&](std::string_view key) { return key.substr(key.find(' ') + 1) == name; });
    names_.forget(name);
}

}  // namespace server::access
