#pragma once

#include "server/http/problem.hpp"
#include "server/runtime/bounded_pool.hpp"

namespace server::api {

/// 503: what server::Overloaded is to the client.
inline http::Problem overloaded(Overloaded const& error) {
    return http::Problem{
        .status = http::status::service_unavailable,
        .code = "overloaded",
        .detail = "现在要办理的太多，这一次没有办成。请稍后再试。",
        .retry_after = error.retry_after()};
}

}  // namespace server::api
