#pragma once

#include "storage/engine/write_queue.hpp"

#include "server/http/problem.hpp"

namespace server::api {

/// What storage::StorageFull is to the client of whatever was to be written: the same as where the queue refuses it.
inline http::Problem storage_full() { return http::problem_of(storage::storage_full()); }

}  // namespace server::api
