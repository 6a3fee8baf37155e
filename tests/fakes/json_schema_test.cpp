#include "tests/fakes/json_schema.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <stdexcept>
#include <string_view>

namespace fakes {
namespace {

namespace json = boost::json;

json::object const kDocument =
    json::parse(R"({"components": {"schemas": {"Word": {"type": "string", "minLength": 2}}}})").as_object();

std::vector<std::string> faults(std::string_view value, std::string_view schema) {
    return schema_faults(json::parse(value), json::parse(schema).as_object(), kDocument);
}

struct Example {
    std::string_view schema;
    std::string_view right;
    std::string_view wrong;
    std::string_view fault;  ///< how the one about `wrong` begins
};

constexpr Example kExamples[]{
    {R"({"type": "null"})", "null", "0", ": type"},
    {R"({"type": "boolean"})", "true", "0", ": type"},
    {R"({"type": "integer"})", "1", "1.5", ": type"},
    {R"({"type": "number"})", "1.5", "\"1\"", ": type"},
    {R"({"type": "string"})", "\"\"", "null", ": type"},
    {R"({"type": ["string", "null"]})", "null", "[]", ": type"},
    {R"({"type": "array"})", "[]", "{}", ": type"},
    {R"({"type": "object"})", "{}", "[]", ": type"},
    {R"({"const": "a"})", "\"a\"", "\"b\"", ": const"},
    {R"({"enum": ["a", null]})", "null", "\"b\"", ": enum"},
    {R"({"minimum": 2, "maximum": 3})", "2", "1", ": minimum"},
    {R"({"minimum": 2, "maximum": 3})", "3", "4", ": maximum"},
    {R"({"minLength": 2})", "\"期限\"", "\"期\"", ": minLength"},
    {R"({"maxLength": 2})", "\"期限\"", "\"abc\"", ": maxLength"},
    {R"({"pattern": "^a+$"})", "\"aa\"", "\"ab\"", ": pattern"},
    {R"({"format": "date"})", "\"2026-02-28\"", "\"2026-02-29\"", ": format"},
    {R"({"format": "date-time"})", "\"2026-02-28T09:00:00.000+08:00\"", "\"2026-02-28\"", ": format"},
    {R"({"minItems": 1})", "[1]", "[]", ": minItems"},
    {R"({"maxItems": 1})", "[1]", "[1, 2]", ": maxItems"},
    {R"({"items": {"type": "integer"}})", "[1, 2]", "[1, \"2\"]", "/1: type"},
    {R"({"required": ["a"]})", R"({"a": 1})", R"({"b": 1})", "/a: missing"},
    {R"({"properties": {"a": {"type": "integer"}}})", R"({"b": "x"})", R"({"a": "x"})", "/a: type"},
    {R"({"properties": {"a": {}}, "additionalProperties": false})", R"({"a": 1})", R"({"b": 1})", "/b: not described"},
    {R"({"additionalProperties": {"type": "integer"}})", R"({"a": 1})", R"({"a": "x"})", "/a: type"},
    {R"({"oneOf": [{"type": "integer"}, {"minimum": 5}]})", "4", "6", ": oneOf"},
    {R"({"anyOf": [{"type": "integer"}, {"type": "null"}]})", "null", "\"x\"", ": anyOf"},
    {R"({"$ref": "#/components/schemas/Word"})", "\"ab\"", "\"a\"", ": minLength"},
};

TEST(JsonSchema, EveryKeywordLetsPassAndRefuses) {
    for (auto const& [schema, right, wrong, fault] : kExamples) {
        EXPECT_TRUE(faults(right, schema).empty()) << schema << right;
        auto const found = faults(wrong, schema);
        ASSERT_EQ(found.size(), 1U) << schema << wrong;
        EXPECT_TRUE(found.front().starts_with(fault)) << found.front();
    }
}

TEST(JsonSchema, WhatItDoesNotKnowItDoesNotLetPass) {
    for (auto const* schema :
         {R"({"if": {}})", R"({"type": "date"})", R"({"format": "uri"})", R"({"$ref": "#/$defs/A"})"}) {
        EXPECT_THROW(faults("\"x\"", schema), std::invalid_argument) << schema;
    }
}

}  // namespace
}  // namespace fakes
