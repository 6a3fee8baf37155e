#include <sodium.h>

#include <utility>

#include "server/access/totp.hpp"
#include "server/api/applicants/tracking.hpp"
#include "server/api/kit/account_json.hpp"
#include "server/api/kit/guessing.hpp"
#include "server/api/kit/sign_in.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/input.hpp"

namespace server::api {

struct Credentials {
    std::string username;
    std::string password;
    std::optional<std::string> totp;
    std::optional<WorkDone> proof_of_work;
};

constexpr auto fields(std::type_identity<Credentials>) {
    using T = Credentials;
    return std::tuple{
        workflow::field("username", &T::username, "用户名", {1, 60}),
        workflow::field("password", &T::password, "密码", {1, 512}),
        workflow::field("totp", &T::totp, "动态口令", {6, 6}),
        workflow::field("proof_of_work", &T::proof_of_work, "工作量证明")};
}

struct PasswordChange {
    std::string current;
    std::string password;
};

constexpr auto fields(std::type_identity<PasswordChange>) {
    using T = PasswordChange;
    return std::tuple{
        workflow::field("current", &T::current, "现在的密码", {1, 512}),
        workflow::field("password", &T::password, "新密码", {1, 512})};
}

namespace {

using http::Problem;
using http::verb;
using workflow::Result;

constexpr std::string_view kLockedOut = "locked_out";

/// The same text for every reason, so that it does not reveal which accounts exist.
Problem wrong_credentials() {
    return Problem{
        .status = http::status::unauthorized, .code = "wrong_credentials", .detail = "用户名、密码或动态口令不正确。"};
}

std::string session_json(Call const& call) {
    auto const& session = *call.session;
    JsonWriter json;
    json.open_object();
    json.member("kind", session.kind == access::SessionKind::Staff ? "staff" : "applicant");
    if (call.account != nullptr) {
        auto const& account = *call.account;
        auto const* agency = call.directory->agency(account.agency);
        auto const* department = call.directory->department(account.department);
        json.member("account", account.id).member("username", account.username).member("name", account.name);
        json.member("agency", account.agency);
        json.member("agency_name", agency != nullptr ? std::optional(agency->name) : std::nullopt);
        json.member("department", department != nullptr ? std::optional(department->code) : std::nullopt);
        json.member("department_name", department != nullptr ? std::optional(department->name) : std::nullopt);
        write_roles(json, account.roles);
        json.member("must_change_password", account.must_change_password);
    } else {
        auto const& opened = session.own_cases.back();
        json.member("number", opened.number).member("case_id", opened.case_id);
        write_open_cases(json, session);
    }
    json.member("csrf_token", session.csrf_token).close_object();
    return json.take();
}

json::object staff_session_schema() {
    using workflow::Code;
    return ObjectSchema()
        .member("kind", constant("staff"))
        .member<Code>("account", "账号编号")
        .member<std::string>("username", "用户名")
        .member<std::string>("name", "姓名")
        .member_with_name<Code>("agency", "所属机关")
        .member_with_name<std::optional<Code>>("department", "内设机构")
        .member("roles", roles_schema(), "角色")
        .member<bool>("must_change_password", "须先修改初始密码")
        .member<std::string>("csrf_token", "写操作时放在 X-CSRF-Token 中")
        .named("StaffSession");
}

json::object session_schema() {
    auto const applicant = ObjectSchema()
                               .member("kind", constant("applicant"))
                               .member<workflow::Code>("number", "受理编号")
                               .member<std::string>("case_id")
                               .member("open", list_of(open_case_schema()), "打开的申请，后打开的在后")
                               .member<std::string>("csrf_token", "写操作时放在 X-CSRF-Token 中")
                               .named("ApplicantSession");
    return named("Session", one_of({staff_session_schema(), applicant}));
}

/// Whether the second factor is correct and not yet used; marks it as used.
bool takes_totp(Services& services, storage::Staff const& account, Credentials const& given, workflow::Instant now) {
    if (!account.totp_seed) return true;
    auto const step = given.totp ? access::match_totp(*account.totp_seed, *given.totp, now) : std::nullopt;
    auto& last = services.access.totp_steps.find_or_make(account.id.value, 0);
    if (!step || *step <= last) return false;
    last = *step;
    return true;
}

/// The second factor of an account whose password was right. Wrong ones from unknown devices are limited for all
/// networks together: the sender knows the password, and making all strangers wait is better than allowing a million
/// tries. Failures of other accounts do not count here.
std::optional<Problem> check_second_factor(
    Services& services,
    storage::Staff const& account,
    Credentials const& given,
    access::Caller const& caller,
    Call const& call
) {
    auto& access = services.access;
    bool const bounded = account.totp_seed && given.totp && caller.device.empty();
    if (auto const wait = access.second_factors.wait(caller.name, access.sign_in_wait, call.now); bounded && wait) {
        auto const when = try_again(call.now, *wait);
        auto const detail =
            "动态口令输错的次数太多，" + when + "如果不是您本人在试，密码可能已经泄露，请联系安全管理员。";
        return too_many_tries("second_factor_locked", detail, *wait);
    }
    bool const right = takes_totp(services, account, given, call.now);
    if (bounded && right) access.second_factors.forget(caller.name);
    if (bounded && !right) access.second_factors.add(caller.name, call.now);
    return right ? std::nullopt : std::optional(wrong_credentials());
}

access::Session session_of(storage::Staff const& account) {
    access::Session session;
    session.kind = access::SessionKind::Staff;
    session.account = account.id;
    session.roles = account.roles;
    session.password_changed_at = account.password_changed_at;
    return session;
}

net::awaitable<Answer> sign_in(Services& services, Call& call) {
    auto const given = read_body<Credentials>(call.request.body);
    if (!given) co_return given.error();
    auto& access = services.access;
    auto const* account = call.directory->staff_by_username(given->username);
    if (account != nullptr && account->disabled) account = nullptr;
    auto name = account != nullptr ? staff_key(*account) : "nobody/" + given->username;
    auto const caller = caller_at(services, call, std::move(name));
    auto problem = check_guessing(services, call, access.sign_in, caller, given->proof_of_work, kLockedOut);
    if (problem) co_return std::move(*problem);

    auto hash = account != nullptr ? account->password_hash : std::string();
    auto const asker = caller.device.empty() ? access::Asker::Stranger : access::Asker::Known;
    auto const right = co_await access.passwords.verify(std::move(hash), given->password, asker);
    if (!right) co_return passwords_busy();
    problem = check_wait(call, access.sign_in, caller, kLockedOut);
    if (problem) co_return std::move(*problem);
    problem = wrong_credentials();
    if (*right) problem = check_second_factor(services, *account, *given, caller, call);
    if (problem) {
        access.sign_in.record_failure(caller, call.now);
        co_return std::move(*problem);
    }
    access.sign_in.record_success(caller);

    auto const set_cookie = open_session(services, call, session_of(*account));
    call.account = account;
    auto response = http::text_response(http::status::created, "application/json", session_json(call));
    response.headers.push_back(set_cookie);
    response.headers.push_back(remember_device(services, call, caller.name));
    co_return response;
}

Answer read_session(Services&, Call& call) {
    return http::text_response(http::status::ok, "application/json", session_json(call));
}

Answer sign_out(Services& services, Call& call) {
    http::Response response{.status = http::status::no_content};
    response.headers.push_back(close_session(services, call));
    return response;
}

net::awaitable<Answer> change_password(Services& services, Call& call) {
    auto const given = read_body<PasswordChange>(call.request.body);
    if (!given) co_return given.error();
    auto const& username = call.account->username;
    // An open session has its own tries, separate from those of sign-in.
    auto& door = services.access.sign_in;
    access::Caller const caller{.name = staff_key(*call.account), .network = {}, .device = "session"};
    auto problem = check_wait(call, door, caller, kLockedOut);
    if (problem) co_return std::move(*problem);
    std::vector<workflow::FieldError> errors;
    auto const known = access::Asker::Known;
    auto const right = co_await services.access.passwords.verify(call.account->password_hash, given->current, known);
    if (!right) co_return passwords_busy();
    problem = check_wait(call, door, caller, kLockedOut);
    if (problem) co_return std::move(*problem);
    if (!*right) {
        door.record_failure(caller, call.now);
        errors.push_back(workflow::FieldError{"/current", "wrong_password", "现在的密码不正确。"});
    }
    auto fault = access::password_fault(given->password, username);
    if (!fault && given->password == given->current) fault = "新密码不能与现在的密码相同。";
    if (fault) errors.push_back(workflow::FieldError{"/password", "unfit_password", *fault});
    if (!errors.empty()) co_return invalid_input(std::move(errors));

    auto hash = co_await services.access.passwords.hash(given->password);
    if (!hash) co_return passwords_busy();
    auto account = *call.account;
    account.password_hash = std::move(*hash);
    account.must_change_password = false;
    account.password_changed_at = call.now;
    std::function<Result<storage::Staff>(storage::Connection&)> work =
        [&services, &call, &account](storage::Connection& connection) -> Result<storage::Staff> {
        auto const by = journal_author(call, call.actor.roles);
        auto const put = services.store.directory().put(connection, account, by, call.now);
        if (!put) return put.error();
        return account;
    };
    auto const stored = co_await commit_write<storage::Staff>(services, std::move(work));
    if (!stored) co_return http::problem_of(stored.error());

    auto const set_cookie = open_session(services, call, session_of(*stored));  // a new secret, a new session
    call.account = &*stored;
    auto response = http::text_response(http::status::ok, "application/json", session_json(call));
    response.headers.push_back(set_cookie);
    response.headers.push_back(remember_device(services, call, staff_key(*stored)));
    co_return response;
}

}  // namespace

std::vector<Operation> session_operations() {
    constexpr std::string_view kPath = "/api/v1/session";
    return {
        {.method = verb::post,
         .path = kPath,
         .id = "signIn",
         .summary = "登录",
         .tag = "session",
         .who = Who::Anyone,
         .handler = sign_in,
         .request = shape_schema<Credentials>,
         .response = staff_session_schema,
         .success = http::status::created,
         .problems = {http::status::unauthorized, http::status::too_many_requests},
         .unpaced = true},
        {.method = verb::get,
         .path = kPath,
         .id = "readSession",
         .summary = "当前会话",
         .tag = "session",
         .who = Who::StaffOrApplicant,
         .handler = read_session,
         .response = session_schema,
         .with_initial_password = true},
        {.method = verb::delete_,
         .path = kPath,
         .id = "signOut",
         .summary = "退出",
         .tag = "session",
         .who = Who::StaffOrApplicant,
         .handler = sign_out,
         .success = http::status::no_content,
         .with_initial_password = true},
        {.method = verb::put,
         .path = "/api/v1/session/password",
         .id = "changePassword",
         .summary = "修改自己的密码",
         .tag = "session",
         .who = Who::Staff,
         .handler = change_password,
         .request = shape_schema<PasswordChange>,
         .response = staff_session_schema,
         .problems = {http::status::too_many_requests},
         .with_initial_password = true},
    };
}

}  // namespace server::api
