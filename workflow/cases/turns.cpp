#include "workflow/cases/case.hpp"

namespace workflow {

namespace {

/// Who takes each step of the approval chain, in the order of ApprovalStep: 部门 → 保密审查 (条例第十七条) → 法制审核 →
/// 签发.
constexpr std::array kApprovers{Role::DepartmentHead, Role::SecrecyReviewer, Role::LegalReviewer, Role::OfficeHead};
static_assert(kApprovers.size() == kApprovalSteps.size());

}  // namespace

std::optional<Role> awaited_role(Case const& c) {
    // 条例第三十三条: 经政府信息公开工作机构负责人同意.
    if (c.state == State::Handling && c.proposed_extension) return Role::OfficeHead;
    // 不予登记 takes two people.
    if (c.rejection && !c.concluded_on) return c.rejection->role == Role::Reviewer ? Role::OfficeHead : Role::Reviewer;
    if (c.state == State::Approving) return kApprovers[static_cast<std::size_t>(c.next_approval())];
    // The applicant cannot answer a letter that has not gone out.
    if (rule_of(c.state).turn == Role::Applicant && !unsent_notices(c).empty()) return Role::Registrar;
    if (c.state == State::Dispatching && c.sending_failure) return Role::Handler;
    // Nobody handles the case yet: the head of the department assigns it.
    if (c.state == State::Handling && !c.assignee) return Role::DepartmentHead;
    return rule_of(c.state).turn;
}

std::vector<Code> awaited_co_departments(Case const& c) {
    if (c.state != State::Handling) return {};
    auto awaited = c.co_departments;
    if (c.department) std::erase(awaited, *c.department);  // the case was transferred to one that had helped
    for (CoOpinionGiven const& each : c.co_opinions) std::erase(awaited, each.given.department);
    return awaited;
}

}  // namespace workflow
