#include "server/api/cases/action_menu.hpp"

#include "workflow/procedure/next_step.hpp"

#include <boost/json/serialize.hpp>

#include "server/api/cases/action_form.hpp"

namespace server::api {

void write_menu(
    JsonWriter& json,
    std::span<workflow::Permission const> permissions,
    std::optional<workflow::Action> main,
    workflow::Case const& facts,
    View const& view
) {
    json.key("actions").open_list();
    for (auto const& permission : permissions) {
        if (permission.action == workflow::Action::Attach) continue;  // files have an address of their own
        json.open_object();
        json.member("action", permission.action).member("name", workflow::name_of_step(permission.action, facts));
        json.member("allowed", permission.allowed);
        json.member("reason", permission.reason.empty() ? std::nullopt : std::optional(permission.reason));
        json.member("article", permission.article).member("main", permission.action == main);
        json.key("fields");
        json.raw(
            permission.allowed ? json::serialize(action_form(permission.action, facts, view))
                               : action_form(permission.action)
        );
        json.close_object();
    }
    json.close_list();
}

json::object menu_schema() {
    auto const permission =
        ObjectSchema()
            .member<workflow::Action>("action")
            .member<std::string>("name", "这件申请里这一步的名称")
            .member<bool>("allowed", "现在可以办理")
            .member<std::optional<std::string>>("reason", "不能办理的理由")
            .member<std::string>("article", "所依据的条文")
            .member<bool>("main", "这件申请通常接着办的一步")
            .member(
                "fields",
                any_object(),
                "办理时填写的内容，JSON Schema 2020-12；可以办理的，只列这件申请能填的部门、人员和日期"
            )
            .named("ActionPermission");
    return list_of(permission);
}

}  // namespace server::api
