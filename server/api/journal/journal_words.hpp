#pragma once

#include <string_view>

#include "server/api/shapes/answer_schema.hpp"

/// What the codes in the records of the journal are called. A code without a word stands for itself.
namespace server::api {

std::string_view action_label(std::string_view action);
std::string_view role_label(std::string_view role);
std::string_view object_label(std::string_view type);

/// The codes to look for, each with its word.
json::object journal_actions_schema();
json::object journal_objects_schema();

}  // namespace server::api
