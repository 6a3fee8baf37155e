#include "storage/papers/retention.hpp"

#include <functional>
#include <optional>
#include <utility>

#include "server/api/cases/case_access.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/input.hpp"
#include "server/api/shapes/json_writer.hpp"

/// How long files are kept, what suspends their destruction, and the two people who destroy the personal data in them.
namespace server::api {
namespace {

using http::verb;
using storage::Author;
using storage::Connection;
using storage::Retention;
using workflow::Instant;
using workflow::Result;
using workflow::Role;
using workflow::RoleSet;

constexpr std::int64_t kLongestList = 500;
constexpr RoleSet kHolders{Role::LegalReviewer, Role::OfficeHead};
// Who proposes to destroy and who decides are of roles that exclude each other, so they are never one person.
constexpr RoleSet kProposer{Role::SecurityAdmin};
constexpr RoleSet kDecider{Role::Auditor};
constexpr RoleSet kDestroyers{Role::SecurityAdmin, Role::Auditor};

void write_decision(
    JsonWriter& json, std::string_view name, std::optional<Retention::Decision> const& decision, Call const& call
) {
    if (!decision) {
        json.member(name, std::optional<std::string>());
        return;
    }
    auto const* const staff = call.directory->staff(workflow::Code{decision->by.id});
    json.key(name).open_object().member("at", decision->at).member("by", decision->by.id);
    json.member("by_name", staff == nullptr ? std::nullopt : std::optional<std::string>(staff->name));
    json.close_object();
}

std::string standing_json(Retention::Standing const& standing, Call const& call) {
    JsonWriter json;
    json.open_object().member("keep_until", standing.keep_until);
    write_decision(json, "hold", standing.hold, call);
    json.member("hold_reason", standing.hold_reason);
    write_decision(json, "proposal", standing.proposal, call);
    write_decision(json, "erasure", standing.erasure, call);
    json.close_object();
    return json.take();
}

json::object standing_schema() {
    auto const step = [] {
        auto schema = ObjectSchema()
                          .member<Instant>("at", "时间")
                          .member_with_name<std::string>("by", "谁")
                          .named("RetentionStep");
        return json::object{{"anyOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
    };
    return ObjectSchema()
        .member<std::optional<workflow::Date>>("keep_until", "保管到哪一天；没有归档或者有未结的复议、诉讼时为空")
        .member("hold", step(), "暂缓销毁")
        .member<std::optional<std::string>>("hold_reason", "暂缓销毁的理由")
        .member("proposal", step(), "提议销毁")
        .member("erasure", step(), "已经销毁")
        .named("Retention");
}

Answer read_standing(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    auto const standing = services.store.retention().standing(services.reader, found->stored.id);
    return http::text_response(http::status::ok, "application/json", standing_json(standing, call));
}

/// Takes a step on the writer thread, and answers with how the 案卷 then stands.
net::awaitable<Answer> take(
    Services& services,
    Call& call,
    std::string id,
    RoleSet as,
    std::function<Result<void>(Connection&, Author const&)> step
) {
    std::function<Result<bool>(Connection&)> work = [&call, as, &step](Connection& connection) -> Result<bool> {
        auto const taken = step(connection, journal_author(call, as));
        if (!taken) return taken.error();
        return true;
    };
    auto const taken = co_await commit_write<bool>(services, std::move(work));
    if (!taken) co_return http::problem_of(taken.error());
    auto const standing = services.store.retention().standing(services.reader, id);
    co_return http::text_response(http::status::ok, "application/json", standing_json(standing, call));
}

using WithReason =
    Result<void> (Retention::*)(Connection&, std::string_view, std::string const&, Author const&, Instant);
using WithoutReason = Result<void> (Retention::*)(Connection&, std::string_view, Author const&, Instant);

/// Holds are moved by those who work on the case.
net::awaitable<Answer> move_hold(Services& services, Call& call, WithReason step) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) co_return found.error();
    auto const body = read_body<workflow::Reason>(call.request.body);
    if (!body) co_return body.error();
    std::string const id = found->stored.id;
    std::function<Result<void>(Connection&, Author const&)> work =
        [&services, &call, &id, &body, step](Connection& connection, Author const& by) {
            return (services.store.retention().*step)(connection, id, body->reason, by, call.now);
        };
    co_return co_await take(services, call, id, kHolders, std::move(work));
}

/// Destruction is decided by people who see the number of a case and nothing else of it.
net::awaitable<Answer> move_erasure(Services& services, Call& call, RoleSet as, WithoutReason step) {
    std::string const id(call.parameter(0));
    if (!services.store.cases().find(services.reader, id)) co_return not_found("case_not_found", "没有找到这件申请。");
    std::function<Result<void>(Connection&, Author const&)> work =
        [&services, &call, &id, step](Connection& connection, Author const& by) {
            return (services.store.retention().*step)(connection, id, by, call.now);
        };
    co_return co_await take(services, call, id, as, std::move(work));
}

net::awaitable<Answer> hold(Services& services, Call& call) { return move_hold(services, call, &Retention::hold); }
net::awaitable<Answer> lift_hold(Services& services, Call& call) {
    return move_hold(services, call, &Retention::lift_hold);
}
net::awaitable<Answer> propose_erasure(Services& services, Call& call) {
    return move_erasure(services, call, kProposer, &Retention::propose_erasure);
}
net::awaitable<Answer> reject(Services& services, Call& call) {
    return move_erasure(services, call, kDecider, &Retention::reject_erasure);
}

/// Destroys the key first, then the files; if interrupted, the daily run repeats the files each day.
net::awaitable<Answer> erase(Services& services, Call& call) {
    auto answer = co_await move_erasure(services, call, kDecider, &Retention::erase);
    if (!answer) co_return answer;
    std::function<Result<bool>(Connection&)> remove = [&services](Connection& connection) -> Result<bool> {
        services.store.retention().remove_files(connection);
        return true;
    };
    auto const removed = co_await commit_write<bool>(services, std::move(remove));
    if (!removed) co_return http::problem_of(removed.error());
    co_return answer;
}

Answer list_expired(Services& services, Call& call) {
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& row : services.store.retention().expired(services.reader, call.today(), kLongestList)) {
        auto const* const agency = call.directory->agency(workflow::Code{row.agency});
        json.open_object().member("id", row.id).member("number", row.number).member("agency", row.agency);
        json.member("agency_name", agency == nullptr ? std::nullopt : std::optional<std::string>(agency->name));
        json.member("keep_until", row.keep_until).member("held", row.held).member("proposed_by", row.proposed_by);
        json.close_object();
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object expired_schema() {
    return ObjectSchema()
        .member<std::string>("id")
        .member<std::string>("number", "受理编号")
        .member_with_name<std::string>("agency", "机关")
        .member<workflow::Date>("keep_until", "保管期限届满的日期")
        .member<bool>("held", "暂缓销毁")
        .member<std::optional<std::string>>("proposed_by", "提议销毁的人")
        .named("ExpiredCase");
}

}  // namespace

std::vector<Operation> retention_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/retention",
         .id = "readRetention",
         .summary = "案卷的保管",
         .tag = "archive",
         .who = Who::Staff,
         .handler = read_standing,
         .response = standing_schema},
        {.method = verb::put,
         .path = "/api/v1/cases/{id}/retention/hold",
         .id = "holdFile",
         .summary = "暂缓销毁案卷",
         .tag = "archive",
         .who = Who::Staff,
         .handler = hold,
         .roles = kHolders,
         .request = shape_schema<workflow::Reason>,
         .response = standing_schema,
         .problems = {http::status::conflict}},
        {.method = verb::post,
         .path = "/api/v1/cases/{id}/retention/hold/lift",
         .id = "liftHold",
         .summary = "解除暂缓销毁",
         .tag = "archive",
         .who = Who::Staff,
         .handler = lift_hold,
         .roles = kHolders,
         .request = shape_schema<workflow::Reason>,
         .response = standing_schema,
         .problems = {http::status::conflict}},
        {.method = verb::get,
         .path = "/api/v1/retention",
         .id = "listExpired",
         .summary = "保管期限届满的案卷",
         .tag = "archive",
         .who = Who::Staff,
         .handler = list_expired,
         .roles = kDestroyers,
         .response = [] { return items_of("ExpiredCases", expired_schema()); }},
        {.method = verb::put,
         .path = "/api/v1/retention/{id}/proposal",
         .id = "proposeErasure",
         .summary = "提议销毁个人信息（安全管理员）",
         .tag = "archive",
         .who = Who::Staff,
         .handler = propose_erasure,
         .roles = kProposer,
         .response = standing_schema,
         .problems = {http::status::not_found, http::status::conflict}},
        {.method = verb::delete_,
         .path = "/api/v1/retention/{id}/proposal",
         .id = "rejectErasure",
         .summary = "不同意销毁（审计员）",
         .tag = "archive",
         .who = Who::Staff,
         .handler = reject,
         .roles = kDecider,
         .response = standing_schema,
         .problems = {http::status::not_found, http::status::conflict}},
        {.method = verb::put,
         .path = "/api/v1/retention/{id}/erasure",
         .id = "eraseCase",
         .summary = "同意并销毁个人信息（审计员）",
         .tag = "archive",
         .who = Who::Staff,
         .handler = erase,
         .roles = kDecider,
         .response = standing_schema,
         .problems = {http::status::not_found, http::status::conflict}},
    };
}

}  // namespace server::api
