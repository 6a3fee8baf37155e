#pragma once

#include "storage/engine/driver.hpp"
#include "storage/office/directory.hpp"
#include "workflow/procedure/decide.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace storage {

/// What is wrong with the departments, people and publications that a step of the case names: the procedure itself
/// knows no directory and no other case. `case_of` finds a case by its number. Any connection, its own thread.
std::vector<workflow::FieldError> check_references(
    Connection& connection,
    Directory const& directory,
    workflow::Case const& c,
    workflow::Payload const& payload,
    std::function<std::optional<workflow::Case>(workflow::Code const& number)> const& case_of
);

}  // namespace storage
