#pragma once

#include <boost/json/object.hpp>

namespace server::api {

/// The OpenAPI 3.1 document of all operations().
boost::json::object openapi_document();

}  // namespace server::api
