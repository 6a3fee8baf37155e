#pragma once

#include "workflow/words/card_words.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/outcomes.hpp"
#include "workflow/words/vocabulary.hpp"

#include <optional>
#include <string>
#include <vector>

namespace workflow {

/// What the law leaves to each agency. Defaults are ours; an agency's own values are master data.
struct AgencyPolicy {
    OnlineReceipt online_receipt = OnlineReceipt::OnSubmission;
    int correction_days = 15;   ///< working days given for a correction: 条例第三十条 says 合理期限
    bool fees_enabled = false;  ///< 条例第四十二条: 可以收取
    std::vector<CardThreshold> card_thresholds = {};  ///< where they differ from the usual ones
    std::vector<OutcomeReading> outcome_readings =
        {};  ///< where the law says nothing expressly and ours is not followed
    // 缴纳方式 (国办函〔2020〕109号第六条), as the fee notice names it.
    std::optional<std::string> fee_payee = {};
    std::optional<std::string> fee_account = {};  ///< bank and account number
    std::optional<std::string> fee_code = {};     ///< 缴款码, or where to get one

    /// Without it no fee notice goes out: nobody could pay.
    bool says_how_to_pay() const { return fee_payee && (fee_account || fee_code); }
    /// 缴纳方式 as letters name it; empty while it is not said.
    std::string how_to_pay() const {
        if (!says_how_to_pay()) return {};
        std::string words = "收款单位：" + *fee_payee;
        if (fee_account) words.append("；开户银行和账号：").append(*fee_account);
        if (fee_code) words.append("；缴款码：").append(*fee_code);
        return words;
    }
    bool operator==(AgencyPolicy const&) const = default;
};

/// The reasonable period of 条例第三十条, in working days: our range.
inline constexpr int kShortestCorrection = 5;
inline constexpr int kLongestCorrection = 30;

/// 好差评: natural days after the case is concluded in which an applicant may rate.
inline constexpr int kRatingWindowDays = 30;

/// Working days between the signing of a reply that discloses against a third party's objection, when the third party
/// is told, and its dispatch: time to ask a court to stop it (条例第三十二条).
inline constexpr int kHoldForThirdParty = 5;
/// Natural days after a rating in which its author may add to it, once.
inline constexpr int kAdditionWindowDays = 30;
/// The two lowest of the five marks are 差评: each opens a procedure (国办发〔2019〕51号).
inline constexpr int kBadScore = 2;

/// Characters of the shortest reason that a reply may give.
inline constexpr int kShortestReason = 10;

constexpr auto fields(std::type_identity<AgencyPolicy>) {
    using T = AgencyPolicy;
    return std::tuple{
        field("online_receipt", &T::online_receipt, "网上申请的收到日期"),
        field("correction_days", &T::correction_days, "补正期限（工作日）", {kShortestCorrection, kLongestCorrection}),
        field("fees_enabled", &T::fees_enabled, "收取信息处理费"),
        field("card_thresholds", &T::card_thresholds, "红黄牌的数字（没有列出的按通用数字）", {0, kCardCauses.size()}),
        field(
            "outcome_readings",
            &T::outcome_readings,
            "法律没有明文的办理结果，本机关引用的依据和表三的行",
            {0, kOutcomes.size()}
        ),
        field("fee_payee", &T::fee_payee, "信息处理费的收款单位", {2, kShortText}),
        field("fee_account", &T::fee_account, "信息处理费的开户银行和账号", {4, kShortText}),
        field("fee_code", &T::fee_code, "信息处理费的缴款码，或者取得缴款码的方式", {4, kShortText})};
}

}  // namespace workflow
