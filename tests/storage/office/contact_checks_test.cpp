#include "storage/office/contact_checks.hpp"

#include "tests/storage/each_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using namespace std::chrono_literals;
using storage::ContactChecks;
using storage::MessageKind;
using storage::MessageState;
using Entry = ContactChecks::Entry;

class ContactChecksTest : public NewDatabase {
protected:
    std::int64_t add_held(std::string_view case_id) {
        storage::Outbox::NewMessage message{MessageKind::Email, case_id, 7, {"430500-01"}, "received", "applicant"};
        message.held = true;
        return outbox_.add(*writer_, message, now_);
    }
    MessageState state(std::int64_t message) { return outbox_.find(*writer_, message)->state; }
    std::optional<std::string> code(std::string_view case_id = "case-a") {
        return checks_.code(*writer_, case_id, limits_, now_);
    }
    Entry enter(std::string_view digits, std::string_view case_id = "case-a") {
        return checks_.enter_code(*writer_, case_id, digits, limits_, now_);
    }
    void issue(std::string_view case_id = "case-a") {
        checks_.begin(*writer_, case_id);
        checks_.issue_code(*writer_, case_id, now_);
    }
    static std::string other_than(std::string digits) {
        digits[5] = digits[5] == '0' ? '1' : '0';
        return digits;
    }

    storage::Key key_ = storage::Key::random();
    storage::Vault vault_{key_};
    ContactChecks checks_{vault_};
    storage::Outbox outbox_;
    storage::CodeLimits const limits_{30min, 3};
    workflow::Instant now_ = workflow::parse_instant("2026-04-24T09:00:00+08:00").value();
};

TEST_P(ContactChecksTest, WhatIsHeldGoesOutWhenTheCheckEnds) {
    checks_.begin(*writer_, "case-a");
    checks_.begin(*writer_, "case-b");
    auto const own = add_held("case-a");
    auto const others = add_held("case-b");
    EXPECT_TRUE(checks_.is_open(*writer_, "case-a"));
    EXPECT_EQ(state(own), MessageState::Held);
    EXPECT_TRUE(outbox_.due(*writer_, MessageKind::Email, now_ + 24h * 365, 10).empty());
    EXPECT_EQ(outbox_.figures(*writer_, {MessageKind::Email}).waiting, 0) << "it waits for no worker";

    now_ += 1h;
    checks_.end(*writer_, "case-a", now_);
    EXPECT_FALSE(checks_.is_open(*writer_, "case-a"));
    EXPECT_EQ(state(own), MessageState::Waiting);
    auto const due = outbox_.due(*writer_, MessageKind::Email, now_, 10);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].id, own);
    EXPECT_EQ(state(others), MessageState::Held);
    EXPECT_TRUE(checks_.is_open(*writer_, "case-b"));
}

TEST_P(ContactChecksTest, EndingWhereNoneIsOpenChangesNothing) {
    auto const held = add_held("case-a");
    checks_.end(*writer_, "case-a", now_);
    EXPECT_EQ(state(held), MessageState::Held);
}

TEST_P(ContactChecksTest, TheRightCodeEndsIt) {
    issue();
    auto const held = add_held("case-a");
    auto const digits = code().value();
    EXPECT_EQ(digits.size(), 6U);
    EXPECT_EQ(digits.find_first_not_of("0123456789"), std::string::npos);
    EXPECT_EQ(enter(other_than(digits)), Entry::Wrong);
    EXPECT_EQ(enter(digits.substr(0, 5)), Entry::Wrong);
    EXPECT_TRUE(checks_.is_open(*writer_, "case-a"));
    EXPECT_EQ(enter(digits), Entry::Right);
    EXPECT_FALSE(checks_.is_open(*writer_, "case-a"));
    EXPECT_EQ(state(held), MessageState::Waiting);
    EXPECT_EQ(enter(digits), Entry::Over) << "once";
}

TEST_P(ContactChecksTest, FewWrongOnesEndACode) {
    issue();
    auto const digits = code().value();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(enter(other_than(digits)), Entry::Wrong) << i;
    EXPECT_EQ(enter(digits), Entry::Over);
    EXPECT_EQ(code(), std::nullopt);
    now_ += 1s;
    issue();
    EXPECT_EQ(enter(code().value()), Entry::Right) << "another one has tries of its own";
}

TEST_P(ContactChecksTest, ACodeLivesShortly) {
    issue();
    auto const digits = code().value();
    now_ += 30min - 1ms;
    EXPECT_EQ(code(), digits);
    now_ += 1ms;
    EXPECT_EQ(code(), std::nullopt);
    EXPECT_EQ(enter(digits), Entry::Over);
}

TEST_P(ContactChecksTest, EachIssueAndEachCaseHasACodeOfItsOwn) {
    // Two codes of six digits are the same by chance once in a million; eight in a row are not.
    auto const all_same = [&](auto&& next) {
        auto const first = next();
        for (int i = 0; i < 8; ++i) {
            if (next() != first) return false;
        }
        return true;
    };
    EXPECT_FALSE(all_same([&] { return issue(), code().value(); })) << "issued in the same instant";
    int n = 0;
    EXPECT_FALSE(all_same([&] {
        auto const id = "case-" + std::to_string(n++);
        issue(id);
        return code(id).value();
    }));
}

TEST_P(ContactChecksTest, WithoutACheckThereIsNoCode) {
    checks_.issue_code(*writer_, "case-a", now_);
    EXPECT_EQ(code(), std::nullopt);
    checks_.begin(*writer_, "case-a");
    EXPECT_EQ(code(), std::nullopt) << "none was issued yet";
    EXPECT_EQ(enter("000000"), Entry::Over);
}

RUN_ON_EACH_DATABASE(ContactChecksTest);

}  // namespace
