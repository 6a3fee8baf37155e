#include "workflow/supervision/follow_ups.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace workflow {
namespace {

using A = Action;
using R = Role;

FollowUp only(Case const& c) {
    auto const all = follow_ups(c);
    EXPECT_EQ(all.size(), 1u);
    return all.at(0);
}

std::vector<FollowUpStep> steps(Office const& office) { return steps_of(office.c, only(office.c), Office::calendar()); }

FollowUpStep step(Office const& office, Action action) {
    auto const all = steps(office);
    auto const found = std::ranges::find(all, action, &FollowUpStep::action);
    if (found == all.end()) throw std::runtime_error("no such step");
    return *found;
}

/// All stories play on Monday 2026-03-02.
TEST(FollowUps, ABadMarkHasItsSteps) {
    Office office;
    office.rated_badly();
    EXPECT_EQ(step(office, A::AssignRating).due, day("2026-03-03"));
    EXPECT_EQ(step(office, A::ContactRater).due, day("2026-03-05"));
    EXPECT_EQ(step(office, A::RectifyRating).due, day("2026-03-09"));
    EXPECT_EQ(step(office, A::CallBackRater).due, std::nullopt) << "the step before comes first";
    EXPECT_EQ(next_limit(steps(office))->action, A::AssignRating);
}

TEST(FollowUps, AComplexProblemHasFifteenNaturalDays) {
    Office office;
    office.rated_badly();
    office.must(R::OfficeHead, A::AssignRating, RatingAssignment{Code{"legal_reviewer"}, RatingGravity::Complex});
    EXPECT_EQ(step(office, A::RectifyRating).due, day("2026-03-17"));
}

TEST(FollowUps, ALastDayThatIsADayOffMovesOn) {
    Office office;
    office.replied();
    office.today = day("2026-03-07");  // a Saturday; seven days later is one too
    office.must(R::Applicant, A::Rate, RatingGiven{2, {}});
    EXPECT_EQ(step(office, A::RectifyRating).due, day("2026-03-16"));
}

TEST(FollowUps, AMistakenMarkNeedsNoRectifying) {
    Office office;
    office.investigated();
    office.must(
        R::LegalReviewer, A::ContactRater, RatingContact{office.today, RatingFinding::Mistaken, "评价时点错了"}
    );
    EXPECT_THROW(step(office, A::RectifyRating), std::runtime_error);
    EXPECT_EQ(step(office, A::CallBackRater).due, day("2026-03-05"));
    office.must(R::LegalReviewer, A::CallBackRater);
    EXPECT_FALSE(only(office.c).open);
}

TEST(FollowUps, AGoodMarkOpensNothing) {
    Office office;
    office.replied();
    office.must(R::Applicant, A::Rate, RatingGiven{3, {}});
    EXPECT_FALSE(only(office.c).open);
    EXPECT_EQ(only(office.c).mark, "3");
    EXPECT_TRUE(steps(office).empty());
}

TEST(FollowUps, TheRatedAndTheirDepartmentSeeNoRating) {
    Office office;
    office.rated_badly();
    EXPECT_FALSE(sees_rating(office.c, {R::Handler}, Code{"somebody"}));
    EXPECT_FALSE(sees_rating(office.c, {R::DepartmentHead}, Code{"department_head"}));
    EXPECT_FALSE(sees_rating(office.c, {R::Handler, R::Reviewer}, Code{"handler"})) << "in whatever role";
    EXPECT_TRUE(sees_rating(office.c, {R::OfficeHead}, Code{"office_head"}));
    EXPECT_TRUE(sees_rating(office.c, {R::Supervisor}, Code{"supervisor"}));
    auto const menu = permissions(office.c, office.context(office.person("handler", {R::Handler, R::Reviewer})));
    auto const assign = std::ranges::find(menu, A::AssignRating, &Permission::action);
    EXPECT_EQ(assign->reason, "被评价的人不参与评价的核实。") << "the same with and without a rating";
}

Office disputed(DisputeKind kind, std::optional<DisputeProcedure> procedure = {}) {
    Office office;
    office.replied();
    DisputeOpening opening{kind, "邵阳市人民政府", office.today, Code{"1号"}, {}, procedure};
    office.must(R::LegalReviewer, A::OpenDispute, opening);
    return office;
}

TEST(FollowUps, TheAgencyAnswersInTime) {
    EXPECT_EQ(step(disputed(DisputeKind::Review), A::AnswerDispute).due, day("2026-03-16"));
    auto const simple = disputed(DisputeKind::Review, DisputeProcedure::Simplified);
    EXPECT_EQ(step(simple, A::AnswerDispute).due, day("2026-03-09"));
    EXPECT_EQ(step(simple, A::AnswerDispute).basis, "行政复议法第五十四条");
    EXPECT_EQ(step(disputed(DisputeKind::DirectSuit), A::AnswerDispute).due, day("2026-03-17"));
    EXPECT_EQ(step(disputed(DisputeKind::SuitAfterReview), A::AnswerDispute).due, day("2026-03-17"));
}

TEST(FollowUps, ALostDisputeIsOpenUntilTheNewReplyIsOrdered) {
    Office office;
    office.dispute_lost();
    EXPECT_TRUE(only(office.c).open);
    office.must(R::LegalReviewer, A::OrderNewReply);
    EXPECT_FALSE(only(office.c).open);
}

TEST(FollowUps, TheNewReplyIsDueInTwentyWorkdaysWhereNothingIsSaid) {
    Office office;
    office.dispute_lost();
    office.must(R::LegalReviewer, A::OrderNewReply, NewReplyOrder{Code{"d1"}, office.today, {}});
    EXPECT_EQ(office.c.disputes[0].order->due, day("2026-03-30"));
}

TEST(FollowUps, ACaseOfANewReplyRunsToTheOrderedDay) {
    Office office;
    office.today = day("2026-05-06");
    auto anew = std::get<NewReply>(office.sample(A::ReplyAnew));
    anew.due = day("2026-05-20");
    office.must(R::System, A::ReplyAnew, anew);
    EXPECT_EQ(office.c.state, State::Registered);
    EXPECT_EQ(office.c.origin->number, anew.origin);
    EXPECT_EQ(office.clock().reply_due, day("2026-05-20"));
    EXPECT_EQ(office.clock().explain.back().effect, ClockEffect::Order);
}

TEST(FollowUps, SuggestionsAndAmendmentsHaveTwentyWorkdays) {
    Office suggested;
    suggested.suggested();
    EXPECT_EQ(step(suggested, A::AnswerSuggestion).due, day("2026-03-30"));
    suggested.must(R::OfficeHead, A::AnswerSuggestion);
    EXPECT_FALSE(only(suggested.c).open);
    EXPECT_EQ(step(suggested, A::AnswerSuggestion).done_on, suggested.today);

    Office asked;
    asked.amendment_asked();
    EXPECT_EQ(step(asked, A::AnswerAmendment).due, day("2026-03-30"));
    asked.must(R::Handler, A::AnswerAmendment);
    asked.must(R::Applicant, A::RequestAmendment);
    EXPECT_EQ(follow_ups(asked.c).back().id, Code{"a2"});
}

}  // namespace
}  // namespace workflow
