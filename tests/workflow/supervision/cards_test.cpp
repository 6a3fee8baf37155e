#include "workflow/supervision/cards.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace workflow {
namespace {

using A = Action;
using C = CardCause;
using L = CardLevel;
using R = Role;

Card const* find(Case const& c, CardCause cause) {
    auto const found = std::ranges::find(c.cards, cause, [](Card const& card) { return card.issue.cause; });
    return found == c.cards.end() ? nullptr : &*found;
}

bool stands(Case const& c, CardCause cause) {
    auto const* card = find(c, cause);
    return card != nullptr && card->state() == CardState::Open && !card->lifted_on;
}

/// One rule: a story that begins on 2026-03-02 (day 20 is 2026-03-30), the last day without the card, the first with.
struct RuleCase {
    CardCause cause;
    CardLevel level;
    void (*story)(Office&);
    char const* not_yet;
    char const* from;
};

void submitted_unread(Office& office) {
    office.policy.online_receipt = OnlineReceipt::ByStaff;
    office.submitted();
}

void disputed_late(Office& office) {
    office.handling();
    office.today = day("2026-04-02");
    office.must(R::LegalReviewer, A::OpenDispute);
}

void red_again(Office& office) {
    office.late();
    office.c.cards.front().issue.other_reds = 1;
}

void correction_unsent(Office& office) {
    office.registered();
    office.must(R::Reviewer, A::RequestCorrection);
}

// clang-format off
constexpr std::array kCardCases{
    RuleCase{C::ReplyNear,          L::Blue,      [](Office& o) { o.handling(); },                         "2026-03-22", "2026-03-23"},
    RuleCase{C::ReviewSlow,         L::Blue,      [](Office& o) { o.registered(); },                       "2026-03-04", "2026-03-05"},
    RuleCase{C::CoOpinionSlow,      L::Blue,      [](Office& o) { o.handling(); o.c.co_departments = {Code{"430500-01-d2"}}; }, "2026-03-12", "2026-03-13"},
    RuleCase{C::HandlingSlow,       L::Blue,      [](Office& o) { o.accepted(); },                         "2026-03-16", "2026-03-17"},
    RuleCase{C::ChecksSlow,         L::Blue,      [](Office& o) { o.approving(ApprovalStep::Secrecy); },   "2026-03-23", "2026-03-24"},
    RuleCase{C::SigningSlow,        L::Blue,      [](Office& o) { o.approving(ApprovalStep::Sign); },      "2026-03-26", "2026-03-27"},
    RuleCase{C::DispatchSlow,       L::Blue,      [](Office& o) { o.dispatching(); },                      "2026-03-29", "2026-03-30"},
    RuleCase{C::ReplyDue,           L::Yellow,    [](Office& o) { o.dispatching(); },                      "2026-03-25", "2026-03-26"},
    RuleCase{C::Unread,             L::Yellow,    submitted_unread,                                        "2026-03-03", "2026-03-04"},
    RuleCase{C::CorrectionWindow,   L::Yellow,    [](Office& o) { o.registered(); },                       "2026-03-09", "2026-03-10"},
    RuleCase{C::ReplyLate,          L::Red,       [](Office& o) { o.handling(); },                         "2026-03-30", "2026-03-31"},
    RuleCase{C::ReplyVeryLate,      L::SevereRed, [](Office& o) { o.dispatching(); },                      "2026-04-07", "2026-04-08"},
    RuleCase{C::DisputedUnanswered, L::SevereRed, disputed_late,                                           nullptr,      "2026-04-02"},
    RuleCase{C::RepeatedRed,        L::SevereRed, red_again,                                               nullptr,      "2026-03-31"},
    RuleCase{C::LetterLate,         L::Red,       correction_unsent,                                       "2026-03-11", "2026-03-12"},
};
// clang-format on

void PrintTo(RuleCase const& rule, std::ostream* out) { *out << code(rule.cause); }

class CardRuleTest : public testing::TestWithParam<RuleCase> {
protected:
    Office office_;
};

TEST_P(CardRuleTest, RaisesItsCardOnItsFirstDayAndOnce) {
    auto const& [cause, level, story, not_yet, from] = GetParam();
    story(office_);
    if (not_yet != nullptr) {
        office_.today = day(not_yet);
        office_.update_cards();
        EXPECT_FALSE(stands(office_.c, cause)) << not_yet;
        EXPECT_LE(
            next_card_day(office_.c, office_.clock(), office_.today, Office::calendar(), office_.policy), day(from)
        );
    }
    office_.today = day(from);
    office_.update_cards();
    ASSERT_TRUE(stands(office_.c, cause)) << from;
    EXPECT_EQ(find(office_.c, cause)->issue.level, level);
    EXPECT_EQ(find(office_.c, cause)->on, office_.today);
    EXPECT_EQ(office_.update_cards(), 0) << "nothing more to do on the same day";
}

TEST_P(CardRuleTest, StandsInTheTableWithItsArticle) {
    CardRule const& rule = rule_of(GetParam().cause);
    EXPECT_EQ(rule.cause, GetParam().cause);
    EXPECT_EQ(rule.level, GetParam().level);
    EXPECT_FALSE(rule.source.empty());
    EXPECT_TRUE(rule.ground.ends_with("。"));
}

INSTANTIATE_TEST_SUITE_P(Every, CardRuleTest, testing::ValuesIn(kCardCases), [](auto const& each) {
    return std::string(code(each.param.cause));
});

TEST(Cards, EachRuleHasItsCase) { EXPECT_EQ(kCardCases.size(), card_rules().size()); }

TEST(Cards, ALetterThatWentOutLateKeepsItsCardAndOneInTimeHasNone) {
    Office office;
    correction_unsent(office);
    office.today = day("2026-03-10");
    office.update_cards();
    EXPECT_TRUE(stands(office.c, C::CorrectionWindow)) << "decided, and not told to anybody";
    Office in_time = office;
    in_time.hand_over();
    in_time.today = day("2026-03-13");
    in_time.update_cards();
    EXPECT_FALSE(stands(in_time.c, C::CorrectionWindow));
    EXPECT_FALSE(stands(in_time.c, C::LetterLate));
    office.today = day("2026-03-13");
    office.hand_over();
    office.update_cards();
    EXPECT_TRUE(stands(office.c, C::LetterLate));
    EXPECT_EQ(find(office.c, C::LetterLate)->issue.due, day("2026-03-11"));
}

TEST(Cards, AnAgencyMayHaveItsOwnNumbers) {
    Office office;
    office.policy.card_thresholds = {{C::ReplyDue, 4}};
    office.handling();
    office.today = day("2026-03-23");
    office.update_cards();
    EXPECT_FALSE(stands(office.c, C::ReplyDue));
    office.today = day("2026-03-24");
    office.update_cards();
    EXPECT_TRUE(stands(office.c, C::ReplyDue));
}

TEST(Cards, AReplyInTimeLiftsWhatWarnedOfIt) {
    Office office;
    office.dispatching();
    office.today = day("2026-03-27");
    office.update_cards();
    ASSERT_TRUE(stands(office.c, C::ReplyDue));
    office.must(R::Registrar, A::DispatchReply);
    office.update_cards();
    EXPECT_EQ(find(office.c, C::ReplyDue)->state(), CardState::Lifted);
    EXPECT_EQ(find(office.c, C::ReplyNear)->state(), CardState::Lifted);
    EXPECT_EQ(find(office.c, C::ReplyDue)->lifted_on, office.today);
    EXPECT_EQ(next_card_day(office.c, office.clock(), office.today, Office::calendar(), office.policy), std::nullopt);
}

TEST(Cards, AnExtensionLiftsThemAndTheyComeBackForTheNewDay) {
    Office office;
    office.handling();
    office.today = day("2026-03-27");
    office.update_cards();
    office.must(R::Handler, A::ProposeExtension);
    office.must(R::OfficeHead, A::ApproveExtension);
    office.update_cards();
    EXPECT_TRUE(stands(office.c, C::ReplyDue)) << "the letter has not gone out";
    office.hand_over();
    office.update_cards();
    EXPECT_FALSE(stands(office.c, C::ReplyDue));
    office.today = *office.clock().reply_due;
    office.update_cards();
    EXPECT_EQ(std::ranges::count(office.c.cards, C::ReplyDue, [](Card const& k) { return k.issue.cause; }), 2);
}

TEST(Cards, ALateReplyDoesNotUndoTheRedCard) {
    Office office;
    office.dispatching();
    office.today = day("2026-03-31");
    office.update_cards();
    office.must(R::Registrar, A::DispatchReply);
    office.update_cards();
    EXPECT_TRUE(stands(office.c, C::ReplyLate));
}

TEST(Cards, ADispatchDatedBackIntoTheTermMarksTheRedCardButLeavesItsFileOpen) {
    Office office;
    office.dispatching();
    office.today = day("2026-03-31");
    office.update_cards();
    auto dispatch = std::get<Dispatch>(office.sample(A::DispatchReply));
    dispatch.dispatched_on = day("2026-03-30");
    office.must(R::Registrar, A::DispatchReply, dispatch);
    office.update_cards();
    Card const& red = *find(office.c, C::ReplyLate);
    EXPECT_EQ(red.lifted_on, office.today);
    EXPECT_EQ(red.state(), CardState::Open) << "it ends by being revoked";
    office.must(R::OfficeHead, A::ProposeRevocation);
    office.must(R::Supervisor, A::ApproveRevocation);
    EXPECT_EQ(find(office.c, C::ReplyLate)->state(), CardState::Revoked);
}

TEST(Cards, ARevokedCardIsNotIssuedAnewForTheSameDay) {
    Office office;
    office.revocation_proposed();
    office.must(R::Supervisor, A::ApproveRevocation);
    EXPECT_EQ(office.update_cards(), 0);
    office.today = day("2026-04-01");
    EXPECT_EQ(office.update_cards(), 0);
}

TEST(Cards, AWithdrawalLeavesTheLatenessBeforeIt) {
    Office office;
    office.late();
    office.must(R::Applicant, A::Withdraw);
    office.update_cards();
    EXPECT_TRUE(stands(office.c, C::ReplyLate));
}

TEST(CardProcedure, AsksForItsStepsInOrderAndClosesWithAllOfThem) {
    Office office;
    office.late();
    EXPECT_EQ(office.does(R::Supervisor, A::InspectCard).error().code, "card_step_not_next");
    EXPECT_EQ(office.does(R::Supervisor, A::CloseCard).error().code, "card_step_missing");
    EXPECT_EQ(office.does(R::Supervisor, A::CloseCard).error().errors.size(), 5U);
    office = Office();
    office.complete_card();
    office.must(R::Supervisor, A::CloseCard);
    EXPECT_EQ(office.c.cards.front().state(), CardState::Closed);
    EXPECT_EQ(office.does(R::Supervisor, A::CloseCard).error().code, "no_open_card");
}

TEST(CardProcedure, AMissedStepIsToldToTheAgencyAboveOnce) {
    Office office;
    office.late();  // on 2026-03-31; the explanation is due after 3 working days
    EXPECT_EQ(due_of(*steps_of(L::Red).front(), office.c.cards.front(), Office::calendar()), day("2026-04-03"));
    office.today = day("2026-04-03");
    EXPECT_EQ(office.update_cards(), 0);
    office.today = day("2026-04-04");
    EXPECT_EQ(office.update_cards(), 1);
    EXPECT_EQ(office.c.cards.front().escalated, std::vector{A::ExplainCard});
    EXPECT_EQ(office.update_cards(), 0);
}

TEST(CardProcedure, AYellowCardAsksForAPlan) {
    Office office;
    office.handling();
    office.today = day("2026-03-26");
    office.update_cards();
    Card const& yellow = *find(office.c, C::ReplyDue);
    auto const missing = missing_steps(yellow);
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing.front()->action, A::PlanCard);
    office.must(R::Handler, A::PlanCard, CardReport{yellow.issue.id, "今天完成送审，明天寄出"});
    EXPECT_TRUE(missing_steps(*find(office.c, C::ReplyDue)).empty());
}

TEST(CardProcedure, ItsActionsStandInItsOwnMenuAlone) {
    Office office;
    office.late();
    Actor const supervisor = office.person(R::Supervisor);
    auto const has = [](std::vector<Permission> const& menu, Action action) {
        return std::ranges::any_of(menu, [&](Permission const& each) { return each.action == action; });
    };
    auto const of_case = permissions(office.c, office.context(supervisor));
    auto const of_card = card_permissions(office.c, office.c.cards.front(), office.context(supervisor));
    EXPECT_TRUE(has(of_case, A::Supervise));
    EXPECT_FALSE(has(of_case, A::InspectCard));
    EXPECT_TRUE(has(of_card, A::InspectCard));
    EXPECT_FALSE(has(of_card, A::Supervise));
    for (Permission const& each : of_card) {
        bool const open = each.action == A::ProposeRevocation;
        EXPECT_EQ(each.allowed, open) << code(each.action) << ": " << each.reason;
    }
}

TEST(Reminder, IsSignedForOnce) {
    Office office;
    office.reminded();
    office.must(R::Supervisor, A::Supervise);
    ASSERT_EQ(office.c.reminders.size(), 2U);
    EXPECT_EQ(office.c.reminders[1].id, Code{"u2"});
    office.must(R::Handler, A::Acknowledge, Acknowledgement{Code{"u2"}});
    EXPECT_EQ(office.c.reminders[1].received_by, office.person(R::Handler).id);
    EXPECT_FALSE(office.c.reminders[0].received_on);
    auto const again = office.does(office.person(R::Handler), A::Acknowledge, Acknowledgement{Code{"u2"}});
    EXPECT_EQ(again.error().code, "nothing_to_acknowledge");
}

}  // namespace
}  // namespace workflow
