#include "workflow/roles.hpp"

namespace workflow {

Result<void> check_roles(RoleSet roles) {
    if (roles.empty()) return Refusal{RefusalKind::Invalid, "no_role", "账号至少要有一个角色。"};
    if (roles.has(Role::Applicant) || roles.has(Role::System)) {
        return Refusal{RefusalKind::Invalid, "role_not_for_accounts", "申请人和系统不是工作人员账号的角色。"};
    }
    int held = 0;
    int administrators = 0;
    for (auto const& role : kRoles) {
        held += roles.has(role.value) ? 1 : 0;
        administrators += roles.has(role.value) && kAdministrators.has(role.value) ? 1 : 0;
    }
    if (administrators > 0 && held > 1) {
        return Refusal{
            RefusalKind::Invalid,
            "roles_exclude_each_other",
            "系统管理员、安全管理员、审计员互相排斥,也不能兼任办件角色(三员分立)。"};
    }
    return {};
}

std::string names_of(RoleSet roles) {
    std::string names;
    for (auto const& role : kRoles) {
        if (!roles.has(role.value)) continue;
        if (!names.empty()) names += "、";
        names += role.label;
    }
    return names;
}

}  // namespace workflow
