#pragma once

#include "workflow/actions.hpp"
#include "workflow/roles.hpp"
#include "workflow/vocabulary.hpp"

#include <optional>

namespace workflow {

/// The step that leads a case on from this state when it is this role's turn (awaited_role); nullopt where nothing more
/// has to be done. What else may be done says the menu of actions.
std::optional<Action> next_step(State state, std::optional<Role> turn);

}  // namespace workflow
