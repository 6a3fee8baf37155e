#include "workflow/cases/case.hpp"

namespace workflow {

namespace {

struct Awaited {
    State state;
    std::optional<Role> role;
};

// clang-format off
/// Whose turn it is in each state; while a reply is in approval it is the next step's.
constexpr std::array kAwaited{
    Awaited{State::Submitted,       Role::Registrar},
    Awaited{State::Registered,      Role::Reviewer},
    Awaited{State::Correcting,      Role::Applicant},
    Awaited{State::Explaining,      Role::Applicant},
    Awaited{State::AwaitingPayment, Role::Applicant},
    Awaited{State::Handling,        Role::Handler},
    Awaited{State::Approving,       std::nullopt},
    Awaited{State::Dispatching,     Role::Registrar},
    Awaited{State::Replied,         Role::Registrar},
    Awaited{State::Lapsed,          Role::Registrar},
    Awaited{State::Archived,        std::nullopt},
};
/// Who takes each step of the approval chain, in the order of ApprovalStep.
constexpr std::array kApprovers{Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead};
// clang-format on
static_assert(kAwaited.size() == kStates.size() && kApprovers.size() == kApprovalSteps.size());

}  // namespace

std::optional<Role> awaited_role(Case const& c) {
    if (c.state == State::Handling && c.proposed_extension) return Role::OfficeHead;
    if (c.state == State::Approving) return kApprovers[static_cast<std::size_t>(c.next_approval())];
    if (c.state == State::Handling && !c.assignee) return Role::DepartmentHead;
    return kAwaited[static_cast<std::size_t>(c.state)].role;
}

std::vector<Code> awaited_co_departments(Case const& c) {
    if (c.state != State::Handling) return {};
    auto awaited = c.co_departments;
    if (c.department) std::erase(awaited, *c.department);  // the case was transferred to one that had helped
    for (CoOpinionGiven const& each : c.co_opinions) std::erase(awaited, each.given.department);
    return awaited;
}

}  // namespace workflow
