#include "storage/office/idempotency.hpp"

#include "tests/storage/each_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

class IdempotencyTest : public NewDatabase {
protected:
    /// Answers "answer 1", "answer 2", … as often as it is really asked.
    Result<std::string> ask(std::string_view who, std::string_view key, std::string_view request) {
        return idempotency_.once(*writer_, who, key, request, now_, [&]() -> Result<std::string> {
            return "answer " + std::to_string(++made_);
        });
    }

    storage::Key key_ = storage::Key::random();
    storage::Vault vault_{key_};
    storage::Idempotency idempotency_{vault_};
    workflow::Instant now_ = workflow::parse_instant("2026-04-24T09:00:00+08:00").value();
    int made_ = 0;
};

TEST_P(IdempotencyTest, GivesTheFirstAnswerAgain) {
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    EXPECT_EQ(made_, 1);
}

TEST_P(IdempotencyTest, KeysBelongToWhoUsesThem) {
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    EXPECT_EQ(ask("u2", "k", "body").value(), "answer 2");
}

TEST_P(IdempotencyTest, RefusesAKeyForAnotherRequest) {
    ASSERT_TRUE(ask("u1", "k", "body"));
    auto const other = ask("u1", "k", "another body");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, RefusalKind::Invalid);
    EXPECT_EQ(other.error().code, "idempotency_key_reused");
    EXPECT_EQ(made_, 1);
}

TEST_P(IdempotencyTest, WithoutAKeyEveryRequestIsNew) {
    EXPECT_EQ(ask("u1", "", "body").value(), "answer 1");
    EXPECT_EQ(ask("u1", "", "body").value(), "answer 2");
}

TEST_P(IdempotencyTest, RemembersNoRefusal) {
    auto const refused = idempotency_.once(*writer_, "u1", "k", "body", now_, []() -> Result<std::string> {
        return Refusal{RefusalKind::Unavailable, "queue_full", "忙"};
    });
    EXPECT_FALSE(refused);
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
}

TEST_P(IdempotencyTest, ForgetsAfterTwoDays) {
    ASSERT_TRUE(ask("u1", "k", "body"));
    idempotency_.purge(*writer_, now_ + std::chrono::days{2});
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 1");
    idempotency_.purge(*writer_, now_ + std::chrono::days{2} + std::chrono::milliseconds{1});
    EXPECT_EQ(ask("u1", "k", "body").value(), "answer 2");
}

RUN_ON_EACH_DATABASE(IdempotencyTest);

}  // namespace
