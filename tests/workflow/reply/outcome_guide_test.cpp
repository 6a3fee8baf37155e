#include "workflow/reply/outcome_guide.hpp"

#include <gtest/gtest.h>

#include <set>

namespace workflow {
namespace {

/// Walks every path from this question on; `named` is the outcome that the answers so far have named.
template <typename End>
void walk(GuideStep step, std::optional<Outcome> named, End&& end) {
    for (GuideAnswer const& answer : question_of(step).answers) {
        auto const outcome = answer.outcome ? answer.outcome : named;
        if (answer.next) {
            walk(*answer.next, outcome, end);
        } else {
            end(outcome, answer);
        }
    }
}

TEST(OutcomeGuide, EveryPathEndsWithAnOutcomeOrSomethingElseToDo) {
    int paths = 0;
    walk(kOutcomeGuide.front().step, std::nullopt, [&](std::optional<Outcome> outcome, GuideAnswer const& last) {
        ++paths;
        EXPECT_NE(outcome.has_value(), last.action.has_value()) << last.label;
    });
    EXPECT_GE(paths, 24);
}

TEST(OutcomeGuide, EveryOutcomeThatMayBeDraftedIsReached) {
    std::set<Outcome> reached;
    walk(kOutcomeGuide.front().step, std::nullopt, [&](std::optional<Outcome> outcome, GuideAnswer const&) {
        if (outcome) reached.insert(*outcome);
    });
    for (OutcomeRule const& rule : kOutcomeRules) {
        EXPECT_EQ(reached.contains(rule.outcome), rule.drafted) << label(rule.outcome);
    }
}

TEST(OutcomeGuide, WhatCannotBeSeparatedKeepsTheGroundOfItsRefusal) {
    std::set<Outcome> kept;
    walk(GuideStep::Exempt, std::nullopt, [&](std::optional<Outcome> outcome, GuideAnswer const& last) {
        if (last.outcome != outcome) kept.insert(*outcome);
    });
    EXPECT_EQ(kept.size(), 7U);
    for (Outcome const outcome : kept) EXPECT_TRUE(refuses(outcome)) << label(outcome);
}

}  // namespace
}  // namespace workflow
