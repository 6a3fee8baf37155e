#pragma once

#include "storage/engine/driver.hpp"
#include "storage/office/directory.hpp"
#include "workflow/procedure/decide.hpp"

#include <vector>

namespace storage {

/// What is wrong with the departments, people and publications that a step of the case names: the procedure itself
/// knows no directory. Any connection, its own thread.
std::vector<workflow::FieldError> check_references(
    Connection& connection, Directory const& directory, workflow::Case const& c, workflow::Payload const& payload
);

}  // namespace storage
