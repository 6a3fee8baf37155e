#pragma once

#include "storage/store.hpp"

namespace server::demo {

/// What the agencies of the demo city have published by themselves, some of it what people also ask for; in one atomic
/// job, dated `now` in the journal. Requires: the city is founded.
workflow::Result<void> publish(storage::Store& store, workflow::Instant now);

}  // namespace server::demo
