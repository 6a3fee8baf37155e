#include "storage/engine/write_queue.hpp"

#include "tests/storage/each_database.hpp"
#include "tests/storage/engine/faulty_connection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

using storage::Connection;
using storage::Share;
using storage::WriteLimits;
using storage::WriteOutcome;
using storage::WriteQueue;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

/// Counts jobs in memory; right when it always agrees with the table after a commit.
class Counter final : public storage::Participant {
public:
    int value = 0;
    std::atomic<int> published = 0;
    void mark() override { marked_ = value; }
    void rollback_to_mark() override { value = marked_; }
    void commit() override { published = value; }
    void rollback() override { value = published; }

private:
    int marked_ = 0;
};

/// What the completions of many jobs said, from the writer thread and from submit().
class Answers {
public:
    auto recorder(std::string name) {
        return [this, name = std::move(name)](WriteOutcome outcome) {
            std::lock_guard const lock(mutex_);
            if (auto const* refusal = std::get_if<Refusal>(&outcome)) {
                EXPECT_TRUE(answers_.emplace(name, refusal->code).second) << name << " was answered twice";
            } else {
                bool const committed = std::holds_alternative<storage::Committed>(outcome);
                EXPECT_TRUE(answers_.emplace(name, committed ? "committed" : "threw").second);
            }
        };
    }
    std::string of(std::string const& name) {
        std::lock_guard const lock(mutex_);
        auto const found = answers_.find(name);
        return found == answers_.end() ? "none" : found->second;
    }
    std::size_t count(std::string const& answer) {
        std::lock_guard const lock(mutex_);
        return static_cast<std::size_t>(std::ranges::count(answers_, answer, [](auto const& a) { return a.second; }));
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::string> answers_;
};

class WriteQueueTest : public EmptyDatabase {
protected:
    void SetUp() override {
        writer_->run_script("CREATE TABLE thing (id INTEGER PRIMARY KEY, data BLOB) STRICT");
        start({});
    }

    void start(WriteLimits limits) {
        queue_.reset();
        reopen();
        reader_ = database_->open_reader();
        queue_ = std::make_unique<WriteQueue>(
            std::make_unique<FaultyConnection>(std::move(writer_), faults_),
            std::vector<storage::Participant*>{&counter_},
            limits
        );
    }

    auto insert(int id) {
        return [this, id](Connection& connection) -> Result<void> {
            ++counter_.value;
            connection.execute("INSERT INTO thing (id) VALUES ($1)", id);
            return {};
        };
    }
    auto refuse_after_insert(int id) {
        return [this, id](Connection& connection) -> Result<void> {
            ++counter_.value;
            connection.execute("INSERT INTO thing (id) VALUES ($1)", id);
            return Refusal{RefusalKind::IllegalStep, "illegal_step", "不可以。"};
        };
    }
    template <typename Exception>
    auto throw_after_insert(int id) {
        return [this, id](Connection& connection) -> Result<void> {
            ++counter_.value;
            connection.execute("INSERT INTO thing (id) VALUES ($1)", id);
            throw Exception("injected");
        };
    }
    template <typename Work>
    void submit(std::string name, Work work, std::size_t bytes = 10, Share share = Share::Visitors) {
        ++open_;
        auto record = [this, inner = answers_.recorder(std::move(name))](WriteOutcome outcome) {
            inner(std::move(outcome));
            --open_;
        };
        queue_->submit(std::move(work), std::move(record), bytes, share);
    }

    /// Holds the writer inside a job while `submit_all` queues what then becomes the next batch, and waits for the
    /// answers.
    template <typename SubmitAll>
    void as_one_batch(SubmitAll submit_all) {
        std::latch entered(1);
        std::latch leave(1);
        auto hold = [&](Connection&) -> Result<void> {
            entered.count_down();
            leave.wait();
            return {};
        };
        ++open_;
        queue_->submit(
            hold, [this](WriteOutcome) { --open_; }, 0
        );
        entered.wait();
        submit_all();
        leave.count_down();
        wait_for_answers();
    }
    void wait_for_answers() {
        while (open_ > 0) std::this_thread::yield();
    }

    std::set<std::int64_t> ids() {
        std::set<std::int64_t> result;
        for (auto rows = reader_->query("SELECT id FROM thing"); rows.next();) result.insert(rows.int64(0));
        return result;
    }

    std::shared_ptr<FaultyConnection::Faults> faults_ = std::make_shared<FaultyConnection::Faults>();
    Counter counter_;
    Answers answers_;
    std::atomic<int> open_ = 0;  ///< jobs not yet answered
    std::unique_ptr<Connection> reader_;
    std::unique_ptr<WriteQueue> queue_;
};

TEST_P(WriteQueueTest, AnswersOnlyWhatOthersCanRead) {
    auto const result = queue_->run([&](Connection& connection) -> Result<int> {
        connection.execute("INSERT INTO thing (id) VALUES (1)");
        EXPECT_TRUE(ids().empty()) << "visible before the commit";
        return 42;
    });
    EXPECT_EQ(result.value(), 42);
    EXPECT_EQ(ids(), (std::set<std::int64_t>{1}));
}

TEST_P(WriteQueueTest, RunHandsBackRefusalsAndExceptions) {
    auto const refused = queue_->run([](Connection&) -> Result<int> {
        return Refusal{RefusalKind::Stale, "stale", "已被他人修改。"};
    });
    EXPECT_EQ(refused.error().code, "stale");
    auto const failing = [&] {
        auto const result = queue_->run([](Connection&) -> Result<int> { throw std::out_of_range("boom"); });
    };
    EXPECT_THROW(failing(), std::out_of_range);
}

TEST_P(WriteQueueTest, OwnsWhatJobsCapture) {
    std::promise<int> promise;
    auto answer = promise.get_future();
    auto token = std::make_unique<int>(5);
    queue_->submit(
        [](Connection&) -> Result<void> { return {}; },
        [token = std::move(token), promise = std::move(promise)](WriteOutcome) mutable { promise.set_value(*token); }
    );
    EXPECT_EQ(answer.get(), 5);
}

TEST_P(WriteQueueTest, CommitsManyJobsAtOnce) {
    auto const before = queue_->statistics();
    as_one_batch([&] {
        for (int i = 0; i < 100; ++i) submit("job" + std::to_string(i), insert(i));
    });
    auto const after = queue_->statistics();
    EXPECT_EQ(answers_.count("committed"), 100U);
    EXPECT_EQ(ids().size(), 100U);
    EXPECT_EQ(after.jobs - before.jobs, 101U);  // with the one that held the writer
    EXPECT_EQ(after.batches - before.batches, 2U);
    EXPECT_EQ(after.batch_sizes[6], 1U) << "one batch of 64 to 127 jobs";
    EXPECT_GT(after.commit_total.count(), 0);
    EXPECT_GE(after.commit_total, after.commit_longest);
}

TEST_P(WriteQueueTest, OneBadJobDoesNotSinkItsNeighbours) {
    as_one_batch([&] {
        submit("a", insert(1));
        submit("refused", refuse_after_insert(2));
        submit("b", insert(3));
        submit("threw", throw_after_insert<std::runtime_error>(4));
        submit("duplicate", insert(3));
        submit("c", insert(5));
    });
    EXPECT_EQ(answers_.of("a") + answers_.of("b") + answers_.of("c"), "committedcommittedcommitted");
    EXPECT_EQ(answers_.of("refused"), "illegal_step");
    EXPECT_EQ(answers_.of("threw"), "threw");
    EXPECT_EQ(answers_.of("duplicate"), "threw");
    EXPECT_EQ(ids(), (std::set<std::int64_t>{1, 3, 5}));
    EXPECT_EQ(counter_.published, 3) << "memory moves with the savepoints";
}

TEST_P(WriteQueueTest, HoldsItsBatchLimits) {
    start({.batch_jobs = 4, .batch_bytes = 100});
    as_one_batch([&] {
        for (int i = 0; i < 8; ++i) submit("small" + std::to_string(i), insert(i), 1);
    });
    EXPECT_EQ(queue_->statistics().batch_sizes[2], 2U) << "two batches of 4";
    start({.batch_jobs = 4, .batch_bytes = 100});
    as_one_batch([&] {
        for (int i = 10; i < 13; ++i) submit("large" + std::to_string(i), insert(i), 200);
    });
    EXPECT_EQ(queue_->statistics().batch_sizes[0], 4U) << "each larger than the limit: alone";
}

TEST_P(WriteQueueTest, RefusesAtOnceWhenFull) {
    start({.queued_jobs = 3, .queued_bytes = 100});
    as_one_batch([&] {
        submit("one", insert(1), 40);
        submit("two", insert(2), 40);
        submit("too many bytes", insert(3), 40);
        EXPECT_EQ(answers_.of("too many bytes"), "queue_full") << "answered inside submit()";
        EXPECT_EQ(queue_->statistics().queued_bytes, 80U);
        submit("three", insert(4), 20);
        submit("too many jobs", insert(5), 0);
        EXPECT_EQ(answers_.of("too many jobs"), "queue_full");
        EXPECT_EQ(queue_->statistics().queued_jobs, 3U);
    });
    EXPECT_EQ(ids(), (std::set<std::int64_t>{1, 2, 4}));
    EXPECT_EQ(queue_->statistics().rejected, 2U);
    EXPECT_EQ(queue_->statistics().queued_bytes, 0U);
}

TEST_P(WriteQueueTest, VisitorsAndTheServiceCannotTakeEachOthersShare) {
    start({.queued_jobs = 3, .queued_bytes = 100, .service_jobs = 2, .service_bytes = 50});
    as_one_batch([&] {
        for (int i = 0; i < 5; ++i) submit("visitor" + std::to_string(i), insert(i));
        EXPECT_EQ(answers_.count("queue_full"), 2U);
        submit("letter", insert(10), 10, Share::Service);
        submit("too large", insert(11), 41, Share::Service);
        EXPECT_EQ(answers_.of("too large"), "queue_full");
        submit("lapse", insert(12), 40, Share::Service);
        submit("too many", insert(13), 0, Share::Service);
        EXPECT_EQ(answers_.of("too many"), "queue_full");
        EXPECT_EQ(queue_->statistics().queued_jobs, 5U);
        EXPECT_EQ(queue_->statistics().queued_bytes, 80U);
    });
    EXPECT_EQ(answers_.of("letter") + answers_.of("lapse"), "committedcommitted");
    EXPECT_EQ(ids(), (std::set<std::int64_t>{0, 1, 2, 10, 12}));
    as_one_batch([&] { submit("room again", insert(14), 50, Share::Service); });
    EXPECT_EQ(answers_.of("room again"), "committed");
}

TEST_P(WriteQueueTest, JobsRunInTheOrderInWhichTheyCameWhoseverTheyAre) {
    start({.batch_jobs = 2});
    std::vector<int> order;  // of the writer thread
    auto const note = [&order](int n) {
        return [&order, n](Connection&) -> Result<void> {
            order.push_back(n);
            return {};
        };
    };
    as_one_batch([&] {
        for (int n = 0; n < 6; ++n) {
            submit(std::to_string(n), note(n), 1, n % 3 == 2 ? Share::Service : Share::Visitors);
        }
    });
    EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4, 5}));
}

TEST_P(WriteQueueTest, KnowsWhatMayBeTakenLater) {
    auto const refusal = [](std::string code) { return Refusal{RefusalKind::Unavailable, std::move(code), ""}; };
    for (auto const* code : {"queue_full", "storage_full", "storage_fault", "storage_busy"}) {
        EXPECT_TRUE(storage::passes(refusal(code))) << code;
    }
    EXPECT_FALSE(storage::passes(refusal("storage_failed")));
    EXPECT_FALSE(storage::passes(refusal("storage_stopped")));
}

TEST_P(WriteQueueTest, FullDiskInsideAJobUndoesTheBatchAndGoesOn) {
    as_one_batch([&] {
        submit("before", insert(1));
        submit("own", refuse_after_insert(2));
        submit("full", throw_after_insert<storage::StorageFull>(3));
        submit("after", insert(4));
    });
    EXPECT_EQ(answers_.count("storage_full"), 3U);
    EXPECT_EQ(answers_.of("own"), "illegal_step") << "a refusal of its own stays";
    EXPECT_TRUE(ids().empty());
    EXPECT_TRUE(queue_->statistics().full);
    submit("later", insert(5));
    wait_for_answers();
    EXPECT_EQ(answers_.of("later"), "committed");
    EXPECT_EQ(counter_.published, 1);
    EXPECT_FALSE(queue_->statistics().full);
    EXPECT_FALSE(queue_->statistics().failed);
}

TEST_P(WriteQueueTest, RealFullDatabaseLeavesNothingHalfDone) {
    auto const limit_growth = [](bool limited) {
        return [limited](Connection& connection) -> Result<void> {
            GetParam().limit_growth(connection, limited);
            return {};
        };
    };
    submit("limit", limit_growth(true));
    as_one_batch([&] {
        submit("small", insert(1));
        submit("large", [&](Connection& connection) -> Result<void> {
            ++counter_.value;
            connection.execute("INSERT INTO thing VALUES (2, $1)", storage::Bytes(1'000'000, 1));
            return {};
        });
    });
    EXPECT_EQ(answers_.of("small"), "storage_full");
    EXPECT_EQ(answers_.of("large"), "storage_full");
    EXPECT_TRUE(ids().empty());
    submit("limit off", limit_growth(false));
    submit("room again", insert(3));
    wait_for_answers();
    EXPECT_EQ(answers_.of("room again"), "committed");
    EXPECT_EQ(counter_.published, 1);
}

TEST_P(WriteQueueTest, FaultyDiskInsideAJobUndoesTheBatchAndGoesOn) {
    int step = 0;
    as_one_batch([&] {
        faults_->on_step = [&step](std::string_view sql) {
            if (sql.starts_with("INSERT") && ++step == 2) throw storage::StorageFault("injected");
        };
        submit("first", insert(1));
        submit("second", insert(2));
    });
    EXPECT_EQ(answers_.count("storage_fault"), 2U);
    submit("third", insert(3));
    wait_for_answers();
    EXPECT_EQ(answers_.of("third"), "committed");
    EXPECT_EQ(ids(), (std::set<std::int64_t>{3}));
}

TEST_P(WriteQueueTest, FailureOfEveryStatementInTurnLeavesMemoryAndTableAgreeing) {
    // However many statements a batch of two takes, the fault visits each of them once.
    for (int failing = 1; failing <= 12; ++failing) {
        int step = 0;
        as_one_batch([&] {
            faults_->on_step = [&, failing](std::string_view) {
                if (++step == failing) throw storage::StorageFault("injected");
            };
            submit("a" + std::to_string(failing), insert(failing * 10));
            submit("b" + std::to_string(failing), insert(failing * 10 + 1));
        });
        faults_->on_step = [](std::string_view) {};
        ASSERT_FALSE(queue_->statistics().failed) << failing;
        ASSERT_EQ(ids().size(), answers_.count("committed")) << failing;
        ASSERT_EQ(counter_.published, static_cast<int>(ids().size())) << failing;
    }
    EXPECT_GT(answers_.count("committed"), 0U);
    EXPECT_GT(answers_.count("storage_fault"), 0U);
}

TEST_P(WriteQueueTest, FullDiskAtTheCommitIsKnownToBeUndone) {
    faults_->on_commit = [] { throw storage::StorageFull("injected"); };
    submit("full", insert(1));
    wait_for_answers();
    EXPECT_EQ(answers_.of("full"), "storage_full");
    as_one_batch([&] { faults_->on_commit = [] {}; });
    submit("later", insert(2));
    wait_for_answers();
    EXPECT_EQ(answers_.of("later"), "committed");
    EXPECT_EQ(ids(), (std::set<std::int64_t>{2}));
    EXPECT_EQ(counter_.published, 1);
}

TEST_P(WriteQueueTest, FailedCommitRefusesEverythingAfterwardsWhileReadsGoOn) {
    submit("before", insert(1));
    wait_for_answers();
    as_one_batch([&] {
        faults_->on_commit = [] { throw storage::StorageFault("injected: fsync"); };
        submit("a", insert(2));
        submit("b", insert(3));
    });
    EXPECT_EQ(answers_.count("storage_failed"), 2U);
    EXPECT_TRUE(queue_->statistics().failed);
    submit("later", insert(4));
    EXPECT_EQ(answers_.of("later"), "storage_failed") << "refused at once";
    EXPECT_EQ(ids(), (std::set<std::int64_t>{1}));
    EXPECT_EQ(counter_.published, 1);
}

TEST_P(WriteQueueTest, NeverAnswersCommittedWhenTheCommitReportedAnError) {
    faults_->commit_first = true;  // the worst case: the disk has it, nobody can know
    faults_->on_commit = [] { throw storage::StorageFault("injected: fsync"); };
    submit("unknown", insert(1));
    wait_for_answers();
    EXPECT_EQ(answers_.of("unknown"), "storage_failed");
    EXPECT_TRUE(queue_->statistics().failed);
}

TEST_P(WriteQueueTest, FailedCheckpointIsAFailure) {
    faults_->on_checkpoint = [] { throw storage::StorageFault("injected: fsync"); };
    start({.log_bytes = 1});
    submit("saved", insert(1));
    while (!queue_->statistics().failed) std::this_thread::yield();
    EXPECT_EQ(answers_.of("saved"), "committed") << "it is in the log, and the log is on disk";
    submit("later", insert(2));
    EXPECT_EQ(answers_.of("later"), "storage_failed");
}

TEST_P(WriteQueueTest, FullDiskDuringACheckpointIsNotAFailure) {
    std::atomic<int> checkpoints = 0;
    faults_->on_checkpoint = [&] {
        ++checkpoints;
        throw storage::StorageFull("injected");
    };
    start({.log_bytes = 1});
    submit("saved", insert(1));
    while (checkpoints == 0) std::this_thread::yield();
    submit("later", insert(2));
    wait_for_answers();
    EXPECT_EQ(answers_.of("later"), "committed");
    queue_.reset();  // before what the fault refers to
}

TEST_P(WriteQueueTest, MovesTheLogWhenIdle) {
    start({.idle_checkpoint = std::chrono::milliseconds(1)});
    submit("saved", insert(1));
    wait_for_answers();
    while (queue_->statistics().checkpoints == 0 || queue_->statistics().log_bytes > 0) std::this_thread::yield();
    EXPECT_EQ(ids().size(), 1U);
}

TEST_P(WriteQueueTest, StopWorksOffTheQueueRefusesNewcomersAndEmptiesTheLog) {
    std::thread stopper;
    as_one_batch([&] {
        for (int i = 0; i < 50; ++i) submit("job" + std::to_string(i), insert(i));
        stopper = std::thread([&] { queue_->stop(); });
        while (answers_.count("storage_stopped") == 0) {
            static int probe = 1000;
            submit("probe" + std::to_string(probe), insert(probe));
            ++probe;
        }
    });
    stopper.join();
    for (int i = 0; i < 50; ++i) EXPECT_EQ(answers_.of("job" + std::to_string(i)), "committed");
    EXPECT_EQ(ids().size(), answers_.count("committed"));
    EXPECT_EQ(std::filesystem::file_size(folder_ / "test.db-wal"), 0U);
}

TEST_P(WriteQueueTest, TakesJobsFromManyThreads) {
    constexpr int kThreads = 4;
    constexpr int kJobs = 200;
    start({.queued_jobs = kThreads * kJobs});
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kJobs; ++i) {
                submit(std::to_string(t) + "/" + std::to_string(i), insert(t * kJobs + i));
                if (i % 50 == 0) queue_->statistics();
            }
        });
    }
    for (auto& thread : threads) thread.join();
    wait_for_answers();
    EXPECT_EQ(answers_.count("committed"), std::size_t{kThreads * kJobs});
    EXPECT_EQ(ids().size(), std::size_t{kThreads * kJobs});
    EXPECT_EQ(counter_.published, kThreads * kJobs);
}

RUN_ON_EACH_DATABASE(WriteQueueTest);

}  // namespace
