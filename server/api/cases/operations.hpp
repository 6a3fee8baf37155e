#pragma once

#include <vector>

#include "server/api/kit/operation.hpp"

/// What this room adds to the table of operations (server/api/resources.cpp).
namespace server::api {

std::vector<Operation> calculator_operations();
std::vector<Operation> case_operations();
std::vector<Operation> follow_up_operations();
std::vector<Operation> work_list_operations();

}  // namespace server::api
