#pragma once

#include "storage/store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <list>
#include <memory>

#include "server/config/config.hpp"
#include "server/jobs/own_work.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"
#include "server/runtime/time_source.hpp"

namespace server::jobs {

/// The result of handling one message.
struct Attempt {
    storage::Outbox::Settlement settlement;
    /// Written in the transaction that settles the message: a journal entry, further messages. May be empty. Not called
    /// where the message has been cancelled in the meantime.
    std::function<void(storage::Connection&, storage::MessageState)> record = {};
};

/// Works off the outbox: one loop for each kind that has a handler, looking once a second. A message is in hand
/// (`sending`, committed) before its handler runs and settled after it, so what was acknowledged is never done twice,
/// and what a crash has interrupted is done again at the next start: whoever receives it knows it by its id. A
/// settlement that the storage refuses is retried for as long as it takes, without doing the message again. A loop
/// takes no further message before it has settled all it has in hand, so a message whose lease has ended is never one
/// that it is still working on: it is taken again. io thread.
///
///     worker.handle(storage::MessageKind::Letter, [this](storage::Outbox::Message message) {
///         return make(std::move(message));  // net::awaitable<Attempt>
///     });
class OutboxWorker {
public:
    using Handler = std::function<net::awaitable<Attempt>(storage::Outbox::Message message)>;

    OutboxWorker(
        net::io_context& io,
        storage::Store& store,
        Config const& config,
        TimeSource const& time,
        Log& log,
        RetryWaits waits = {}
    );

    /// To be called before start(). A handler that throws has failed, and the message is tried again; after StorageFull
    /// without a limit of tries. The handler works on messages of up to `hands` cases at once; those of one case keep
    /// their order.
    void handle(storage::MessageKind kind, Handler handler, std::size_t hands = 1);
    void start();
    /// Stops after the messages in progress.
    void stop();

    /// For handlers: writes what must not be lost, see OwnWork.
    net::awaitable<void> commit(std::function<void(storage::Connection&)> work) { return own_.commit(std::move(work)); }
    [[nodiscard]] std::uint64_t retries() const { return own_.retries(); }
    /// Registers the figures of the outbox and its own, read as long as the worker lives. After all its handlers.
    void report_to(Metrics& metrics) const;

    /// Handles every message that is due, and those that become due by it; returns how many attempts it made.
    net::awaitable<std::int64_t> work_off(workflow::Instant now);
    /// Returns to the queue the messages that a crash has interrupted; start() does it by itself.
    net::awaitable<void> release();
    /// Logs a warning when more messages than before are past their lease; start() calls it once a minute.
    void check_leases();

private:
    struct Line {
        storage::MessageKind kind;
        Handler handler;
        std::size_t hands;
        net::steady_timer timer;
    };

    net::awaitable<void> watch(Line& line);
    net::awaitable<void> watch_leases();
    net::awaitable<void> begin();
    net::awaitable<std::int64_t> work_off(Line& line, workflow::Instant now);
    net::awaitable<void> settle_all(Line& line, std::vector<storage::Outbox::Message> messages);
    net::awaitable<void> settle_in_order(Line& line, std::vector<storage::Outbox::Message> messages);
    net::awaitable<void> settle(Line& line, storage::Outbox::Message message);
    /// The job that records the attempt and settles the message; borrows both.
    std::function<void(storage::Connection&)> settlement_job(
        storage::Outbox::Message const& message, Attempt const& attempt
    );

    storage::Store& store_;
    Config const& config_;
    TimeSource const& time_;
    Log& log_;
    std::unique_ptr<storage::Connection> reader_;
    net::any_io_executor executor_;
    OwnWork own_;
    std::list<Line> lines_;
    net::steady_timer lease_timer_;
    std::int64_t told_past_lease_ = 0;
    bool stopping_ = false;
};

}  // namespace server::jobs
