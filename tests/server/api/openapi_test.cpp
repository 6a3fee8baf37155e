#include "server/api/openapi.hpp"
#include "server/api/resources.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cctype>
#include <ranges>
#include <set>
#include <string>

#include "server/api/kit/operation.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

/// Calls visit(object) for every object in `part`.
template <typename Visit>
void for_each_object(json::value const& part, Visit&& visit) {
    if (auto const* list = part.if_array()) {
        for (auto const& each : *list) for_each_object(each, visit);
    }
    if (auto const* object = part.if_object()) {
        visit(*object);
        for (auto const& member : *object) for_each_object(member.value(), visit);
    }
}

TEST(Openapi, DescribesExactlyTheRoutes) {
    Service service;
    std::set<std::string> described;
    auto client = service.anonymous();
    auto const reply = client.get("/api/v1/openapi.json");
    auto const document = reply.json();
    for (auto const& [path, operations] : document.at("paths").as_object()) {
        for (auto const& operation : operations.as_object()) {
            std::string method(operation.key());
            for (char& c : method) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
            described.insert(method + " " + std::string(path));
        }
    }
    std::set<std::string> routes;
    for (auto const& route : service.router().routes()) {
        auto const name = std::string(boost::beast::http::to_string(route.method)) + " " + route.pattern;
        routes.insert(name);
        // What lies outside the API and is not described is for browsers: pages and files.
        EXPECT_TRUE(described.contains(name) || !route.pattern.starts_with("/api/")) << name;
    }
    for (auto const& name : described) EXPECT_TRUE(routes.contains(name)) << name;
    EXPECT_EQ(client.get("/api/v1/openapi.json", {{"If-None-Match", reply.header("ETag")}}).status(), 304U);
}

TEST(Openapi, EveryOperationHasAnIdOfItsOwnAndAKnownTag) {
    auto const document = openapi_document();
    std::set<std::string> tags;
    for (auto const& tag : document.at("tags").as_array()) tags.insert(std::string(tag.at("name").as_string()));
    std::set<std::string_view> ids;
    for (auto const& operation : operations()) {
        EXPECT_TRUE(ids.insert(operation.id).second) << operation.id;
        EXPECT_TRUE(tags.contains(std::string(operation.tag))) << operation.tag;
    }
}

TEST(Openapi, EveryReferenceLeadsSomewhereAndEveryComponentIsUsed) {
    auto const document = openapi_document();
    std::set<std::string> used;
    for_each_object(document, [&](json::object const& object) {
        EXPECT_FALSE(object.contains("$definition")) << json::serialize(object);
        if (auto const* to = object.if_contains("$ref")) used.emplace(to->as_string());
    });
    std::set<std::string> components;
    for (auto const& component : document.at("components").at("schemas").as_object()) {
        components.insert("#/components/schemas/" + std::string(component.key()));
    }
    EXPECT_EQ(used, components);
    EXPECT_TRUE(components.contains("#/components/schemas/CaseRow"));
}

TEST(Openapi, EveryParameterAndEveryBodyIsDescribed) {
    auto const document = openapi_document();
    for (auto const& [path, operations] : document.at("paths").as_object()) {
        for (auto const& [method, described] : operations.as_object()) {
            auto const where = std::string(method) + " " + std::string(path);
            auto const& operation = described.as_object();
            std::set<std::string> names;
            if (auto const* parameters = operation.if_contains("parameters")) {
                for (auto const& parameter : parameters->as_array()) {
                    std::string const name(parameter.at("name").as_string());
                    EXPECT_FALSE(parameter.at("description").as_string().empty()) << where << ' ' << name;
                    EXPECT_FALSE(parameter.at("schema").as_object().empty()) << where << ' ' << name;
                    if (parameter.at("in") == "path") names.insert('{' + name + '}');
                }
            }
            for (auto const part : std::views::split(path, '/')) {
                std::string const segment(part.begin(), part.end());
                auto const name = segment.substr(0, segment.find('}') + 1);  // what follows it is an ending
                EXPECT_EQ(segment.starts_with('{'), names.contains(name)) << where << ' ' << segment;
            }
            for_each_object(operation.at("responses"), [&](json::object const& object) {
                auto const* schema = object.if_contains("schema");
                EXPECT_TRUE(schema == nullptr || !schema->as_object().empty()) << where;
            });
        }
    }
}

TEST(Openapi, SaysWhoMay) {
    auto const document = openapi_document();
    auto const& staff = document.at("paths").at("/api/v1/staff");
    EXPECT_EQ(staff.at("post").at("x-roles"), json::array{"system_admin"});
    EXPECT_FALSE(staff.at("get").as_object().contains("x-roles"));
}

TEST(Openapi, OffersAnAccountOnlyRolesOfAccounts) {
    auto const document = openapi_document();
    auto const& form = document.at("paths").at("/api/v1/staff").at("post").at("requestBody").at("content");
    auto const& schema = form.at("application/json").at("schema");
    std::set<std::string> offered;
    for (auto const& choice : schema.at("properties").at("roles").at("items").at("oneOf").as_array()) {
        offered.emplace(choice.at("const").as_string());
    }
    EXPECT_TRUE(offered.contains("auditor"));
    EXPECT_FALSE(offered.contains("applicant"));
    EXPECT_FALSE(offered.contains("system"));
}

TEST(Openapi, SaysWhichActionsThereAre) {
    auto const document = openapi_document();
    auto const& path = document.at("paths").at("/api/v1/cases/{id}/actions/{action}");
    auto const& parameters = path.at("post").at("parameters").as_array();
    EXPECT_FALSE(parameters.at(0).at("schema").as_object().contains("enum"));
    auto const& actions = parameters.at(1).at("schema").at("enum").as_array();
    EXPECT_EQ(std::ranges::count(actions, json::value("accept")), 1);
    EXPECT_EQ(std::ranges::count(actions, json::value("lapse_payment")), 0);  // the daily run's
    EXPECT_EQ(std::ranges::count(actions, json::value("rate")), 0);           // the applicant's
}

}  // namespace
}  // namespace server::api
