#include "storage/office/idempotency.hpp"

#include "storage/engine/migrations.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "tests/storage/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

class IdempotencyTest : public testing::Test {
protected:
    void SetUp() override { storage::migrate(*writer_); }

    /// Answers "answer 1", "answer 2", … as often as it is really asked.
    Result<std::string> ask(std::string_view who, std::string_view key, std::string_view request) {
        return idempotency_.once(*writer_, who, key, request, now_, [&]() -> Result<std::string> {
            return "answer " + std::to_string(++made_);
        });
    }

    TemporaryFolder folder_;
    std::unique_ptr<storage::Connection> writer_ = storage::sqlite::create(folder_ / "test.db");
    storage::Key key_ = storage::Key::random();
    storage::Vault vault_{key_};
    storage::Idempotency idempotency_{vault_};
    workflow::Instant now_ = workflow::parse_instant("2026-04-24T09:00:00+08:00").value();
    int made_ = 0;
};

TEST_F(IdempotencyTest, GivesTheFirstAnswerAgain) {
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    EXPECT_EQ(made_, 1);
}

TEST_F(IdempotencyTest, KeysBelongToWhoUsesThem) {
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    EXPECT_EQ(ask("u2", "k", "body").value(), "answer 2");
}

TEST_F(IdempotencyTest, RefusesAKeyForAnotherRequest) {
    ASSERT_TRUE(ask("u1", "k", "body"));
    auto const other = ask("u1", "k", "another body");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, RefusalKind::Invalid);
    EXPECT_EQ(other.error().code, "idempotency_key_reused");
    EXPECT_EQ(made_, 1);
}

TEST_F(IdempotencyTest, WithoutAKeyEveryRequestIsNew) {
    EXPECT_EQ(ask("u1", "", "body").value(), "answer 1");
    EXPECT_EQ(ask("u1", "", "body").value(), "answer 2");
}

TEST_F(IdempotencyTest, RemembersNoRefusal) {
    auto const refused = idempotency_.once(*writer_, "u1", "k", "body", now_, []() -> Result<std::string> {
        return Refusal{RefusalKind::Unavailable, "queue_full", "忙"};
    });
    EXPECT_FALSE(refused);
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
}

TEST_F(IdempotencyTest, ForgetsAfterTwoDays) {
    ASSERT_TRUE(ask("u1", "k", "body"));
    idempotency_.purge(*writer_, now_ + std::chrono::days{2});
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    idempotency_.purge(*writer_, now_ + std::chrono::days{2} + std::chrono::milliseconds{1});
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 2");
}

}  // namespace
