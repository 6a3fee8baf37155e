#include <utility>

#include "server/api/kit/master_data.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

namespace server::api {

struct NewDepartment {
    workflow::Code code;
    workflow::Code agency;
    std::string name;
};

constexpr auto fields(std::type_identity<NewDepartment>) {
    using T = NewDepartment;
    return std::tuple{
        workflow::field("code", &T::code, "内设机构代码", {1, 60}),
        workflow::field("agency", &T::agency, "所属机关", {1, 40}),
        workflow::field("name", &T::name, "名称", {2, workflow::kShortText})};
}

struct DepartmentForm {
    std::string name;
    std::optional<bool> active;
};

constexpr auto fields(std::type_identity<DepartmentForm>) {
    using T = DepartmentForm;
    return std::tuple{
        workflow::field("name", &T::name, "名称", {2, workflow::kShortText}),
        workflow::field("active", &T::active, "启用")};
}

namespace {

using http::verb;
using storage::Department;

void write_department(JsonWriter& json, Department const& department) {
    json.open_object().member("code", department.code).member("agency", department.agency);
    json.member("name", department.name).member("active", department.active).member("version", department.version);
    json.close_object();
}

json::object department_schema() {
    return ObjectSchema()
        .member<workflow::Code>("code", "内设机构代码")
        .member<workflow::Code>("agency", "所属机关")
        .member<std::string>("name", "名称")
        .member<bool>("active", "启用")
        .member<std::int64_t>("version")
        .named("Department");
}

std::string department_json(Department const& department, Call const&) {
    JsonWriter json;
    write_department(json, department);
    return json.take();
}

Answer list_departments(Services&, Call& call) {
    auto const agency = call.request.query("agency");
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& [code, department] : call.directory->departments()) {
        if (!agency || department.agency.value == *agency) write_department(json, department);
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

net::awaitable<Answer> create_department(Services& services, Call& call) {
    auto given = read_body<NewDepartment>(call.request.body);
    if (!given) co_return given.error();
    if (!administers(call, given->agency)) co_return beyond_reach("/agency");
    Department department;
    department.code = std::move(given->code);
    department.agency = std::move(given->agency);
    department.name = std::move(given->name);
    auto location = "/api/v1/departments/" + department.code.value;
    co_return co_await create_record(services, call, std::move(department), std::move(location), department_json);
}

net::awaitable<Answer> put_department(Services& services, Call& call) {
    auto const* known = call.directory->department(workflow::Code{std::string(call.parameter(0))});
    if (known == nullptr || !administers(call, known->agency))
        co_return not_found("department_not_found", "没有找到这个内设机构。");
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto form = read_body<DepartmentForm>(call.request.body);
    if (!form) co_return form.error();
    auto department = *known;
    department.version = *expected;
    department.name = std::move(form->name);
    department.active = form->active.value_or(true);
    co_return co_await put_record(services, call, std::move(department), kSystemAdmin, department_json);
}

}  // namespace

std::vector<Operation> department_operations() {
    constexpr std::string_view kList = "/api/v1/departments";
    return {
        {.method = verb::get,
         .path = kList,
         .id = "listDepartments",
         .summary = "内设机构",
         .tag = "departments",
         .who = Who::Staff,
         .handler = list_departments,
         .response = [] { return items_of("DepartmentList", department_schema()); },
         .query = {{"agency", "所属机关"}}},
        {.method = verb::post,
         .path = kList,
         .id = "createDepartment",
         .summary = "新增内设机构",
         .tag = "departments",
         .who = Who::Staff,
         .handler = create_department,
         .roles = kSystemAdmin,
         .request = shape_schema<NewDepartment>,
         .response = department_schema,
         .success = http::status::created,
         .creates = true},
        {.method = verb::put,
         .path = "/api/v1/departments/{code}",
         .id = "putDepartment",
         .summary = "修改内设机构",
         .tag = "departments",
         .who = Who::Staff,
         .handler = put_department,
         .roles = kSystemAdmin,
         .request = shape_schema<DepartmentForm>,
         .response = department_schema,
         .versioned = true},
    };
}

}  // namespace server::api
