#include "server/api/shapes/schema.hpp"

#include <utility>

namespace server::api {

json::object text_schema(std::string_view title, workflow::Bounds const& bounds) {
    json::object schema{{"type", "string"}, {"title", title}};
    if (bounds.min > 0) schema.emplace("minLength", bounds.min);
    if (bounds.max > 0) schema.emplace("maxLength", bounds.max);
    return schema;
}

json::object date_schema(std::string_view title) { return {{"type", "string"}, {"format", "date"}, {"title", title}}; }

json::object whole_number(std::int64_t least, std::optional<std::int64_t> most) {
    json::object schema{{"type", "integer"}, {"minimum", least}};
    if (most) schema.emplace("maximum", *most);
    return schema;
}

json::object nullable(json::object schema) {
    if (!schema.contains("type")) return {{"anyOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
    schema["type"] = json::array{schema["type"], "null"};
    if (auto* choices = schema.if_contains("oneOf")) choices->as_array().push_back(json::object{{"const", nullptr}});
    return schema;
}

}  // namespace server::api
