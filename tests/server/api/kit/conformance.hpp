#pragma once

#include <string_view>

#include "tests/fakes/http_client.hpp"

namespace server::api {

/// Fails the running test where an answer is not what the OpenAPI document says: a status that its operation does not
/// name, or a body that its schema does not describe. Answers without a JSON body are let pass, and what is answered
/// where no operation is must be a Problem.
void hold_against_document(std::string_view method, std::string_view target, fakes::Reply const& reply);

}  // namespace server::api
