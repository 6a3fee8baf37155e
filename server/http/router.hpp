#pragma once

#include <boost/beast/http/verb.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/runtime/asio.hpp"

namespace server::http {

/// Turns one request into one response, on the io thread. An exception becomes a 500 problem with the trace id; what a
/// client can cause is answered by a returned problem_response instead.
using Handler = std::function<net::awaitable<Response>(Request&)>;

enum class BodyMode {
    Buffered,  ///< read whole into Request::body before the handler runs
    Streamed   ///< the handler reads it through Request::body_reader
};

struct RouteOptions {
    std::optional<std::uint64_t> body_limit = {};  ///< bytes; Limits::body_bytes when not given
    BodyMode body = BodyMode::Buffered;
};

struct Route {
    verb method;
    std::string pattern;
    Handler handler;
    RouteOptions options;
    std::size_t index;  ///< position in Router::routes()
};

/// Finds the handler of a request by its path segments. Filled at start, then only read.
class Router {
public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    /// `pattern` is like "/api/v1/cases/{id}/letters/{n}.pdf": each segment is a literal or a {parameter}, which may
    /// have a literal ending. Of several that fit, a literal wins over a parameter with an ending, and that over a
    /// plain one; the choice is made segment by segment and is final. "/a/" and "/a" are two patterns. HEAD is answered
    /// by GET. Throws std::logic_error on a pattern that cannot be read or is there already.
    void add(verb method, std::string_view pattern, Handler handler, RouteOptions options = {});

    /// How a refusal is shown that does not come from a handler: without this, application/problem+json. It must not
    /// throw.
    using ProblemView = std::function<Response(Problem const&, Request&)>;
    void show_problems_with(ProblemView view) { problem_view_ = std::move(view); }
    [[nodiscard]] Response show(Problem const& problem, Request& request) const {
        return problem_view_ ? problem_view_(problem, request) : problem_response(problem, request.trace_id);
    }

    struct Match {
        Route const* route = nullptr;              ///< null: 404, or 405 when `allow` is not empty
        std::string_view allow = {};               ///< the methods of this path, as an Allow field
        std::vector<std::string_view> parameters;  ///< views into the given segments
    };
    /// Takes time proportional to the path's length, whatever the number of routes.
    [[nodiscard]] Match match(verb method, std::vector<std::string> const& segments) const;

    [[nodiscard]] std::deque<Route> const& routes() const { return routes_; }

private:
    struct Node;

    std::deque<Route> routes_;
    std::unique_ptr<Node> root_;
    ProblemView problem_view_;
};

}  // namespace server::http
