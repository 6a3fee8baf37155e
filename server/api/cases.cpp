#include "storage/object_keys.hpp"
#include "workflow/payloads.hpp"
#include "workflow/procedure.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <utility>

#include "server/api/case_access.hpp"
#include "server/api/case_filter.hpp"
#include "server/api/clock_json.hpp"
#include "server/api/input.hpp"
#include "server/api/resources.hpp"
#include "server/api/schema.hpp"
#include "server/api/timeline_json.hpp"
#include "server/api/writing.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Action;
using workflow::Result;

constexpr std::int64_t kInlinePage = 50;  // longer lists and searches go to the pool

// ---- lists ---------------------------------------------------------------------------------------------------------

struct ListJob {
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
    auto filter = case_filter(call);
    if (!filter) co_return filter.error();
    bool const quick = filter->text.empty() && filter->limit <= kInlinePage;
    ListJob job{services, call, std::move(*filter)};
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
    auto const clock = workflow::reckon(found->stored.facts.timeline(), call.today(), *found->calendar);
    if (!clock) return http::problem_of(clock.error());
    return http::json_response(http::status::ok, clock_json(*clock));
}

/// The form of each action as JSON, in the order of Action.
std::vector<std::string> const& action_forms() {
    static std::vector<std::string> const forms = [] {
        std::vector<std::string> all;
        for (auto const& action : workflow::kActions) {
            auto const schema =
                std::visit([]<typename T>(T const&) { return shape_schema<T>(); }, workflow::payload_for(action.value));
            all.push_back(json::serialize(schema));
        }
        return all;
    }();
    return forms;
}

Answer read_actions(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    auto const& facts = found->stored.facts;
    JsonWriter json;
    json.open_object().member("state", facts.state).member("version", facts.version).key("actions").open_list();
    for (auto const& permission : workflow::permissions(facts, found->context(call))) {
        if (permission.action == Action::Attach) continue;  // files have an address of their own
        json.open_object();
        json.member("action", permission.action).member("allowed", permission.allowed);
        json.member("reason", permission.reason.empty() ? std::nullopt : std::optional(permission.reason));
        json.member("article", permission.article);
        json.key("fields").raw(action_forms()[static_cast<std::size_t>(permission.action)]);
        json.close_object();
    }
    json.close_list().close_object();
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
    co_return co_await created(services, call, call.request.body, std::move(make));
}

net::awaitable<Answer> act_on_case(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const action = workflow::parse<Action>(call.parameter(1));
    if (!action) co_return not_found("unknown_action", "没有这种办理动作。");
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto const body = parse_body(call.request.body.empty() ? "{}" : std::string_view(call.request.body));
    if (!body) co_return body.error();

    workflow::Command command;
    command.action = *action;
    command.payload = workflow::payload_for(*action);
    InputReader reader;
    std::visit([&](auto& payload) { reader.read(*body, payload, ""); }, command.payload);
    if (!reader.errors().empty()) co_return invalid_input(std::move(reader.errors()));
    co_return co_await act(services, call, found->stored.id, *expected, std::move(command));
}

net::awaitable<Answer> reveal_applicant(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const reason = read_body<workflow::Reason>(call.request.body);
    if (!reason) co_return reason.error();
    auto const& id = found->stored.id;
    std::function<Result<std::int64_t>(Connection&)> note =
        [&services, &call, &found, &reason, &id](Connection& connection) {
            // The reason may name somebody, so it stands sealed in the entry.
            auto const key = storage::find_key(connection, services.store.vault(), {"case", id});
            storage::Entry const entry{
                .at = call.now,
                .on = call.today(),
                .action = "reveal_applicant",
                .by = journal_actor(call, found->roles),
                .object = {"case_access", id},
                .data = {},
                .sealed = {{"reason", reason->reason}},
                .key = &key.value()};
            return Result<std::int64_t>(services.store.journal().append(connection, entry).seq);
        };
    auto const noted = co_await written<std::int64_t>(services, std::move(note));
    if (!noted) co_return http::problem_of(noted.error());

    auto const& application = found->stored.facts.application;
    JsonWriter json;
    json.open_object().member("applicant", application.applicant).member("agent", application.agent);
    json.member("journal_seq", *noted).close_object();
    co_return http::text_response(http::status::ok, "application/json", json.take());
}

json::object action_input() {
    return {
        {"type", "object"},
        {"description", "随动作而不同;GET /cases/{id}/actions 的 fields 给出每个动作的 JSON Schema。"},
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
         .query = case_filter_parameters()},
        {.method = verb::post,
         .path = "/api/v1/cases",
         .id = "registerCase",
         .summary = "登记线下申请",
         .tag = "cases",
         .who = Who::Staff,
         .handler = register_case,
         .roles = {workflow::Role::Registrar},
         .request = shape_schema<workflow::Registration>,
         .success = http::status::created,
         .creates = true},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}",
         .id = "readCase",
         .summary = "一件申请",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_case},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/timeline",
         .id = "readTimeline",
         .summary = "办理过程",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_timeline_of},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/clock",
         .id = "readClock",
         .summary = "期限及其理由",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_clock},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/actions",
         .id = "listActions",
         .summary = "当前状态的各项动作",
         .tag = "cases",
         .who = Who::Staff,
         .handler = read_actions},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/actions/{action}",
         .id = "actOnCase",
         .summary = "办理一步",
         .tag = "cases",
         .who = Who::Staff,
         .handler = act_on_case,
         .request = action_input,
         .versioned = true},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/applicant",
         .id = "revealApplicant",
         .summary = "查看申请人的完整信息,并留痕",
         .tag = "cases",
         .who = Who::Staff,
         .handler = reveal_applicant,
         .roles = kCaseRoles,
         .request = shape_schema<workflow::Reason>},
    };
}

}  // namespace server::api
