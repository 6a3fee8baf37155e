#pragma once

#include "workflow/words/fields.hpp"
#include "workflow/words/term.hpp"

#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// What a member of a shape (fields.hpp) can be. Whoever treats the members by their type does so with visit_kind();
/// a call that leaves out a kind which occurs does not compile.
namespace workflow {

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <typename T>
inline constexpr bool kIsList = false;
template <typename T>
inline constexpr bool kIsList<std::vector<T>> = true;

/// Beside a word its label is shown, and null beside none.
template <typename T>
inline constexpr bool kIsOptionalWord = false;
template <Vocabulary E>
inline constexpr bool kIsOptionalWord<std::optional<E>> = true;

namespace kind {

template <typename V>
struct Optional {};
template <typename V>
struct List {};
template <typename S>
struct Shape {};

/// One value; a visitor for it takes all kinds below that have no visitor of their own.
struct Value {};
template <typename E>
struct Word : Value {};  ///< of a vocabulary
struct Code : Value {};
struct Text : Value {};
struct Date : Value {};
struct Instant : Value {};
struct YesNo : Value {};
template <typename N>
struct Whole : Value {};
struct Fraction : Value {};

}  // namespace kind

template <typename T>
constexpr auto kind_of() {
    if constexpr (kIsOptional<T>) {
        return kind::Optional<typename T::value_type>{};
    } else if constexpr (kIsList<T>) {
        return kind::List<typename T::value_type>{};
    } else if constexpr (Shape<T>) {
        return kind::Shape<T>{};
    } else if constexpr (Vocabulary<T>) {
        return kind::Word<T>{};
    } else if constexpr (std::same_as<T, Code>) {
        return kind::Code{};
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) {
        return kind::Text{};
    } else if constexpr (std::same_as<T, std::chrono::local_days>) {
        return kind::Date{};
    } else if constexpr (std::same_as<T, std::chrono::sys_time<std::chrono::milliseconds>>) {
        return kind::Instant{};
    } else if constexpr (std::same_as<T, bool>) {
        return kind::YesNo{};
    } else if constexpr (std::integral<T>) {
        return kind::Whole<T>{};
    } else {
        static_assert(std::floating_point<T>, "a shape has no members of this type");
        return kind::Fraction{};
    }
}

template <typename... Visitors>
struct KindVisitor : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
KindVisitor(Visitors...) -> KindVisitor<Visitors...>;

/// Calls the one of the visitors that takes the kind of T.
template <typename T, typename... Visitors>
constexpr decltype(auto) visit_kind(Visitors&&... visitors) {
    return KindVisitor{std::forward<Visitors>(visitors)...}(kind_of<T>());
}

/// The same with the member itself: calls visitor(kind, member).
template <typename T, typename... Visitors>
constexpr decltype(auto) visit_kind_of(T&& member, Visitors&&... visitors) {
    return KindVisitor{std::forward<Visitors>(visitors)...}(kind_of<std::remove_cvref_t<T>>(), std::forward<T>(member));
}

}  // namespace workflow
