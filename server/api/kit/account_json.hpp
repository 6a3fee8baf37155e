#pragma once

#include "storage/office/directory.hpp"

#include <optional>
#include <string_view>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

/// Accounts as members of other JSON objects.
namespace server::api {

/// `"<member>": id, "<member>_name": …`
void write_person(
    JsonWriter& json,
    std::string_view member,
    std::optional<workflow::Code> const& id,
    storage::Directory const& directory
);

/// `"roles": [{code, label}]`
void write_roles(JsonWriter& json, workflow::RoleSet roles);
json::object roles_schema();

}  // namespace server::api
