#include "workflow/reply/main_outcome.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace workflow {
namespace {

using O = Outcome;

Outcome main_of(std::initializer_list<Outcome> outcomes) {
    std::vector<ItemReply> items;
    for (Outcome const outcome : outcomes) items.push_back({outcome, {}, {}, {}, {}});
    return main_outcome(items);
}

TEST(MainOutcome, IsTheFirstInTheOrderOfTheReport) {
    EXPECT_EQ(main_of({O::NotHeld}), O::NotHeld);
    EXPECT_EQ(main_of({O::NotHeld, O::Disclosed}), O::Disclosed);
    EXPECT_EQ(main_of({O::Petition, O::RefusedInternal, O::NotHeld}), O::RefusedInternal);
    EXPECT_EQ(main_of({O::Other, O::Repeated, O::NotOurAgency}), O::NotOurAgency);
}

/// 条例第三十七条.
TEST(MainOutcome, IsPartialWhereOneIsDisclosedAndAnotherRefused) {
    EXPECT_EQ(main_of({O::Disclosed, O::RefusedSecret}), O::Partial);
    EXPECT_EQ(main_of({O::NotHeld, O::Partial}), O::Partial);
    EXPECT_EQ(main_of({O::Disclosed, O::NotHeld}), O::Disclosed) << "no part was refused";
}

TEST(MainOutcome, IsOneTheProcedureAccepts) {
    for (auto const& one : kOutcomes) {
        for (auto const& other : kOutcomes) {
            if (!rule_of(one.value).drafted || !rule_of(other.value).drafted) continue;
            auto const chosen = main_of({one.value, other.value});
            EXPECT_TRUE(chosen == O::Partial || chosen == one.value || chosen == other.value);
            EXPECT_EQ(chosen, main_of({other.value, one.value})) << "in whatever order they stand";
        }
    }
}

}  // namespace
}  // namespace workflow
