#include "workflow/reply/reply_prefill.hpp"

#include <algorithm>
#include <string_view>

namespace workflow {

namespace {

/// The latest search that found something, or that found nothing; null where there is none.
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

/// 条例第三十六条第四项: where the information was searched for in vain. With which words stays in the file.
std::optional<std::string> searched_in_vain(Case const& c) {
    auto const* record = search(c, false);
    if (record == nullptr) return std::nullopt;
    std::string reason = "检索了";
    reason.append(joined(record->places, [](SearchPlace place) { return label(place); }));
    return reason.append("，没有发现与申请内容相符的信息");
}

/// 条例第三十二条: what the agency itself made of the grounds of a third party, where it has found them sound.
std::optional<std::string> sound_grounds(Case const& c) {
    for (Consultation const& each : c.consultations) {
        bool const upheld = each.opinion && each.opinion->grounds_reasonable == true;
        if (upheld && each.letter.kind == ConsultationKind::ThirdParty) return each.opinion->judgement;
    }
    return std::nullopt;
}

std::optional<std::string> reference_for(Outcome outcome, ReplyBackground const& background) {
    if (rule_of(outcome).encloses && !background.enclosed.empty()) return "附件所列文件";
    if (outcome == Outcome::AlreadyPublic && !background.published.empty()) {
        std::string reference = "本机关政府信息公开栏目“";
        return reference.append(background.published.front().title).append("”");
    }
    if (outcome == Outcome::Repeated && !background.earlier.empty()) {
        auto const& first = background.earlier.back();
        return first.reply_number.value + "，" + letter_date(first.signed_on);
    }
    return std::nullopt;
}

std::optional<std::string> reason_for(Outcome outcome, Case const& c) {
    auto const& evidence = rule_of(outcome).evidence;
    if (evidence.has(Evidence::SearchRecord)) return searched_in_vain(c);
    if (evidence.has(Evidence::ThirdPartyConsulted)) return sound_grounds(c);
    return std::nullopt;
}

}  // namespace

std::vector<Prefill> prefills(Case const& c, ReplyBackground const& background) {
    std::vector<Prefill> all;
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (!rule.drafted) continue;
        Outcome const outcome = rule.outcome;
        all.push_back(
            {outcome, reference_for(outcome, background), reason_for(outcome, c), std::string(kUsualReplyText)}
        );
    }
    return all;
}

std::vector<ThirdPartyNotice> prefilled_notices(Case const& c) {
    std::vector<ThirdPartyNotice> notices;
    for (Consultation const& each : c.consultations) {
        bool const agreed = !each.opinion || each.opinion->stance == Stance::Agreed;
        if (agreed || each.letter.kind != ConsultationKind::ThirdParty) continue;
        notices.push_back({each.letter.id, each.letter.content.value_or(""), each.opinion->judgement.value_or("")});
    }
    return notices;
}

}  // namespace workflow
