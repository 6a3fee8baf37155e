#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "server/http/problem.hpp"

namespace server::http {

/// One name=value pair of a query or a form, decoded.
struct Parameter {
    std::string name;
    std::string value;
};

/// The decoded target of a request. "/a/b%20c?x=1" has the segments "a", "b c"; "/" has none; "/a/" has "a", "".
struct Target {
    std::vector<std::string> segments;
    std::vector<Parameter> query;
};

/// Decodes an origin-form target. Strict: a bad percent-encoding, a control character, text that is not UTF-8 and a
/// "." or ".." segment are refused with 400.
[[nodiscard]] boost::system::result<Target, Problem> parse_target(std::string_view target);

/// Decodes application/x-www-form-urlencoded, as in a query or the body of a form; the same strictness.
[[nodiscard]] boost::system::result<std::vector<Parameter>, Problem> parse_form(std::string_view text);

}  // namespace server::http
