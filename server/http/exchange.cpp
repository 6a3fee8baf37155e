#include "server/http/exchange.hpp"

#include <string>

#include "server/http/peer.hpp"
#include "server/http/response_head.hpp"

namespace server::http {
namespace {

Problem no_route(Router::Match const& match) {
    if (match.allow.empty()) {
        return {.status = status::not_found, .code = "no_such_address", .detail = "没有这个地址。"};
    }
    return {.status = status::method_not_allowed, .code = "method_not_allowed", .detail = "该地址不支持这种请求方法。"};
}

}  // namespace

Counter& misforwarded_requests(Metrics& metrics) {
    return metrics.counter(
        "http_requests_misforwarded_total", "Requests with forwarding headers from an address that is not trusted."
    );
}

Exchange::Exchange(Router const& router, Log& log, Metrics& metrics)
    : router_(router),
      log_(log),
      metrics_(metrics),
      exceptions_(metrics.counter("http_exceptions_total", "Exceptions that reached the HTTP layer.")),
      abandoned_(metrics.counter("http_requests_abandoned_total", "Requests whose body never came to its end.")),
      misforwarded_(misforwarded_requests(metrics)),
      routes_(router.routes().size() + 1) {}

net::awaitable<Response> Exchange::respond(Router::Match const& match, Request& request) {
    Response response;
    if (match.route == nullptr) {
        response = router_.show(no_route(match), request);
        if (!match.allow.empty()) response.set("Allow", match.allow);
        co_return response;
    }
    try {
        response = co_await match.route->handler(request);
        check_fields(response);
    } catch (BodyFailure const&) {
        throw;
    } catch (std::exception const& error) {
        log_failure(request, match.route->pattern, error);
        Problem const problem{
            .status = status::internal_server_error,
            .code = "internal",
            .detail = "系统内部错误，请稍后重试或联系管理员。"};
        response = router_.show(problem, request);
    }
    co_return response;
}

void Exchange::record(
    Route const* route,
    Request const& request,
    http::status status,
    std::uint64_t body_bytes,
    std::chrono::steady_clock::duration taken
) {
    auto const pattern = route != nullptr ? std::string_view(route->pattern) : std::string_view("none");
    auto const method = boost::beast::http::to_string(request.method);
    double const seconds = std::chrono::duration<double>(taken).count();

    auto& metrics = route != nullptr ? routes_[route->index] : routes_.back();
    auto const status_class = static_cast<unsigned>(status) / 100;
    auto*& counter = metrics.by_class[status_class - 1];
    if (counter == nullptr) {
        auto const name = std::to_string(status_class) + "xx";
        counter = &metrics_.counter(
            "http_requests_total",
            "Answered requests by route and class of status.",
            {{"method", route != nullptr ? boost::beast::http::to_string(route->method) : "any"},
             {"route", pattern},
             {"status", name}}
        );
    }
    counter->add();
    if (metrics.seconds == nullptr) {
        metrics.seconds = &metrics_.histogram(
            "http_request_seconds",
            "From the complete head of the request to the end of the answer.",
            kSecondsBuckets,
            {{"method", route != nullptr ? boost::beast::http::to_string(route->method) : "any"}, {"route", pattern}}
        );
    }
    metrics.seconds->observe(seconds);

    log_.info(
        "request",
        {{"method", std::string_view(method.data(), method.size())},
         {"route", pattern},
         {"status", static_cast<unsigned>(status)},
         {"bytes", body_bytes},
         {"us", std::chrono::duration_cast<std::chrono::microseconds>(taken).count()},
         {"peer", address_prefix(request.peer)},
         {"trace", request.trace_id}}
    );
}

void Exchange::count_misforwarded(Request const& request) {
    if (misforwarded_.value() == 0) {
        log_.warning(
            "forwarding headers from an address that is no trusted proxy: its clients all look like one",
            {{"peer", address_prefix(request.peer)}}
        );
    }
    misforwarded_.add();
}

void Exchange::log_failure(Request const& request, std::string_view where, std::exception const& error) {
    exceptions_.add();
    log_.error("exception", {{"where", where}, {"what", error.what()}, {"trace", request.trace_id}});
}

}  // namespace server::http
