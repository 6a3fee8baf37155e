#pragma once

#include "workflow/words/outcomes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

/// What a reply says under each outcome that an officer may choose: one row each.
namespace workflow {

struct AnswerText {
    Outcome outcome;
    bool enclosed;           ///< the information itself goes with the letter
    std::string_view usual;  ///< 答复正文 to begin with, for whoever drafts
    /// The answer to one item, sentence by sentence. {limb}, {reference}, {reason} and {separation} are members of the
    /// item; a sentence that names what the item does not give is left out.
    std::array<std::string_view, 4> sentences;
};

namespace answer {
inline constexpr std::string_view kInseparable = "经审查，该信息不能作区分处理：{separation}。";
inline constexpr std::string_view kLimb = "该信息属于“{limb}”的情形。";
inline constexpr std::string_view kReason = "理由：{reason}。";
}  // namespace answer

// clang-format off
inline constexpr auto kAnswerTexts = [] {
    using namespace answer;
    return std::array{
    AnswerText{Outcome::Disclosed, true, "经审查，您申请的信息属于可以公开的政府信息，现提供给您。",
        {"本机关决定予以公开：{reference}。", kReason}},
    AnswerText{Outcome::AlreadyPublic, false, "您申请的信息已经主动公开，您可以按下列方式和途径获取。",
        {"该信息已经主动公开，获取的方式和途径是：{reference}。"}},
    AnswerText{Outcome::Partial, true, "您申请的信息中含有不应当公开的内容，能够作区分处理，现将可以公开的内容提供给您。",
        {"该信息含有不应当公开的内容，能够作区分处理，本机关决定部分公开：{reference}。", "不予公开的部分属于“{limb}”的情形。", kReason}},
    AnswerText{Outcome::RefusedSecret, false, "您申请的信息已依法确定为国家秘密，本机关不予公开。",
        {"本机关决定不予公开。", kLimb, kReason, kInseparable}},
    AnswerText{Outcome::RefusedLaw, false, "您申请的信息属于法律、行政法规禁止公开的信息，本机关不予公开。",
        {"本机关决定不予公开。", "该信息属于“{limb}”的情形，禁止公开的规定是：{reference}。", kReason, kInseparable}},
    AnswerText{Outcome::RefusedSafety, false, "您申请的信息公开后可能危及国家安全、公共安全、经济安全或者社会稳定，本机关不予公开。",
        {"本机关决定不予公开。", kLimb, kReason, kInseparable}},
    AnswerText{Outcome::RefusedThirdParty, false, "您申请的信息涉及第三方合法权益，经书面征求意见并审查，本机关不予公开。",
        {"本机关已书面征求第三方意见，决定不予公开。", kLimb, kReason, kInseparable}},
    AnswerText{Outcome::RefusedInternal, false, "您申请的信息属于本机关内部事务信息，本机关决定不予公开。",
        {"本机关决定不予公开。", "该信息属于内部事务信息中的“{limb}”。", kReason, kInseparable}},
    AnswerText{Outcome::RefusedProcess, false, "您申请的信息属于过程性信息，本机关决定不予公开。",
        {"本机关决定不予公开。", "该信息属于过程性信息中的“{limb}”，所处程序和阶段：{reference}。", kReason, kInseparable}},
    AnswerText{Outcome::RefusedEnforcement, false, "您申请的信息属于行政执法案卷信息，本机关决定不予公开。",
        {"本机关决定不予公开。", "该信息属于“{limb}”：{reference}。", kReason, kInseparable}},
    AnswerText{Outcome::SpecialLaw, false, "法律、行政法规对您申请的信息的获取另有规定，请依照该规定办理。",
        {"法律、行政法规对该信息的获取有特别规定，请依照规定办理：{reference}。", kReason}},
    AnswerText{Outcome::NotHeld, false, "经检索，本机关没有制作或者获取您申请的信息，该信息不存在。",
        {"经检索，本机关没有该信息，该政府信息不存在。", kReason}},
    AnswerText{Outcome::NotOurAgency, false, "您申请的信息不由本机关负责公开。",
        {"该信息不属于本机关负责公开（{limb}）。", kReason, "负责公开的机关及其联系方式：{reference}。"}},
    AnswerText{Outcome::NeedsProcessing, false, "您申请的信息没有现成的，需要本机关对现有政府信息进行加工、分析，本机关不予提供。",
        {"提供该信息需要对现有政府信息进行加工、分析，本机关不予提供。", kReason, "可以提供的现有信息：{reference}。"}},
    AnswerText{Outcome::StillUnclear, false, "您补正后的申请内容仍不明确，本机关无法提供。",
        {"补正后的申请内容仍不明确，本机关无法提供。", kReason}},
    AnswerText{Outcome::Petition, false, "您所提事项属于信访、投诉、举报，不作为政府信息公开申请处理，您可以通过下列渠道反映。",
        {"该事项不作为政府信息公开申请处理。", kReason, "可以通过下列渠道提出：{reference}。"}},
    AnswerText{Outcome::Repeated, false, "您已就同一信息向本机关提出过申请，本机关已经答复，现告知您不予重复处理。",
        {"本机关已就相同的政府信息作出答复，不予重复处理。首次答复：{reference}。", kReason}},
    AnswerText{Outcome::Publication, false, "您申请的信息属于公开出版物，您可以通过下列途径获取。",
        {"该信息是公开出版物，获取的途径是：{reference}。", kReason}},
    AnswerText{Outcome::Abusive, false, "您申请的数量、频次明显超过合理范围，说明的理由不合理，本机关不予处理。",
        {"申请公开政府信息的数量、频次明显超过合理范围，所说明的理由不合理，本机关不予处理。", kReason}},
    AnswerText{Outcome::Reissue, false, "您要求对已经获取的信息进行确认或者重新出具，本机关不予处理。",
        {"本机关对要求确认或者重新出具已获取信息的事项不予处理。", "已获取的信息及其来源：{reference}。", kReason}},
    AnswerText{Outcome::Other, false, "您所提事项不属于申请公开政府信息，本机关不作为政府信息公开申请处理。",
        {"该事项不作为政府信息公开申请办理。", kReason}},
    };
}();
// clang-format on

/// Null for an outcome that comes from the procedure itself.
constexpr AnswerText const* find_answer(Outcome outcome) {
    auto const found = std::ranges::find(kAnswerTexts, outcome, &AnswerText::outcome);
    return found == kAnswerTexts.end() ? nullptr : &*found;
}

constexpr bool every_drafted_outcome_is_answered() {
    return std::ranges::all_of(kOutcomeRules, [](OutcomeRule const& rule) {
        return std::ranges::count(kAnswerTexts, rule.outcome, &AnswerText::outcome) == (rule.drafted ? 1 : 0);
    });
}
static_assert(every_drafted_outcome_is_answered(), "a reply that would say nothing, or a text that no reply needs");

}  // namespace workflow
