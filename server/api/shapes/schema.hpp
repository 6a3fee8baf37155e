#pragma once

#include <span>

#include "server/api/shapes/input.hpp"

/// JSON Schemas (2020-12) of forms, from the same descriptors that input.hpp reads by, for GET /cases/{id}/actions and
/// the OpenAPI document. Those of answers are made by answer_schema.hpp.
namespace server::api {

json::object text_schema(std::string_view title, workflow::Bounds const& bounds);
json::object date_schema(std::string_view title);
json::object whole_number(std::int64_t least, std::optional<std::int64_t> most = {});
/// The value may also be null.
json::object nullable(json::object schema);

template <workflow::Vocabulary E>
json::object term_schema(std::string_view title) {
    json::array choices;
    for (auto const& term : terms(E{})) choices.push_back(json::object{{"const", term.code}, {"title", term.label}});
    json::object schema{{"type", "string"}};
    if (!title.empty()) schema.emplace("title", title);
    schema.emplace("oneOf", std::move(choices));
    return schema;
}

template <workflow::Shape T>
json::object shape_schema();

template <typename M>
json::object value_schema(std::string_view title, workflow::Bounds const& bounds) {
    if constexpr (kIsOptional<M>) {
        return nullable(value_schema<typename M::value_type>(title, bounds));
    } else if constexpr (kIsList<M>) {
        workflow::Bounds const entry{.min = 1, .max = workflow::kLongText};
        json::object schema{{"type", "array"}, {"title", title}};
        if (bounds.min > 0) schema.emplace("minItems", bounds.min);
        if (bounds.max > 0) schema.emplace("maxItems", bounds.max);
        schema.emplace("items", value_schema<typename M::value_type>(title, entry));
        return schema;
    } else if constexpr (std::is_same_v<M, bool>) {
        return {{"type", "boolean"}, {"title", title}};
    } else if constexpr (std::is_same_v<M, workflow::Date>) {
        return date_schema(title);
    } else if constexpr (workflow::Vocabulary<M>) {
        return term_schema<M>(title);
    } else if constexpr (workflow::Shape<M>) {
        auto schema = shape_schema<M>();
        schema.emplace("title", title);
        return schema;
    } else if constexpr (std::is_integral_v<M>) {
        json::object schema{{"type", "integer"}, {"title", title}, {"minimum", bounds.min}};
        if (bounds.max > 0) schema.emplace("maximum", bounds.max);
        return schema;
    } else {
        return text_schema(title, bounds);
    }
}

template <workflow::Shape T>
void add_members(json::object& properties, json::array& required) {
    workflow::for_each_field<T>([&]<typename S, typename M>(workflow::Field<S, M> const& field) {
        if constexpr (kIsFlat<M>) {
            add_members<M>(properties, required);
        } else if (!field.bounds.given) {
            properties.emplace(field.name, value_schema<M>(field.label, field.bounds));
            if (is_required<M>(field.bounds)) required.push_back(json::value(field.name));
        }
    });
}

template <workflow::Shape T>
json::object shape_schema() {
    json::object properties;
    json::array required;
    add_members<T>(properties, required);
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) schema.emplace("required", std::move(required));
    return schema;
}

}  // namespace server::api
