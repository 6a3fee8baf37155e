#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/store.hpp"

namespace server::demo {

/// A case of the demo city that a visitor may track: the query code is shown once, so it has to be kept here.
struct DemoCase {
    std::string id;
    std::string number;
    std::string query_code;
    workflow::State state;
};

/// When the demo city's journal begins: the first day of the month two years before `now`.
workflow::Instant beginning(workflow::Instant now);

/// Plays the script: every step as a command of the person whose turn it is, on its own day, in the order of time, with
/// the daily run at every midnight between. The same `now` gives the same cases. Takes the calling thread; the steps go
/// through the write queue. `progress(steps done, of)` now and then. Refused where the law refuses a step.
workflow::Result<std::vector<DemoCase>> play(
    storage::Store& store, workflow::Instant now, std::function<void(std::int64_t, std::int64_t)> const& progress
);

}  // namespace server::demo
