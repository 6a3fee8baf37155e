#include "storage/office/watches.hpp"
#include "workflow/procedure/procedure.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "server/api/cases/case_access.hpp"
#include "server/api/cases/case_filter.hpp"
#include "server/api/cases/operations.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/answer_schema.hpp"

/// The work lists of an account with the number of cases in each, and the cases it follows.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using workflow::Result;
using workflow::Scope;

constexpr std::int64_t kCountedTo = 1000;

// ---- the lists -----------------------------------------------------------------------------------------------------

bool has_scope(Call const& call, auto const& wanted) {
    return std::ranges::any_of(workflow::kRoles, [&](auto const& role) {
        return call.actor.roles.has(role.value) && wanted(workflow::scope_of(role.value));
    });
}

bool sees_cases(Call const& call) {
    return has_scope(call, [](Scope scope) { return scope != Scope::Nothing; });
}

bool works_on_cases(Call const& call) { return call.actor.roles.intersects(workflow::table::kCaseRoles); }

bool works_in_department(Call const& call) {
    return has_scope(call, [](Scope scope) { return scope == Scope::OwnDepartment; });
}

http::Parameter own_department(Call const& call) { return {"department", call.actor.department.value}; }

/// One tab: who has it, and the query of GET /cases that gives it.
struct WorkList {
    std::string_view code;
    std::string_view label;
    bool (*shown)(Call const&);
    std::vector<http::Parameter> (*query)(Call const&);
};

using Query = std::vector<http::Parameter>;

// clang-format off
constexpr std::array kWorkLists{
    WorkList{"mine",       "我的待办", works_on_cases,      [](Call const&) { return Query{{"mine", "true"}}; }},
    WorkList{"department", "本部门",   works_in_department, [](Call const& call) { return Query{own_department(call)}; }},
    WorkList{"unclaimed",  "待认领",   works_in_department, [](Call const& call) { return Query{own_department(call), {"unclaimed", "true"}}; }},
    WorkList{"watched",    "关注",     sees_cases,          [](Call const&) { return Query{{"watched", "true"}}; }},
    WorkList{"all",        "全部",     sees_cases,          [](Call const&) { return Query{}; }},
};
// clang-format on

/// As it stands in an address. Names and codes need no escaping.
std::string query_text(Query const& query) {
    std::string text;
    for (auto const& [name, value] : query) text.append(text.empty() ? "" : "&").append(name).append("=").append(value);
    return text;
}

struct CountJob {
    Services& services;
    Call const& call;

    std::string operator()(Connection& connection) const {
        auto const scope = storage::scope_of(call.actor, *call.directory);
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& list : kWorkLists) {
            if (!list.shown(call)) continue;
            auto const query = list.query(call);
            auto const filter = case_filter(call, query).value();
            auto const count = services.store.cases().count(connection, scope, filter, kCountedTo + 1).value();
            json.open_object().member("code", list.code).member("label", list.label);
            json.member("query", query_text(query)).member("count", std::min(count, kCountedTo));
            json.member("at_least", count > kCountedTo).close_object();
        }
        json.close_list().close_object();
        return json.take();
    }
};

json::object counts_schema() {
    std::vector<std::string_view> codes;
    for (auto const& list : kWorkLists) codes.push_back(list.code);
    auto const item = ObjectSchema()
                          .member("code", enumeration(codes))
                          .member<std::string>("label", "名称")
                          .member<std::string>("query", "GET /cases 的查询串")
                          .member<std::int64_t>("count", "件数，最多数到1000")
                          .member<bool>("at_least", "实际件数多于 count")
                          .named("WorkList");
    return items_of("WorkLists", item);
}

net::awaitable<Answer> count_lists(Services& services, Call& call) {
    CountJob const job{services, call};
    auto body = co_await services.pool.read(job);
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

// ---- following -----------------------------------------------------------------------------------------------------

using WatchChange = void (*)(Connection&, workflow::Code const&, std::string_view);

net::awaitable<Answer> change_watch(Services& services, Call& call, WatchChange change) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    std::function<Result<std::monostate>(Connection&)> work = [&call, &found, change](Connection& connection
                                                              ) -> Result<std::monostate> {
        change(connection, call.actor.id, found->stored.id);
        return std::monostate{};
    };
    auto const changed = co_await commit_write<std::monostate>(services, std::move(work));
    if (!changed) co_return http::problem_of(changed.error());
    co_return no_content();
}

net::awaitable<Answer> watch_case(Services& services, Call& call) {
    return change_watch(services, call, storage::watch);
}

net::awaitable<Answer> unwatch_case(Services& services, Call& call) {
    return change_watch(services, call, storage::unwatch);
}

}  // namespace

std::vector<Operation> work_list_operations() {
    constexpr std::string_view kWatch = "/api/v1/cases/{id}/watch";
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/counts",
         .id = "countCases",
         .summary = "工作列表及各自的件数",
         .tag = "cases",
         .who = Who::Staff,
         .handler = count_lists,
         .response = counts_schema},
        {.method = verb::put,
         .path = kWatch,
         .id = "watchCase",
         .summary = "关注一件申请",
         .tag = "cases",
         .who = Who::Staff,
         .handler = watch_case,
         .success = http::status::no_content},
        {.method = verb::delete_,
         .path = kWatch,
         .id = "unwatchCase",
         .summary = "不再关注",
         .tag = "cases",
         .who = Who::Staff,
         .handler = unwatch_case,
         .success = http::status::no_content},
    };
}

}  // namespace server::api
