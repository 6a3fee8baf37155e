#include "workflow/notifications.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace workflow {
namespace {

std::vector<Notification> told(Action step, std::optional<ObtainBy> way = {}) {
    std::vector<Notification> list;
    for (auto const* rule : notifications_after(step, way)) list.push_back(rule->notification);
    return list;
}

TEST(Notifications, AStepTellsWhomItConcerns) {
    EXPECT_EQ(told(Action::RequestCorrection), std::vector{Notification::CorrectionRequested});
    EXPECT_EQ(told(Action::Consult), (std::vector{Notification::Consulting, Notification::ConsultationLetter}));
    EXPECT_TRUE(told(Action::AddSearchRecord).empty());
    EXPECT_FALSE(is_told(Action::AddSearchRecord));
}

TEST(Notifications, AReplyIsToldByTheWayItWent) {
    EXPECT_EQ(told(Action::DispatchReply, ObtainBy::Email), std::vector{Notification::ReplyByEmail});
    EXPECT_EQ(told(Action::DispatchReply, ObtainBy::Download), std::vector{Notification::ReplyToDownload});
    EXPECT_EQ(told(Action::DispatchReply, ObtainBy::Post), std::vector{Notification::ReplyPosted});
    EXPECT_TRUE(told(Action::DispatchReply, ObtainBy::PickUp).empty()) << "whoever signed for it knows";
}

TEST(Notifications, EveryLetterToAnApplicantThatTheProcedureNumbersIsStatutory) {
    for (auto const& row : kProcedure) {
        if (!row.letter || *row.letter == LetterClass::Reply) continue;
        auto const rules = notifications_after(row.action, std::nullopt);
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
