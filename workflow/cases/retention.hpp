#pragma once

#include "workflow/cases/case.hpp"

#include <algorithm>

/// How long a case is kept (档案). The agency's approved 保管期限表 prevails over these proposals.
namespace workflow {

inline constexpr int kUsualRetention = 10;     ///< years: 定期 10 年
inline constexpr int kDisputedRetention = 30;  ///< years: 定期 30 年, for cases that went to review or to court

constexpr int proposed_retention(Case const& c) { return c.disputes.empty() ? kUsualRetention : kDisputedRetention; }

/// The last day of the term: it is counted from the first of January after the year in which the case was concluded.
/// Nullopt while the case is not archived, and while a dispute about it is open.
inline std::optional<Date> keep_until(Case const& c) {
    bool const disputed = std::ranges::any_of(c.disputes, [](Dispute const& dispute) { return !dispute.end; });
    if (!c.archive || !c.concluded_on || disputed) return std::nullopt;
    std::chrono::year const last{year_of(*c.concluded_on) + c.archive->retention_years};
    return Date{last / std::chrono::December / 31};
}

}  // namespace workflow
