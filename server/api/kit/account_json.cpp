#include "server/api/kit/account_json.hpp"

namespace server::api {
namespace {

std::optional<std::string_view> name_of(auto const* found) {
    return found != nullptr ? std::optional<std::string_view>(found->name) : std::nullopt;
}

std::optional<std::string_view> text_of(workflow::Code const* code) {
    return code != nullptr ? std::optional<std::string_view>(code->value) : std::nullopt;
}

}  // namespace

std::optional<std::string_view> name_of_agency(workflow::Code const& code, storage::Directory const& directory) {
    return name_of(directory.agency(code));
}

std::optional<std::string_view> name_of_department(workflow::Code const* code, storage::Directory const& directory) {
    return code != nullptr ? name_of(directory.department(*code)) : std::nullopt;
}

std::optional<std::string_view> name_of_person(workflow::Code const* id, storage::Directory const& directory) {
    return id != nullptr ? name_of(directory.staff(*id)) : std::nullopt;
}

NamedCode named_agency(workflow::Code const& code, storage::Directory const& directory) {
    return {code.value, name_of_agency(code, directory)};
}

MaybeNamedCode named_department(workflow::Code const* code, storage::Directory const& directory) {
    return {text_of(code), name_of_department(code, directory)};
}

NamedCode named_person(workflow::Code const& id, storage::Directory const& directory) {
    return {id.value, name_of_person(&id, directory)};
}

MaybeNamedCode named_person(workflow::Code const* id, storage::Directory const& directory) {
    return {text_of(id), name_of_person(id, directory)};
}

void write_roles(JsonWriter& json, workflow::RoleSet roles) {
    json.key("roles").open_list();
    for (auto const& role : workflow::kRoles) {
        if (!roles.has(role.value)) continue;
        json.open_object().member("code", role.code).member("label", role.label).close_object();
    }
    json.close_list();
}

json::object roles_schema() { return list_of(coded_schema<workflow::Role>()); }

}  // namespace server::api
