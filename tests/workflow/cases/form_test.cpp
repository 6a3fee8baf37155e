#include "workflow/cases/form.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

/// "pointer code" of every fault.
std::vector<std::string> faults(Payload const& payload) {
    std::vector<std::string> lines;
    for (auto const& error : check_form(payload, day("2026-03-02"), day("2026-03-10"))) {
        lines.push_back(error.pointer + " " + error.code);
        EXPECT_TRUE(error.detail.ends_with("。")) << error.detail;
    }
    return lines;
}

using Lines = std::vector<std::string>;

TEST(Form, HoldsEveryMemberToItsBounds) {
    EXPECT_EQ(faults(Reason{""}), Lines{"/reason required"});
    EXPECT_EQ(faults(Reason{"不行"}), Lines{"/reason too_short"});
    EXPECT_EQ(faults(Reason{std::string(static_cast<std::size_t>(kLongText) + 1, 'x')}), Lines{"/reason too_long"});
    EXPECT_EQ(faults(Reason{"理由充分"}), Lines{});
    EXPECT_EQ(faults(ExtensionProposal{21, "需要调阅档案"}), Lines{"/days out_of_range"});
    EXPECT_EQ(faults(RatingGiven{0, {}}), Lines{"/score out_of_range"});
}

TEST(Form, LooksIntoListsAndShapes) {
    CorrectionRequest request{{}, "请参考指南", true, {}};
    EXPECT_EQ(faults(request), Lines{"/points too_few"});
    request.points = {"写明年度", ""};
    EXPECT_EQ(faults(request), Lines{"/points/1 required"});
    ReplyDraft const draft{Outcome::Disclosed, {{Outcome::Disclosed, {}, "", {}, {}}}, "答复如下"};
    EXPECT_EQ(faults(draft), Lines{"/items/0/reference required"});
}

TEST(Form, TheApplicationStandsBesideTheOtherMembers) {
    Registration form{Office::application(), Channel::Counter, day("2026-03-02"), "当面提交", {}};
    form.application.items[0].description.clear();
    EXPECT_EQ(faults(form), Lines{"/items/0/description required"});
}

TEST(Form, AFactLiesBetweenReceiptAndTodayALimitAfterToday) {
    Dispatch dispatch{ObtainBy::PickUp, day("2026-03-01"), {}, {}};
    EXPECT_EQ(faults(dispatch), Lines{"/dispatched_on before_receipt"});
    dispatch.dispatched_on = day("2026-03-11");
    EXPECT_EQ(faults(dispatch), Lines{"/dispatched_on in_the_future"});
    dispatch.dispatched_on = day("2026-03-10");
    EXPECT_EQ(faults(dispatch), Lines{});
    EXPECT_EQ(faults(Deferral{day("2026-03-10"), "申请数量较大"}), Lines{"/to not_after_today"});
    EXPECT_EQ(faults(Deferral{day("2026-03-11"), "申请数量较大"}), Lines{});
}

TEST(Form, WhatTheProcedureWritesInIsNotAskedFor) { EXPECT_EQ(faults(Attachment{}), Lines{}); }

TEST(Form, AStepTakesEffectOnTheDayItsPayloadStates) {
    EXPECT_EQ(effective_date(Payment{day("2026-03-05"), {}, {}}), day("2026-03-05"));
    EXPECT_EQ(effective_date(SearchRecord{}), std::nullopt) << "a search is a fact, but does not date the step";
    EXPECT_EQ(effective_date(Nothing{}), std::nullopt);
}

}  // namespace
}  // namespace workflow
