#include "workflow/words/vocabulary.hpp"

#include "workflow/cases/case.hpp"
#include "workflow/words/actions.hpp"
#include "workflow/words/outcomes.hpp"
#include "workflow/words/publication.hpp"
#include "workflow/words/roles.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace workflow {
namespace {

template <typename E>
class Words : public testing::Test {};

using Vocabularies = testing::Types<
    Stage,
    State,
    Channel,
    ApplicantKind,
    ProvideAs,
    ObtainBy,
    OnlineReceipt,
    SearchPlace,
    Stance,
    NoOpinion,
    FeeBasis,
    DeliveryResult,
    DisputeKind,
    DisputeResult,
    CardLevel,
    CardCause,
    CardState,
    CardResult,
    Action,
    Role,
    Outcome,
    Limb,
    Remedy,
    Evidence,
    ApprovalStep,
    ConsultationKind,
    PublicationCategory>;
TYPED_TEST_SUITE(Words, Vocabularies);

TYPED_TEST(Words, ReadBackFromTheirCode) {
    for (auto const& term : terms(TypeParam{})) EXPECT_EQ(parse<TypeParam>(code(term.value)), term.value) << term.code;
    EXPECT_EQ(parse<TypeParam>("no such word"), std::nullopt);
    EXPECT_EQ(parse<TypeParam>(""), std::nullopt);
}

TYPED_TEST(Words, HaveCodesInLowerSnakeCase) {
    for (auto const& term : terms(TypeParam{})) {
        EXPECT_EQ(term.code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789"), std::string_view::npos)
            << term.code;
    }
}

TYPED_TEST(Words, HaveLabelsThatTellThemApart) {
    auto const& table = terms(TypeParam{});
    for (auto const& term : table)
        EXPECT_EQ(std::ranges::count(table, term.label, [](auto const& t) { return t.label; }), 1);
}

TEST(Stages, FollowEachOther) {
    EXPECT_EQ(stage_of(State::Submitted), Stage::Registration);
    EXPECT_EQ(stage_of(State::AwaitingPayment), Stage::Review);
    EXPECT_EQ(stage_of(State::Approving), Stage::Handling);
    EXPECT_EQ(stage_of(State::Lapsed), Stage::Reply);
    EXPECT_EQ(stage_of(State::Archived), Stage::Archive);
    EXPECT_TRUE(std::ranges::is_sorted(kStateRules, {}, &StateRule::stage));
}

TEST(DeliveryResults, OnlyWhatArrivedIsServed) {
    EXPECT_TRUE(is_service(DeliveryResult::Signed) && is_service(DeliveryResult::Accepted));
    EXPECT_FALSE(is_service(DeliveryResult::Refused) || is_service(DeliveryResult::Returned));
}

}  // namespace
}  // namespace workflow
