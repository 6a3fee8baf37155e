#include <algorithm>
#include <array>
#include <utility>

#include "server/api/case_access.hpp"
#include "server/api/input.hpp"
#include "server/api/progress_json.hpp"
#include "server/api/resources.hpp"
#include "server/api/schema.hpp"
#include "server/api/sign_in.hpp"
#include "server/api/writing.hpp"
#include "server/http/peer.hpp"

namespace server::api {

struct TrackingPair {
    std::string number;
    std::string query_code;
};

constexpr auto fields(std::type_identity<TrackingPair>) {
    using T = TrackingPair;
    return std::tuple{
        workflow::field("number", &T::number, "受理编号", {1, 60}),
        workflow::field("query_code", &T::query_code, "查询码", {1, 60})};
}

namespace {

using http::verb;
using workflow::Action;

/// What an applicant may do, under the name it has for applicants.
struct OwnAction {
    std::string_view name;
    Action action;
};
constexpr std::array kOwnActions{
    OwnAction{"correct", Action::RecordCorrection},
    OwnAction{"explain", Action::RecordExplanation},
    OwnAction{"withdraw", Action::Withdraw},
    OwnAction{"rate", Action::Rate},
    OwnAction{"suggest_publication", Action::SuggestPublication},
};

Answer open_tracking(Services& services, Call& call) {
    auto const pair = read_body<TrackingPair>(call.request.body);
    if (!pair) return pair.error();
    auto const address = http::client_network(call.request.peer).to_string();
    auto wait = services.access.tracking_by_address.take(address, call.now);
    if (!wait) wait = services.access.tracking_by_number.take(pair->number, call.now);
    if (wait) return too_many_tries("too_many_tries", "查询次数过多,请稍后再试。", *wait);

    auto const stored = services.store.cases().find_for_applicant(services.reader, pair->number, pair->query_code);
    if (!stored) {
        return http::Problem{
            .status = http::status::not_found, .code = "no_such_pair", .detail = "受理编号或查询码不正确,请核对。"};
    }
    access::Session session;
    session.kind = access::SessionKind::Applicant;
    session.subject = stored->facts.number;
    session.case_id = stored->id;
    auto const set_cookie = open_session(services, call, std::move(session));
    JsonWriter json;
    json.open_object().member("number", stored->facts.number).member("case_id", stored->id);
    json.member("csrf_token", call.session->csrf_token).close_object();
    auto response = http::text_response(http::status::created, "application/json", json.take());
    response.headers.push_back(set_cookie);
    return response;
}

http::Response progress_response(
    Services& services, storage::StoredCase const& stored, VisibleCase const& found, Call const& call
) {
    std::vector<std::string_view> allowed;
    for (auto const& permission : workflow::permissions(stored.facts, found.context(call))) {
        auto const own = std::ranges::find(kOwnActions, permission.action, &OwnAction::action);
        if (permission.allowed && own != kOwnActions.end()) allowed.push_back(own->name);
    }
    auto const files = applicants_files(services, services.reader, stored);
    auto body = progress_json(stored, *found.agency, found.view(call), allowed, files);
    auto response = http::text_response(http::status::ok, "application/json", std::move(body));
    response.set("ETag", version_tag(stored.facts.version));
    return response;
}

Answer read_progress(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.session->case_id);
    if (!found) return found.error();
    return progress_response(services, found->stored, *found, call);
}

/// An applicant sends what is dated today, whatever the form would take from staff.
workflow::Result<workflow::Payload> read_own(
    json::value body, Action action, workflow::Date today, InputReader& reader
) {
    auto payload = workflow::payload_for(action);
    if (std::holds_alternative<workflow::Supplement>(payload) && body.is_object()) {
        if (body.get_object().contains("received_on")) {
            reader.errors().push_back({"/received_on", "not_yours_to_give", "“收到日期”由系统填写,不能提交。"});
            return payload;
        }
        body.get_object().emplace("received_on", workflow::to_string(today));
    }
    std::visit([&](auto& data) { reader.read(body, data, ""); }, payload);
    return payload;
}

net::awaitable<Answer> act_on_own_case(Services& services, Call& call) {
    auto const own = std::ranges::find(kOwnActions, call.parameter(0), &OwnAction::name);
    if (own == kOwnActions.end()) co_return not_found("unknown_action", "没有这种办理动作。");
    auto found = visible_case(services, services.reader, call, call.session->case_id);
    if (!found) co_return found.error();
    auto body = parse_body(call.request.body.empty() ? "{}" : std::string_view(call.request.body));
    if (!body) co_return body.error();
    InputReader reader;
    auto payload = read_own(std::move(*body), own->action, call.today(), reader);
    if (!reader.errors().empty()) co_return invalid_input(std::move(reader.errors()));
    workflow::Command command;
    command.action = own->action;
    command.payload = std::move(*payload);

    std::function<workflow::Result<storage::StoredCase>(storage::Connection&)> work =
        [&services, &call, &command](storage::Connection& connection) {
            auto const& id = call.session->case_id;
            return services.store.cases().act(connection, id, std::nullopt, command, call.actor, call.now);
        };
    auto stored = co_await written<storage::StoredCase>(services, std::move(work), call.request.body.size() + 1024);
    if (!stored) co_return explained(services, call, call.session->case_id, std::move(stored.error()));
    co_return progress_response(services, *stored, *found, call);
}

json::object own_input() {
    return {
        {"type", "object"},
        {"description",
         "correct、explain:{text, excuse?};withdraw、suggest_publication:{reason};rate:{score, text?}。"},
        {"additionalProperties", true}};
}

}  // namespace

std::vector<Operation> tracking_operations() {
    constexpr std::string_view kPath = "/api/v1/tracking";
    return {
        {.method = verb::post,
         .path = kPath,
         .id = "openTracking",
         .summary = "用受理编号和查询码查询",
         .tag = "tracking",
         .who = Who::Anyone,
         .handler = open_tracking,
         .request = shape_schema<TrackingPair>,
         .success = http::status::created},
        {.method = verb::get,
         .path = kPath,
         .id = "readProgress",
         .summary = "自己申请的办理进度",
         .tag = "tracking",
         .who = Who::Applicant,
         .handler = read_progress},
        {.method = verb::post,
         .path = "/api/v1/tracking/actions/{action}",
         .id = "actOnOwnCase",
         .summary = "补正、说明理由、撤回、评价、建议主动公开",
         .tag = "tracking",
         .who = Who::Applicant,
         .handler = act_on_own_case,
         .request = own_input},
    };
}

}  // namespace server::api
