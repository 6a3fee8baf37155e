#include "server/jobs/outbox_worker.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "server/runtime/offload.hpp"

namespace server::jobs {
namespace {

using storage::Connection;
using storage::Outbox;

constexpr std::chrono::seconds kBetweenRounds{1};
constexpr std::chrono::minutes kBetweenLooksAtLeases{1};
constexpr std::chrono::minutes kUntilRoom{1};
/// In hand at once: what a crash sends a second time at most.
constexpr std::int64_t kInHand = 16;

}  // namespace

OutboxWorker::OutboxWorker(
    net::io_context& io, storage::Store& store, Config const& config, TimeSource const& time, Log& log, RetryWaits waits
)
    : store_(store),
      config_(config),
      time_(time),
      log_(log),
      reader_(store.connect()),
      executor_(io.get_executor()),
      own_(executor_, store.writes(), log, waits),
      lease_timer_(executor_) {}

void OutboxWorker::handle(storage::MessageKind kind, Handler handler, std::size_t hands) {
    lines_.push_back({kind, std::move(handler), hands, net::steady_timer(executor_)});
}

void OutboxWorker::report_to(Metrics& metrics) const {
    std::vector<storage::MessageKind> kinds;
    for (Line const& line : lines_) kinds.push_back(line.kind);
    auto const all = [this, kinds] { return store_.outbox().figures(*reader_, kinds); };
    auto const statutory = [this] { return store_.outbox().statutory_figures(*reader_); };
    auto const age = [this](std::optional<workflow::Instant> since) {
        return since ? std::chrono::duration<double>(time_.now() - *since).count() : 0.0;
    };
    metrics.gauge("outbox_waiting", "Messages still to be sent.", [all] { return static_cast<double>(all().waiting); });
    metrics.gauge("outbox_dead", "Messages that could not be sent.", [all] { return static_cast<double>(all().dead); });
    metrics.gauge("outbox_oldest_seconds", "Age of the oldest message still to be sent.", [all, age] {
        return age(all().oldest);
    });
    metrics.gauge("letters_waiting", "Letters and notices of the law still to be made or sent.", [statutory] {
        return static_cast<double>(statutory().waiting);
    });
    metrics.gauge("letters_oldest_seconds", "Age of the oldest of them.", [statutory, age] {
        return age(statutory().oldest);
    });
    metrics.gauge("outbox_past_lease", "Messages in hand for longer than their lease.", [this] {
        return static_cast<double>(store_.outbox().past_lease(*reader_, time_.now()));
    });
    metrics.gauge("outbox_retries", "Outcomes of messages that the storage had to be asked again to take.", [this] {
        return static_cast<double>(retries());
    });
}

void OutboxWorker::start() {
    net::co_spawn(executor_, begin(), net::detached);
    net::co_spawn(executor_, watch_leases(), net::detached);
}

void OutboxWorker::stop() {
    stopping_ = true;
    own_.stop();
    lease_timer_.cancel();
    for (Line& line : lines_) line.timer.cancel();
}

net::awaitable<void> OutboxWorker::begin() {
    try {
        co_await release();
    } catch (std::exception const& error) {
        log_.error("interrupted messages wait for the end of their lease", {{"error", error.what()}});
    }
    for (Line& line : lines_) net::co_spawn(executor_, watch(line), net::detached);
}

net::awaitable<void> OutboxWorker::watch(Line& line) {
    while (!stopping_) {
        try {
            co_await work_off(line, time_.now());
        } catch (std::exception const& error) {
            log_.error("outbox", {{"kind", workflow::code(line.kind)}, {"error", error.what()}});
        }
        if (stopping_) break;
        line.timer.expires_after(kBetweenRounds);
        boost::system::error_code cancelled;
        auto token = net::redirect_error(net::use_awaitable, cancelled);
        co_await line.timer.async_wait(token);
    }
}

net::awaitable<void> OutboxWorker::watch_leases() {
    while (!stopping_) {
        try {
            check_leases();
        } catch (std::exception const& error) {
            log_.error("outbox", {{"error", error.what()}});
        }
        lease_timer_.expires_after(kBetweenLooksAtLeases);
        co_await lease_timer_.async_wait(kAwait);
    }
}

void OutboxWorker::check_leases() {
    auto const past = store_.outbox().past_lease(*reader_, time_.now());
    if (past > told_past_lease_) log_.warning("messages are past their lease", {{"messages", past}});
    told_past_lease_ = past;
}

net::awaitable<std::int64_t> OutboxWorker::work_off(workflow::Instant now) {
    std::int64_t attempts = 0;
    std::int64_t before = -1;
    while (attempts != before) {  // planning one message makes others
        before = attempts;
        for (Line& line : lines_) {
            auto const made = co_await work_off(line, now);
            attempts += made;
        }
    }
    co_return attempts;
}

net::awaitable<std::int64_t> OutboxWorker::work_off(Line& line, workflow::Instant now) {
    std::int64_t attempts = 0;
    while (!stopping_ && !store_.outbox().due(*reader_, line.kind, now, 1).empty()) {
        auto const claimed = std::make_shared<std::vector<Outbox::Message>>();
        // A round may take long: the lease begins when the message is taken.
        std::function<void(Connection&)> claim = [this, claimed, kind = line.kind](Connection& connection) {
            *claimed = store_.outbox().claim(connection, kind, time_.now(), kInHand, config_.outbox_lease);
        };
        co_await commit(std::move(claim));
        attempts += std::ssize(*claimed);
        co_await settle_all(line, std::move(*claimed));
    }
    co_return attempts;
}

net::awaitable<void> OutboxWorker::settle_all(Line& line, std::vector<Outbox::Message> messages) {
    std::vector<std::vector<Outbox::Message>> hands(line.hands);
    for (auto& message : messages) {
        auto& hand = hands[std::hash<std::string>{}(message.case_id) % hands.size()];
        hand.push_back(std::move(message));
    }
    std::size_t busy = hands.size();
    std::exception_ptr first_error;
    auto submit = [this, &line, &hands, &busy, &first_error](std::function<void(bool)> const& done) {
        for (auto& hand : hands) {
            auto finished = [&busy, &first_error, done](std::exception_ptr const& error) {
                if (error && !first_error) first_error = error;
                if (--busy == 0) done(true);
            };
            net::co_spawn(executor_, settle_in_order(line, std::move(hand)), std::move(finished));
        }
    };
    co_await await_value<bool>(std::move(submit));
    if (first_error) std::rethrow_exception(first_error);
}

net::awaitable<void> OutboxWorker::settle_in_order(Line& line, std::vector<Outbox::Message> messages) {
    for (auto& message : messages) co_await settle(line, std::move(message));
}

net::awaitable<void> OutboxWorker::settle(Line& line, Outbox::Message message) {
    Attempt attempt;
    try {
        auto trying = line.handler(message);
        attempt = co_await std::move(trying);
    } catch (NotWritten const&) {
        throw;
    } catch (storage::StorageFull const&) {  // nobody's failure: it waits for room as long as it takes
        attempt.settlement.verdict = Outbox::Verdict::Later;
        attempt.settlement.error = storage::kStorageFull;
        attempt.settlement.again = time_.now() + kUntilRoom;
    } catch (std::exception const& error) {
        attempt.settlement.verdict = Outbox::Verdict::Failed;
        attempt.settlement.error = "internal";
        log_.error("outbox", {{"kind", workflow::code(line.kind)}, {"id", message.id}, {"error", error.what()}});
    }
    bool recorded = false;
    try {
        co_await commit(settlement_job(message, attempt));
        recorded = true;
    } catch (NotWritten const&) {
        throw;  // the lease goes on; what was interrupted is done again at the next start
    } catch (std::exception const& error) {
        log_.error("outbox", {{"kind", workflow::code(line.kind)}, {"id", message.id}, {"error", error.what()}});
    }
    if (recorded) co_return;
    Attempt failed;
    failed.settlement.verdict = Outbox::Verdict::Failed;
    failed.settlement.error = "not_recorded";
    co_await commit(settlement_job(message, failed));
}

std::function<void(Connection&)> OutboxWorker::settlement_job(Outbox::Message const& message, Attempt const& attempt) {
    return [this, &message, &attempt, now = time_.now()](Connection& connection) {
        auto const state = store_.outbox().settle(connection, message, attempt.settlement, now);
        if (attempt.record && state != storage::MessageState::Cancelled) attempt.record(connection, state);
    };
}

net::awaitable<void> OutboxWorker::release() {
    std::function<void(Connection&)> work = [this, now = time_.now()](Connection& connection) {
        store_.outbox().release(connection, now);
    };
    co_await commit(std::move(work));
}

}  // namespace server::jobs
