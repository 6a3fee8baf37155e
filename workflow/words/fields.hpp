#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

/// Shapes described once. `fields(std::type_identity<T>)` beside a struct lists its members; reading and writing JSON,
/// the JSON Schema of a form, the checks of form, and what the journal seals all come from that one list.
namespace workflow {

/// A short identifier that names no person (agency, department, account, document or tracking number). Stands open in
/// the journal, while every std::string is free text and may name somebody: it is sealed (encrypted, erasable).
struct Code {
    std::string value;
    auto operator<=>(Code const&) const = default;
    bool empty() const { return value.empty(); }
};

/// Which days a date may be.
enum class When : std::uint8_t {
    Any,
    Fact,    ///< from the receipt of the request to today
    Effect,  ///< a fact, and the day on which the whole step takes effect
    Limit    ///< after today
};

/// Bounds of one member: characters of a text, number of entries of a list, value of a number.
struct Bounds {
    std::int64_t min = 0;
    std::int64_t max = 0;
    When when = When::Any;
    bool given = false;  ///< written in by the procedure; nobody hands it in
};

/// A member of `S`. It is required unless its type is std::optional or bool, or it is a list that may be empty.
template <typename S, typename M>
struct Field {
    std::string_view name;
    M S::*member;
    std::string_view label;  ///< as forms show it; empty where no form does
    Bounds bounds;
};

inline constexpr std::int64_t kShortText = 200;  ///< names, addresses, titles
inline constexpr std::int64_t kLongText = 4000;  ///< descriptions, reasons, bodies

template <typename S, typename M>
constexpr Field<S, M> field(std::string_view name, M S::*member, std::string_view label = {}, Bounds bounds = {}) {
    return {name, member, label, bounds};
}

template <typename T>
concept Shape = requires(std::type_identity<T> t) {
    fields(t);
};

/// Calls visit(field) for every member of the shape T, in order.
template <Shape T, typename Visit>
constexpr void for_each_field(Visit&& visit) {
    std::apply([&](auto const&... each) { (visit(each), ...); }, fields(std::type_identity<T>{}));
}

}  // namespace workflow
