#include "server/api/kit/account_json.hpp"

#include <string>

namespace server::api {

void write_person(
    JsonWriter& json,
    std::string_view member,
    std::optional<workflow::Code> const& id,
    storage::Directory const& directory
) {
    auto const* account = id ? directory.staff(*id) : nullptr;
    json.member(member, id);
    json.member(std::string(member) + "_name", account != nullptr ? std::optional(account->name) : std::nullopt);
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
