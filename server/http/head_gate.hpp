#pragma once

#include <boost/beast/http/verb.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/http/limits.hpp"
#include "server/http/problem.hpp"

namespace server::http {

/// The head of a request that has passed the gate. Views into the given bytes.
struct Head {
    boost::beast::http::verb method = boost::beast::http::verb::unknown;
    std::size_t size = 0;     ///< bytes of the head, with its empty line
    std::string_view target;  ///< in origin form ("/path?query"), or "*" of OPTIONS
    bool http_1_0 = false;
    bool chunked = false;
    std::optional<std::uint64_t> content_length = {};
    bool expects_continue = false;  ///< never for HTTP/1.0

    [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// The length of the head that `bytes` starts with, up to and with the empty line; 0 while it is not complete. A
/// refusal when it can no longer become an acceptable one: too long already, or with a line that ends in a bare LF.
[[nodiscard]] boost::system::result<std::size_t, Problem> head_size(std::string_view bytes, Limits const& limits);

/// Checks the head of a request before any parser reads it: `bytes` ends with the empty line. Pure, and strict wherever
/// parsers differ, because each difference is a way to smuggle a second request past a proxy (RFC 9112 section 11.2).
/// After a refusal the connection cannot be trusted any more: answer once and close.
[[nodiscard]] boost::system::result<Head, Problem> check_head(std::string_view bytes, Limits const& limits);

}  // namespace server::http
