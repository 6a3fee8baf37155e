#pragma once

#include <vector>

#include "server/api/kit/operation.hpp"

/// What this room adds to the table of operations (server/api/resources.cpp).
namespace server::api {

std::vector<Operation> application_operations();
std::vector<Operation> attachment_operations();
std::vector<Operation> contact_check_operations();
std::vector<Operation> draft_operations();
std::vector<Operation> form_check_operations();
std::vector<Operation> tracking_operations();

}  // namespace server::api
