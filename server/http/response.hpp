#pragma once

#include <boost/beast/http/field.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/problem.hpp"
#include "server/runtime/asio.hpp"

namespace boost::asio {
class thread_pool;
}

namespace server::http {

/// A body that is produced while it is sent, in pieces of at most 64 KiB: downloads, exports, event streams.
struct BodySource {
    /// Fills a part of the buffer and returns how much; 0 is the end. An exception breaks the connection off, so that
    /// the client cannot take the piece it got for the whole.
    std::function<net::awaitable<std::size_t>(std::span<char>)> read;
    std::optional<std::uint64_t> size = {};  ///< sent as Content-Length; without it the body is chunked
    /// For a body that waits for events: the service stops or the connection is closed, so the next read has to be its
    /// end.
    std::function<void()> end = {};
};

struct Header {
    std::string name;
    std::string value;  ///< with a control character in it the answer becomes a 500
};

/// One answer. What every answer carries (Date, Content-Length, Connection, the security fields) is added when it is
/// written; a handler that sets Cache-Control or Content-Security-Policy itself replaces the strict default.
struct Response {
    http::status status = http::status::ok;
    std::string content_type = {};
    std::string body = {};
    std::vector<Header> headers = {};
    std::optional<BodySource> stream = {};  ///< takes the place of `body`

    Response& set(std::string_view name, std::string_view value);
    [[nodiscard]] std::string_view header(std::string_view name) const;  ///< empty when it is not set
};

[[nodiscard]] Response json_response(http::status status, boost::json::value const& body);
[[nodiscard]] Response text_response(http::status status, std::string_view content_type, std::string body);

/// Reads a file on `pool` while it is sent. Throws std::system_error when the file cannot be opened.
[[nodiscard]] BodySource file_source(std::filesystem::path const& path, net::thread_pool& pool);

}  // namespace server::http
