#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace workflow {

/// One word of the vocabulary: the enumerator, its code in JSON, URLs and the database, and what people see.
template <typename E>
struct Term {
    E value;
    std::string_view code;
    std::string_view label;
};
template <typename E>
Term(E, std::string_view, std::string_view) -> Term<E>;  // what clang 14 does not deduce by itself

/// An enum whose table of terms, one row for each enumerator in order of declaration, is found by argument-dependent
/// lookup: `constexpr auto const& terms(E) { return kTable; }`.
template <typename E>
concept Vocabulary = requires(E value) {
    terms(value)[0].label;
};

/// Rows in the order of the enum, so that they can be indexed by it; no text missing, no code twice.
template <Vocabulary E>
consteval bool is_well_formed() {
    auto const& table = terms(E{});
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].value) != i || table[i].code.empty() || table[i].label.empty())
            return false;
        for (std::size_t j = 0; j < i; ++j)
            if (table[j].code == table[i].code) return false;
    }
    return true;
}

template <Vocabulary E>
constexpr std::string_view code(E value) {
    return terms(value)[static_cast<std::size_t>(value)].code;
}

template <Vocabulary E>
constexpr std::string_view label(E value) {
    return terms(value)[static_cast<std::size_t>(value)].label;
}

/// Whether row i of a table of rules is about enumerator i, so that the table can be indexed by it:
/// `static_assert(kRules.size() == kSheetKinds.size() && is_in_order(kRules, &SheetRule::kind))`.
template <typename Rows, typename Row, typename E>
consteval bool is_in_order(Rows const& rows, E Row::*key) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].*key) != i) return false;
    }
    return true;
}

/// The enumerator with this code: `parse<ClockStatus>("running")`.
template <Vocabulary E>
constexpr std::optional<E> parse(std::string_view code) {
    for (auto const& term : terms(E{}))
        if (term.code == code) return term.value;
    return std::nullopt;
}

}  // namespace workflow
