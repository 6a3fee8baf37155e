#pragma once

#include <vector>

#include "server/api/kit/operation.hpp"

/// What this room adds to the table of operations (server/api/resources.cpp).
namespace server::api {

std::vector<Operation> annual_report_operations();
std::vector<Operation> import_operations();
std::vector<Operation> ledger_operations();
std::vector<Operation> quarterly_report_operations();

}  // namespace server::api
