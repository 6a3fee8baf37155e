#include "tests/server/api/kit/conformance.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <cctype>
#include <ranges>
#include <string>
#include <vector>

#include "server/api/openapi.hpp"
#include "tests/fakes/json_schema.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

json::object const& document() {
    static json::object const made = openapi_document();
    return made;
}

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> parts;
    for (auto const part : std::views::split(path, '/')) parts.emplace_back(part.begin(), part.end());
    return parts;
}

bool fits(std::string_view pattern, std::string_view path) {
    return std::ranges::equal(segments(pattern), segments(path), [](std::string_view want, std::string_view have) {
        return want == have || want.starts_with('{');
    });
}

/// The described operation that a request reaches; null where there is none. A path without braces goes first.
json::object const* operation_at(std::string_view method, std::string_view target) {
    auto const path = target.substr(0, target.find('?'));
    std::string name(method);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    json::object const* found = nullptr;
    for (auto const& [pattern, operations] : document().at("paths").as_object()) {
        if (!fits(pattern, path) || (found != nullptr && pattern.find('{') != std::string_view::npos)) continue;
        if (auto const* operation = operations.as_object().if_contains(name)) found = &operation->as_object();
    }
    return found;
}

json::object const& problem() { return document().at("components").at("schemas").at("Problem").as_object(); }

/// The schema of an answer; null where nothing describes it.
json::object const* schema_of(json::object const* operation, fakes::Reply const& reply, std::string_view media_type) {
    if (operation == nullptr) return &problem();
    auto const* answer = operation->at("responses").as_object().if_contains(std::to_string(reply.status()));
    auto const* content = answer == nullptr ? nullptr : answer->as_object().if_contains("content");
    auto const* body = content == nullptr ? nullptr : content->as_object().if_contains(media_type);
    return body == nullptr ? nullptr : &body->at("schema").as_object();
}

}  // namespace

void hold_against_document(std::string_view method, std::string_view target, fakes::Reply const& reply) {
    auto const media_type = reply.header("Content-Type");
    if (reply.body().empty() || !media_type.ends_with("json")) return;
    auto const where = std::string(method) + " " + std::string(target) + " " + std::to_string(reply.status());
    auto const* schema = schema_of(operation_at(method, target), reply, media_type);
    if (schema == nullptr) {
        ADD_FAILURE() << where << " is not described: " << reply.body();
        return;
    }
    for (auto const& fault : fakes::schema_faults(json::parse(reply.body()), *schema, document())) {
        ADD_FAILURE() << where << fault;
    }
}

}  // namespace server::api
