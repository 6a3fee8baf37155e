#pragma once

#include <vector>

#include "server/api/kit/operation.hpp"

/// What this room adds to the table of operations (server/api/resources.cpp).
namespace server::api {

std::vector<Operation> card_operations();
std::vector<Operation> rating_operations();
std::vector<Operation> supervision_operations();

}  // namespace server::api
