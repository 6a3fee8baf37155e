#include "server/api/schema.hpp"

namespace server::api {

json::object text_schema(std::string_view title, workflow::Bounds const& bounds) {
    json::object schema{{"type", "string"}, {"title", title}};
    if (bounds.min > 0) schema.emplace("minLength", bounds.min);
    if (bounds.max > 0) schema.emplace("maxLength", bounds.max);
    return schema;
}

json::object date_schema(std::string_view title) { return {{"type", "string"}, {"format", "date"}, {"title", title}}; }

json::object nullable(json::object schema) {
    schema["type"] = json::array{schema["type"], "null"};
    if (auto* choices = schema.if_contains("oneOf")) choices->as_array().push_back(json::object{{"const", nullptr}});
    return schema;
}

}  // namespace server::api
