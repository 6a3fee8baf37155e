#include "storage/search/similar_requests.hpp"

#include "tests/storage/city.hpp"

#include <algorithm>
#include <array>

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

class SimilarRequestsTest : public City {
protected:
    storage::SimilarRequests like(workflow::Application const& form, std::string_view id = {}) {
        return storage::find_similar_requests(
            *reader_,
            store_->vault(),
            {form.applicant, form.items, form.agency, workflow::parse_date("2026-03-20").value(), id},
            10
        );
    }
};

TEST_P(SimilarRequestsTest, FindsTextsOnBothSidesOfTheIndex) {
    std::vector<std::string> ids;
    for (int i = 0; i < 130; ++i) ids.push_back(submitted("2026-03-02"));  // the first 128 are in the index already
    auto const found = like(form());
    ASSERT_EQ(found.cases.size(), 10U);
    EXPECT_EQ(found.cases[0].id, ids.back()) << "of equals the later";
    EXPECT_TRUE(found.cases[0].same_applicant);
    EXPECT_EQ(found.piece_of_month, 131);
}

TEST_P(SimilarRequestsTest, LooksOnlyIntoTheAgencysCases) {
    submitted("2026-03-02", form(kLow));
    EXPECT_TRUE(like(form()).cases.empty());
    EXPECT_EQ(like(form()).piece_of_month, 1);
}

TEST_P(SimilarRequestsTest, ARequestIsNotLikeItself) {
    auto const id = submitted("2026-03-02");
    EXPECT_TRUE(like(form(), id).cases.empty());
}

TEST_P(SimilarRequestsTest, AnotherNumberIsAnotherApplicant) {
    submitted("2026-03-02");
    auto other = form();
    other.applicant.id_number = "430502200412310029";
    auto const found = like(other);
    ASSERT_EQ(found.cases.size(), 1U);
    EXPECT_FALSE(found.cases[0].same_applicant) << "the same name is not the same person";
}

struct Asked {
    std::string_view text;
    std::string_view name;  ///< of the item that comes first; empty: none
};

TEST(Catalogue, FindsWhatPeopleAskFor) {
    constexpr std::array kAsked{
        Asked{"2025年石桥村第二批次建设用地的征地补偿安置方案及公告", "征地补偿安置公告"},
        Asked{"我家房子的《一书四方案》复印件", "一书四方案"},
        Asked{"兴隆路片区房屋拆迁补偿标准是多少", "房屋征收补偿方案"},
        Asked{"南屏垃圾焚烧厂的环境影响报告书批复文件", "环境影响评价审批"},
        Asked{"石桥街道２０２５年低保对象名单", "最低生活保障"},
        Asked{"市财政局2024年“三公”经费支出明细", "“三公”经费"},
        Asked{"城区小学学区划分方案", "招生政策和学区划分"},
        Asked{"我与邻居2019年的调解笔录", ""},
        Asked{"请公开张某某的结婚登记档案", ""},
        Asked{"", ""},
    };
    for (auto const& [text, name] : kAsked) {
        auto const found = storage::find_in_catalogue(text, 3);
        EXPECT_EQ(found.empty() ? "" : found.front().item->name, name) << text;
        EXPECT_LE(found.size(), 3U);
    }
}

TEST(Catalogue, EveryItemIsFoundByItsNames) {
    for (auto const& item : workflow::catalogue()) {
        auto const found = storage::find_in_catalogue("请公开本村" + std::string(item.name) + "的文件。", 20);
        auto const same = [&](storage::CatalogueMatch const& match) {
            return match.item == &item && match.score == 100;
        };
        EXPECT_TRUE(std::ranges::any_of(found, same)) << item.name;
    }
}

RUN_ON_EACH_DATABASE(SimilarRequestsTest);

}  // namespace
