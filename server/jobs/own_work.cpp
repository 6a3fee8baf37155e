#include "server/jobs/own_work.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <variant>

#include "server/runtime/offload.hpp"

namespace server::jobs {
namespace {

constexpr std::size_t kUsualBytes = 1024;

}  // namespace

OwnWork::OwnWork(net::any_io_executor executor, storage::WriteQueue& writes, Log& log, RetryWaits waits)
    : executor_(std::move(executor)), writes_(writes), log_(log), waits_(waits) {}

void OwnWork::stop() {
    stopping_ = true;
    for (auto& pause : pauses_) pause.cancel();
}

net::awaitable<void> OwnWork::commit(std::function<void(storage::Connection&)> work) {
    auto wait = waits_.first;
    while (true) {
        storage::WriteOutcome const outcome = co_await submit(work);
        if (std::holds_alternative<storage::Committed>(outcome)) co_return;
        check_retry(outcome, wait);
        co_await pause(wait);
        wait = std::min(wait * 2, waits_.longest);
    }
}

void OwnWork::check_retry(storage::WriteOutcome const& outcome, std::chrono::milliseconds wait) {
    if (auto const* thrown = std::get_if<std::exception_ptr>(&outcome)) std::rethrow_exception(*thrown);
    auto const& refusal = std::get<workflow::Refusal>(outcome);
    if (stopping_ || !storage::passes(refusal)) throw NotWritten(refusal.code);
    ++retries_;
    log_.warning("own work waits for the storage", {{"why", refusal.code}, {"ms", wait.count()}});
}

net::awaitable<storage::WriteOutcome> OwnWork::submit(std::function<void(storage::Connection&)> const& work) {
    auto hand_over = [this, &work](std::function<void(storage::WriteOutcome)> done) {
        auto job = [&work](storage::Connection& connection) -> workflow::Result<void> {
            work(connection);
            return {};
        };
        writes_.submit(std::move(job), std::move(done), kUsualBytes, storage::Share::Service);
    };
    co_return co_await await_value<storage::WriteOutcome>(std::move(hand_over));
}

net::awaitable<void> OwnWork::pause(std::chrono::milliseconds wait) {
    auto const timer = pauses_.emplace(pauses_.end(), executor_, wait);
    co_await timer->async_wait(kAwait);
    pauses_.erase(timer);
}

}  // namespace server::jobs
