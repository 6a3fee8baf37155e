#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/words/result.hpp"

namespace server::http {

using boost::beast::http::status;
struct Response;

/// An error answer by RFC 9457. `type` and `title` follow from the status, `instance` is the trace id.
struct Problem {
    http::status status = http::status::internal_server_error;
    std::string code;    ///< stable, English, snake_case
    std::string detail;  ///< Chinese, one sentence; never SQL, paths or personal data
    std::string article = {};
    std::vector<workflow::FieldError> errors = {};
    std::optional<std::chrono::seconds> retry_after = {};  ///< the Retry-After field
    boost::json::object members = {};                      ///< extension members, e.g. the current state with a 412
};

/// The only place where a refusal of the domain gets an HTTP status.
[[nodiscard]] Problem problem_of(workflow::Refusal refusal);

/// Every status the server answers with as an error: the last part of its problem type and its Chinese title.
struct ProblemTitle {
    http::status status;
    std::string_view type;
    std::string_view title;
};
[[nodiscard]] ProblemTitle const& problem_title(http::status status);

/// The problem as an application/problem+json answer.
[[nodiscard]] Response problem_response(Problem const& problem, std::string_view trace_id);
[[nodiscard]] Response problem_response(workflow::Refusal refusal, std::string_view trace_id);

/// Found by argument-dependent lookup when somebody reads the value of a refused result: a programming error.
[[noreturn]] void throw_exception_from_error(Problem const& problem, boost::source_location const&);

}  // namespace server::http
