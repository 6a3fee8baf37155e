#pragma once

#include "workflow/reply/checks.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the checks of a reply are made of: for this room alone. Each looks for one fault and returns what is wrong and
/// where.
namespace workflow::checks {

using Findings = std::vector<FieldError>;

inline void find(Findings& findings, std::string pointer, std::string detail) {
    findings.push_back({std::move(pointer), {}, std::move(detail)});
}

/// The member of one item, as a pointer into the draft.
inline std::string pointer_to(std::size_t item, std::string_view member) {
    std::string pointer = "/items/";
    return pointer.append(std::to_string(item)).append("/").append(member);
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Calls judge(item, position) for every item that is answered.
template <typename Judge>
void for_each_item(ReplyDraft const& draft, Judge&& judge) {
    for (std::size_t i = 0; i < draft.items.size(); ++i) judge(draft.items[i], i);
}

/// The outcome whose article an item rests on: of a partial reply, that of the part withheld.
Outcome ground_of(ItemReply const& item);

// ---- of the case: what has happened and what the reply rests on (checks_of_case.cpp) -------------------------------

Findings fee_split(Case const& c, ReplyDraft const&, ReplyBackground const&);
Findings search_agrees(Case const& c, ReplyDraft const& draft, ReplyBackground const&);
Findings not_in_own_registry(Case const&, ReplyDraft const& draft, ReplyBackground const& background);
Findings objection_respected(Case const& c, ReplyDraft const& draft, ReplyBackground const&);
Findings exceptions_considered(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings answered_before(Case const&, ReplyDraft const& draft, ReplyBackground const& background);
Findings not_a_request(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings location_named(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings form_as_asked(Case const& c, ReplyDraft const& draft, ReplyBackground const&);
Findings remedy_known(Case const&, ReplyDraft const&, ReplyBackground const& background);
Findings address_opened(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings something_provided(Case const&, ReplyDraft const& draft, ReplyBackground const& background);
Findings co_opinions_given(Case const& c, ReplyDraft const&, ReplyBackground const&);

// ---- of the texts: what the reply says (checks_of_texts.cpp) -------------------------------------------------------

Findings reason_is_specific(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings prohibition_named(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings remedy_not_typed(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings signed_by_the_agency(Case const&, ReplyDraft const& draft, ReplyBackground const& background);
Findings no_personal_data(Case const&, ReplyDraft const& draft, ReplyBackground const&);
Findings dates_agree(Case const& c, ReplyDraft const& draft, ReplyBackground const&);
Findings own_judgement(Case const& c, ReplyDraft const& draft, ReplyBackground const&);
Findings enclosures_there(Case const&, ReplyDraft const& draft, ReplyBackground const& background);
Findings applicant_hidden(Case const& c, ReplyDraft const& draft, ReplyBackground const&);

}  // namespace workflow::checks
