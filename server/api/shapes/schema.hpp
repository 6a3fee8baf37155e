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
    return workflow::visit_kind<M>(
        [&]<typename V>(kind::Optional<V>) { return nullable(value_schema<V>(title, bounds)); },
        [&]<typename V>(kind::List<V>) {
            workflow::Bounds const entry{.min = 1, .max = workflow::kLongText};
            json::object schema{{"type", "array"}, {"title", title}};
            if (bounds.min > 0) schema.emplace("minItems", bounds.min);
            if (bounds.max > 0) schema.emplace("maxItems", bounds.max);
            schema.emplace("items", value_schema<V>(title, entry));
            return schema;
        },
        [&]<typename S>(kind::Shape<S>) {
            auto schema = shape_schema<S>();
            schema.emplace("title", title);
            return schema;
        },
        [&]<typename E>(kind::Word<E>) { return term_schema<E>(title); },
        [&](kind::Code) { return text_schema(title, bounds); },
        [&](kind::Text) { return text_schema(title, bounds); },
        [&](kind::Date) { return date_schema(title); },
        [&](kind::YesNo) {
            return json::object{{"type", "boolean"}, {"title", title}};
        },
        [&]<typename N>(kind::Whole<N>) {
            json::object schema{{"type", "integer"}, {"title", title}, {"minimum", bounds.min}};
            if (bounds.max > 0) schema.emplace("maximum", bounds.max);
            return schema;
        }
    );
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
