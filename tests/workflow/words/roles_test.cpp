#include "workflow/words/roles.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

std::string refusal(RoleSet roles) {
    auto const checked = check_roles(roles);
    return checked ? "" : checked.error().code;
}

TEST(Roles, CaseRolesMayBeHeldTogether) {
    EXPECT_EQ(refusal({Role::Registrar, Role::Reviewer, Role::Handler}), "");
    EXPECT_EQ(refusal({Role::Auditor}), "");
}

TEST(Roles, AdministratorsExcludeEachOtherAndEveryOtherRole) {
    for (auto const& administrator : kRoles) {
        if (!kAdministrators.has(administrator.value)) continue;
        for (auto const& other : kRoles) {
            if (other.value == administrator.value || kNotAccounts.has(other.value)) continue;
            EXPECT_EQ(refusal({administrator.value, other.value}), "roles_exclude_each_other") << other.code;
        }
    }
}

TEST(Roles, AnAccountHoldsAtLeastOneAndNoneOfTheMachinery) {
    EXPECT_EQ(refusal({}), "no_role");
    EXPECT_EQ(refusal({Role::Applicant}), "role_not_for_accounts");
    EXPECT_EQ(refusal({Role::Handler, Role::System}), "role_not_for_accounts");
}

TEST(Roles, AdministratorsSeeNoCase) {
    for (auto const& role : kRoles) {
        EXPECT_EQ(scope_of(role.value) == Scope::Nothing, kAdministrators.has(role.value)) << role.code;
    }
}

TEST(Roles, AreNamedAsASentenceListsThem) {
    EXPECT_EQ(names_of({Role::Reviewer, Role::Registrar}), "登记员、审核分办");
    EXPECT_EQ(names_of({}), "");
}

TEST(RoleSet, JoinsMeetsAndSubtracts) {
    RoleSet const both{Role::Handler, Role::Reviewer};
    RoleSet const handler{Role::Handler};
    RoleSet const reviewer{Role::Reviewer};
    EXPECT_EQ(handler | reviewer, both);
    EXPECT_EQ(both & handler, handler);
    EXPECT_EQ(both - handler, reviewer);
    EXPECT_TRUE((handler & reviewer).empty());
    EXPECT_TRUE(both.intersects(handler) && !handler.intersects(reviewer));
}

}  // namespace
}  // namespace workflow
