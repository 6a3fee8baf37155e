#include "workflow/reply/fees.hpp"

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

}  // namespace
}  // namespace workflow
