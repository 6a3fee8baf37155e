#include "storage/outbox.hpp"

#include "storage/migrations.hpp"
#include "storage/sqlite/open.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace {

using namespace std::chrono_literals;

class OutboxTest : public testing::Test {
protected:
    void SetUp() override { storage::migrate(*writer_); }

    std::vector<std::int64_t> due(workflow::Instant at, std::int64_t limit = 10) {
        std::vector<std::int64_t> ids;
        for (auto const& message : outbox_.due(*writer_, at, limit)) ids.push_back(message.id);
        return ids;
    }

    TemporaryFolder folder_;
    std::unique_ptr<storage::Connection> writer_ = storage::sqlite::create(folder_ / "test.db");
    storage::Outbox outbox_;
    workflow::Instant const start_ = workflow::parse_instant("2026-04-24T09:00:00+08:00").value();
};

TEST_F(OutboxTest, GivesWhatIsDueOldestFirst) {
    outbox_.add(*writer_, "letter", "case-b", 8, start_ + 1min);
    outbox_.add(*writer_, "letter", "case-a", 7, start_);
    EXPECT_TRUE(due(start_ - 1ms).empty());
    EXPECT_EQ(due(start_).size(), 1U);
    auto const all = outbox_.due(*writer_, start_ + 1h, 10);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].kind, "letter");
    EXPECT_EQ(all[0].case_id, "case-a");
    EXPECT_EQ(all[0].seq, 7);
    EXPECT_EQ(all[0].attempts, 0);
    EXPECT_EQ(all[1].case_id, "case-b");
    EXPECT_EQ(due(start_ + 1h, 1).size(), 1U);
}

TEST_F(OutboxTest, ForgetsWhatIsDone) {
    outbox_.add(*writer_, "letter", "case-a", 7, start_);
    auto const ids = due(start_);
    ASSERT_EQ(ids.size(), 1U);
    outbox_.done(*writer_, ids[0], start_);
    EXPECT_TRUE(due(start_ + std::chrono::years{1}).empty());
    outbox_.failed(*writer_, ids[0], start_, "too late");
    EXPECT_TRUE(due(start_ + std::chrono::years{1}).empty()) << "a late failure does not bring it back";
}

TEST_F(OutboxTest, WaitsTwiceAsLongAfterEachFailureAndGivesUpAfterTwelve) {
    outbox_.add(*writer_, "letter", "case-a", 7, start_);
    workflow::Instant now = start_;
    std::chrono::minutes wait{1};
    for (int failure = 1; failure < 12; ++failure, wait *= 2) {
        auto const ids = due(now);
        ASSERT_EQ(ids.size(), 1U) << failure;
        outbox_.failed(*writer_, ids[0], now, "mail server is away");
        EXPECT_TRUE(due(now + wait - 1ms).empty()) << failure;
        now += wait;
    }
    auto const last = outbox_.due(*writer_, now, 1);
    ASSERT_EQ(last.size(), 1U);
    EXPECT_EQ(last[0].attempts, 11);
    outbox_.failed(*writer_, last[0].id, now, "mail server is away");
    EXPECT_TRUE(due(now + std::chrono::years{1}).empty());
}

}  // namespace
