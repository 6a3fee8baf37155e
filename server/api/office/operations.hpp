#pragma once

#include <vector>

#include "server/api/kit/operation.hpp"

/// What this room adds to the table of operations (server/api/resources.cpp).
namespace server::api {

std::vector<Operation> agency_operations();
std::vector<Operation> calendar_operations();
std::vector<Operation> department_operations();
std::vector<Operation> health_operations();
std::vector<Operation> similar_request_operations();
std::vector<Operation> publication_operations();
std::vector<Operation> retention_operations();
std::vector<Operation> session_operations();
std::vector<Operation> settings_operations();
std::vector<Operation> staff_operations();
std::vector<Operation> task_operations();

}  // namespace server::api
