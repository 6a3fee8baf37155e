#include "server/delivery/plan.hpp"

#include <gtest/gtest.h>

namespace server::delivery {
namespace {

using storage::MessageKind;
using workflow::Code;
using workflow::Notification;
using workflow::ObtainBy;

constexpr Channels kBoth{true, true};

/// A case of somebody who can be reached every way and wants paper.
workflow::Case facts(ObtainBy wish = ObtainBy::Post) {
    workflow::Case made;
    made.application.obtain_by = wish;
    made.application.applicant.email = "zhang@example.cn";
    made.application.applicant.phone = "13800000000";
    made.assignee = Code{"handler"};
    return made;
}

std::vector<MessageKind> kinds(
    Notification notification, workflow::Case const& of, Channels channels = kBoth, Contact const& contact = {}
) {
    ContactOf const contact_of = [&](Code const&) { return contact; };
    std::vector<MessageKind> list;
    for (auto const& each : plan(workflow::rule_of(notification), of, {}, channels, contact_of, {})) {
        list.push_back(each.kind);
    }
    return list;
}

using Kinds = std::vector<MessageKind>;

TEST(Plan, ALetterGoesTheWayTheApplicantWants) {
    auto const letter = Notification::CorrectionRequested;
    EXPECT_EQ(kinds(letter, facts(ObtainBy::Email)), (Kinds{MessageKind::Email, MessageKind::Sms}));
    EXPECT_EQ(kinds(letter, facts(ObtainBy::Download)), (Kinds{MessageKind::Email, MessageKind::Sms}));
    EXPECT_EQ(kinds(letter, facts(ObtainBy::Post)), (Kinds{MessageKind::Sms, MessageKind::Print}))
        << "a text message tells of it, but carries no letter";
}

TEST(Plan, ALetterIsPrintedWhereNothingElectronicCarriesIt) {
    auto const letter = Notification::Extended;
    EXPECT_EQ(kinds(letter, facts(ObtainBy::Email), {false, false}), Kinds{MessageKind::Print});
    auto unreachable = facts(ObtainBy::Email);
    unreachable.application.applicant.email = "not an address";
    unreachable.application.applicant.phone = "0739-1234567";
    EXPECT_EQ(kinds(letter, unreachable), Kinds{MessageKind::Print});
    EXPECT_EQ(kinds(Notification::ConsultationLetter, facts()), Kinds{MessageKind::Print});
}

TEST(Plan, WhatTheLawDoesNotAskForIsLeftOutWhereNobodyCanBeReached) {
    auto unreachable = facts();
    unreachable.application.applicant.email.reset();
    EXPECT_EQ(kinds(Notification::Received, facts()), Kinds{MessageKind::Email});
    EXPECT_EQ(kinds(Notification::Confirmed, facts()), Kinds{MessageKind::Email}) << "with the receipt, for comfort";
    EXPECT_EQ(kinds(Notification::Received, unreachable), Kinds{});
    EXPECT_EQ(kinds(Notification::ReplyPosted, unreachable), Kinds{MessageKind::Sms});
}

TEST(Plan, AReplyDispatchedByMailIsMailedWhateverWasWantedFirst) {
    EXPECT_EQ(kinds(Notification::ReplyByEmail, facts(ObtainBy::Post), {true, false}), Kinds{MessageKind::Email});
}

TEST(Plan, NobodyLearnsOfAReplyToDownloadByChance) {
    EXPECT_EQ(kinds(Notification::ReplyToDownload, facts(ObtainBy::Download), {false, true}), Kinds{MessageKind::Sms});
    EXPECT_EQ(
        kinds(Notification::ReplyToDownload, facts(ObtainBy::Download), {false, false}), Kinds{MessageKind::Print}
    );
}

TEST(Plan, StaffAreToldAsTheyWish) {
    Contact contact;
    EXPECT_EQ(kinds(Notification::Reminded, facts(), kBoth, contact), Kinds{}) << "no address given";
    contact.email = "handler@shifan.example.cn";
    contact.phone = "13800000001";
    EXPECT_EQ(kinds(Notification::Reminded, facts(), kBoth, contact), Kinds{MessageKind::Email});
    contact.sms = true;
    EXPECT_EQ(kinds(Notification::Reminded, facts(), kBoth, contact), (Kinds{MessageKind::Email, MessageKind::Sms}));
    EXPECT_EQ(kinds(Notification::Assigned, facts(), kBoth, contact), Kinds{MessageKind::Email}) << "that can wait";
}

TEST(Plan, OnlyWhatTheLawAsksForIsPrintedAfterAFailure) {
    EXPECT_TRUE(must_be_printed(workflow::rule_of(Notification::Extended), MessageKind::Email));
    EXPECT_FALSE(must_be_printed(workflow::rule_of(Notification::Extended), MessageKind::Sms))
        << "the letter went another way";
    EXPECT_TRUE(must_be_printed(workflow::rule_of(Notification::ReplyToDownload), MessageKind::Sms));
    EXPECT_FALSE(must_be_printed(workflow::rule_of(Notification::Received), MessageKind::Email));
}

}  // namespace
}  // namespace server::delivery
