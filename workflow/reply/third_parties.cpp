#include "workflow/reply/third_parties.hpp"

#include <algorithm>

namespace workflow {

namespace {

/// Whoever agreed to a part has not agreed to the whole.
bool overrules(Outcome outcome, Stance stance) {
    return discloses(outcome) &&
           (stance == Stance::Objected || (stance == Stance::PartlyAgreed && outcome != Outcome::Partial));
}

bool is_overruled(Consultation const& asked, ReplyDraft const& draft) {
    if (asked.letter.kind != ConsultationKind::ThirdParty || !asked.opinion) return false;
    for (std::size_t i = 0; i < draft.items.size(); ++i) {
        if (concerns(asked.letter, i) && overrules(draft.items[i].outcome, asked.opinion->stance)) return true;
    }
    return false;
}

}  // namespace

bool concerns(ConsultationLetter const& letter, std::size_t item) { return is_about(letter.items, item); }

std::vector<Code> overruled_parties(Case const& c, ReplyDraft const& draft) {
    std::vector<Code> overruled;
    for (Consultation const& each : c.consultations) {
        if (is_overruled(each, draft)) overruled.push_back(each.letter.id);
    }
    return overruled;
}

ThirdPartyNotice const* notice_for(ReplyDraft const& draft, Code const& consultation) {
    auto const found = std::ranges::find(draft.third_party_notices, consultation, &ThirdPartyNotice::consultation);
    return found == draft.third_party_notices.end() ? nullptr : &*found;
}

}  // namespace workflow
