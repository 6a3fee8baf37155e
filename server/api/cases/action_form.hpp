#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/procedure/decide.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>

#include "server/api/cases/case_json.hpp"

/// The forms of the actions, as JSON Schemas (2020-12) from which a form can be drawn without knowing the procedure.
namespace server::api {

/// The form of the action for any case, as JSON.
std::string const& action_form(workflow::Action action);

/// The same for one case: the departments, people, letters and disputes it can name, the days it can bear
/// (`formatMinimum`, `formatMaximum`, as `default` today), and for a reply one entry for each requested item, with the
/// outcomes by the parts of 表三 and what each of them asks for (`if`, `then`). What follows from another member is not
/// asked for: `{"const": {"$data": POINTER}}`.
json::object action_form(workflow::Action action, workflow::Case const& facts, View const& view);

/// The usual next step of a case, of those this person may take now; nullopt where the case waits for somebody else.
std::optional<workflow::Action> main_step(
    workflow::Case const& facts, workflow::RoleSet roles, std::span<workflow::Permission const> permissions
);

}  // namespace server::api
