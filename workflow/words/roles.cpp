#include "workflow/words/roles.hpp"

#include <algorithm>

namespace workflow {

Result<void> check_roles(RoleSet roles) {
    if (roles.empty()) return Refusal{RefusalKind::Invalid, "no_role", "账号至少要有一个角色。"};
    if (roles.intersects(kNotAccounts)) {
        return Refusal{RefusalKind::Invalid, "role_not_for_accounts", "申请人和系统不是工作人员账号的角色。"};
    }
    auto const held = std::ranges::count_if(kRoles, [&](auto const& role) { return roles.has(role.value); });
    if (roles.intersects(kAdministrators) && held > 1) {
        return Refusal{
            RefusalKind::Invalid,
            "roles_exclude_each_other",
            "系统管理员、安全管理员、审计员互相排斥，也不能兼任办件角色（三员分立）。"};
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
