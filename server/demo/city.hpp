#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/store.hpp"
#include "workflow/procedure/decide.hpp"

/// The demo city: 示范市, region code 430500, modelled on a prefecture-level city in Hunan. Every person, number and
/// document is invented.
namespace server::demo {

/// Every demo account has this password.
inline constexpr std::string_view kPassword = "Yanshi-430500";

/// The agency with an account for every role.
inline constexpr std::string_view kFirstAgency = "430500-01";

/// One account that people may try, as the program prints it.
struct Account {
    std::string username;
    workflow::RoleSet roles;
};

/// Agencies, departments and accounts, in one atomic job. `at` is the day the journal begins; `password_hash` is the
/// argon2id hash of kPassword, the same for all, since hashing a hundred times would take seconds; `password_date` is
/// when it counts as set.
workflow::Result<void> found_city(
    storage::Store& store, workflow::Instant at, std::string const& password_hash, workflow::Instant password_date
);

/// The accounts of the first agency, in the order of the procedure.
std::vector<Account> first_accounts();

/// An account of `agency` that holds `role`: in the department with this number (1, 2) where the role belongs to one,
/// the supervisor of the city whatever the agency. `which` chooses among several. Throws std::logic_error where there
/// is none.
workflow::Actor actor_for(
    storage::Directory const& directory,
    workflow::Code const& agency,
    workflow::Role role,
    workflow::Code const& department,
    std::size_t which
);

}  // namespace server::demo
