#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "server/runtime/asio.hpp"
#include "server/runtime/log.hpp"
#include "server/runtime/metrics.hpp"

namespace server::http {

/// Counts requests with forwarding headers (X-Forwarded-For, Forwarded, X-Real-IP) from an address that is no trusted
/// proxy.
Counter& misforwarded_requests(Metrics& metrics);

/// What every exchange gets whatever its handler does: an answer even after an exception, one log line, and its
/// metrics. Io thread only.
class Exchange {
public:
    Exchange(Router const& router, Log& log, Metrics& metrics);

    /// The answer of the matched route: 404 or 405 when there is none, a 500 problem for an exception, which is logged.
    /// Only a BodyFailure passes through.
    net::awaitable<Response> respond(Router::Match const& match, Request& request);

    /// Logs and counts an answer that has been sent or broken off. `route` is null for requests that matched none.
    void record(
        Route const* route,
        Request const& request,
        http::status status,
        std::uint64_t body_bytes,
        std::chrono::steady_clock::duration taken
    );

    /// Counts a request whose client went away, or was too slow, before its body was complete.
    void count_abandoned() { abandoned_.add(); }

    /// Counts a request with forwarding headers from an untrusted address; logs the first of them.
    void count_misforwarded(Request const& request);

    /// Logs an exception about which the client can no longer be told.
    void log_failure(Request const& request, std::string_view where, std::exception const& error);

private:
    /// Registered when first used, so that the exposition shows what has happened.
    struct RouteMetrics {
        Counter* by_class[5] = {};  ///< 1xx to 5xx
        Histogram* seconds = nullptr;
    };

    Router const& router_;
    Log& log_;
    Metrics& metrics_;
    Counter& exceptions_;
    Counter& abandoned_;
    Counter& misforwarded_;
    std::vector<RouteMetrics> routes_;  ///< by Route::index; the last one for requests without a route
};

}  // namespace server::http
