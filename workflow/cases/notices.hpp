#pragma once

#include "workflow/time/clock.hpp"
#include "workflow/words/actions.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The letters that change a clock: one table. What they tell the applicant counts from the day on which they are
/// handed over or posted (国办公开办函〔2016〕235号第四条), not from the day on which they were decided.
namespace workflow {

// clang-format off

/// The codes are those of the letters (letters.hpp).
enum class NoticeKind : std::uint8_t { Correction, Explanation, Extension, Deferral, Fee };
inline constexpr std::array kNoticeKinds{
    Term{NoticeKind::Correction,  "correction_notice",  "补正告知书"},
    Term{NoticeKind::Explanation, "explanation_notice", "说明理由告知书"},
    Term{NoticeKind::Extension,   "extension_notice",   "延期答复告知书"},
    Term{NoticeKind::Deferral,    "deferral",           "延迟答复告知书"},
    Term{NoticeKind::Fee,         "fee_notice",         "收费通知书"},
};
constexpr auto const& terms(NoticeKind) { return kNoticeKinds; }
static_assert(is_well_formed<NoticeKind>());

struct NoticeRule {
    NoticeKind kind;
    Action decided_by;                         ///< the step that makes it
    std::optional<ClockEventType> counts_as;   ///< what its dispatch tells the clock
    DeadlineKind limit;                        ///< it goes out on the last day of this one at the latest
    std::optional<State> waits_in;             ///< where the case waits for what it asks of the applicant
    std::optional<Action> answered_by;         ///< the step that records the answer
    std::string_view article;
};
inline constexpr std::array kNoticeRules{
    NoticeRule{NoticeKind::Correction,  Action::RequestCorrection,  ClockEventType::CorrectionRequested, DeadlineKind::CorrectionNotice, State::Correcting,      Action::RecordCorrection,  "条例第三十条"},
    NoticeRule{NoticeKind::Explanation, Action::RequestExplanation, std::nullopt,                        DeadlineKind::Reply,            State::Explaining,      Action::RecordExplanation, "条例第三十五条"},
    NoticeRule{NoticeKind::Extension,   Action::ApproveExtension,   ClockEventType::Extended,            DeadlineKind::Reply,            std::nullopt,           std::nullopt,              "条例第三十三条"},
    NoticeRule{NoticeKind::Deferral,    Action::Defer,              ClockEventType::Deferred,            DeadlineKind::Reply,            std::nullopt,           std::nullopt,              "条例第三十五条"},
    NoticeRule{NoticeKind::Fee,         Action::NotifyFee,          ClockEventType::FeeNotified,         DeadlineKind::Reply,            State::AwaitingPayment, Action::RecordPayment,     "条例第四十二条"},
};
// clang-format on
static_assert(kNoticeRules.size() == kNoticeKinds.size() && is_in_order(kNoticeRules, &NoticeRule::kind));
constexpr NoticeRule const& rule_of(NoticeKind kind) { return kNoticeRules[static_cast<std::size_t>(kind)]; }

/// The notice of which `member` of its rule is `value`; null where none is.
template <typename T>
constexpr NoticeRule const* notice_where(T NoticeRule::*member, T const& value) {
    auto const found = std::ranges::find(kNoticeRules, value, member);
    return found == kNoticeRules.end() ? nullptr : &*found;
}

/// 送出文书: how and on which day a notice went out.
struct NoticeDispatch {
    NoticeKind letter{};
    ObtainBy method{};
    Date dispatched_on{};
    std::optional<Code> tracking_number;  ///< required by post: 邮政企业 only (国办公开办函〔2016〕235号第二条)
    std::optional<std::string> recipient;   ///< who signed for it, or the number that took the fax
    std::optional<std::string> fax_report;  ///< of the transmission: its number, or the file that holds it
    std::optional<Date> limit;              ///< the last day on which it could go out
    bool late = false;                      ///< it went out after that day: recorded, and it lengthens nothing
    std::optional<Date> reply_by;           ///< of a correction notice that names no day: its last day, until served
    bool operator==(NoticeDispatch const&) const = default;
};

constexpr auto fields(std::type_identity<NoticeDispatch>) {
    using T = NoticeDispatch;
    return std::tuple{
        field("letter", &T::letter, "文书"),
        field("method", &T::method, "送出方式"),
        field("dispatched_on", &T::dispatched_on, "送出日期", {.when = When::Effect}),
        field("tracking_number", &T::tracking_number, "邮政单号", {6, 40}),
        field("recipient", &T::recipient, "收件人或签收人", {2, kShortText}),
        field("fax_report", &T::fax_report, "传真发送报告（编号，或者附件的名称）", {2, kShortText}),
        field("limit", &T::limit, "最迟送出日期", {.given = true}),
        field("late", &T::late, "超期送出", {.given = true}),
        field("reply_by", &T::reply_by, "申请人的期限", {.given = true})};
}

}  // namespace workflow
