#include "workflow/reply/reply_prefill.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace workflow {

namespace {

struct UsualText {
    Outcome outcome;
    std::string_view text;
};

// clang-format off
constexpr std::array kUsualTexts{
    UsualText{Outcome::Disclosed,          "经审查，您申请的信息属于可以公开的政府信息，现提供给您。"},
    UsualText{Outcome::AlreadyPublic,      "您申请的信息已经主动公开，您可以按下列方式和途径获取。"},
    UsualText{Outcome::Partial,            "您申请的信息中含有不应当公开的内容，能够作区分处理，现将可以公开的内容提供给您。"},
    UsualText{Outcome::RefusedSecret,      "您申请的信息已依法确定为国家秘密，本机关不予公开。"},
    UsualText{Outcome::RefusedLaw,         "您申请的信息属于法律、行政法规禁止公开的信息，本机关不予公开。"},
    UsualText{Outcome::RefusedSafety,      "您申请的信息公开后可能危及国家安全、公共安全、经济安全或者社会稳定，本机关不予公开。"},
    UsualText{Outcome::RefusedThirdParty,  "您申请的信息涉及第三方合法权益，经书面征求意见并审查，本机关不予公开。"},
    UsualText{Outcome::RefusedInternal,    "您申请的信息属于本机关内部事务信息，本机关决定不予公开。"},
    UsualText{Outcome::RefusedProcess,     "您申请的信息属于过程性信息，本机关决定不予公开。"},
    UsualText{Outcome::RefusedEnforcement, "您申请的信息属于行政执法案卷信息，本机关决定不予公开。"},
    UsualText{Outcome::SpecialLaw,         "法律、行政法规对您申请的信息的获取另有规定，请依照该规定办理。"},
    UsualText{Outcome::NotHeld,            "经检索，本机关没有制作或者获取您申请的信息，该信息不存在。"},
    UsualText{Outcome::NotOurAgency,       "您申请的信息不由本机关负责公开。"},
    UsualText{Outcome::NeedsProcessing,    "您申请的信息没有现成的，需要本机关对现有政府信息进行加工、分析，本机关不予提供。"},
    UsualText{Outcome::StillUnclear,       "您补正后的申请内容仍不明确，本机关无法提供。"},
    UsualText{Outcome::Petition,           "您所提事项属于信访、投诉、举报，不作为政府信息公开申请处理，您可以通过下列渠道反映。"},
    UsualText{Outcome::Repeated,           "您已就同一信息向本机关提出过申请，本机关已经答复，现告知您不予重复处理。"},
    UsualText{Outcome::Publication,        "您申请的信息属于公开出版物，您可以通过下列途径获取。"},
    UsualText{Outcome::Abusive,            "您申请的数量、频次明显超过合理范围，说明的理由不合理，本机关不予处理。"},
    UsualText{Outcome::Reissue,            "您要求对已经获取的信息进行确认或者重新出具，本机关不予处理。"},
    UsualText{Outcome::Other,              "您所提事项不属于申请公开政府信息，本机关不作为政府信息公开申请处理。"},
};
// clang-format on

/// The latest search with this result; null where there is none.
SearchRecord const* search(Case const& c, bool found) {
    auto const last = std::ranges::find(c.searches.rbegin(), c.searches.rend(), found, &SearchRecord::found);
    return last == c.searches.rend() ? nullptr : &*last;
}

std::string joined(auto const& words, auto&& text_of) {
    std::string all;
    for (auto const& word : words) {
        if (!all.empty()) all += "、";
        all += text_of(word);
    }
    return all;
}

/// Where, with which words and by whom it was looked for in vain.
std::optional<std::string> searched_in_vain(Case const& c) {
    auto const* record = search(c, false);
    if (record == nullptr) return std::nullopt;
    std::string reason = "本机关于";
    reason.append(to_string(record->searched_on)).append("检索了");
    reason.append(joined(record->places, [](SearchPlace place) { return label(place); }));
    reason.append("(检索词:").append(joined(record->keywords, [](auto const& word) { return word; }));
    return reason.append(")，没有发现您申请的信息。");
}

std::optional<std::string> objection(Case const& c) {
    for (Consultation const& each : c.consultations) {
        bool const upheld = each.opinion && each.opinion->grounds_reasonable == true;
        if (upheld && each.letter.kind == ConsultationKind::ThirdParty) return each.opinion->text;
    }
    return std::nullopt;
}

std::optional<std::string> reference_for(Outcome outcome, Case const& c, ReplyBackground const& background) {
    auto const* found = search(c, true);
    if (outcome == Outcome::Disclosed && found != nullptr) return found->result;
    if (outcome == Outcome::AlreadyPublic && !background.published.empty()) {
        std::string reference = "本机关政府信息公开栏目“";
        return reference.append(background.published.front().title).append("”");
    }
    if (outcome == Outcome::Repeated && !background.earlier.empty()) {
        auto const& first = background.earlier.back();
        return first.reply_number.value + "," + to_string(first.signed_on);
    }
    return std::nullopt;
}

std::optional<std::string> reason_for(Outcome outcome, Case const& c) {
    auto const& evidence = rule_of(outcome).evidence;
    if (evidence.has(Evidence::SearchRecord)) return searched_in_vain(c);
    if (evidence.has(Evidence::ThirdPartyConsulted)) return objection(c);
    return std::nullopt;
}

}  // namespace

std::vector<Prefill> prefills(Case const& c, ReplyBackground const& background) {
    std::vector<Prefill> all;
    for (auto const& [outcome, text] : kUsualTexts) {
        all.push_back({outcome, reference_for(outcome, c, background), reason_for(outcome, c), std::string(text)});
    }
    return all;
}

}  // namespace workflow
