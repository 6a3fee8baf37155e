#pragma once

#include <vector>

#include "server/api/kit/operation.hpp"

/// What this room adds to the table of operations (server/api/resources.cpp).
namespace server::api {

std::vector<Operation> incident_operations();
std::vector<Operation> redaction_operations();
std::vector<Operation> release_operations();

}  // namespace server::api
