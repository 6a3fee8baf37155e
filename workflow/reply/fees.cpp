#include "workflow/reply/fees.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace workflow {

namespace {

constexpr Fen kYuan = 100;

/// Pieces or pages from the one after `above` on cost `each`, up to where the next band begins.
struct Band {
    int above;
    Fen each;
};

// 按件 (109号第三条). Beyond the table every further block of 10 pieces costs 100 元 more for each piece.
constexpr std::array kPieceBands{Band{0, 0}, Band{kFreePieces, 100 * kYuan}, Band{30, 200 * kYuan}};
constexpr int kPieceBlock = 10;
constexpr Fen kPieceStep = 100 * kYuan;

// 按量 (109号第五条): a page is one side of up to A4.
constexpr std::array kPageBands{Band{0, 0}, Band{30, 10 * kYuan}, Band{100, 20 * kYuan}, Band{200, 40 * kYuan}};

/// The step of the tariff in which the n-th piece of the month lies, for this piece alone.
FeeStep step_of_piece(int n) {
    int const top = kPieceBands.back().above;
    if (n > top) {
        int const block = top + (n - top - 1) / kPieceBlock * kPieceBlock;
        return {n, n, block + 1, block + kPieceBlock, fee_of_piece(n)};
    }
    auto const next = std::ranges::lower_bound(kPieceBands, n, {}, &Band::above);
    return {n, n, std::prev(next)->above + 1, next == kPieceBands.end() ? top : next->above, fee_of_piece(n)};
}

}  // namespace

Fen fee_of_piece(int n) {
    Band const& last = kPieceBands.back();
    if (n > last.above) return last.each + (n - last.above - 1) / kPieceBlock * kPieceStep;
    auto const next = std::ranges::lower_bound(kPieceBands, n, {}, &Band::above);
    return std::prev(next)->each;
}

Fen fee_of_pieces(int n) {
    Fen total = 0;
    for (int piece = 1; piece <= n; ++piece) total += fee_of_piece(piece);
    return total;
}

Fen fee_of_pages(int n) {
    Fen total = 0;
    for (std::size_t i = 0; i < kPageBands.size(); ++i) {
        int const end = i + 1 < kPageBands.size() ? std::min(n, kPageBands[i + 1].above) : n;
        total += std::max(0, end - kPageBands[i].above) * kPageBands[i].each;
    }
    return total;
}

std::vector<FeeStep> steps_of(FeeNotice const& notice) {
    std::vector<FeeStep> steps;
    if (notice.basis == FeeBasis::PerItem) {
        for (int piece = notice.quantity; piece <= notice.last_piece();) {
            FeeStep step = step_of_piece(piece);
            step.last = std::min(step.until, notice.last_piece());
            steps.push_back(step);
            piece = step.last + 1;
        }
        return steps;
    }
    for (std::size_t i = 0; i < kPageBands.size() && notice.quantity > kPageBands[i].above; ++i) {
        int const until = i + 1 < kPageBands.size() ? kPageBands[i + 1].above : 0;
        int const last = until == 0 ? notice.quantity : std::min(until, notice.quantity);
        steps.push_back({kPageBands[i].above + 1, last, kPageBands[i].above + 1, until, kPageBands[i].each});
    }
    return steps;
}

Fen amount_of(FeeNotice const& notice) {
    Fen sum = 0;
    for (FeeStep const& step : steps_of(notice)) sum += step.sum();
    return sum;
}

}  // namespace workflow
