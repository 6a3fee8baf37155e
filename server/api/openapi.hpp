#pragma once

#include <boost/json/object.hpp>

#include <vector>

#include "server/api/kit/operation.hpp"

namespace server::api {

/// The OpenAPI 3.1 document of all operations().
boost::json::object openapi_document();

/// The operation that hands it out.
std::vector<Operation> openapi_operations();

}  // namespace server::api
