#pragma once

#include <string>

#include "server/http/response.hpp"

namespace server::http {

/// The parts of an answer's head that depend on the connection.
struct HeadContext {
    bool http_1_0 = false;
    bool keep_alive = true;
    bool strict_transport = false;  ///< send HSTS: the public address is https
};

/// True for the answers that have no body and no length: 1xx, 204 and 304 (RFC 9110 section 6.4.1).
[[nodiscard]] bool is_bodiless(http::status status);

/// Throws std::logic_error when a field of the response has a control character: it would split the response.
void check_fields(Response const& response);

/// Appends the status line and all fields to `out`, with the empty line. Written by hand rather than through
/// beast::http::serializer so that head and body leave in one gather write without a field container in between.
/// Requires: check_fields has passed the response.
void write_head(std::string& out, Response const& response, HeadContext const& context);

}  // namespace server::http
