#pragma once

#include "workflow/words/result.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace workflow {

/// Who acts. The applicant and the system itself are actors like any other; the rest are accounts.
enum class Role : std::uint8_t {
    Registrar,
    Reviewer,
    Handler,
    DepartmentHead,
    SecrecyReviewer,
    LegalReviewer,
    OfficeHead,
    Supervisor,
    SystemAdmin,
    SecurityAdmin,
    Auditor,
    Applicant,
    System
};

/// How far a role sees: which cases exist for it at all. What lies outside answers "not found".
enum class Scope : std::uint8_t {
    Nothing,        ///< no case (the three administrators: 三员分立)
    OwnCase,        ///< the case one handed in
    OwnDepartment,  ///< cases given to one's department, in one's agency
    OwnAgency,      ///< every case of one's agency
    AgencyTree,     ///< every case of one's agency and of those below it
    Everything      ///< the daily run
};

// clang-format off
inline constexpr std::array kRoles{
    Term{Role::Registrar,       "registrar",        "登记员"},
    Term{Role::Reviewer,        "reviewer",         "审核分办"},
    Term{Role::Handler,         "handler",          "承办人"},
    Term{Role::DepartmentHead,  "department_head",  "承办部门负责人"},
    Term{Role::SecrecyReviewer, "secrecy_reviewer", "保密审查员"},
    Term{Role::LegalReviewer,   "legal_reviewer",   "法制审核员"},
    Term{Role::OfficeHead,      "office_head",      "公开工作机构负责人"},
    Term{Role::Supervisor,      "supervisor",       "监督员"},
    Term{Role::SystemAdmin,     "system_admin",     "系统管理员"},
    Term{Role::SecurityAdmin,   "security_admin",   "安全管理员"},
    Term{Role::Auditor,         "auditor",          "审计员"},
    Term{Role::Applicant,       "applicant",        "申请人"},
    Term{Role::System,          "system",           "系统"},
};
constexpr auto const& terms(Role) { return kRoles; }
static_assert(is_well_formed<Role>());

/// The scope of each role, in the order of Role.
inline constexpr std::array kScopeOf{
    Scope::OwnAgency, Scope::OwnAgency, Scope::OwnDepartment, Scope::OwnDepartment, Scope::OwnAgency, Scope::OwnAgency,
    Scope::OwnAgency, Scope::AgencyTree, Scope::Nothing, Scope::Nothing, Scope::Nothing, Scope::OwnCase, Scope::Everything,
};
static_assert(kScopeOf.size() == kRoles.size());
// clang-format on

constexpr Scope scope_of(Role role) { return kScopeOf[static_cast<std::size_t>(role)]; }

/// A set of roles. A value; iterate over kRoles to list it.
class RoleSet {
public:
    constexpr RoleSet() = default;
    constexpr RoleSet(std::initializer_list<Role> roles) {
        for (Role const role : roles) add(role);
    }
    constexpr void add(Role role) { bits_ |= bit(role); }
    constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr bool intersects(RoleSet other) const { return (bits_ & other.bits_) != 0; }
    constexpr RoleSet operator|(RoleSet other) const { return RoleSet(bits_ | other.bits_); }
    constexpr RoleSet operator&(RoleSet other) const { return RoleSet(bits_ & other.bits_); }
    constexpr RoleSet operator-(RoleSet other) const { return RoleSet(bits_ & ~other.bits_); }
    constexpr bool operator==(RoleSet const&) const = default;

private:
    constexpr explicit RoleSet(std::uint32_t bits) : bits_(bits) {}
    static constexpr std::uint32_t bit(Role role) { return std::uint32_t{1} << static_cast<unsigned>(role); }
    std::uint32_t bits_ = 0;
};

/// The three administrators exclude each other and every case role (三员分立: GB/T 22239-2019).
inline constexpr RoleSet kAdministrators{Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor};

/// May investigate a bad rating; each sees the whole agency (国办发〔2019〕51号).
inline constexpr RoleSet kRatingInvestigators{Role::Registrar, Role::Reviewer, Role::LegalReviewer, Role::OfficeHead};

/// Actors, but no accounts.
inline constexpr RoleSet kNotAccounts{Role::Applicant, Role::System};

/// Roles an account may hold together; refused with code `roles_exclude_each_other`, `role_not_for_accounts` or
/// `no_role`.
Result<void> check_roles(RoleSet roles);

/// "登记员、审核分办", as a sentence lists them.
std::string names_of(RoleSet roles);

}  // namespace workflow
