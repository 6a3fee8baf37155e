#include "server/api/kit/operation.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "server/api/kit/overloaded.hpp"
#include "server/api/kit/sign_in.hpp"
#include "server/api/kit/storage_full.hpp"
#include "server/http/peer.hpp"

namespace server::api {
namespace {

using http::Problem;
using http::status;
using http::verb;

/// Addresses below this one are about the case in the address.
constexpr std::string_view kOneCase = "/api/v1/cases/{id}";

bool is_safe(verb method) { return method == verb::get || method == verb::head; }

bool is_json(std::string_view content_type) {
    auto const media_type = content_type.substr(0, content_type.find(';'));
    return boost::beast::iequals(media_type.substr(0, media_type.find(' ')), "application/json");
}

/// False when the session no longer stands for anybody.
bool identify(Call& call) {
    auto const& session = *call.session;
    if (session.kind == access::SessionKind::Applicant) {
        call.actor.roles = {workflow::Role::Applicant};
        return true;
    }
    call.account = account_of(session, *call.directory);
    if (call.account != nullptr) call.actor = storage::actor_of(*call.account, *call.directory, call.today());
    return call.account != nullptr;
}

void find_session(Services& services, Call& call) {
    call.session_id = call.request.cookie(session_cookie(services.config));
    if (call.session_id.empty()) return;
    auto const* session = services.access.sessions.find(call.session_id, call.now);
    if (session == nullptr) return;
    call.session = *session;
    if (identify(call)) return;
    services.access.sessions.close(call.session_id);
    call.session.reset();
}

Problem forbidden(std::string code, std::string detail) {
    return Problem{.status = status::forbidden, .code = std::move(code), .detail = std::move(detail)};
}

std::optional<Problem> check_session(Operation const& operation, Call const& call) {
    if (operation.who == Who::Anyone) return std::nullopt;
    bool const staff = call.account != nullptr;
    bool const wanted =
        call.session && (operation.who == Who::StaffOrApplicant || staff == (operation.who == Who::Staff));
    if (!wanted) {
        auto const how = operation.who == Who::Applicant ? "请先用受理编号和查询码登录。" : "请先登录。";
        return Problem{.status = status::unauthorized, .code = "not_signed_in", .detail = how};
    }
    if (!is_safe(operation.method) &&
        !equal_in_constant_time(call.request.header("X-CSRF-Token"), call.session->csrf_token)) {
        return forbidden("csrf_token", "缺少 X-CSRF-Token，或者它不属于当前会话。");
    }
    if (staff && call.account->must_change_password && !operation.with_initial_password) {
        return forbidden("password_change_required", "请先修改初始密码（PUT /api/v1/session/password）。");
    }
    if (!operation.roles.empty() && !operation.roles.intersects(call.actor.roles)) {
        return forbidden("role_required", "此操作要由" + workflow::names_of(operation.roles) + "办理。");
    }
    return std::nullopt;
}

/// Every check before a handler runs.
std::optional<Problem> admit(Services& services, Operation const& operation, Call const& call) {
    if (!is_safe(operation.method) && !is_same_origin(call.request, services.config)) {
        return forbidden("cross_origin", "不接受来自其他网站的请求。");
    }
    if (auto problem = check_session(operation, call)) return problem;
    if (!operation.unpaced) {
        if (auto problem = check_pace(services, call)) return problem;
    }
    if (operation.request != nullptr && !call.request.body.empty() &&
        !is_json(call.request.header(http::field::content_type))) {
        return Problem{
            .status = status::unsupported_media_type,
            .code = "not_json",
            .detail = "请以 Content-Type: application/json 提交。"};
    }
    return std::nullopt;
}

net::awaitable<http::Response> serve(Services& services, Operation const& operation, http::Request& request) {
    Call call = begin_call(services, request);
    if (auto const problem = admit(services, operation, call)) co_return problem_response(*problem, request.trace_id);
    if (operation.path.starts_with(kOneCase)) select_case(call, &access::OwnCase::case_id, call.parameter(0));
    Answer answer;
    try {
        if (auto const* handler = std::get_if<Handler>(&operation.handler)) {
            answer = (*handler)(services, call);
        } else {
            answer = co_await std::get<SlowHandler>(operation.handler)(services, call);
        }
    } catch (storage::StorageFull const&) {
        answer = storage_full();
    } catch (Overloaded const& error) {
        answer = overloaded(error);
    }
    if (!answer) co_return problem_response(answer.error(), request.trace_id);
    co_return std::move(*answer);
}

}  // namespace

void mount(http::Router& router, Services& services, std::span<Operation const> operations) {
    for (Operation const& operation : operations) {
        http::RouteOptions options;
        if (operation.upload_limit != nullptr) {
            options = {.body_limit = operation.upload_limit(services.config), .body = http::BodyMode::Streamed};
        }
        auto handler = [&services, &operation](http::Request& request) { return serve(services, operation, request); };
        router.add(operation.method, operation.path, std::move(handler), options);
    }
}

Call begin_call(Services& services, http::Request& request) {
    Call call{.request = request, .now = services.time.now(), .directory = services.store.directory().current()};
    find_session(services, call);
    return call;
}

access::OwnCase const* select_case(Call& call, std::string access::OwnCase::*name, std::string_view value) {
    call.actor.own_case = {};
    if (!call.session) return nullptr;
    auto const& own = call.session->own_cases;
    auto const found = std::ranges::find(own, value, name);
    if (found == own.end()) return nullptr;
    call.actor.own_case = {found->number};
    return &*found;
}

bool is_same_origin(http::Request const& request, Config const& config) {
    auto const site = request.header("Sec-Fetch-Site");
    if (!site.empty()) return site == "same-origin" || site == "none";
    auto const origin = request.header(http::field::origin);
    if (origin.empty()) return true;
    auto const authority = origin.substr(std::min(origin.find("//") + 2, origin.size()));
    return config.public_url == origin || authority == request.header(http::field::host);
}

std::optional<Problem> check_pace(Services& services, Call const& call) {
    if (is_safe(call.request.method) || call.session) return std::nullopt;
    auto const network = http::client_network(call.request.peer).to_string();
    auto const wait = services.access.public_writes.take(network, call.now);
    if (!wait) return std::nullopt;
    return too_many_tries("too_many_writes", "提交过于频繁，请稍后再试。", *wait);
}

std::string asker(Call const& call) {
    if (call.account != nullptr) return call.actor.id.value;
    return http::client_network(call.request.peer).to_string();
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

storage::Staff const* account_of(access::Session const& session, storage::Directory const& directory) {
    if (session.kind != access::SessionKind::Staff) return nullptr;
    auto const* account = directory.staff(session.account);
    bool const same = account != nullptr && !account->disabled && account->roles == session.roles &&
                      account->password_changed_at == session.password_changed_at;
    return same ? account : nullptr;
}

std::string_view session_cookie(Config const& config) { return config.secure_cookies ? "__Host-sid" : "sid"; }

http::Response no_content() { return {.status = http::status::no_content}; }

Problem not_found(std::string code, std::string detail) {
    return Problem{.status = status::not_found, .code = std::move(code), .detail = std::move(detail)};
}

http::Problem no_agency() { return not_found("agency_not_found", "没有找到这个机关。"); }

Problem bad_request(std::string code, std::string detail) {
    return Problem{.status = status::bad_request, .code = std::move(code), .detail = std::move(detail)};
}

boost::system::result<std::int64_t, Problem> expected_version(http::Request const& request) {
    auto const field = request.header(http::field::if_match);
    if (field.empty()) {
        return Problem{
            .status = status::precondition_required,
            .code = "if_match_required",
            .detail = "请在 If-Match 中写明您看到的版本，以免覆盖他人的修改。"};
    }
    std::int64_t version = 0;
    bool const quoted = field.size() > 2 && field.front() == '"' && field.back() == '"';
    auto const digits = quoted ? field.substr(1, field.size() - 2) : field;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (!quoted || error != std::errc() || end != digits.data() + digits.size() || version < 0) {
        return bad_request("malformed_if_match", "If-Match 应当是加引号的版本号，例如 \"3\"。");
    }
    return version;
}

std::string version_tag(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

boost::system::result<std::int64_t, Problem> query_number(
    http::Request const& request, std::string_view name, std::int64_t least, std::int64_t most, std::int64_t otherwise
) {
    auto const text = request.query(name);
    if (!text) return otherwise;
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error == std::errc() && end == text->data() + text->size() && number >= least && number <= most) return number;
    return bad_request(
        "bad_query",
        "查询参数 " + std::string(name) + " 应当是 " + std::to_string(least) + " 到 " + std::to_string(most) +
            " 之间的整数。"
    );
}

}  // namespace server::api
