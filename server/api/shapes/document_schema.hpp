#pragma once

#include "server/api/shapes/answer_schema.hpp"

namespace server::api {

/// A paper as storage::document_to_json writes it.
json::object document_schema();

}  // namespace server::api
