#include "workflow/procedure/procedure.hpp"

#include "tests/workflow/golden.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

std::string fenced(std::string const& text) { return "```mermaid\n" + text + "```\n"; }

TEST(Procedure, ReadmeShowsTheTable) { expect_in_readme("procedure table", procedure_as_markdown()); }

TEST(Procedure, ReadmeShowsTheDiagram) { expect_in_readme("procedure diagram", fenced(procedure_as_mermaid())); }

TEST(Procedure, NothingLeadsOutOfTheArchive) {
    for (Transition const& row : kProcedure) {
        EXPECT_FALSE(row.from.has(kFinalState) && row.to) << code(row.action);
    }
}

TEST(Procedure, ACaseIsRepliedToOnlyByDispatch) {
    for (Transition const& row : kProcedure) {
        // By e-mail or to be fetched: only once the other side has accepted it.
        bool const by_hand = row.action == Action::DispatchReply && row.guards.has(Guard::GoesByHand);
        EXPECT_EQ(row.to == State::Replied, by_hand || row.action == Action::ConfirmDispatch) << code(row.action);
    }
}

TEST(Procedure, OnlyTheHeadOfTheOfficeExtendsAndDefers) {
    for (Transition const& row : kProcedure) {
        if (row.action == Action::ApproveExtension || row.action == Action::Defer) {
            EXPECT_EQ(row.by, RoleSet{Role::OfficeHead});
        }
    }
}

TEST(Procedure, EveryRowNamesItsArticle) {
    for (Transition const& row : kProcedure) EXPECT_FALSE(row.article.empty()) << code(row.action);
}

TEST(Procedure, AdministratorsTakeNoStep) {
    for (Transition const& row : kProcedure) EXPECT_FALSE(row.by.intersects(kAdministrators)) << code(row.action);
}

TEST(Procedure, TheApplicantMayWithdrawFromEveryOpenState) {
    for (auto const& state : kStates) {
        bool const concluded =
            state.value == State::Replied || state.value == State::Lapsed || state.value == kFinalState;
        bool const may = std::ranges::any_of(kProcedure, [&](Transition const& row) {
            return row.action == Action::Withdraw && row.from.has(state.value) && row.by.has(Role::Applicant);
        });
        EXPECT_EQ(may, !concluded) << state.code;
    }
}

}  // namespace
}  // namespace workflow
