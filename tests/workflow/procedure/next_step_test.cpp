#include "workflow/procedure/next_step.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

TEST(NextStep, StandsInTheMenuOfWhoseTurnItIs) {
    using Story = std::pair<void (*)(Office&), Action>;
    for (auto const& [story, expected] : std::initializer_list<Story>{
             {[](Office& o) { o.submitted(); }, Action::ConfirmReceipt},
             {[](Office& o) { o.registered(); }, Action::Accept},
             {[](Office& o) { o.correcting(); }, Action::RecordCorrection},
             {[](Office& o) { o.explaining(); }, Action::RecordExplanation},
             {[](Office& o) { o.awaiting_payment(); }, Action::RecordPayment},
             {[](Office& o) { o.accepted(); }, Action::Assign},
             {[](Office& o) { o.handling(); }, Action::DraftReply},
             {[](Office& o) { o.extension_proposed(); }, Action::ApproveExtension},
             {[](Office& o) { o.approving(ApprovalStep::Department); }, Action::ApproveReply},
             {[](Office& o) { o.approving(ApprovalStep::Secrecy); }, Action::ApproveReply},
             {[](Office& o) { o.approving(ApprovalStep::Legal); }, Action::ApproveReply},
             {[](Office& o) { o.approving(ApprovalStep::Sign); }, Action::ApproveReply},
             {[](Office& o) { o.dispatching(); }, Action::DispatchReply},
             {[](Office& o) { o.replied(); }, Action::Archive},
             {[](Office& o) { o.lapsed_uncorrected(); }, Action::Archive}}) {
        Office office;
        story(office);
        auto const turn = awaited_role(office.c);
        auto const next = next_step(office.c.state, turn);
        ASSERT_EQ(next, expected) << code(office.c.state);
        if (turn == Role::Applicant) continue;  // staff write down what an applicant did outside the system
        auto const menu = permissions(office.c, office.context(office.person(turn.value())));
        EXPECT_TRUE(std::ranges::any_of(menu, [&](Permission const& each) { return each.action == *next; }))
            << code(office.c.state) << " " << code(*next);
    }
}

TEST(NextStep, HasTheNameThatTheCaseGivesIt) {
    Office office;
    office.handling();
    EXPECT_EQ(name_of_step(Action::DraftReply, office.c), label(Action::DraftReply));
    Office signing;
    signing.approving(ApprovalStep::Sign);
    EXPECT_EQ(name_of_step(Action::ApproveReply, signing.c), "签发");
    signing.must(Role::OfficeHead, Action::ReturnReply);
    EXPECT_EQ(name_of_step(Action::DraftReply, signing.c), "修改答复");
    EXPECT_EQ(name_of_step(Action::SubmitReply, signing.c), label(Action::SubmitReply));
}

TEST(NextStep, IsNoneOnceTheCaseIsInTheArchive) {
    EXPECT_FALSE(next_step(State::Archived, std::nullopt));
    EXPECT_FALSE(next_step(State::Handling, Role::Auditor));
}

}  // namespace
}  // namespace workflow
