#pragma once

#include "storage/engine/write_queue.hpp"
#include "workflow/words/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/api/kit/operation.hpp"
#include "server/runtime/offload.hpp"

namespace server::api {

/// Runs `work` on the writer thread and returns after its effects are on disk. Throws what it threw.
template <typename T>
net::awaitable<workflow::Result<T>> commit_write(
    Services& services, std::function<workflow::Result<T>(storage::Connection&)> work, std::size_t bytes = 1024
) {
    auto made = std::make_shared<std::optional<T>>();  // filled on the writer thread, read after the commit
    auto submit = [&](std::function<void(storage::WriteOutcome)> done) {
        auto job = [made, work = std::move(work)](storage::Connection& connection) -> workflow::Result<void> {
            auto result = work(connection);
            if (!result) return result.error();
            made->emplace(std::move(*result));
            return {};
        };
        services.store.writes().submit(std::move(job), std::move(done), bytes);
    };
    auto outcome = co_await await_value<storage::WriteOutcome>(std::move(submit));
    if (auto const* thrown = std::get_if<std::exception_ptr>(&outcome)) std::rethrow_exception(*thrown);
    if (auto* refusal = std::get_if<workflow::Refusal>(&outcome)) co_return std::move(*refusal);
    co_return std::move(**made);
}

/// What a creating operation answers with; made inside the job, so that the same Idempotency-Key gets the same again.
struct Created {
    std::string location;
    std::string body;
};

/// Runs `make` as commit_write() does, once for each Idempotency-Key of this caller: 201 with what it made, or with
/// what it made the first time. `request` is what the key stands for, beside the path.
net::awaitable<Answer> create_once(
    Services& services,
    Call& call,
    std::string request,
    std::function<workflow::Result<Created>(storage::Connection&)> make
);

/// Who did it, for the journal: an account in one of its roles.
storage::Author journal_author(Call const& call, workflow::RoleSet in);

}  // namespace server::api
