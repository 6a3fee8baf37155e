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

}  // namespace workflow
