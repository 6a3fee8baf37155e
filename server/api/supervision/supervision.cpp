#include "server/api/supervision/supervision.hpp"

#include "storage/cases/case_store.hpp"

#include <algorithm>
#include <utility>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/api/supervision/operations.hpp"
#include "server/api/supervision/overview.hpp"
#include "server/api/supervision/report_access.hpp"
#include "server/api/supervision/supervision_events.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;

net::awaitable<Answer> overview(Services& services, Call& call) {
    auto const what = supervised(call.actor, *call.directory, call.request.query("agency"));
    if (!what) co_return out_of_reach();
    auto work = [&services, &call, &what](Connection& connection) {
        auto const calendar = services.store.calendar().current();
        JsonWriter json;
        json.value(read_overview(connection, *what, *call.directory, *calendar, call.now));
        return json.take();
    };
    auto body = co_await services.pool.read(std::move(work));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

net::awaitable<Answer> watch_cases(Services& services, Call& call) {
    auto const branch = call.request.query("agency");
    if (!supervised(call.actor, *call.directory, branch)) co_return out_of_reach();
    auto const place = first_place(services, call.request);
    if (!place) co_return place.error();
    auto source = case_news(services, call.session_id, branch, *place);
    auto const executor = co_await net::this_coro::executor;
    auto stream = services.streams.open(executor, call.session_id, std::move(source));
    if (stream) co_return std::move(*stream);
    co_return http::Problem{
        .status = http::status::service_unavailable,
        .code = "too_many_streams",
        .detail = "同时打开的页面太多，请关闭一些后再试。",
        .retry_after = std::chrono::seconds{30}};
}

}  // namespace

std::optional<Supervised> supervised(
    workflow::Actor const& actor, storage::Directory const& directory, std::optional<std::string_view> agency
) {
    auto const reach = storage::scope_of(actor, directory).agencies;
    Supervised found{agency ? workflow::Code{std::string(*agency)} : actor.agency, {}};
    auto const in_reach = [&](workflow::Code const& code) { return std::ranges::find(reach, code) != reach.end(); };
    if (!in_reach(found.agency)) return std::nullopt;
    std::ranges::copy_if(directory.subtree(found.agency), std::back_inserter(found.agencies), in_reach);
    return found;
}

std::vector<Operation> supervision_operations() {
    QueryParameter const branch{"agency", "机关代码，含其下级机关；省略时为本人监督的全部机关"};
    return {
        {.method = verb::get,
         .path = "/api/v1/supervision/overview",
         .id = "readOverview",
         .summary = "监督概况：各项数字及其申请件",
         .tag = "supervision",
         .who = Who::Staff,
         .handler = overview,
         .roles = kWatchers,
         .response = answer_schema<Overview>,
         .query = {branch},
         .problems = {http::status::not_found}},
        {.method = verb::get,
         .path = "/api/v1/supervision/events",
         .id = "watchCases",
         .summary = "申请件的新进展（Server-Sent Events）：event 为 case，data 如 contentSchema；event 为 reset "
                    "时请重新读取概况",
         .tag = "supervision",
         .who = Who::Staff,
         .handler = watch_cases,
         .roles = kWatchers,
         .response = answer_schema<CaseNews>,
         .query =
             {branch, {"after", "从这个审计日志序号之后开始；Last-Event-ID 优先；省略时从现在开始", whole_number(0)}},
         .problems = {http::status::not_found, http::status::service_unavailable},
         .produces = "text/event-stream"},
    };
}

}  // namespace server::api
