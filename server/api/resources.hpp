#pragma once

#include <span>

#include "server/api/kit/operation.hpp"

namespace server::api {

/// Every operation of the API, in the order of the document. Each room contributes its own.
std::span<Operation const> operations();

}  // namespace server::api
