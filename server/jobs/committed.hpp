#pragma once

#include "storage/write_queue.hpp"

#include <functional>
#include <utility>

#include "server/offload.hpp"

namespace server::jobs {

/// Does work that nothing should refuse on the writer thread and comes back after its commit. Throws what it threw, or
/// std::runtime_error with the code by which the queue refused it.
inline net::awaitable<void> committed(storage::WriteQueue& writes, std::function<void(storage::Connection&)> work) {
    auto submit = [&writes, &work](std::function<void(storage::Outcome)> done) {
        auto job = [work = std::move(work)](storage::Connection& connection) -> workflow::Result<void> {
            work(connection);
            return {};
        };
        writes.submit(std::move(job), std::move(done));
    };
    storage::Outcome const outcome = co_await delivered<storage::Outcome>(std::move(submit));
    storage::require_committed(outcome);
}

}  // namespace server::jobs
