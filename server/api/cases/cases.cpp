#include "storage/journal/object_keys.hpp"
#include "workflow/cases/payloads.hpp"
#include "workflow/procedure/procedure.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "server/api/cases/action_form.hpp"
#include "server/api/cases/action_menu.hpp"
#include "server/api/cases/case_access.hpp"
#include "server/api/cases/case_filter.hpp"
#include "server/api/cases/clock_json.hpp"
#include "server/api/cases/operations.hpp"
#include "server/api/cases/timeline_json.hpp"
#include "server/api/kit/command.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/input.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Action;
using workflow::Result;

constexpr std::int64_t kInlinePage = 50;

/// Whether the list is short and follows the order of an index, so that it can be read on the io thread. Others go to
/// the pool.
bool is_quick(storage::CaseFilter const& filter) {
    return filter.text.empty() && filter.limit <= kInlinePage && filter.outcomes.empty() && !filter.on_time &&
           !filter.paused;
}

// ---- lists ---------------------------------------------------------------------------------------------------------

struct CaseListJob {
    Services& services;
    Call const& call;
    storage::CaseFilter filter;

    Result<std::string> operator()(Connection& connection) const {
        auto const scope = storage::scope_of(call.actor, *call.directory);
        auto const page = services.store.cases().list(connection, scope, filter);
        if (!page) return page.error();
        auto const calendar = services.store.calendar().current();
        View const view{*call.directory, *calendar, call.today()};
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& row : page->items) write_row(json, row, view);
        json.close_list().member("next_cursor", page->next_cursor).close_object();
        return json.take();
    }
};

net::awaitable<Answer> list_cases(Services& services, Call& call) {
    auto filter = case_filter(call, call.request.target.query);
    if (!filter) co_return filter.error();
    bool const quick = is_quick(*filter);
    CaseListJob job{services, call, std::move(*filter)};
    Result<std::string> body = std::string();
    if (quick) {
        body = job(services.reader);
    } else {
        body = co_await services.pool.read(std::move(job));
    }
    if (!body) co_return http::problem_of(body.error());
    co_return http::text_response(http::status::ok, "application/json", std::move(*body));
}

// ---- one case ------------------------------------------------------------------------------------------------------

Answer read_case(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    return case_response(*found, call);
}

net::awaitable<Answer> read_timeline_of(Services& services, Call& call) {
    auto found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto work = [&services, &found, &call](Connection& connection) {
        return timeline_json(services.store.cases().timeline(connection, found->stored.id), found->view(call));
    };
    auto body = co_await services.pool.read(std::move(work));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

Answer read_clock(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    auto const clock = workflow::compute_clock(found->stored.facts.timeline(), call.today(), *found->calendar);
    if (!clock) return http::problem_of(clock.error());
    return http::text_response(http::status::ok, "application/json", clock_json(*clock));
}

json::object actions_schema() {
    return ObjectSchema()
        .member<workflow::State>("state", "状态")
        .member<std::int64_t>("version")
        .member("actions", menu_schema(), "当前状态的各项动作")
        .named("CaseActions");
}

Answer read_actions(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    auto const& facts = found->stored.facts;
    JsonWriter json;
    json.open_object().member("state", facts.state).member("version", facts.version);
    auto const permissions = workflow::permissions(facts, found->context(call));
    write_menu(json, permissions, main_step(facts, found->roles, permissions), facts, found->view(call));
    json.close_object();
    auto response = http::text_response(http::status::ok, "application/json", json.take());
    response.set("ETag", version_tag(facts.version));
    return response;
}

// ---- writes --------------------------------------------------------------------------------------------------------

net::awaitable<Answer> register_case(Services& services, Call& call) {
    auto registration = read_body<workflow::Registration>(call.request.body);
    if (!registration) co_return registration.error();
    workflow::Command command;
    command.action = Action::Register;
    command.payload = std::move(*registration);
    std::function<Result<Created>(Connection&)> make = [&services, &call, &command](Connection& connection
                                                       ) -> Result<Created> {
        auto const made = services.store.cases().create(connection, command, call.actor, call.now);
        if (!made) return made.error();
        auto const calendar = services.store.calendar().current();
        JsonWriter json;
        json.open_object();
        write_case(json, made->stored, {*call.directory, *calendar, call.today()});
        json.member("query_code", made->query_code).key("receipt");
        write_receipt(json, made->receipt);
        json.close_object();
        return Created{"/api/v1/cases/" + made->stored.id, json.take()};
    };
    co_return co_await create_once(services, call, call.request.body, std::move(make));
}

json::object registered_schema() {
    return case_members()
        .member<std::string>("query_code", "查询码，只显示这一次")
        .member("receipt", receipt_schema(), "日志中的凭证")
        .named("RegisteredCase");
}

net::awaitable<Answer> act_on_case(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const action = workflow::parse<Action>(call.parameter(1));
    if (!action) co_return not_found("unknown_action", "没有这种办理动作。");
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto command = read_command(*action, call.request.body);
    if (!command) co_return command.error();
    co_return co_await act(services, call, found->stored.id, *expected, std::move(*command));
}

net::awaitable<Answer> reveal_applicant(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const reason = read_body<workflow::Reason>(call.request.body);
    if (!reason) co_return reason.error();
    auto const& id = found->stored.id;
    std::function<Result<std::int64_t>(Connection&)> note =
        [&services, &call, &found, &reason, &id](Connection& connection) {
            // The reason may contain personal data, so it is sealed in the entry.
            auto const key = storage::find_key(connection, services.store.vault(), {"case", id});
            storage::Entry const entry{
                .at = call.now,
                .on = call.today(),
                .action = "reveal_applicant",
                .by = journal_author(call, found->roles),
                .object = {"case_access", id},
                .data = {},
                .sealed = {{"reason", reason->reason}},
                .key = &key.value()};
            return Result<std::int64_t>(services.store.journal().append(connection, entry).seq);
        };
    auto const noted = co_await commit_write<std::int64_t>(services, std::move(note));
    if (!noted) co_return http::problem_of(noted.error());

    auto const& application = found->stored.facts.application;
    JsonWriter json;
    json.open_object().member("applicant", application.applicant).member("agent", application.agent);
    json.member("journal_seq", *noted).close_object();
    co_return http::text_response(http::status::ok, "application/json", json.take());
}

json::object revealed_schema() {
    return ObjectSchema()
        .member<workflow::Applicant>("applicant", "申请人")
        .member<std::optional<workflow::Agent>>("agent", "代理人")
        .member<std::int64_t>("journal_seq", "这次查看的日志序号")
        .named("RevealedApplicant");
}

/// What staff do to a case; files and cards have addresses of their own.
std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    for (auto const& action : workflow::kActions) {
        bool const of_staff = std::ranges::any_of(workflow::kProcedure, [&](workflow::Transition const& row) {
            return row.action == action.value && !row.from.empty() && !(row.by - workflow::kNotAccounts).empty();
        });
        bool const elsewhere = action.value == Action::Attach || workflow::concerns_card(action.value);
        if (of_staff && !elsewhere) names.push_back(action.code);
    }
    return names;
}

json::object action_input() {
    return {
        {"type", "object"},
        {"description", "随动作而不同；GET /cases/{id}/actions 的 fields 给出每个动作的 JSON Schema。"},
        {"additionalProperties", true}};
}

}  // namespace

std::vector<Operation> case_operations() {
    constexpr auto kCaseRoles = workflow::table::kCaseRoles;
    return {
        {.method = verb::get,
         .path = "/api/v1/cases",
         .id = "listCases",
         .summary = "申请件列表",
         .tag = "cases",
         .who = Who::Staff,
         .handler = list_cases,
         .response = [] { return page_of("CasePage", row_schema()); },
         .query = case_filter_parameters(),
         .problems = {http::status::unprocessable_entity}},
        {.method = verb::post,
         .path = "/api/v1/cases",
         .id = "registerCase",
         .summary = "登记线下申请",
         .tag = "cases",
         .who = Who::Staff,
         .handler = register_case,
         .roles = {workflow::Role::Registrar},
         .request = shape_schema<workflow::Registration>,
         .response = registered_schema,
         .success = http::status::created,
         .creates = true},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}",
         .id = "readCase",
         .summary = "一件申请",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_case,
         .response = case_schema},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/timeline",
         .id = "readTimeline",
         .summary = "办理过程",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_timeline_of,
         .response = timeline_schema},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/clock",
         .id = "readClock",
         .summary = "期限及其理由",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_clock,
         .response = answer_schema<CaseClockView>},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/actions",
         .id = "listActions",
         .summary = "当前状态的各项动作",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_actions,
         .response = actions_schema},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/actions/{action}",
         .id = "actOnCase",
         .summary = "办理一步",
         .tag = "cases",
         .who = Who::Staff,
         .handler = act_on_case,
         .request = action_input,
         .response = case_schema,
         .actions = command_names(),
         .problems = {http::status::conflict},
         .versioned = true},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/applicant",
         .id = "revealApplicant",
         .summary = "查看申请人的完整信息，并留痕",
         .tag = "cases",
         .who = Who::Staff,
         .handler = reveal_applicant,
         .roles = kCaseRoles,
         .request = shape_schema<workflow::Reason>,
         .response = revealed_schema},
    };
}

}  // namespace server::api
