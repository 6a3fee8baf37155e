#include "workflow/procedure/next_step.hpp"

#include "workflow/procedure/procedure.hpp"

#include <algorithm>

namespace workflow {

std::optional<Action> next_step(State state, std::optional<Role> turn, bool letter_unsent) {
    if (letter_unsent) return Action::DispatchLetter;
    // Staff record what an applicant does outside the system, like paying.
    auto const leads_on = [&](Action action) {
        return std::ranges::any_of(kProcedure, [&](Transition const& row) {
            bool const theirs = turn && (row.by.has(*turn) || *turn == Role::Applicant);
            return row.action == action && row.from.has(state) && theirs;
        });
    };
    auto const found = std::find_if(kForwardSteps.rbegin(), kForwardSteps.rend(), leads_on);
    return found == kForwardSteps.rend() ? std::nullopt : std::optional(*found);
}

std::string_view name_of_step(Action action, Case const& c) {
    if (action == Action::DraftReply && c.is_returned()) return kRevision;
    if (action == Action::ApproveReply && c.state == State::Approving) return label(c.next_approval());
    return label(action);
}

}  // namespace workflow
