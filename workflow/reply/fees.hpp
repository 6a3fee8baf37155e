#pragma once

#include "workflow/cases/intake_payloads.hpp"

#include <cstdint>
#include <vector>

namespace workflow {

/// Money in 分.
using Fen = std::int64_t;

/// 信息处理费 (条例第四十二条, 国办函〔2020〕109号 第三至五条). A request is charged by piece or by page, never by
/// both.

/// Pieces of one applicant in one natural month that cost nothing (109号第三条).
inline constexpr int kFreePieces = 10;

/// The fee for the n-th piece of one applicant in one natural month. REQUIRES: n >= 1.
Fen fee_of_piece(int n);

/// The fee for the first n pieces of one applicant in one natural month. REQUIRES: n >= 0.
Fen fee_of_pieces(int n);

/// The fee for n pages of one piece; pages of different pieces are not added up. REQUIRES: n >= 0.
Fen fee_of_pages(int n);

/// Pieces or pages, from one to another, that the same step of the tariff charges.
struct FeeStep {
    int first;
    int last;
    int from;   ///< where the step of the tariff begins
    int until;  ///< and ends; 0 where it has no end
    Fen each;   ///< for one of them

    Fen sum() const { return (last - first + 1) * each; }
    bool operator==(FeeStep const&) const = default;
};

/// What the notice charges, step by step (收费标准).
std::vector<FeeStep> steps_of(FeeNotice const& notice);

/// The sum of its steps.
Fen amount_of(FeeNotice const& notice);

}  // namespace workflow
