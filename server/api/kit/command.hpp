#pragma once

#include "workflow/procedure/decide.hpp"

#include <boost/json/value.hpp>
#include <boost/system/result.hpp>

#include <string_view>

#include "server/http/problem.hpp"

namespace server::api {

/// The command that a body gives for an action, in the shape that the action takes; all faults at once.
boost::system::result<workflow::Command, http::Problem> read_command(
    workflow::Action action, boost::json::value const& body
);
/// From the text of a request; none is an empty object.
boost::system::result<workflow::Command, http::Problem> read_command(workflow::Action action, std::string_view body);

}  // namespace server::api
