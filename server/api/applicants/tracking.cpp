#include "server/api/applicants/tracking.hpp"

#include "workflow/words/text.hpp"

#include <algorithm>
#include <utility>

#include "server/api/applicants/operations.hpp"
#include "server/api/applicants/progress_json.hpp"
#include "server/api/kit/command.hpp"
#include "server/api/kit/sign_in.hpp"
#include "server/api/kit/writing.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/input.hpp"

namespace server::api {
namespace {

using http::verb;
using workflow::Action;

constexpr std::int64_t kLongestNumber = 60;  ///< of TrackingPair, characters

/// The session of this applicant, to go on with; a new one for anybody else.
access::Session applicants_session(Call const& call) {
    access::Session session;
    session.kind = access::SessionKind::Applicant;
    if (!call.session || call.session->kind != access::SessionKind::Applicant) return session;
    session.own_cases = call.session->own_cases;
    session.opened_at = call.session->opened_at;
    return session;
}

Answer open_own_case(Services& services, Call& call) {
    auto const pair = read_body<TrackingPair>(call.request.body);
    if (!pair) return pair.error();
    auto set_cookies = open_tracking(services, call, *pair);
    if (!set_cookies) return set_cookies.error();
    JsonWriter json;
    auto const& opened = call.session->own_cases.back();
    json.open_object().member("number", opened.number).member("case_id", opened.case_id);
    write_open_cases(json, *call.session);
    json.member("csrf_token", call.session->csrf_token).close_object();
    auto response = http::text_response(http::status::created, "application/json", json.take());
    std::ranges::move(*set_cookies, std::back_inserter(response.headers));
    return response;
}

json::object opened_schema() {
    return ObjectSchema()
        .member<workflow::Code>("number", "受理编号")
        .member<std::string>("case_id")
        .member("open", list_of(open_case_schema()), "这个会话中打开的申请，后打开的在后")
        .member<std::string>("csrf_token", "写操作时放在 X-CSRF-Token 中")
        .named("TrackingSession");
}

/// Which case a body is meant for: takes `number` out of it. 422 where it names none, 409 where the session does not
/// hold that one.
boost::system::result<access::OwnCase, http::Problem> take_meant_case(Call& call, json::value& body) {
    auto* object = body.if_object();
    auto const* value = object == nullptr ? nullptr : object->if_contains("number");
    auto const* text = value == nullptr ? nullptr : value->if_string();
    if (text == nullptr || text->size() > kLongestNumber) {
        return invalid_input({{"/number", "missing", "请写明“受理编号”：这一步是为哪一件申请办的。"}});
    }
    std::string const number(*text);
    object->erase("number");
    return find_meant_case(call, number);
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
    std::string const number(call.request.query("number").value_or(call.session->own_cases.back().number));
    auto const* own = select_case(call, &access::OwnCase::number, number);
    if (own == nullptr)
        return not_found("case_not_open", "这件申请没有在这个会话中打开，请先用它的受理编号和查询码查询。");
    auto const found = visible_case(services, services.reader, call, own->case_id);
    if (!found) return found.error();
    return progress_response(services, call, *found, found->stored);
}

net::awaitable<Answer> take_own_action(Services& services, Call& call) {
    auto const* own = own_action(call.parameter(0));
    if (own == nullptr) co_return not_found("unknown_action", "没有这种办理动作。");
    auto body = parse_body(call.request.body.empty() ? "{}" : std::string_view(call.request.body));
    if (!body) co_return body.error();
    auto const meant = take_meant_case(call, *body);
    if (!meant) co_return meant.error();
    auto found = visible_case(services, services.reader, call, meant->case_id);
    if (!found) co_return found.error();
    auto const command = own_command(*own, std::move(*body), call.today());
    if (!command) co_return command.error();
    std::function<workflow::Result<storage::StoredCase>(storage::Connection&)> work =
        [&services, &call, &meant, &command](storage::Connection& connection) {
            return act_on_own_case(services, connection, call, meant->case_id, *command);
        };
    auto stored =
        co_await commit_write<storage::StoredCase>(services, std::move(work), call.request.body.size() + 1024);
    if (!stored) co_return explain(services, call, meant->case_id, stored.error());
    co_return progress_response(services, call, *found, *stored);
}

json::object own_input() {
    return {
        {"type", "object"},
        {"description",
         "correct、explain:{text, excuse?};withdraw、suggest_publication:{reason};rate:{score, "
         "text?};add_to_rating:{text};request_amendment:{record, evidence}。每一种都要写明 number。"},
        {"properties", {{"number", text_schema("受理编号：这一步为它而办", {1, kLongestNumber})}}},
        {"required", {"number"}},
        {"additionalProperties", true}};
}

}  // namespace

boost::system::result<std::vector<http::Header>, http::Problem> open_tracking(
    Services& services, Call& call, TrackingPair const& pair
) {
    auto& door = services.access.tracking;
    auto const caller = caller_at(services, call, case_key(pair.number));
    if (auto problem = check_guessing(services, call, door, caller, pair.proof_of_work, "too_many_tries")) {
        return std::move(*problem);
    }
    auto const stored = services.store.cases().find_for_applicant(services.reader, pair.number, pair.query_code);
    if (!stored) {
        door.record_failure(caller, call.now);
        return not_found("no_such_pair", "受理编号或查询码不正确，请核对。");
    }
    door.record_success(caller);
    auto session = applicants_session(call);
    auto& own = session.own_cases;
    std::erase_if(own, [&](auto const& each) { return each.case_id == stored->id; });
    own.push_back({stored->facts.number.value, stored->id, about(stored->facts)});
    if (std::cmp_greater(own.size(), services.config.own_cases)) own.erase(own.begin());
    return std::vector{open_session(services, call, std::move(session)), remember_device(services, call, caller.name)};
}

boost::system::result<access::OwnCase, http::Problem> find_meant_case(Call& call, std::string_view number) {
    if (auto const* own = select_case(call, &access::OwnCase::number, number)) return *own;
    return http::Problem{
        .status = http::status::conflict,
        .code = "case_not_open",
        .detail = "申请“" + std::string(number) +
                  "”没有在这个会话中打开，所以什么也没有办理。请先用它的受理编号和查询码查询。"};
}

http::Header leave_case(Services& services, Call& call, std::string_view number) {
    auto session = applicants_session(call);
    std::erase_if(session.own_cases, [&](auto const& each) { return each.number == number; });
    if (session.own_cases.empty()) return close_session(services, call);
    return open_session(services, call, std::move(session));
}

void write_open_cases(JsonWriter& json, access::Session const& session) {
    json.key("open").open_list();
    for (auto const& own : session.own_cases) {
        json.open_object().member("number", own.number).member("case_id", own.case_id).member("about", own.about);
        json.close_object();
    }
    json.close_list();
}

json::object open_case_schema() {
    return ObjectSchema()
        .member<workflow::Code>("number", "受理编号")
        .member<std::string>("case_id")
        .member<std::string>("about", "所需信息的开头几个字")
        .named("OpenCase");
}

std::string about(workflow::Case const& c) {
    constexpr std::int64_t kFirstWords = 30;  // characters
    if (c.application.items.empty()) return {};
    auto const& [title, document_number, description] = c.application.items.front();
    auto const& words = !title.empty() ? title : !description.empty() ? description : document_number.value_or("");
    return workflow::beginning(words, kFirstWords);
}

boost::system::result<workflow::Command, http::Problem> own_command(
    OwnAction const& own, json::value body, workflow::Date today
) {
    // The service itself dates the applicant's answer.
    if (std::holds_alternative<workflow::Supplement>(workflow::payload_for(own.action)) && body.is_object()) {
        auto const [place, free] = body.get_object().emplace("received_on", workflow::to_string(today));
        if (!free) {
            return invalid_input({{"/received_on", "not_yours_to_give", "“收到日期”由系统填写，不能提交。"}});
        }
    }
    return read_command(own.action, body);
}

workflow::Result<storage::StoredCase> act_on_own_case(
    Services& services,
    storage::Connection& connection,
    Call const& call,
    std::string_view case_id,
    workflow::Command const& command
) {
    return services.store.cases().act(connection, case_id, std::nullopt, command, call.actor, call.now);
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
         .query = {{"number", "受理编号：会话中打开的一件；省略时为最后打开的"}},
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
