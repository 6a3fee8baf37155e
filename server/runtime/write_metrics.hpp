#pragma once

#include "storage/engine/write_queue.hpp"

#include "server/runtime/metrics.hpp"

namespace server {

/// Registers the figures of the storage's write queue, which knows nothing of metrics; read as long as it lives.
void report_writes(Metrics& metrics, storage::WriteQueue const& writes);

}  // namespace server
