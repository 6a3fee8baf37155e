#include "workflow/next_step.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

TEST(NextStep, StandsInTheMenuOfWhoseTurnItIs) {
    using Story = void (*)(Office&);
    for (Story const story : std::initializer_list<Story>{
             [](Office& o) { o.submitted(); },
             [](Office& o) { o.registered(); },
             [](Office& o) { o.correcting(); },
             [](Office& o) { o.explaining(); },
             [](Office& o) { o.awaiting_payment(); },
             [](Office& o) { o.accepted(); },
             [](Office& o) { o.handling(); },
             [](Office& o) { o.extension_proposed(); },
             [](Office& o) { o.approving(ApprovalStep::Department); },
             [](Office& o) { o.approving(ApprovalStep::Secrecy); },
             [](Office& o) { o.approving(ApprovalStep::Legal); },
             [](Office& o) { o.approving(ApprovalStep::Sign); },
             [](Office& o) { o.dispatching(); },
             [](Office& o) { o.replied(); },
             [](Office& o) { o.lapsed_uncorrected(); }}) {
        Office office;
        story(office);
        auto const turn = awaited_role(office.c);
        auto const next = next_step(office.c.state, turn);
        ASSERT_TRUE(next) << code(office.c.state);
        if (turn == Role::Applicant) continue;  // staff write down what an applicant did outside the system
        auto const menu = permissions(office.c, office.context(office.person(turn.value())));
        EXPECT_TRUE(std::ranges::any_of(menu, [&](Permission const& each) { return each.action == *next; }))
            << code(office.c.state) << " " << code(*next);
    }
}

TEST(NextStep, IsNoneOnceTheCaseIsInTheArchive) {
    EXPECT_FALSE(next_step(State::Archived, std::nullopt));
    EXPECT_FALSE(next_step(State::Handling, Role::Auditor));
}

}  // namespace
}  // namespace workflow
