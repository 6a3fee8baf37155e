#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/verb.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/target.hpp"
#include "server/runtime/asio.hpp"

namespace server::http {

using boost::beast::http::field;
using boost::beast::http::verb;

/// Why a body could not be read to its end. Thrown by a BodyReader, answered by the session.
class BodyFailure : public std::runtime_error {
public:
    explicit BodyFailure(std::optional<Problem> answer)
        : std::runtime_error("request body"), answer_(std::move(answer)) {}

    /// The answer for the client; none when the client is gone.
    [[nodiscard]] std::optional<Problem> const& answer() const { return answer_; }

private:
    std::optional<Problem> answer_;
};

/// The body of an upload, read piece by piece; never held whole. Belongs to the session, valid while the handler runs.
class BodyReader {
public:
    virtual ~BodyReader() = default;

    /// Fills a part of `buffer` and returns how much; 0 is the end of a complete, well-framed body. Throws BodyFailure
    /// when the client broke off, was too slow, broke the framing or went over the route's limit: the handler cleans
    /// up what it has written and lets the exception pass, the session answers and closes.
    virtual net::awaitable<std::size_t> read_some(std::span<char> buffer) = 0;
};

/// One request, decoded and checked. Lives in the session until its response has been written; stays where it is,
/// because `parameters` look into `target`.
struct Request {
    Request() = default;
    Request(Request const&) = delete;
    Request& operator=(Request const&) = delete;

    verb method = verb::unknown;
    Target target;                                ///< decoded path segments and query
    boost::beast::http::fields headers;           ///< the head alone; trailers are refused, never merged
    std::optional<std::uint64_t> content_length;  ///< of the body, as announced; a chunked body announces none
    std::string body;                             ///< empty on routes with a streamed body
    BodyReader* body_reader = nullptr;            ///< set on routes with a streamed body, otherwise null
    net::ip::address peer;                        ///< the client; behind a trusted proxy the one the proxy names
    bool unnamed = false;                         ///< `peer` may be a proxy, and says nothing of the client
    std::string trace_id;                         ///< 32 hex digits; stands in the log and in each problem's `instance`
    std::vector<std::string_view> parameters;     ///< values of the route's {parameters}, in the pattern's order

    /// The field's value, or an empty view.
    [[nodiscard]] std::string_view header(field name) const;
    [[nodiscard]] std::string_view header(std::string_view name) const;
    /// The first query parameter of that name.
    [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const;
    /// The value of the first cookie of that name, or an empty view.
    [[nodiscard]] std::string_view cookie(std::string_view name) const;
};

}  // namespace server::http
