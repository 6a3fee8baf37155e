#include "workflow/cases/case.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace workflow {
namespace {

using A = Action;
using R = Role;

Case fold(std::vector<Event> const& events) {
    Case c;
    for (Event const& event : events) c = evolve(std::move(c), event);
    return c;
}

TEST(Evolve, ACaseIsTheFoldOfItsEvents) {
    Office office;
    office.dispute_lost();
    EXPECT_EQ(fold(office.events), office.c);
    EXPECT_EQ(office.c.version, static_cast<std::int64_t>(office.events.size()));
}

TEST(Evolve, AHelpingDepartmentOwesItsOpinionUntilItLeadsOrHasGivenIt) {
    Office office;
    office.registered();
    auto acceptance = std::get<Acceptance>(office.sample(A::Accept));
    acceptance.co_departments = {Code{"d2"}, Code{"d3"}};
    office.must(R::Reviewer, A::Accept, acceptance);
    EXPECT_EQ(awaited_co_departments(office.c), (std::vector{Code{"d2"}, Code{"d3"}}));
    auto const transfer = Transfer{Code{"d2"}, "属于规划科职责"};
    office.must(R::Reviewer, A::TransferDepartment, transfer);
    EXPECT_EQ(awaited_co_departments(office.c), std::vector{Code{"d3"}});
    auto helper = office.person(R::Handler);
    helper.department = Code{"d3"};
    ASSERT_TRUE(office.does(helper, A::GiveCoOpinion, office.sample(A::GiveCoOpinion)));
    EXPECT_TRUE(awaited_co_departments(office.c).empty());
    EXPECT_EQ(office.c.co_opinions.front().given.department, Code{"d3"});
    EXPECT_EQ(fold(office.events), office.c);
}

TEST(Evolve, KeepsTheNumbersOfTheCaseAndOfTheSignedReply) {
    Office office;
    office.dispatching();
    EXPECT_EQ(office.c.number, Code{"430500-01-2026-000001"});
    EXPECT_EQ(office.c.reply_number, Code{"邵政公开〔2026〕答第1号"});
    EXPECT_EQ(office.c.signed_on, office.today);
    EXPECT_EQ(office.c.approvals.size(), kApprovalSteps.size());
}

TEST(Evolve, ConcludesByDispatchWithTheOutcomeOfTheDraft) {
    Office office;
    office.dispatching();
    EXPECT_FALSE(office.c.outcome);
    office.must(R::Registrar, A::DispatchReply);
    EXPECT_EQ(office.c.outcome, Outcome::Disclosed);
    EXPECT_EQ(office.c.concluded_on, office.today);
    EXPECT_EQ(office.clock().status, ClockStatus::Replied);
}

/// A fee notice of the first edition said 30 natural days, and keeps them.
TEST(Evolve, AnEventCountsAsTheRulesOfItsEditionSay) {
    Office office;
    office.awaiting_payment();
    auto const limit = [&](Case const& c) {
        auto const clock = compute_clock(c.timeline(), office.today, Office::calendar()).value();
        return std::ranges::find(clock.deadlines, DeadlineKind::FeePayment, &Deadline::kind)->due;
    };
    EXPECT_EQ(limit(office.c), day("2026-03-30"));
    for (Event& event : office.events) event.edition = 1;
    EXPECT_EQ(limit(fold(office.events)), day("2026-04-01"));
    EXPECT_EQ(fold(office.events).clock_events.back().edition, std::nullopt) << "as cases were stored then";
}

/// 条例第二十九条、第三十条: a paper form without identity is registered, and the correction brings it.
TEST(Evolve, ACorrectionBringsWhatTheFormLacked) {
    Office office;
    auto registration = std::get<Registration>(office.sample(A::Register));
    registration.application.applicant.id_type.reset();
    registration.application.applicant.id_number.reset();
    office.must(R::Registrar, A::Register, registration);
    auto request = std::get<CorrectionRequest>(office.sample(A::RequestCorrection));
    request.content_unclear = false;
    request.missing = {FormGap::Identity};
    office.must(R::Reviewer, A::RequestCorrection, request);
    office.hand_over();

    Supplement brought{office.today, "补交身份证复印件", {}};
    brought.id_type = IdType::ResidentId;
    brought.id_number = "430502199003070015";
    auto const refused = office.ask(office.person(R::Registrar), A::RecordCorrection, brought);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().errors.front().pointer, "/id_number");
    brought.id_number = "430502199003070014";
    brought.phone = "13800000001";
    office.must(R::Registrar, A::RecordCorrection, brought);
    EXPECT_EQ(office.c.application.applicant.id_number, "430502199003070014");
    EXPECT_EQ(office.c.application.applicant.phone, "13800000001");
    EXPECT_EQ(fold(office.events), office.c);
}

TEST(Evolve, AReturnedReplyPassesTheWholeChainAgain) {
    Office office;
    office.approving(ApprovalStep::Legal);
    office.must(R::LegalReviewer, A::ReturnReply);
    EXPECT_EQ(office.c.state, State::Handling);
    office.must(R::Handler, A::SubmitReply);
    EXPECT_EQ(office.c.next_approval(), ApprovalStep::Department);
}

TEST(Evolve, AReturnedReplyKeepsWhoSentItBackAndWhoHadApproved) {
    Office office;
    office.approving(ApprovalStep::Legal);
    EXPECT_EQ(office.c.round(), 1);
    office.must(R::LegalReviewer, A::ReturnReply, Reason{"请补充检索过程"});
    ASSERT_EQ(office.c.returns.size(), 1U);
    auto const& back = office.c.returns.front();
    EXPECT_EQ(back.step, ApprovalStep::Legal);
    EXPECT_EQ(back.by, office.person(R::LegalReviewer).id);
    EXPECT_EQ(back.on, office.today);
    EXPECT_EQ(back.reason, "请补充检索过程");
    ASSERT_EQ(back.approvals.size(), 2U);
    EXPECT_EQ(back.approvals[1].step, ApprovalStep::Secrecy);
    EXPECT_TRUE(office.c.is_returned());
    EXPECT_EQ(office.c.round(), 2);

    office.must(R::Handler, A::SubmitReply);
    EXPECT_FALSE(office.c.is_returned());
    office.must(R::DepartmentHead, A::ReturnReply);
    EXPECT_EQ(office.c.round(), 3);
    EXPECT_TRUE(office.c.returns[1].approvals.empty());
    EXPECT_EQ(fold(office.events), office.c);
}

TEST(Evolve, TheCasesOfEditionOneHaveNoReturns) {
    Office office;
    office.approving(ApprovalStep::Legal);
    office.must(R::LegalReviewer, A::ReturnReply);
    auto events = office.events;
    for (Event& event : events) event.edition = 1;
    Case const c = fold(events);
    EXPECT_TRUE(c.returns.empty());
    EXPECT_TRUE(c.approvals.empty());
    EXPECT_FALSE(c.is_returned());
}

TEST(Evolve, WithdrawalTakesAlongWhatIsStillAskedOrProposed) {
    Office office;
    office.consulting();
    office.must(R::Handler, A::ProposeExtension);
    office.must(R::Applicant, A::Withdraw);
    EXPECT_EQ(office.c.outcome, Outcome::Withdrawn);
    EXPECT_FALSE(office.c.proposed_extension);
    EXPECT_FALSE(office.c.consultations[0].open());
    EXPECT_EQ(awaited_role(office.c), R::Registrar);
    EXPECT_EQ(office.clock().status, ClockStatus::Lapsed);
    office.today = day("2026-12-01");
    EXPECT_EQ(office.run_daily(), 0);
    EXPECT_EQ(next_check_on(office.c, office.clock(), office.today), std::nullopt);
}

TEST(Evolve, AReopenedCaseHasNoOutcome) {
    Office office;
    office.lapsed_unpaid();
    EXPECT_EQ(office.c.outcome, Outcome::Unpaid);
    EXPECT_EQ(office.c.concluded_on, day("2026-03-31"));
    office.must(R::Reviewer, A::RecordPayment);
    EXPECT_EQ(office.c.state, State::Handling);
    EXPECT_FALSE(office.c.outcome || office.c.concluded_on);
    EXPECT_EQ(office.clock().status, ClockStatus::Running);
}

TEST(Evolve, ServiceMovesTheLimitOfTheLetterServed) {
    Office office;
    office.consulting();
    office.must(R::Handler, A::Consult);
    DeliveryRecord delivery = std::get<DeliveryRecord>(office.sample(A::RecordDelivery));
    delivery.consultation = Code{"c2"};
    office.must(R::Registrar, A::RecordDelivery, delivery);
    EXPECT_FALSE(office.c.consultations[0].letter.served_on);
    EXPECT_EQ(office.c.consultations[1].letter.served_on, office.today);
    auto const open = office.clock().open_consultations;
    EXPECT_EQ(open[0].limit, day("2026-04-14"));  // 30 working days from dispatch
    EXPECT_EQ(open[1].limit, day("2026-03-23"));  // 15 from service
}

TEST(Evolve, AReturnedLetterIsNoService) {
    Office office;
    office.consulting();
    DeliveryRecord delivery = std::get<DeliveryRecord>(office.sample(A::RecordDelivery));
    delivery.result = DeliveryResult::Returned;
    office.must(R::Registrar, A::RecordDelivery, delivery);
    EXPECT_FALSE(office.c.consultations[0].letter.served_on);
    EXPECT_EQ(office.clock().open_consultations[0].limit, day("2026-04-14"));
}

TEST(Evolve, ADepartmentThatReturnsACaseLosesIt) {
    Office office;
    office.handling();
    office.must(R::DepartmentHead, A::ReturnAssignment);
    EXPECT_EQ(office.c.state, State::Registered);
    EXPECT_FALSE(office.c.department || office.c.assignee);
    EXPECT_TRUE(office.c.co_departments.empty());
}

TEST(AwaitedRole, FollowsTheCase) {
    using Story = void (*)(Office&);
    std::vector<std::pair<Story, std::optional<Role>>> const turns{
        {[](Office& o) { o.submitted(); }, R::Registrar},
        {[](Office& o) { o.registered(); }, R::Reviewer},
        {[](Office& o) { o.correcting(); }, R::Applicant},
        {[](Office& o) { o.explaining(); }, R::Applicant},
        {[](Office& o) { o.awaiting_payment(); }, R::Applicant},
        {[](Office& o) { o.accepted(); }, R::DepartmentHead},
        {[](Office& o) { o.handling(); }, R::Handler},
        {[](Office& o) { o.extension_proposed(); }, R::OfficeHead},
        {[](Office& o) { o.approving(ApprovalStep::Department); }, R::DepartmentHead},
        {[](Office& o) { o.approving(ApprovalStep::Secrecy); }, R::SecrecyReviewer},
        {[](Office& o) { o.approving(ApprovalStep::Legal); }, R::LegalReviewer},
        {[](Office& o) { o.approving(ApprovalStep::Sign); }, R::OfficeHead},
        {[](Office& o) { o.dispatching(); }, R::Registrar},
        {[](Office& o) { o.replied(); }, R::Registrar},
        {[](Office& o) { o.lapsed_unpaid(); }, R::Registrar},
        {[](Office& o) { o.archived(); }, std::nullopt},
    };
    for (std::size_t i = 0; i < turns.size(); ++i) {
        Office office;
        turns[i].first(office);
        EXPECT_EQ(awaited_role(office.c), turns[i].second) << i;
    }
}

}  // namespace
}  // namespace workflow
