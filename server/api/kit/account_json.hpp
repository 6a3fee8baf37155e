#pragma once

#include "storage/office/directory.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

/// Accounts, departments and agencies inside other things: their codes with what they are called. What is returned
/// refers to the code that was given and to the directory.
namespace server::api {

using NamedCode = Named<std::string_view>;
using MaybeNamedCode = Named<std::optional<std::string_view>>;

/// Null where there is no code; a code that the directory does not know has no name.
NamedCode named_agency(workflow::Code const& code, storage::Directory const& directory);
MaybeNamedCode named_department(workflow::Code const* code, storage::Directory const& directory);
NamedCode named_person(workflow::Code const& id, storage::Directory const& directory);
MaybeNamedCode named_person(workflow::Code const* id, storage::Directory const& directory);

/// Where the value of an optional is, null where it has none.
template <typename T>
T const* pointer_to(std::optional<T> const& maybe) {
    return maybe ? &*maybe : nullptr;
}

std::optional<std::string_view> name_of_agency(workflow::Code const& code, storage::Directory const& directory);
std::optional<std::string_view> name_of_department(workflow::Code const* code, storage::Directory const& directory);
std::optional<std::string_view> name_of_person(workflow::Code const* id, storage::Directory const& directory);

/// `"roles": [{code, label}]`
void write_roles(JsonWriter& json, workflow::RoleSet roles);
json::object roles_schema();

}  // namespace server::api
