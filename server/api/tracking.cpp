#include "server/api/tracking.hpp"

#include <algorithm>
#include <utility>

#include "server/api/command.hpp"
#include "server/api/input.hpp"
#include "server/api/progress_json.hpp"
#include "server/api/resources.hpp"
#include "server/api/sign_in.hpp"
#include "server/api/writing.hpp"
#include "server/http/peer.hpp"

namespace server::api {
namespace {

using http::verb;
using workflow::Action;

Answer open_own_case(Services& services, Call& call) {
    auto const pair = read_body<TrackingPair>(call.request.body);
    if (!pair) return pair.error();
    auto const set_cookie = open_tracking(services, call, *pair);
    if (!set_cookie) return set_cookie.error();
    JsonWriter json;
    json.open_object().member("number", call.session->subject).member("case_id", call.session->case_id);
    json.member("csrf_token", call.session->csrf_token).close_object();
    auto response = http::text_response(http::status::created, "application/json", json.take());
    response.headers.push_back(*set_cookie);
    return response;
}

json::object opened_schema() {
    return ObjectSchema()
        .member<workflow::Code>("number", "受理编号")
        .member<std::string>("case_id")
        .member<std::string>("csrf_token", "写操作时放在 X-CSRF-Token 中")
        .named("TrackingSession");
}

http::Response progress_response(
    Services& services, Call const& call, VisibleCase const& found, storage::StoredCase const& stored
) {
    auto body = progress_json(progress_of(services, call, found, stored));
    auto response = http::text_response(http::status::ok, "application/json", std::move(body));
    response.set("ETag", version_tag(stored.facts.version));
    return response;
}

Answer read_progress(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.session->case_id);
    if (!found) return found.error();
    return progress_response(services, call, *found, found->stored);
}

net::awaitable<Answer> take_own_action(Services& services, Call& call) {
    auto const* own = own_action(call.parameter(0));
    if (own == nullptr) co_return not_found("unknown_action", "没有这种办理动作。");
    auto found = visible_case(services, services.reader, call, call.session->case_id);
    if (!found) co_return found.error();
    auto body = parse_body(call.request.body.empty() ? "{}" : std::string_view(call.request.body));
    if (!body) co_return body.error();
    auto const command = own_command(*own, std::move(*body), call.today());
    if (!command) co_return command.error();
    std::function<workflow::Result<storage::StoredCase>(storage::Connection&)> work =
        [&services, &call, &command](storage::Connection& connection) {
            return act_on_own_case(services, connection, call, *command);
        };
    auto stored = co_await written<storage::StoredCase>(services, std::move(work), call.request.body.size() + 1024);
    if (!stored) co_return explained(services, call, call.session->case_id, std::move(stored.error()));
    co_return progress_response(services, call, *found, *stored);
}

json::object own_input() {
    return {
        {"type", "object"},
        {"description",
         "correct、explain:{text, excuse?};withdraw、suggest_publication:{reason};rate:{score, text?};add_to_rating:{text};request_amendment:{record, evidence}。"},
        {"additionalProperties", true}};
}

}  // namespace

boost::system::result<http::Header, http::Problem> open_tracking(
    Services& services, Call& call, TrackingPair const& pair
) {
    auto const address = http::client_network(call.request.peer).to_string();
    auto wait = services.access.tracking_by_address.take(address, call.now);
    if (!wait) wait = services.access.tracking_by_number.take(pair.number, call.now);
    if (wait) return too_many_tries("too_many_tries", "查询次数过多,请稍后再试。", *wait);
    auto const stored = services.store.cases().find_for_applicant(services.reader, pair.number, pair.query_code);
    if (!stored) return not_found("no_such_pair", "受理编号或查询码不正确,请核对。");
    access::Session session;
    session.kind = access::SessionKind::Applicant;
    session.subject = stored->facts.number;
    session.case_id = stored->id;
    return open_session(services, call, std::move(session));
}

boost::system::result<workflow::Command, http::Problem> own_command(
    OwnAction const& own, json::value body, workflow::Date today
) {
    // When an answer of the applicant came in is for the service to say.
    if (std::holds_alternative<workflow::Supplement>(workflow::payload_for(own.action)) && body.is_object()) {
        auto const [place, free] = body.get_object().emplace("received_on", workflow::to_string(today));
        if (!free) {
            return invalid_input({{"/received_on", "not_yours_to_give", "“收到日期”由系统填写,不能提交。"}});
        }
    }
    return read_command(own.action, body);
}

workflow::Result<storage::StoredCase> act_on_own_case(
    Services& services, storage::Connection& connection, Call const& call, workflow::Command const& command
) {
    auto const& id = call.session->case_id;
    return services.store.cases().act(connection, id, std::nullopt, command, call.actor, call.now);
}

storage::Receipt receipt_of(Services& services, storage::StoredCase const& stored) {
    auto const entry = storage::read_entries_of(services.reader, {"case", stored.id}, 1, 1).front();
    auto const head = services.store.journal().head();
    auto path = storage::prove_inclusion(services.reader, entry.seq, head.size);
    return {entry.seq, entry.record, head.size, head.root, std::move(*path)};
}

std::vector<Operation> tracking_operations() {
    constexpr std::string_view kPath = "/api/v1/tracking";
    return {
        {.method = verb::post,
         .path = kPath,
         .id = "openTracking",
         .summary = "用受理编号和查询码查询",
         .tag = "tracking",
         .who = Who::Anyone,
         .handler = open_own_case,
         .request = shape_schema<TrackingPair>,
         .response = opened_schema,
         .success = http::status::created,
         .problems = {http::status::not_found, http::status::too_many_requests},
         .unpaced = true},
        {.method = verb::get,
         .path = kPath,
         .id = "readProgress",
         .summary = "自己申请的办理进度",
         .tag = "tracking",
         .who = Who::Applicant,
         .handler = read_progress,
         .response = progress_schema,
         .problems = {http::status::not_found}},
        {.method = verb::post,
         .path = "/api/v1/tracking/actions/{action}",
         .id = "actOnOwnCase",
         .summary = "补正、说明理由、撤回、评价、追加评价、建议主动公开、申请更正",
         .tag = "tracking",
         .who = Who::Applicant,
         .handler = take_own_action,
         .request = own_input,
         .response = progress_schema,
         .actions = own_action_names(),
         .problems = {http::status::conflict}},
    };
}

}  // namespace server::api
