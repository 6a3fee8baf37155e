#include "storage/likeness.hpp"

#include "city.hpp"

namespace {

using storage::Resemblance;

TEST(Resemblance, WhatSharesMoreRarePairsComesFirst) {
    Resemblance text(100);
    text.add({1, 2, 3});
    text.add({1, 2});
    text.add({1});
    text.add({1, 2, 3});
    auto const found = text.ranked();
    ASSERT_EQ(found.size(), 2U) << "fewer than three pairs in common are an accident";
    EXPECT_EQ(found[0].row, 1);
    EXPECT_EQ(found[0].score, 100);
    EXPECT_EQ(found[1].row, 2);
    EXPECT_LT(found[1].score, 100);
}

TEST(Resemblance, WhatTooManyHaveTellsNothing) {
    Resemblance text(10'000);
    text.add(std::vector<std::int64_t>(Resemblance::kTooCommon, 7));
    EXPECT_TRUE(text.ranked().empty());
}

TEST(Resemblance, AShortTextIsFoundByAllItHas) {
    Resemblance text(10);
    text.add({4});
    ASSERT_EQ(text.ranked().size(), 1U);
    EXPECT_EQ(text.ranked()[0].row, 4);
}

class LikenessTest : public City {
protected:
    storage::Likeness like(workflow::Application const& form, std::string_view id = {}) {
        return storage::find_likeness(
            *reader_,
            store_->vault(),
            {form.applicant, form.items, form.agency, workflow::parse_date("2026-03-20").value(), id},
            10
        );
    }
};

TEST_F(LikenessTest, FindsTextsOnBothSidesOfTheIndex) {
    std::vector<std::string> ids;
    for (int i = 0; i < 130; ++i) ids.push_back(submitted("2026-03-02"));  // the first 128 are in the index already
    auto const found = like(form());
    ASSERT_EQ(found.cases.size(), 10U);
    EXPECT_EQ(found.cases[0].id, ids.back()) << "of equals the later";
    EXPECT_TRUE(found.cases[0].same_applicant);
    EXPECT_EQ(found.piece_of_month, 131);
}

TEST_F(LikenessTest, LooksOnlyIntoTheAgencysCases) {
    submitted("2026-03-02", form(kLow));
    EXPECT_TRUE(like(form()).cases.empty());
    EXPECT_EQ(like(form()).piece_of_month, 1);
}

TEST_F(LikenessTest, ARequestIsNotLikeItself) {
    auto const id = submitted("2026-03-02");
    EXPECT_TRUE(like(form(), id).cases.empty());
}

TEST_F(LikenessTest, AnotherNumberIsAnotherApplicant) {
    submitted("2026-03-02");
    auto other = form();
    other.applicant.id_number = "430502200412310029";
    auto const found = like(other);
    ASSERT_EQ(found.cases.size(), 1U);
    EXPECT_FALSE(found.cases[0].same_applicant) << "the same name is not the same person";
}

}  // namespace
