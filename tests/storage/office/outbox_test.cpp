#include "storage/office/outbox.hpp"

#include "tests/storage/each_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace {

using namespace std::chrono_literals;
using storage::MessageKind;
using storage::MessageState;
using storage::Outbox;
using Verdict = Outbox::Verdict;
using workflow::Code;
using workflow::Instant;

constexpr auto kLease = 15min;

class OutboxTest : public NewDatabase {
protected:
    std::int64_t add(MessageKind kind, Instant at, std::string_view case_id = "case-a", std::int64_t seq = 7) {
        return outbox_.add(*writer_, {kind, case_id, seq, Code{"430500-01"}, "extended", "applicant"}, at);
    }
    std::vector<std::int64_t> due(Instant at, std::int64_t limit = 10, MessageKind kind = MessageKind::Email) {
        std::vector<std::int64_t> ids;
        for (auto const& message : outbox_.due(*writer_, kind, at, limit)) ids.push_back(message.id);
        return ids;
    }
    /// Takes the one message that is due in hand and settles it.
    MessageState attempt(Instant at, Outbox::Settlement const& settlement, MessageKind kind = MessageKind::Email) {
        auto const claimed = outbox_.claim(*writer_, kind, at, 1, kLease);
        EXPECT_EQ(claimed.size(), 1U);
        return claimed.empty() ? MessageState::Cancelled : outbox_.settle(*writer_, claimed[0], settlement, at);
    }
    Outbox::Message stored(std::int64_t id) { return outbox_.find(*writer_, id).value(); }

    Outbox outbox_;
    Instant const start_ = workflow::parse_instant("2026-04-24T09:00:00+08:00").value();
};

TEST_P(OutboxTest, GivesWhatIsDueOfAKindOldestFirst) {
    add(MessageKind::Email, start_ + 1min, "case-b", 8);
    add(MessageKind::Email, start_);
    add(MessageKind::Sms, start_);
    EXPECT_TRUE(due(start_ - 1ms).empty());
    EXPECT_EQ(due(start_).size(), 1U);
    auto const all = outbox_.due(*writer_, MessageKind::Email, start_ + 1h, 10);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].case_id, "case-a");
    EXPECT_EQ(all[0].seq, 7);
    EXPECT_EQ(all[0].agency, Code{"430500-01"});
    EXPECT_EQ(all[0].topic, "extended");
    EXPECT_EQ(all[0].recipient, "applicant");
    EXPECT_EQ(all[0].state, MessageState::Waiting);
    EXPECT_EQ(all[1].case_id, "case-b");
    EXPECT_EQ(due(start_ + 1h, 1).size(), 1U);
}

TEST_P(OutboxTest, WhatIsInHandIsGivenToNobodyElseAndWhatWasSentNeverAgain) {
    auto const id = add(MessageKind::Email, start_);
    auto const claimed = outbox_.claim(*writer_, MessageKind::Email, start_, 5, kLease);
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].attempts, 1);
    EXPECT_EQ(stored(id).state, MessageState::Sending);
    EXPECT_TRUE(due(start_ + kLease - 1ms).empty());

    outbox_.settle(*writer_, claimed[0], {Verdict::Sent}, start_ + 2s);
    EXPECT_EQ(stored(id).state, MessageState::Sent);
    EXPECT_EQ(stored(id).done_at, start_ + 2s);
    outbox_.release(*writer_, start_ + 3s);
    EXPECT_TRUE(due(start_ + 24h).empty()) << "a restart brings back what was in hand, not what was sent";
}

TEST_P(OutboxTest, ARestartPutsBackWhatWasInHandAndCountsNoAttempt) {
    auto const id = add(MessageKind::Email, start_);
    outbox_.claim(*writer_, MessageKind::Email, start_, 5, kLease);
    outbox_.release(*writer_, start_ + 1min);
    EXPECT_EQ(stored(id).state, MessageState::Waiting);
    EXPECT_EQ(stored(id).attempts, 0);
    EXPECT_EQ(due(start_ + 1min).size(), 1U);
}

TEST_P(OutboxTest, WhatIsNotSettledWithinItsLeaseIsDueAgain) {
    auto const id = add(MessageKind::Email, start_);
    auto const first = outbox_.claim(*writer_, MessageKind::Email, start_, 1, kLease);
    EXPECT_EQ(outbox_.past_lease(*writer_, start_ + kLease - 1ms), 0);
    EXPECT_EQ(outbox_.past_lease(*writer_, start_ + kLease), 1);
    EXPECT_EQ(due(start_ + kLease), std::vector{id});

    auto const second = outbox_.claim(*writer_, MessageKind::Email, start_ + kLease, 1, kLease);
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].attempts, 2) << "the attempt that was never settled counts";
    EXPECT_EQ(outbox_.past_lease(*writer_, start_ + kLease), 0);
    EXPECT_EQ(outbox_.settle(*writer_, first[0], {Verdict::Failed, "late"}, start_ + kLease), MessageState::Cancelled)
        << "it is somebody else's now";
    EXPECT_EQ(stored(id).state, MessageState::Sending);
    EXPECT_EQ(outbox_.settle(*writer_, second[0], {Verdict::Sent}, start_ + kLease), MessageState::Sent);
    EXPECT_EQ(outbox_.past_lease(*writer_, start_ + 24h), 0);
}

TEST_P(OutboxTest, WaitsTwiceAsLongAfterEachFailureUpToADayAndGivesUpAfterTwelve) {
    auto const id = add(MessageKind::Email, start_);
    Instant now = start_;
    std::chrono::minutes wait{1};
    for (int failure = 1; failure < 12; ++failure, wait = std::min<std::chrono::minutes>(wait * 2, 24h)) {
        EXPECT_EQ(attempt(now, {Verdict::Failed, "smtp_451"}), MessageState::Retrying) << failure;
        EXPECT_EQ(stored(id).error, "smtp_451");
        EXPECT_TRUE(due(now + wait - 1ms).empty()) << failure;
        now += wait;
    }
    EXPECT_EQ(attempt(now, {Verdict::Failed, "smtp_451"}), MessageState::Dead);
    EXPECT_EQ(stored(id).attempts, 12);
    EXPECT_TRUE(due(now + std::chrono::years{1}).empty());
}

TEST_P(OutboxTest, WhatWasNotTakenInHandIsSettledAsOneAttempt) {
    auto const id = add(MessageKind::Letter, start_);
    auto const message = outbox_.due(*writer_, MessageKind::Letter, start_, 1).at(0);
    EXPECT_EQ(outbox_.settle(*writer_, message, {Verdict::Failed, "no_room"}, start_), MessageState::Retrying);
    EXPECT_EQ(stored(id).attempts, 1);
    EXPECT_EQ(due(start_ + 1min, 1, MessageKind::Letter), std::vector{id});
    EXPECT_EQ(outbox_.settle(*writer_, stored(id), {Verdict::Sent}, start_ + 1min), MessageState::Sent);
}

TEST_P(OutboxTest, ATextMessageIsGivenUpSooner) {
    add(MessageKind::Sms, start_);
    Instant now = start_;
    for (int failure = 1; failure < 6; ++failure, now += 1h) {
        EXPECT_EQ(attempt(now, {Verdict::Failed, "http_500"}, MessageKind::Sms), MessageState::Retrying) << failure;
    }
    EXPECT_EQ(attempt(now, {Verdict::Failed, "http_500"}, MessageKind::Sms), MessageState::Dead);
}

TEST_P(OutboxTest, WaitingForTheMorningIsNoAttempt) {
    auto const id = add(MessageKind::Email, start_);
    EXPECT_EQ(attempt(start_, {Verdict::Later, "quiet_hours", start_ + 11h}), MessageState::Waiting);
    EXPECT_EQ(stored(id).attempts, 0);
    EXPECT_TRUE(due(start_ + 11h - 1ms).empty());
    EXPECT_EQ(due(start_ + 11h).size(), 1U);
}

TEST_P(OutboxTest, WhatAPersonCancelledWhileItWasInHandStaysCancelled) {
    auto const id = add(MessageKind::Email, start_);
    auto const claimed = outbox_.claim(*writer_, MessageKind::Email, start_, 1, kLease);
    outbox_.move(*writer_, id, MessageState::Cancelled, start_);
    EXPECT_EQ(outbox_.settle(*writer_, claimed[0], {Verdict::Failed, "smtp_451"}, start_), MessageState::Cancelled);
    EXPECT_EQ(stored(id).state, MessageState::Cancelled);
}

TEST_P(OutboxTest, ADeadOneSentAnewBeginsItsAttemptsAnew) {
    auto const id = add(MessageKind::Email, start_);
    EXPECT_EQ(attempt(start_, {Verdict::Hopeless, "smtp_550"}), MessageState::Dead);
    outbox_.move(*writer_, id, MessageState::Waiting, start_ + 1h);
    EXPECT_EQ(stored(id).attempts, 0);
    EXPECT_EQ(due(start_ + 1h), std::vector{id});
}

TEST_P(OutboxTest, ListsByAgencyKindStateAndCaseTheNewestFirst) {
    auto const first = add(MessageKind::Email, start_);
    auto const second = add(MessageKind::Print, start_, "case-b");
    outbox_.add(*writer_, {MessageKind::Print, "case-c", 9, Code{"430500-02"}, "extended", "applicant"}, start_);
    Outbox::Filter filter;
    filter.agencies = {Code{"430500-01"}};
    auto const ids = [&] {
        std::vector<std::int64_t> list;
        for (auto const& message : outbox_.list(*writer_, filter).value().items) list.push_back(message.id);
        return list;
    };
    EXPECT_EQ(ids(), (std::vector{second, first}));
    filter.kinds = {MessageKind::Print, MessageKind::Sms};
    EXPECT_EQ(ids(), std::vector{second});
    filter.kinds.clear();
    filter.states = {MessageState::Dead};
    EXPECT_TRUE(ids().empty());
    filter.states.clear();
    filter.case_id = "case-a";
    EXPECT_EQ(ids(), std::vector{first});

    filter.case_id.clear();
    filter.limit = 1;
    auto const page = outbox_.list(*writer_, filter).value();
    ASSERT_TRUE(page.next_cursor);
    filter.cursor = *page.next_cursor;
    EXPECT_EQ(ids(), std::vector{first});
    filter.cursor = "x";
    EXPECT_FALSE(outbox_.list(*writer_, filter));
}

TEST_P(OutboxTest, CountsWhatWaitsAndWhatIsDead) {
    add(MessageKind::Email, start_ + 1h);
    add(MessageKind::Email, start_);
    attempt(start_, {Verdict::Hopeless, "smtp_550"});
    auto const figures = outbox_.figures(*writer_, {MessageKind::Email});
    EXPECT_EQ(figures.waiting, 1);
    EXPECT_EQ(figures.dead, 1);
    EXPECT_EQ(figures.oldest, start_ + 1h);
    EXPECT_EQ(outbox_.figures(*writer_, {MessageKind::Sms}).waiting, 0);
    EXPECT_EQ(outbox_.figures(*writer_, {MessageKind::Email}, Code{"430500-02"}).waiting, 0);
}

TEST_P(OutboxTest, CountsWhatTheLawAsksForAndTheServiceDoesByItself) {
    auto const tell = [&](MessageKind kind, std::string_view topic, Instant at) {
        outbox_.add(*writer_, {kind, "case-a", 7, Code{"430500-01"}, topic, "applicant"}, at);
    };
    tell(MessageKind::Letter, "extend", start_ + 2min);
    tell(MessageKind::Notification, "extend", start_ + 3min);
    tell(MessageKind::Email, "extended", start_ + 1min);
    tell(MessageKind::Email, "assigned", start_);
    tell(MessageKind::Print, "extended", start_);
    auto const figures = outbox_.statutory_figures(*writer_);
    EXPECT_EQ(figures.waiting, 3) << "neither what staff are told nor what a person has to print";
    EXPECT_EQ(figures.oldest, start_ + 1min);
    attempt(start_ + 5min, {Verdict::Sent}, MessageKind::Letter);
    EXPECT_EQ(outbox_.statutory_figures(*writer_).waiting, 2);
}

TEST_P(OutboxTest, ClearsWhatWasSettledLongAgoInBites) {
    for (int i = 0; i < 3; ++i) {
        add(MessageKind::Email, start_);
        attempt(start_ + 1h, {Verdict::Sent});
    }
    add(MessageKind::Email, start_);
    attempt(start_, {Verdict::Needless});
    auto const dead = add(MessageKind::Email, start_);
    attempt(start_, {Verdict::Hopeless, "smtp_550"});
    auto const waiting = add(MessageKind::Sms, start_);
    EXPECT_EQ(outbox_.clear(*writer_, start_, 10), 0);
    EXPECT_EQ(outbox_.clear(*writer_, start_ + 1h, 10), 1) << "the cancelled one; the others were sent later";
    EXPECT_EQ(outbox_.clear(*writer_, start_ + 2h, 2), 2);
    EXPECT_EQ(outbox_.clear(*writer_, start_ + 2h, 2), 1);
    EXPECT_EQ(outbox_.clear(*writer_, start_ + 2h, 2), 0);
    EXPECT_EQ(stored(dead).state, MessageState::Dead);
    EXPECT_EQ(stored(waiting).state, MessageState::Waiting);
}

TEST_P(OutboxTest, NoIdIsGivenTwice) {
    add(MessageKind::Email, start_);
    attempt(start_, {Verdict::Sent});
    auto const last = add(MessageKind::Email, start_);
    attempt(start_, {Verdict::Sent});
    EXPECT_EQ(outbox_.clear(*writer_, start_ + 1h, 10), 1);
    EXPECT_EQ(add(MessageKind::Email, start_ + 1h), last + 1);
    EXPECT_EQ(outbox_.clear(*writer_, start_ + 1h, 10), 1);
}

TEST_P(OutboxTest, KnowsWhatIsPendingAndWhatWasMadeToday) {
    add(MessageKind::Letter, start_);
    EXPECT_TRUE(outbox_.is_pending(*writer_, MessageKind::Letter, "case-a", 7));
    EXPECT_FALSE(outbox_.is_pending(*writer_, MessageKind::Letter, "case-a", 8));
    attempt(start_, {Verdict::Sent}, MessageKind::Letter);
    EXPECT_FALSE(outbox_.is_pending(*writer_, MessageKind::Letter, "case-a", 7));
    EXPECT_TRUE(outbox_.has_since(*writer_, MessageKind::Letter, "extended", "applicant", start_));
    EXPECT_FALSE(outbox_.has_since(*writer_, MessageKind::Letter, "extended", "applicant", start_ + 1ms));
}

RUN_ON_EACH_DATABASE(OutboxTest);

}  // namespace
