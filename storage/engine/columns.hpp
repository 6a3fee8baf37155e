#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/kind.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

/// Rows as the shapes of workflow/words/fields.hpp: a column for each member, in the order of fields(), under its name.
/// Query writes them, here they are read and compared.
namespace storage {

/// The value of a column: text, number or bool as it is, a word of a vocabulary by its code, a date as YYYY-MM-DD, a
/// moment in milliseconds since 1970.
template <typename T>
T read_column(Rows const& rows, int column) {
    namespace kind = workflow::kind;
    return workflow::visit_kind<T>(
        [&]<typename V>(kind::Optional<V>) -> std::optional<V> {
            if (rows.is_null(column)) return std::nullopt;
            return read_column<V>(rows, column);
        },
        [&]<typename E>(kind::Word<E>) {
            auto const word = workflow::parse<E>(rows.text(column));
            if (!word) throw DamagedDatabase("a stored code is not one of its vocabulary");
            return *word;
        },
        [&](kind::Code) { return workflow::Code{std::string(rows.text(column))}; },
        [&](kind::Text) { return std::string(rows.text(column)); },
        [&](kind::Date) { return workflow::parse_date(rows.text(column)).value(); },
        [&](kind::Instant) { return workflow::Instant(std::chrono::milliseconds(rows.int64(column))); },
        [&](kind::YesNo) { return rows.boolean(column); },
        [&](kind::Whole<std::int64_t>) { return rows.int64(column); }
    );
}

/// The members of T from the row, beginning at `column`, which moves on.
template <workflow::Shape T>
T read_columns(Rows const& rows, int& column) {
    T row{};
    workflow::for_each_field<T>([&](auto const& field) {
        auto& member = row.*field.member;
        member = read_column<std::remove_reference_t<decltype(member)>>(rows, column++);
    });
    return row;
}

/// A row that is nothing but T.
template <workflow::Shape T>
T read_row(Rows const& rows) {
    int column = 0;
    return read_columns<T>(rows, column);
}

/// The name of the first column in which two rows differ; empty if there is none.
template <workflow::Shape T>
std::string_view first_difference(T const& a, T const& b) {
    std::string_view name;
    workflow::for_each_field<T>([&](auto const& field) {
        if (name.empty() && a.*field.member != b.*field.member) name = field.name;
    });
    return name;
}

}  // namespace storage
