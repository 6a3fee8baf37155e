#pragma once

#include "workflow/procedure/decide.hpp"

#include <optional>
#include <span>

#include "server/api/cases/case_json.hpp"

/// A menu of actions: which may be taken now, why the others may not, and the form of each.
namespace server::api {

/// The list "actions", into the object that is open.
void write_menu(
    JsonWriter& json,
    std::span<workflow::Permission const> permissions,
    std::optional<workflow::Action> main,
    workflow::Case const& facts,
    View const& view
);
json::object menu_schema();

}  // namespace server::api
