#pragma once

#include <boost/core/type_name.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "server/api/shapes/answer.hpp"
#include "server/api/shapes/schema.hpp"

/// JSON Schemas (2020-12) of answers. ObjectSchema takes the calls of JsonWriter with types in place of values, so that
/// a writer and its schema can be read side by side. What has a name is described once, in components/schemas of the
/// OpenAPI document: vocabularies and shapes under the name of their type, other objects under the one given here.
namespace server::api {

/// Beside a `$ref` of named(): what it refers to, until openapi_document() has moved it to the components.
inline constexpr std::string_view kDefinition = "$definition";
inline constexpr std::string_view kComponents = "#/components/schemas/";

/// A reference to the component `name`, which is defined elsewhere.
json::object reference(std::string_view name);
/// The component `name` with its definition. The same name always stands for the same definition.
json::object named(std::string_view name, json::object schema);

/// An object of which only its readers know the members.
json::object any_object();
json::object constant(std::string_view text);
json::object enumeration(std::vector<std::string_view> const& texts);
json::object list_of(json::object entry);
json::object one_of(std::initializer_list<json::object> schemas);
/// workflow::FieldError
json::object field_error_schema();
/// Lower-case hexadecimal SHA-256.
json::object digest_schema();

/// Clients are made from the names in the document: one stays when its type is renamed here. The `View` at the end of a
/// type's name is not part of it.
struct SchemaName {
    std::string_view type;
    std::string_view published;
};
inline constexpr std::array kPublishedNames{
    SchemaName{"FollowUp", "Matter"},
    SchemaName{"FollowUpKind", "MatterKind"},
    SchemaName{"FollowUpStep", "MatterStep"},
    SchemaName{"OpenFollowUp", "OpenMatter"},
    SchemaName{"Reminder", "Urging"},
    SchemaName{"DeliveryRecord", "Delivery"},
    SchemaName{"CardProcedureEntry", "CardFileEntry"},
    SchemaName{"CardProcedureStep", "CardFileStep"},
    SchemaName{"RatingProcedure", "RatingFile"},
    SchemaName{"StandingRemedy", "ProgressRemedy"},
};

/// The name that the document has for T.
template <typename T>
std::string type_name() {
    auto const full = boost::core::type_name<T>();
    auto name = full.substr(full.rfind(':') + 1);
    if (name.ends_with("View")) name.resize(name.size() - std::string_view("View").size());
    auto const renamed = std::ranges::find(kPublishedNames, std::string_view(name), &SchemaName::type);
    return renamed == kPublishedNames.end() ? name : std::string(renamed->published);
}

/// An object of which nothing else is known than what is said here.
class ObjectSchema {
public:
    /// A coded member comes with its label.
    template <typename T>
    ObjectSchema& member(std::string_view name, std::string_view title = {}) {
        add(name, answer_schema<T>(), title);
        auto const label = [&](json::object schema) { add(std::string(name) + "_label", std::move(schema), {}); };
        if constexpr (workflow::Vocabulary<T>) label(answer_schema<std::string>());
        if constexpr (workflow::kIsOptionalWord<T>) label(answer_schema<std::optional<std::string>>());
        return *this;
    }
    ObjectSchema& member(std::string_view name, json::object schema, std::string_view title = {}) {
        add(name, std::move(schema), title);
        return *this;
    }
    template <workflow::Shape T>
    ObjectSchema& members() {
        workflow::for_each_field<T>([&]<typename F>(F const& field) {
            using M = MemberRead<T, F>;
            if constexpr (kIsSpread<F>) {
                members<M>();
            } else if constexpr (kIsNamed<M>) {
                member_with_name<decltype(M::code)>(field.name, field.label);
            } else {
                member<M>(field.name, field.label);
            }
        });
        return *this;
    }
    /// A code, and as `<name>_name` what it is called.
    template <typename T>
    ObjectSchema& member_with_name(std::string_view name, std::string_view title = {}) {
        member<T>(name, title);
        return member<std::optional<std::string>>(std::string(name) + "_name");
    }
    /// A member that is not always there.
    ObjectSchema& may_have(std::string_view name, json::object schema, std::string_view title = {});

    json::object named(std::string_view name) const { return api::named(name, unnamed()); }
    json::object unnamed() const;

private:
    void add(std::string_view name, json::object schema, std::string_view title);

    json::object properties_;
    json::array required_;
};

/// `{"items": […]}`
json::object items_of(std::string_view name, json::object item);
/// `{"items": […], "next_cursor": …}`
json::object page_of(std::string_view name, json::object item);

/// A vocabulary: every code with its label.
template <workflow::Vocabulary E>
json::object codes_schema() {
    return named(type_name<E>(), term_schema<E>({}));
}

/// `{"code", "label"}`
template <workflow::Vocabulary E>
json::object coded_schema() {
    return ObjectSchema().member("code", codes_schema<E>()).template member<std::string>("label").unnamed();
}

template <typename... T>
json::object any_of(std::type_identity<std::variant<T...>>) {
    return {{"anyOf", json::array{answer_schema<T>()...}}};
}

/// What JsonWriter::value writes of a T.
template <typename T>
json::object answer_schema() {
    if constexpr (requires { std::variant_size<T>::value; }) {
        return any_of(std::type_identity<T>{});
    } else if constexpr (WritesItself<T>) {
        return T::schema();
    } else {
        return workflow::visit_kind<T>(
            []<typename V>(kind::Optional<V>) { return nullable(answer_schema<V>()); },
            []<typename V>(kind::List<V>) { return list_of(answer_schema<V>()); },
            []<typename S>(kind::Shape<S>) { return ObjectSchema().members<S>().named(type_name<S>()); },
            []<typename E>(kind::Word<E>) { return codes_schema<E>(); },
            [](kind::Code) {
                return json::object{{"type", "string"}};
            },
            [](kind::Text) {
                return json::object{{"type", "string"}};
            },
            [](kind::Date) {
                return json::object{{"type", "string"}, {"format", "date"}};
            },
            [](kind::Instant) {
                return json::object{{"type", "string"}, {"format", "date-time"}};
            },
            [](kind::YesNo) {
                return json::object{{"type", "boolean"}};
            },
            []<typename N>(kind::Whole<N>) {
                return json::object{{"type", "integer"}};
            },
            [](kind::Fraction) {
                return json::object{{"type", "number"}};
            }
        );
    }
}

}  // namespace server::api
