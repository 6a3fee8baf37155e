#include "server/http/problem.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "server/http/response.hpp"
#include "storage/engine/write_queue.hpp"

namespace server::http {
namespace {

constexpr std::chrono::seconds kRetryWhenBusy{2};  // a full write queue is emptied well within it

constexpr std::array kTitles{
    ProblemTitle{status::bad_request, "bad-request", "请求格式不正确"},
    ProblemTitle{status::unauthorized, "unauthenticated", "需要登录"},
    ProblemTitle{status::forbidden, "forbidden", "无权办理"},
    ProblemTitle{status::not_found, "not-found", "没有找到"},
    ProblemTitle{status::method_not_allowed, "method-not-allowed", "该地址不支持这种请求方法"},
    ProblemTitle{status::not_acceptable, "not-acceptable", "没有所要求的格式"},
    ProblemTitle{status::conflict, "conflict", "当前状态不允许此操作"},
    ProblemTitle{status::gone, "gone", "已不再提供"},
    ProblemTitle{status::length_required, "length-required", "缺少正文长度"},
    ProblemTitle{status::precondition_failed, "stale", "内容已被他人更新"},
    ProblemTitle{status::payload_too_large, "too-large", "内容过大"},
    ProblemTitle{status::uri_too_long, "target-too-long", "地址过长"},
    ProblemTitle{status::unsupported_media_type, "unsupported-media-type", "不支持的内容格式"},
    ProblemTitle{status::range_not_satisfiable, "range-not-satisfiable", "没有所要求的部分"},
    ProblemTitle{status::expectation_failed, "expectation-failed", "不支持的请求要求"},
    ProblemTitle{status::unprocessable_entity, "invalid", "填写的内容有误"},
    ProblemTitle{status::precondition_required, "precondition-required", "缺少版本条件"},
    ProblemTitle{status::too_many_requests, "too-many-requests", "操作过于频繁"},
    ProblemTitle{status::request_header_fields_too_large, "head-too-large", "请求头过大"},
    ProblemTitle{status::internal_server_error, "internal", "系统内部错误"},
    ProblemTitle{status::not_implemented, "not-implemented", "不支持的请求方式"},
    ProblemTitle{status::service_unavailable, "unavailable", "系统暂时无法处理"},
    ProblemTitle{status::http_version_not_supported, "version-not-supported", "不支持的 HTTP 版本"},
    ProblemTitle{status::insufficient_storage, "storage-full", "存储空间不足"},
};

http::status status_of(workflow::RefusalKind kind) {
    using enum workflow::RefusalKind;
    switch (kind) {
        case Invalid:
            return status::unprocessable_entity;
        case Forbidden:
            return status::forbidden;
        case IllegalStep:
            return status::conflict;
        case Stale:
            return status::precondition_failed;
        case NotFound:
            return status::not_found;
        case Unavailable:
            return status::service_unavailable;
    }
    throw std::logic_error("refusal of no known kind");
}

}  // namespace

ProblemTitle const& problem_title(http::status status) {
    auto const* const found = std::ranges::find(kTitles, status, &ProblemTitle::status);
    if (found == kTitles.end())
        throw std::logic_error("no problem title for status " + std::to_string(unsigned(status)));
    return *found;
}

Problem problem_of(workflow::Refusal refusal) {
    bool const full = refusal.code == storage::kStorageFull;  // the one reason that has a status of its own
    auto const status = full ? status::insufficient_storage : status_of(refusal.kind);
    Problem problem{
        .status = status,
        .code = std::move(refusal.code),
        .detail = std::move(refusal.detail),
        .article = std::move(refusal.article),
        .errors = std::move(refusal.errors)};
    if (status == status::service_unavailable) problem.retry_after = kRetryWhenBusy;
    return problem;
}

Response problem_response(Problem const& problem, std::string_view trace_id) {
    auto const& title = problem_title(problem.status);
    boost::json::object body{
        {"type", "/problems/" + std::string(title.type)},
        {"title", title.title},
        {"status", static_cast<unsigned>(problem.status)},
        {"detail", problem.detail},
        {"code", problem.code},
        {"instance", trace_id}};
    if (!problem.article.empty()) body.emplace("article", problem.article);
    if (!problem.errors.empty()) {
        boost::json::array errors;
        for (auto const& [pointer, code, detail] : problem.errors) {
            errors.push_back(boost::json::object{{"pointer", pointer}, {"code", code}, {"detail", detail}});
        }
        body.emplace("errors", std::move(errors));
    }
    for (auto const& member : problem.members) body.emplace(member.key(), member.value());

    auto response = text_response(problem.status, "application/problem+json", boost::json::serialize(body));
    if (problem.retry_after) response.set("Retry-After", std::to_string(problem.retry_after->count()));
    return response;
}

Response problem_response(workflow::Refusal refusal, std::string_view trace_id) {
    return problem_response(problem_of(std::move(refusal)), trace_id);
}

void throw_exception_from_error(Problem const& problem, boost::source_location const&) {
    throw std::logic_error("value of a refused result was read: " + problem.code);
}

}  // namespace server::http
