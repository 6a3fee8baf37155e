#include "server/api/shapes/answer_schema.hpp"

#include <utility>

namespace server::api {

json::object reference(std::string_view name) { return {{"$ref", std::string(kComponents) + std::string(name)}}; }

json::object named(std::string_view name, json::object schema) {
    auto result = reference(name);
    result.emplace(kDefinition, std::move(schema));
    return result;
}

json::object any_object() { return {{"type", "object"}, {"additionalProperties", true}}; }

json::object constant(std::string_view text) { return {{"const", text}}; }

json::object enumeration(std::vector<std::string_view> const& texts) {
    json::array values;
    for (auto const text : texts) values.push_back(json::value(text));
    return {{"type", "string"}, {"enum", std::move(values)}};
}

json::object list_of(json::object entry) { return {{"type", "array"}, {"items", std::move(entry)}}; }

json::object one_of(std::initializer_list<json::object> schemas) {
    json::array choices;
    for (auto const& schema : schemas) choices.push_back(schema);
    return {{"oneOf", std::move(choices)}};
}

json::object field_error_schema() {
    return ObjectSchema()
        .member<std::string>("pointer", "JSON pointer (RFC 6901)")
        .member<std::string>("code")
        .member<std::string>("detail", "给填写人看的一句话")
        .named("FieldError");
}

json::object digest_schema() { return {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}}; }

json::object Hex::schema() { return digest_schema(); }

ObjectSchema& ObjectSchema::may_have(std::string_view name, json::object schema, std::string_view title) {
    if (!title.empty()) schema.emplace("title", title);
    properties_.emplace(name, std::move(schema));
    return *this;
}

json::object ObjectSchema::unnamed() const {
    json::object schema{{"type", "object"}, {"properties", properties_}, {"additionalProperties", false}};
    if (!required_.empty()) schema.emplace("required", required_);
    return schema;
}

void ObjectSchema::add(std::string_view name, json::object schema, std::string_view title) {
    may_have(name, std::move(schema), title);
    required_.push_back(json::value(name));
}

json::object items_of(std::string_view name, json::object item) {
    return ObjectSchema().member("items", list_of(std::move(item))).named(name);
}

json::object page_of(std::string_view name, json::object item) {
    return ObjectSchema()
        .member("items", list_of(std::move(item)))
        .member<std::optional<std::string>>("next_cursor", "下一页的 cursor；没有下一页时为 null")
        .named(name);
}

}  // namespace server::api
