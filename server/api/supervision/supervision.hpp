#pragma once

#include "storage/office/directory.hpp"
#include "workflow/cases/case.hpp"
#include "workflow/procedure/decide.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// What supervisors see; they oversee the work of agencies and do none of it.
namespace server::api {

/// The roles that watch: a supervisor over the agency tree, the head of the disclosure office over the own agency.
inline constexpr workflow::RoleSet kWatchers{workflow::Role::Supervisor, workflow::Role::OfficeHead};

/// What a supervisor asks about: an agency, and which agencies of its branch are in reach.
struct Supervised {
    workflow::Code agency;
    std::vector<workflow::Code> agencies;
};

/// What `actor` watches over, or only the branch `agency` of it. Nullopt when that is out of reach or there is none.
std::optional<Supervised> supervised(
    workflow::Actor const& actor, storage::Directory const& directory, std::optional<std::string_view> agency
);

}  // namespace server::api
