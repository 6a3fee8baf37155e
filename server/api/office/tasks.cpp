#include "workflow/time/missing_year.hpp"

#include "server/api/kit/master_data.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

namespace server::api {

/// Something that waits for the administrators of the service, and is no step of a case.
struct OfficeTask {
    std::string code;
    std::string title;
    std::string detail;
    workflow::Urgency urgency;
    workflow::Date since;
    int year;
};

constexpr auto fields(std::type_identity<OfficeTask>) {
    using T = OfficeTask;
    return std::tuple{
        workflow::field("code", &T::code, "calendar_missing：放假安排没有录入"),
        workflow::field("title", &T::title, "要做的事"),
        workflow::field("detail", &T::detail, "为什么要做"),
        workflow::field("urgency", &T::urgency, "紧急程度，逐周升高"),
        workflow::field("since", &T::since, "从哪一天起"),
        workflow::field("year", &T::year, "哪一年的事")};
}

namespace {

Answer list_tasks(Services& services, Call& call) {
    JsonWriter json;
    json.open_object().key("items").open_list();
    if (auto const missing = workflow::find_missing_year(*services.store.calendar().current(), call.today())) {
        json.value(OfficeTask{
            "calendar_missing",
            "录入" + std::to_string(missing->year) + "年的放假安排",
            workflow::describe(*missing),
            missing->urgency,
            missing->since,
            missing->year});
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

}  // namespace

std::vector<Operation> task_operations() {
    return {
        {.method = http::verb::get,
         .path = "/api/v1/tasks",
         .id = "listTasks",
         .summary = "等系统管理员办的事，最紧急的在前",
         .tag = "operation",
         .who = Who::Staff,
         .handler = list_tasks,
         .roles = kSystemAdmin,
         .response = [] { return items_of("OfficeTasks", answer_schema<OfficeTask>()); }},
    };
}

}  // namespace server::api
