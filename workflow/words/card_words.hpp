#pragma once

#include "workflow/words/fields.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>

/// The words of 红黄牌 beside its levels (vocabulary.hpp). What each cause means stands in cards.hpp.
namespace workflow {

// clang-format off

enum class CardCause : std::uint8_t {
    ReplyNear, ReviewSlow, CoOpinionSlow, HandlingSlow, ChecksSlow, SigningSlow, DispatchSlow, ReplyDue, Unread, CorrectionWindow,
    ReplyLate, ReplyVeryLate, DisputedUnanswered, RepeatedRed,
    LetterLate
};
inline constexpr std::array kCardCauses{
    Term{CardCause::ReplyNear,          "reply_near",          "临近答复期限"},
    Term{CardCause::ReviewSlow,         "review_slow",         "审核分办超过内部时限"},
    Term{CardCause::CoOpinionSlow,      "co_opinion_slow",     "协办意见超过内部时限"},
    Term{CardCause::HandlingSlow,       "handling_slow",       "承办意见超过内部时限"},
    Term{CardCause::ChecksSlow,         "checks_slow",         "审查审核超过内部时限"},
    Term{CardCause::SigningSlow,        "signing_slow",        "签发超过内部时限"},
    Term{CardCause::DispatchSlow,       "dispatch_slow",       "送达超过内部时限"},
    Term{CardCause::ReplyDue,           "reply_due",           "答复期限将满"},
    Term{CardCause::Unread,             "unread",              "网上申请无人登记"},
    Term{CardCause::CorrectionWindow,   "correction_window",   "告知补正期限将满"},
    Term{CardCause::ReplyLate,          "reply_late",          "超过答复期限"},
    Term{CardCause::ReplyVeryLate,      "reply_very_late",     "严重超过答复期限"},
    Term{CardCause::DisputedUnanswered, "disputed_unanswered", "超期未答复引起复议诉讼"},
    Term{CardCause::RepeatedRed,        "repeated_red",        "本机关30日内再次红牌"},
    Term{CardCause::LetterLate,         "letter_late",         "文书送出超期"},
};
constexpr auto const& terms(CardCause) { return kCardCauses; }

/// Where a card stands.
enum class CardState : std::uint8_t { Open, Lifted, Closed, Revoked };
inline constexpr std::array kCardStates{
    Term{CardState::Open,    "open",    "处理中"},
    Term{CardState::Lifted,  "lifted",  "事由已消除"},
    Term{CardState::Closed,  "closed",  "已办结"},
    Term{CardState::Revoked, "revoked", "已撤销"},
};
constexpr auto const& terms(CardState) { return kCardStates; }

/// 处理结果 of a red card.
enum class CardResult : std::uint8_t { Rectified, Criticised, HeldToAccount, Referred };
inline constexpr std::array kCardResults{
    Term{CardResult::Rectified,     "rectified",       "已整改到位"},
    Term{CardResult::Criticised,    "criticised",      "批评教育"},
    Term{CardResult::HeldToAccount, "held_to_account", "追究责任"},
    Term{CardResult::Referred,      "referred",        "移送纪检监察机关"},
};
constexpr auto const& terms(CardResult) { return kCardResults; }

// clang-format on

static_assert(is_well_formed<CardCause>() && is_well_formed<CardState>() && is_well_formed<CardResult>());

/// The highest number an agency may set: one working day less than 条例第三十三条 gives.
inline constexpr int kHighestCardThreshold = 19;

/// An agency's own number in place of the usual one of a cause (rule_of() in cards.hpp has its meaning).
struct CardThreshold {
    CardCause cause{};
    int days = 0;
    bool operator==(CardThreshold const&) const = default;
};

constexpr auto fields(std::type_identity<CardThreshold>) {
    using T = CardThreshold;
    return std::tuple{
        field("cause", &T::cause, "事由"), field("days", &T::days, "工作日或次数", {0, kHighestCardThreshold})};
}

}  // namespace workflow
