#include "workflow/letters/notifications.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace workflow {
namespace {

std::vector<Notification> told(Action step, Case const& after = {}) {
    std::vector<Notification> list;
    for (auto const* rule : notifications_after(step, after)) list.push_back(rule->notification);
    return list;
}

Case dispatched(ObtainBy way, std::optional<DeliveryResult> result = {}) {
    Case c;
    c.dispatch = Dispatch{way, {}, {}, {}};
    if (result) c.delivery = DeliveryRecord{{}, *result, {}, {}};
    return c;
}

TEST(Notifications, AStepTellsWhomItConcerns) {
    EXPECT_EQ(told(Action::RequestCorrection), std::vector{Notification::CorrectionRequested});
    EXPECT_EQ(told(Action::Consult), (std::vector{Notification::Consulting, Notification::ConsultationLetter}));
    EXPECT_TRUE(told(Action::AddSearchRecord).empty());
    EXPECT_FALSE(has_notifications(Action::AddSearchRecord));
}

TEST(Notifications, AReplyIsToldByTheWayItWent) {
    EXPECT_EQ(told(Action::DispatchReply, dispatched(ObtainBy::Email)), std::vector{Notification::ReplyByEmail});
    EXPECT_EQ(told(Action::DispatchReply, dispatched(ObtainBy::Download)), std::vector{Notification::ReplyToDownload});
    EXPECT_EQ(told(Action::DispatchReply, dispatched(ObtainBy::Post)), std::vector{Notification::ReplyPosted});
    EXPECT_TRUE(told(Action::DispatchReply, dispatched(ObtainBy::PickUp)).empty()) << "whoever signed for it knows";
}

TEST(Notifications, AReplyThatCameBackIsServedAgain) {
    for (auto const result : {DeliveryResult::Refused, DeliveryResult::Returned}) {
        EXPECT_EQ(
            told(Action::RecordDelivery, dispatched(ObtainBy::Post, result)), std::vector{Notification::ServeAgain}
        );
    }
    EXPECT_TRUE(told(Action::RecordDelivery, dispatched(ObtainBy::Post, DeliveryResult::Signed)).empty());
    EXPECT_TRUE(told(Action::RecordDelivery).empty()) << "of a letter that is no reply";
}

TEST(Notifications, AThirdPartyLearnsThatItsObjectionWasOverruled) {
    Case c;
    c.consultations.emplace_back();
    c.consultations[0].letter.kind = ConsultationKind::ThirdParty;
    c.consultations[0].opinion.emplace().stance = Stance::Objected;
    c.draft.emplace().items = {{Outcome::Disclosed, {}, {}, {}, {}}};
    EXPECT_TRUE(told(Action::ApproveReply, c).empty()) << "not signed yet";
    c.reply_number = Code{"邵自然资告〔2026〕1号"};
    EXPECT_EQ(told(Action::ApproveReply, c), std::vector{Notification::DisclosureDecision});
    c.draft->items.front().outcome = Outcome::RefusedSecret;
    EXPECT_TRUE(told(Action::ApproveReply, c).empty()) << "nothing is disclosed";
}

TEST(Notifications, EveryLetterToAnApplicantThatTheProcedureNumbersIsStatutory) {
    for (auto const& row : kProcedure) {
        if (!row.letter || *row.letter == LetterClass::Reply) continue;
        auto const rules = notifications_after(row.action, Case{});
        EXPECT_TRUE(std::ranges::any_of(rules, [](auto const* rule) {
            return rule->statutory && rule->encloses == Enclosure::LettersOfTheStep;
        })) << code(row.action);
    }
}

TEST(Notifications, WordsNameTheCaseAndAreShortEnoughForATelephone) {
    for (auto const& term : kNotifications) {
        auto const& rule = rule_of(term.value);
        if (rule.words.empty()) continue;
        EXPECT_NE(rule.words.find("{number}"), std::string_view::npos) << term.code;
        EXPECT_LE(rule.words.size(), 3U * 70U) << term.code;
    }
}

}  // namespace
}  // namespace workflow
