#pragma once

#include "workflow/fields.hpp"
#include "workflow/vocabulary.hpp"

namespace workflow {

/// What the law leaves to each agency. Defaults are ours; an agency's own values are master data.
struct AgencyPolicy {
    OnlineReceipt online_receipt = OnlineReceipt::OnSubmission;
    int correction_days = 15;   ///< working days given for a correction: 条例第三十条 says 合理期限
    bool fees_enabled = false;  ///< 条例第四十二条: 可以收取
    bool operator==(AgencyPolicy const&) const = default;
};

/// The reasonable period of 条例第三十条, in working days: our range.
inline constexpr int kShortestCorrection = 5;
inline constexpr int kLongestCorrection = 30;

/// 好差评: natural days after dispatch in which an applicant may rate.
inline constexpr int kRatingWindowDays = 30;

/// A reason shorter than this many characters explains nothing.
inline constexpr int kShortestReason = 10;

constexpr auto fields(std::type_identity<AgencyPolicy>) {
    using T = AgencyPolicy;
    return std::tuple{
        field("online_receipt", &T::online_receipt, "网上申请的收到日期"),
        field("correction_days", &T::correction_days, "补正期限(工作日)", {kShortestCorrection, kLongestCorrection}),
        field("fees_enabled", &T::fees_enabled, "收取信息处理费")};
}

}  // namespace workflow
