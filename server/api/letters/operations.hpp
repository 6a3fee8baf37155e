#pragma once

#include <vector>

#include "server/api/kit/operation.hpp"

/// What this room adds to the table of operations (server/api/resources.cpp).
namespace server::api {

std::vector<Operation> archive_operations();
std::vector<Operation> delivery_operations();
std::vector<Operation> letter_operations();
std::vector<Operation> letter_template_operations();
std::vector<Operation> printing_operations();
std::vector<Operation> reply_operations();

}  // namespace server::api
