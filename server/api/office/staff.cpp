#include "storage/vault/vault.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "server/access/totp.hpp"
#include "server/api/kit/account_json.hpp"
#include "server/api/kit/guessing.hpp"
#include "server/api/kit/master_data.hpp"
#include "server/api/kit/sign_in.hpp"
#include "server/api/office/operations.hpp"

namespace server::api {

struct StaffForm {
    std::string name;
    std::vector<workflow::Role> roles;
    workflow::Code agency;
    std::optional<workflow::Code> department;
};

struct NewStaff {
    std::string username;
    StaffForm form;
};

template <>
inline constexpr bool kIsFlat<StaffForm> = true;

constexpr auto fields(std::type_identity<StaffForm>) {
    using T = StaffForm;
    return std::tuple{
        workflow::field("name", &T::name, "姓名", {1, 60}),
        workflow::field("roles", &T::roles, "角色", {1, 11}),
        workflow::field("agency", &T::agency, "所属机关", {1, 40}),
        workflow::field("department", &T::department, "内设机构", {1, 60})};
}

constexpr auto fields(std::type_identity<NewStaff>) {
    using T = NewStaff;
    return std::tuple{workflow::field("username", &T::username, "用户名", {2, 60}), workflow::field("form", &T::form)};
}

namespace {

using http::verb;
using storage::Staff;

constexpr workflow::RoleSet kSecurityAdmin{workflow::Role::SecurityAdmin};

void apply(StaffForm form, Staff& staff) {
    staff.name = std::move(form.name);
    staff.roles = {};
    for (auto const role : form.roles) staff.roles.add(role);
    staff.agency = std::move(form.agency);
    staff.department = std::move(form.department).value_or(workflow::Code{});
}

void write_staff(JsonWriter& json, Staff const& staff) {
    json.member("id", staff.id).member("username", staff.username).member("name", staff.name);
    write_roles(json, staff.roles);
    json.member("agency", staff.agency);
    json.member("department", staff.department.empty() ? std::nullopt : std::optional(staff.department));
    json.member("disabled", staff.disabled).member("has_totp", staff.totp_seed.has_value());
    json.member("must_change_password", staff.must_change_password).member("absence", staff.absence);
    json.member("version", staff.version);
}

ObjectSchema staff_members() {
    using workflow::Code;
    return ObjectSchema()
        .member<Code>("id")
        .member<std::string>("username", "用户名")
        .member<std::string>("name", "姓名")
        .member("roles", roles_schema(), "角色")
        .member<Code>("agency", "所属机关")
        .member<std::optional<Code>>("department", "内设机构")
        .member<bool>("disabled", "已停用")
        .member<bool>("has_totp", "已绑定动态口令")
        .member<bool>("must_change_password", "须先修改初始密码")
        .member<std::optional<storage::Absence>>("absence", "外出和代办人")
        .member<std::int64_t>("version");
}

json::object staff_schema() { return staff_members().named("StaffAccount"); }

std::string staff_json(Staff const& staff, Call const&) {
    JsonWriter json;
    json.open_object();
    write_staff(json, staff);
    json.close_object();
    return json.take();
}

/// The account with a secret that is shown only this once.
std::string with_secret(Staff const& staff, std::string_view name, std::string const& secret) {
    JsonWriter json;
    json.open_object();
    write_staff(json, staff);
    json.member(name, secret).close_object();
    return json.take();
}

json::object staff_with_secret_schema() {
    return staff_members()
        .may_have("password", answer_schema<std::string>(), "初始密码，只显示这一次")
        .may_have("totp_seed", answer_schema<std::string>(), "动态口令的种子，只显示这一次")
        .named("StaffAccountWithSecret");
}

/// Administrators see the accounts of their agency and of those below it, others their colleagues.
Answer list_staff(Services&, Call& call) {
    bool const administrator = call.actor.roles.intersects(workflow::kAdministrators);
    auto const agency = call.request.query("agency");
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& [id, staff] : call.directory->staff()) {
        if (agency && staff.agency.value != *agency) continue;
        bool const seen =
            administrator ? administers(call, staff.agency) : staff.agency == call.actor.agency && !staff.disabled;
        if (!seen) continue;
        json.open_object();
        write_staff(json, staff);
        json.close_object();
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

/// The first password is made here, shown once, and has to be changed at the first sign-in.
net::awaitable<Answer> create_staff(Services& services, Call& call) {
    auto given = read_body<NewStaff>(call.request.body);
    if (!given) co_return given.error();
    if (!administers(call, given->form.agency)) co_return beyond_reach("/agency");
    auto const password = access::random_password();
    auto hash = co_await services.access.passwords.hash(password);
    if (!hash) co_return passwords_busy();
    Staff staff;
    staff.id.value = storage::random_id();
    staff.username = std::move(given->username);
    staff.password_hash = std::move(*hash);
    staff.password_changed_at = call.now;
    apply(std::move(given->form), staff);
    std::function<workflow::Result<Created>(storage::Connection&)> make =
        [&services, &call, &staff, &password](storage::Connection& connection) -> workflow::Result<Created> {
        auto const by = journal_author(call, kSystemAdmin);
        auto const put = services.store.directory().put(connection, staff, by, call.now);
        if (!put) return put.error();
        ++staff.version;
        return Created{"/api/v1/staff/" + staff.id.value, with_secret(staff, "password", password)};
    };
    co_return co_await create_once(services, call, call.request.body, std::move(make));
}

http::Problem no_staff() { return not_found("staff_not_found", "没有找到这个账号。"); }

boost::system::result<Staff, http::Problem> staff_of(Call const& call) {
    auto const* staff = call.directory->staff(workflow::Code{std::string(call.parameter(0))});
    if (staff == nullptr) return no_staff();
    return *staff;
}

/// An account within the reach of the administrator who calls, and not the own one: nobody raises oneself.
boost::system::result<Staff, http::Problem> staff_in_reach(Call const& call) {
    auto staff = staff_of(call);
    if (!staff) return staff;
    if (!administers(call, staff->agency)) return no_staff();
    if (staff->id == call.actor.id) {
        return http::Problem{
            .status = http::status::forbidden,
            .code = "own_account",
            .detail = "不能设置自己的账号，请由另一位管理员办理。"};
    }
    return staff;
}

net::awaitable<Answer> put_staff(Services& services, Call& call) {
    auto staff = staff_in_reach(call);
    if (!staff) co_return staff.error();
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto form = read_body<StaffForm>(call.request.body);
    if (!form) co_return form.error();
    if (!administers(call, form->agency)) co_return beyond_reach("/agency");
    auto const old_roles = staff->roles;
    staff->version = *expected;
    apply(std::move(*form), *staff);
    auto const id = staff->id;
    bool const new_roles = staff->roles != old_roles;
    auto answer = co_await put_record(services, call, std::move(*staff), kSystemAdmin, staff_json);
    if (answer && new_roles) services.access.sessions.close_all_of(id);
    co_return answer;
}

/// What a security administrator does to an account.
enum class StaffAction { Disable, Enable, Unlock, ResetPassword, EnrolTotp, RemoveTotp };
constexpr std::array<std::pair<std::string_view, StaffAction>, 6> kStaffActions{{
    {"disable", StaffAction::Disable},
    {"enable", StaffAction::Enable},
    {"unlock", StaffAction::Unlock},
    {"reset_password", StaffAction::ResetPassword},
    {"enrol_totp", StaffAction::EnrolTotp},
    {"remove_totp", StaffAction::RemoveTotp},
}};

std::vector<std::string_view> account_actions() {
    std::vector<std::string_view> names;
    for (auto const& [name, action] : kStaffActions) names.push_back(name);
    return names;
}

net::awaitable<Answer> act_on_staff(Services& services, Call& call) {
    auto staff = staff_in_reach(call);
    if (!staff) co_return staff.error();
    auto const named =
        std::ranges::find(kStaffActions, call.parameter(1), &std::pair<std::string_view, StaffAction>::first);
    if (named == kStaffActions.end()) co_return not_found("unknown_action", "没有这种动作。");
    auto const action = named->second;
    if (action == StaffAction::Unlock) {
        services.access.forgive(staff_key(*staff));
        co_return http::text_response(http::status::ok, "application/json", staff_json(*staff, call));
    }

    std::string secret;
    if (action == StaffAction::Disable || action == StaffAction::Enable)
        staff->disabled = action == StaffAction::Disable;
    if (action == StaffAction::RemoveTotp) staff->totp_seed.reset();
    if (action == StaffAction::EnrolTotp) staff->totp_seed = secret = access::new_totp_seed();
    if (action == StaffAction::ResetPassword) {
        secret = access::random_password();
        auto hash = co_await services.access.passwords.hash(secret);
        if (!hash) co_return passwords_busy();
        staff->password_hash = std::move(*hash);
        staff->password_changed_at = call.now;
        staff->must_change_password = true;
    }
    auto const id = staff->id;
    auto const key = staff_key(*staff);
    auto answer = co_await put_record(services, call, *staff, kSecurityAdmin, staff_json);
    if (!answer) co_return answer;
    services.access.sessions.close_all_of(id);
    services.access.forgive(key);
    ++staff->version;
    if (action == StaffAction::EnrolTotp) answer->body = with_secret(*staff, "totp_seed", secret);
    if (action == StaffAction::ResetPassword) answer->body = with_secret(*staff, "password", secret);
    co_return answer;
}

/// The roles that may record a handler's absence.
constexpr workflow::RoleSet kSaysAbsence{
    workflow::Role::Handler, workflow::Role::DepartmentHead, workflow::Role::SystemAdmin};

net::awaitable<Answer> save_absence(Services& services, Call& call, std::optional<storage::Absence> absence) {
    auto staff = staff_of(call);
    if (!staff) co_return staff.error();
    bool const own = staff->id == call.actor.id;
    bool const head = call.actor.roles.has(workflow::Role::DepartmentHead) && staff->agency == call.actor.agency &&
                      staff->department == call.actor.department;
    bool const administrator = call.actor.roles.intersects(kSystemAdmin) && administers(call, staff->agency);
    if (!own && !head && !administrator) {
        co_return http::Problem{
            .status = http::status::forbidden,
            .code = "not_your_account",
            .detail = "外出由本人、本部门负责人或系统管理员登记。"};
    }
    if (!staff->roles.has(workflow::Role::Handler)) {
        co_return http::Problem{
            .status = http::status::conflict,
            .code = "no_handler",
            .detail = "只有承办人的申请件要有人代办；其他步骤同一角色的人都能办。"};
    }
    staff->absence = std::move(absence);
    co_return co_await put_record(services, call, std::move(*staff), kSaysAbsence, staff_json);
}

net::awaitable<Answer> put_absence(Services& services, Call& call) {
    auto form = read_body<storage::Absence>(call.request.body);
    if (!form) co_return form.error();
    if (form->until < call.today()) {
        co_return invalid_input({{"/until", "in_the_past", "外出的最后一天已经过了。"}});
    }
    std::optional absence(std::move(*form));
    co_return co_await save_absence(services, call, std::move(absence));
}

net::awaitable<Answer> end_absence(Services& services, Call& call) {
    co_return co_await save_absence(services, call, std::nullopt);
}

/// A form that offers the roles an account may have.
template <workflow::Shape Form>
json::object staff_form() {
    auto form = shape_schema<Form>();
    json::array offered;
    for (auto const& role : workflow::kRoles) {
        if (workflow::kNotAccounts.has(role.value)) continue;
        offered.push_back(json::object{{"const", role.code}, {"title", role.label}});
    }
    form["properties"].at("roles").at("items").as_object()["oneOf"] = std::move(offered);
    return form;
}

}  // namespace

std::vector<Operation> staff_operations() {
    constexpr std::string_view kList = "/api/v1/staff";
    return {
        {.method = verb::get,
         .path = kList,
         .id = "listStaff",
         .summary = "工作人员账号",
         .tag = "staff",
         .who = Who::Staff,
         .handler = list_staff,
         .response = [] { return items_of("StaffList", staff_schema()); },
         .query = {{"agency", "所属机关"}}},
        {.method = verb::post,
         .path = kList,
         .id = "createStaff",
         .summary = "新增账号；初始密码只显示这一次",
         .tag = "staff",
         .who = Who::Staff,
         .handler = create_staff,
         .roles = kSystemAdmin,
         .request = staff_form<NewStaff>,
         .response = staff_with_secret_schema,
         .success = http::status::created,
         .creates = true},
        {.method = verb::put,
         .path = "/api/v1/staff/{id}",
         .id = "putStaff",
         .summary = "修改账号的姓名、角色和单位",
         .tag = "staff",
         .who = Who::Staff,
         .handler = put_staff,
         .roles = kSystemAdmin,
         .request = staff_form<StaffForm>,
         .response = staff_schema,
         .versioned = true},
        {.method = verb::put,
         .path = "/api/v1/staff/{id}/absence",
         .id = "putAbsence",
         .summary = "登记外出：这些天由代办人办理本人承办的申请件",
         .tag = "staff",
         .who = Who::Staff,
         .handler = put_absence,
         .roles = kSaysAbsence,
         .request = shape_schema<storage::Absence>,
         .response = staff_schema,
         .problems = {http::status::conflict}},
        {.method = verb::delete_,
         .path = "/api/v1/staff/{id}/absence",
         .id = "endAbsence",
         .summary = "取消外出，不再由别人代办",
         .tag = "staff",
         .who = Who::Staff,
         .handler = end_absence,
         .roles = kSaysAbsence,
         .response = staff_schema,
         .problems = {http::status::conflict}},
        {.method = verb::post,
         .path = "/api/v1/staff/{id}/actions/{action}",
         .id = "actOnStaff",
         .summary = "停用、启用、解锁、重置密码、绑定或解除动态口令",
         .tag = "staff",
         .who = Who::Staff,
         .handler = act_on_staff,
         .roles = kSecurityAdmin,
         .response = staff_with_secret_schema,
         .actions = account_actions()},
    };
}

}  // namespace server::api
