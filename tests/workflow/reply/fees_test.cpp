#include "workflow/reply/fees.hpp"

#include "workflow/cases/policy.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace workflow {
namespace {

constexpr Fen kYuan = 100;

// The sums of 140, 420, 610, 54700 and 83460 元 stand in real notices.
TEST(Fees, ByPiece) {
    struct Row {
        int n;
        Fen piece, total;
    };
    for (auto const& [n, piece, total] :
         {Row{1, 0, 0},
          Row{10, 0, 0},
          Row{11, 100, 100},
          Row{30, 100, 2000},
          Row{31, 200, 2200},
          Row{40, 200, 4000},
          Row{41, 300, 4300},
          Row{51, 400, 7400},
          Row{100, 800, 37000},
          Row{101, 900, 37900}}) {
        EXPECT_EQ(fee_of_piece(n), piece * kYuan) << n;
        EXPECT_EQ(fee_of_pieces(n), total * kYuan) << n;
    }
    EXPECT_EQ(fee_of_pieces(0), 0);
}

TEST(Fees, ByPage) {
    for (auto const& [n, yuan] :
         {std::pair{0, 0},
          {30, 0},
          {31, 10},
          {44, 140},
          {72, 420},
          {91, 610},
          {100, 700},
          {101, 720},
          {200, 2700},
          {201, 2740},
          {1500, 54700},
          {2219, 83460}})
        EXPECT_EQ(fee_of_pages(n), yuan * kYuan) << n;
}

TEST(Fees, AgreeWithTheFormulasOfTheTariff) {
    for (int n = 1; n <= 500; ++n) {
        EXPECT_EQ(fee_of_piece(n), kYuan * (n <= 10 ? 0 : n <= 30 ? 100 : 100 * ((n - 31) / 10 + 2))) << n;
        int const pages = 10 * std::max(0, std::min(n, 100) - 30) + 20 * std::max(0, std::min(n, 200) - 100) +
                          40 * std::max(0, n - 200);
        EXPECT_EQ(fee_of_pages(n), pages * kYuan) << n;
    }
}

/// 109号第四条: one form that was split pays for each of its pieces.
TEST(Fees, OfAFormThatWasSplitEveryPieceIsCharged) {
    FeeNotice notice{FeeBasis::PerItem, 9, "", {}, 0, 5};
    EXPECT_EQ(steps_of(notice), (std::vector<FeeStep>{{9, 10, 1, 10, 0}, {11, 13, 11, 30, 100 * kYuan}}));
    EXPECT_EQ(amount_of(notice), 300 * kYuan);
    notice = {FeeBasis::PerItem, 29, "", {}, 0, 13};
    EXPECT_EQ(
        steps_of(notice),
        (std::vector<FeeStep>{
            {29, 30, 11, 30, 100 * kYuan}, {31, 40, 31, 40, 200 * kYuan}, {41, 41, 41, 50, 300 * kYuan}})
    );
    EXPECT_EQ(amount_of(notice), 2500 * kYuan);
}

TEST(Fees, TheStepsAddUpToTheTariff) {
    for (int first = 1; first <= 70; ++first) {
        for (int pieces = 1; pieces <= 40; ++pieces)
            EXPECT_EQ(
                amount_of({FeeBasis::PerItem, first, "", {}, 0, pieces}),
                fee_of_pieces(first + pieces - 1) - fee_of_pieces(first - 1)
            ) << first
              << ' ' << pieces;
        EXPECT_EQ(amount_of({FeeBasis::PerItem, first, "", {}, 0, {}}), fee_of_piece(first)) << first;
    }
    for (int pages = 1; pages <= 300; ++pages)
        EXPECT_EQ(amount_of({FeeBasis::PerPage, pages, "", {}, 0, {}}), fee_of_pages(pages)) << pages;
}

TEST(Fees, NobodyIsToldHowToPayByHalf) {
    AgencyPolicy policy;
    EXPECT_EQ(policy.how_to_pay(), "");
    policy.fee_payee = "示范市财政局";
    EXPECT_EQ(policy.how_to_pay(), "");
    policy.fee_code = "430500001";
    EXPECT_EQ(policy.how_to_pay(), "收款单位：示范市财政局；缴款码：430500001");
}

}  // namespace
}  // namespace workflow
