#include "workflow/next_step.hpp"

#include "workflow/procedure.hpp"

#include <algorithm>
#include <array>

namespace workflow {

namespace {

struct NextStep {
    State state;
    Role turn;
    Action action;
};

// clang-format off
constexpr std::array kNextSteps{
    NextStep{State::Submitted,       Role::Registrar,       Action::ConfirmReceipt},
    NextStep{State::Registered,      Role::Reviewer,        Action::Accept},
    NextStep{State::Correcting,      Role::Applicant,       Action::RecordCorrection},
    NextStep{State::Explaining,      Role::Applicant,       Action::RecordExplanation},
    NextStep{State::AwaitingPayment, Role::Applicant,       Action::RecordPayment},
    NextStep{State::Handling,        Role::DepartmentHead,  Action::Assign},
    NextStep{State::Handling,        Role::Handler,         Action::DraftReply},
    NextStep{State::Handling,        Role::OfficeHead,      Action::ApproveExtension},
    NextStep{State::Approving,       Role::DepartmentHead,  Action::ApproveReply},
    NextStep{State::Approving,       Role::SecrecyReviewer, Action::ApproveReply},
    NextStep{State::Approving,       Role::LegalReviewer,   Action::ApproveReply},
    NextStep{State::Approving,       Role::OfficeHead,      Action::ApproveReply},
    NextStep{State::Dispatching,     Role::Registrar,       Action::DispatchReply},
    NextStep{State::Replied,         Role::Registrar,       Action::Archive},
    NextStep{State::Lapsed,          Role::Registrar,       Action::Archive},
};
// clang-format on

/// The procedure knows such a step. An applicant pays outside the system; that it was paid is written down by staff.
constexpr bool is_lawful(NextStep const& next) {
    return std::ranges::any_of(kProcedure, [&](Transition const& row) {
        bool const theirs = row.by.has(next.turn) || next.turn == Role::Applicant;
        return row.action == next.action && row.from.has(next.state) && theirs;
    });
}
static_assert(std::ranges::all_of(kNextSteps, is_lawful));

}  // namespace

std::optional<Action> next_step(State state, std::optional<Role> turn) {
    auto const found = std::ranges::find_if(kNextSteps, [&](NextStep const& next) {
        return next.state == state && next.turn == turn;
    });
    return found == kNextSteps.end() ? std::nullopt : std::optional(found->action);
}

}  // namespace workflow
