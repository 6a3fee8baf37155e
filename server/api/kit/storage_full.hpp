#pragma once

#include "storage/engine/write_queue.hpp"

#include "server/http/problem.hpp"

namespace server::api {

/// The answer to a client where storage::StorageFull was thrown outside the queue: the same as when the queue refuses.
inline http::Problem storage_full() { return http::problem_of(storage::storage_full()); }

}  // namespace server::api
