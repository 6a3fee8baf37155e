#pragma once

#include "workflow/cases/reply_payloads.hpp"

#include <algorithm>
#include <span>
#include <utility>

/// The one outcome of a case whose items have outcomes of their own.
namespace workflow {

/// 条例第三十七条: an item is 部分公开, or one is disclosed and another refused under 第十四条至第十六条.
inline bool is_partial_as_a_whole(std::span<ItemReply const> items) {
    auto const has = [&](auto&& test) { return std::ranges::any_of(items, test, &ItemReply::outcome); };
    return has([](Outcome o) { return o == Outcome::Partial; }) || (has(discloses) && has(refuses));
}

/// What is proposed to the officer: 部分公开 where it has to be, else the first in the order of 表三: 予以公开,
/// 不予公开, 无法提供, 不予处理, 其他处理. REQUIRES: one item at least.
inline Outcome main_outcome(std::span<ItemReply const> items) {
    if (is_partial_as_a_whole(items)) return Outcome::Partial;
    auto const place = [](ItemReply const& item) { return std::pair(rule_of(item.outcome).table3_row, item.outcome); };
    return std::ranges::min(items, {}, place).outcome;
}

}  // namespace workflow
