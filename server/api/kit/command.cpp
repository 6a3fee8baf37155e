#include "server/api/kit/command.hpp"

#include <utility>
#include <variant>

#include "server/api/shapes/input.hpp"

namespace server::api {

boost::system::result<workflow::Command, http::Problem> read_command(workflow::Action action, json::value const& body) {
    workflow::Command command{action, workflow::payload_for(action)};
    InputReader reader;
    std::visit([&](auto& payload) { reader.read(body, payload, ""); }, command.payload);
    if (!reader.errors().empty()) return invalid_input(std::move(reader.errors()));
    return command;
}

boost::system::result<workflow::Command, http::Problem> read_command(workflow::Action action, std::string_view body) {
    auto const value = parse_body(body.empty() ? "{}" : body);
    if (!value) return value.error();
    return read_command(action, *value);
}

}  // namespace server::api
