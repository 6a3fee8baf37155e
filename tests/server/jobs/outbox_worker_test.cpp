#include "server/jobs/outbox_worker.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <future>
#include <map>
#include <ranges>
#include <stdexcept>
#include <thread>

#include "tests/fakes/manual_time.hpp"
#include "tests/storage/each_database.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace {

using namespace server;
using namespace std::chrono_literals;
using storage::MessageKind;
using storage::MessageState;
using storage::Outbox;
using Verdict = Outbox::Verdict;

/// A storage that refuses is asked again without much ado.
constexpr jobs::RetryWaits kAtOnce{1ms, 2ms};

/// A worker whose handler does what the test says, on a clock moved by hand.
class OutboxWorkerTest : public testing::Test {
protected:
    std::int64_t add(MessageKind kind = MessageKind::Email, std::string_view of_case = "case") {
        return store->writes()
            .run([&](storage::Connection& connection) -> workflow::Result<std::int64_t> {
                return store->outbox().add(
                    connection, {kind, std::string(of_case), 1, workflow::Code{"430500-01"}}, time.now()
                );
            })
            .value();
    }

    /// Works off what is due now, each message as `verdict` says; returns how many attempts were made.
    std::int64_t work_off(Outbox::Settlement settlement, std::function<void(storage::Connection&)> record = {}) {
        net::io_context io;
        jobs::OutboxWorker worker(io, *store, config, time, log, kAtOnce);
        worker.handle(MessageKind::Email, [&](Outbox::Message message) -> net::awaitable<jobs::Attempt> {
            handled.push_back(message.id);
            if (throws) throw std::runtime_error("broken");
            jobs::Attempt attempt;
            attempt.settlement = settlement;
            if (record) attempt.record = [&](storage::Connection& connection, MessageState) { record(connection); };
            co_return attempt;
        });
        std::int64_t attempts = -1;
        auto task = [&]() -> net::awaitable<void> {
            co_await worker.release();
            attempts = co_await worker.work_off(time.now());
        };
        net::co_spawn(io, task(), net::detached);
        io.run();
        return attempts;
    }

    Outbox::Message stored(std::int64_t id) { return store->outbox().find(*store->connect(), id).value(); }

    TemporaryFolder folder;
    fakes::ManualTime time{"2026-04-29T09:00:00+08:00"};
    Config config;
    Log log{{.level = LogLevel::Error, .file = (folder / "log").string()}};
    std::unique_ptr<storage::Store> store = std::move(storage::Store::create(folder / "data").value());
    std::vector<std::int64_t> handled;
    bool throws = false;
};

TEST_F(OutboxWorkerTest, DoesEverythingThatIsDueOnceAndNothingElse) {
    for (int i = 0; i < 40; ++i) add();
    auto const other = add(MessageKind::Print);
    EXPECT_EQ(work_off({Verdict::Sent}), 40);
    EXPECT_EQ(work_off({Verdict::Sent}), 0);
    EXPECT_EQ(stored(other).state, MessageState::Waiting) << "nobody handles this kind";
}

TEST_F(OutboxWorkerTest, SeveralHandsWorkAtOnceAndKeepTheOrderOfEachCase) {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 12; ++i) ids.push_back(add(MessageKind::Email, i % 3 == 0 ? "first" : "second"));
    net::io_context io;
    jobs::OutboxWorker worker(io, *store, config, time, log, kAtOnce);
    std::map<std::string, std::vector<std::int64_t>> began;
    std::map<std::string, int> in_hand;
    std::size_t most_cases = 0;
    auto handle = [&](Outbox::Message message) -> net::awaitable<jobs::Attempt> {
        began[message.case_id].push_back(message.id);
        EXPECT_EQ(++in_hand[message.case_id], 1) << "two messages of one case at once";
        most_cases = std::max(most_cases, static_cast<std::size_t>(std::ranges::count(std::views::values(in_hand), 1)));
        for (int i = 0; i < 10; ++i) co_await net::post(net::use_awaitable);
        --in_hand[message.case_id];
        co_return jobs::Attempt{{Verdict::Sent}};
    };
    worker.handle(MessageKind::Email, handle, 16);
    net::co_spawn(io, worker.work_off(time.now()), net::detached);
    io.run();
    EXPECT_EQ(began["first"], (std::vector{ids[0], ids[3], ids[6], ids[9]}));
    EXPECT_EQ(began["second"].size(), 8U);
    EXPECT_TRUE(std::ranges::is_sorted(began["second"]));
    EXPECT_EQ(most_cases, 2U);
}

TEST_F(OutboxWorkerTest, TriesAgainWhenTheTimeHasCome) {
    auto const id = add();
    EXPECT_EQ(work_off({Verdict::Failed, "smtp_451"}), 1);
    EXPECT_EQ(work_off({Verdict::Sent}), 0);
    time.advance(1min);
    EXPECT_EQ(work_off({Verdict::Failed, "smtp_451"}), 1);
    time.advance(1min);
    EXPECT_EQ(work_off({Verdict::Sent}), 0) << "now it waits for two minutes";
    time.advance(1min);
    EXPECT_EQ(work_off({Verdict::Sent}), 1);
    EXPECT_EQ(stored(id).state, MessageState::Sent);
    EXPECT_EQ(stored(id).attempts, 3);
}

TEST_F(OutboxWorkerTest, AHandlerThatThrowsHasFailed) {
    throws = true;
    auto const id = add();
    EXPECT_EQ(work_off({Verdict::Sent}), 1);
    EXPECT_EQ(stored(id).state, MessageState::Retrying);
    EXPECT_EQ(stored(id).error, "internal");
}

TEST_F(OutboxWorkerTest, NoRoomOnTheDiskIsNobodysFailure) {
    auto const id = add();
    net::io_context io;
    jobs::OutboxWorker worker(io, *store, config, time, log, kAtOnce);
    worker.handle(MessageKind::Email, [](Outbox::Message) -> net::awaitable<jobs::Attempt> {
        throw storage::StorageFull("no room for pages");
        co_return jobs::Attempt{};
    });
    for (int i = 0; i < 20; ++i) {
        net::co_spawn(io, worker.work_off(time.now()), net::detached);
        io.restart();
        io.run();
        EXPECT_EQ(stored(id).due_at, time.now() + 1min);
        time.advance(1min);
    }
    EXPECT_EQ(stored(id).state, MessageState::Waiting) << "however often it has been tried";
    EXPECT_EQ(stored(id).attempts, 0);
    EXPECT_EQ(stored(id).error, "storage_full");
}

TEST_F(OutboxWorkerTest, WhatIsRecordedAndTheSettlementAreOne) {
    auto const id = add();
    work_off({Verdict::Sent}, [&](storage::Connection& connection) {
        store->outbox().add(connection, {MessageKind::Print, "case", 2, workflow::Code{"430500-01"}}, time.now());
        throw std::runtime_error("no room");
    });
    EXPECT_EQ(stored(id).state, MessageState::Retrying);
    EXPECT_EQ(stored(id).error, "not_recorded");
    EXPECT_FALSE(store->outbox().find(*store->connect(), id + 1)) << "the half of it that was written is gone";
}

TEST_F(OutboxWorkerTest, AfterACrashWhatWasInHandIsDoneAgainAndWhatWasSentIsNot) {
    auto const sent = add();
    EXPECT_EQ(work_off({Verdict::Sent}), 1);
    auto const in_hand = add();
    ASSERT_TRUE(store->writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
        store->outbox().claim(connection, MessageKind::Email, time.now(), 1, config.outbox_lease);
        return true;
    }));
    store.reset();  // the process dies with the message in hand
    store = std::move(storage::Store::open(std::move(*storage::DataFolder::open(folder / "data"))).value());
    handled.clear();
    EXPECT_EQ(work_off({Verdict::Sent}), 1);
    EXPECT_EQ(handled, std::vector{in_hand});
    EXPECT_EQ(stored(sent).attempts, 1);
}

TEST_F(OutboxWorkerTest, WhatNobodyKnowsOfAnyMoreIsDoneAgainAfterItsLease) {
    auto const id = add();
    ASSERT_TRUE(store->writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
        store->outbox().claim(connection, MessageKind::Email, time.now(), 1, config.outbox_lease);
        return true;
    }));
    net::io_context io;
    jobs::OutboxWorker worker(io, *store, config, time, log, kAtOnce);
    int handled_now = 0;
    worker.handle(MessageKind::Email, [&](Outbox::Message) -> net::awaitable<jobs::Attempt> {
        ++handled_now;
        co_return jobs::Attempt{{Verdict::Sent}};
    });
    auto const round = [&] {
        net::co_spawn(io, worker.work_off(time.now()), net::detached);
        io.restart();
        io.run();
    };
    round();
    EXPECT_EQ(handled_now, 0) << "somebody may still have it in hand";
    time.advance(config.outbox_lease);
    round();
    EXPECT_EQ(handled_now, 1);
    EXPECT_EQ(stored(id).state, MessageState::Sent);
}

/// The storage refuses what a handler has done, until the test lets it go on.
class RefusedSettlementTest : public OutboxWorkerTest {
protected:
    /// Sends one message; `refuse` runs in its handler, `relent` after the storage has refused several times.
    void send(std::function<void()> const& refuse, std::function<void()> const& relent) {
        auto const id = add();
        net::io_context io;
        jobs::OutboxWorker worker(io, *store, config, time, log, kAtOnce);
        int sent = 0;
        worker.handle(MessageKind::Email, [&](Outbox::Message) -> net::awaitable<jobs::Attempt> {
            ++sent;
            refuse();
            jobs::Attempt attempt;
            attempt.settlement.verdict = Verdict::Sent;
            attempt.record = [&](storage::Connection& connection, MessageState) {
                std::string const topic(1'000'000, 'x');  // takes room
                store->outbox().add(connection, {MessageKind::Print, "case", 2, {}, topic}, time.now());
            };
            co_return attempt;
        });
        net::co_spawn(io, worker.work_off(time.now()), net::detached);
        while (worker.retries() < 5) io.run_one();
        EXPECT_EQ(stored(id).state, MessageState::Sending);
        time.advance(config.outbox_lease);
        EXPECT_EQ(store->outbox().past_lease(*store->connect(), time.now()), 1) << "the operator can see it";
        relent();
        io.run();
        EXPECT_EQ(sent, 1) << "it went out once";
        EXPECT_EQ(stored(id).state, MessageState::Sent);
        EXPECT_EQ(stored(id).attempts, 1);
        EXPECT_EQ(stored(id + 1).kind, MessageKind::Print) << "and what it led to was recorded";
    }
};

TEST_F(RefusedSettlementTest, IsRetriedWhileTheQueueIsFull) {
    store.reset();
    auto opened = storage::DataFolder::open(folder / "data");
    store = std::move(storage::Store::open(std::move(*opened), {.service_jobs = 1}).value());
    std::promise<void> gate;
    auto const open = gate.get_future().share();
    auto const hold = [&] {
        auto& writes = store->writes();
        auto const wait = [open](storage::Connection&) -> workflow::Result<void> {
            open.wait();
            return {};
        };
        auto const nobody = [](storage::WriteOutcome const&) {};
        writes.submit(wait, nobody, 1024, storage::Share::Service);
        while (writes.statistics().queued_jobs > 0) std::this_thread::yield();  // the writer has it in hand
        writes.submit(wait, nobody, 1024, storage::Share::Service);
    };
    send(hold, [&] { gate.set_value(); });
}

TEST_F(RefusedSettlementTest, IsRetriedWhileTheDiskIsFull) {
    send(
        [&] { limit_growth(*store, true); },
        [&] {
            EXPECT_TRUE(store->writes().statistics().full);
            limit_growth(*store, false);
        }
    );
    EXPECT_FALSE(store->writes().statistics().full);
}

TEST_F(RefusedSettlementTest, IsGivenUpWhenTheServiceStops) {
    auto const id = add();
    net::io_context io;
    jobs::OutboxWorker worker(io, *store, config, time, log, {1ms, 1h});
    worker.handle(MessageKind::Email, [&](Outbox::Message) -> net::awaitable<jobs::Attempt> {
        limit_growth(*store, true);
        jobs::Attempt attempt;
        attempt.settlement.verdict = Verdict::Sent;
        attempt.record = [&](storage::Connection& connection, MessageState) {
            std::string const topic(1'000'000, 'x');
            store->outbox().add(connection, {MessageKind::Print, "case", 2, {}, topic}, time.now());
        };
        co_return attempt;
    });
    net::co_spawn(io, worker.work_off(time.now()), net::detached);
    while (worker.retries() < 3) io.run_one();
    worker.stop();
    io.run();
    EXPECT_EQ(stored(id).state, MessageState::Sending) << "the next start does it again";
    EXPECT_TRUE(stored(id).error.empty()) << "it has not failed";
}

}  // namespace
