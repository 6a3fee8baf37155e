#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/list_slice.hpp"
#include "storage/engine/sha256.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/term.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace storage {

/// SQL put together at run time, with the values of its placeholders. A condition is there or not, its values are
/// always parameters and a list of values is one parameter: so there are few different texts, and each is prepared
/// once.
class Query {
public:
    Query& operator+=(Sql piece) {
        text_ += piece;
        return *this;
    }
    /// A placeholder for `value`, which is kept.
    Query& bind(std::string value) {
        kept_.push_back(std::move(value));
        return bind(Parameter(kept_.back()));
    }
    Query& bind(Digest const& value) {
        kept_.emplace_back(as_text(value));
        return bind(Parameter(as_bytes(kept_.back())));
    }
    /// For what needs no keeping.
    Query& bind(Parameter parameter) {
        parameters_.push_back(parameter);
        return same();
    }
    /// The placeholder of the last value once more.
    Query& same() {
        text_.placeholder(static_cast<int>(parameters_.size()));
        return *this;
    }

    /// `column` is one of `values`: an equality that an index can serve where there is one, else a look-up in a list,
    /// which leaves the order of the list to the index. Codes hold no %, and no two differ only where one has a _.
    Query& one_of(Sql column, std::vector<std::string> values) {
        if (values.size() == 1) {
            *this += column;
            *this += " = ";
            return bind(std::move(values.front()));
        }
        std::string list = ",";
        for (std::string const& value : values) list += value + ',';
        bind(std::move(list));
        *this += " LIKE '%,' || ";
        *this += column;
        return *this += " || ',%'";
    }

    template <workflow::Vocabulary E>
    Query& one_of(Sql column, std::vector<E> const& words) {
        std::vector<std::string> values;
        for (E const word : words) values.emplace_back(workflow::code(word));
        return one_of(column, std::move(values));
    }
    Query& one_of(Sql column, std::vector<workflow::Code> const& codes) {
        std::vector<std::string> values;
        for (workflow::Code const& code : codes) values.push_back(code.value);
        return one_of(column, std::move(values));
    }
    /// "a, b, c": the columns of the shapes, each behind `prefix`.
    template <workflow::Shape... T>
    Query& columns(Sql prefix = "") {
        each_column<T...>([&](auto const& field) {
            *this += prefix;
            text_.column(field);
        });
        return *this;
    }
    /// "$1, $2, $3": what these rows have in their columns. They must outlive the run.
    template <workflow::Shape... T>
    Query& values(T const&... rows) {
        each_column<T...>([&](auto const& field) { bind_member(field, rows...); });
        return *this;
    }
    /// "a = $1, b = $2, c = $3": likewise, for an UPDATE.
    template <workflow::Shape... T>
    Query& assignments(T const&... rows) {
        each_column<T...>([&](auto const& field) {
            text_.column(field);
            *this += " = ";
            bind_member(field, rows...);
        });
        return *this;
    }

    /// " AND column is one of `values`"; without any, no condition.
    template <typename T>
    Query& and_one_of(Sql column, std::vector<T> const& values) {
        if (values.empty()) return *this;
        *this += " AND ";
        return one_of(column, values);
    }

    /// `condition` opens the comparison of the columns of a place: " AND (day, row) < (".
    Query& after(Sql condition, ListPlace place) {
        *this += condition;
        bind(std::move(place.key));
        *this += ", ";
        bind(Parameter(place.row));
        if (!place.item.empty()) {
            *this += ", ";
            bind(std::move(place.item));
        }
        return *this += ")";
    }

    /// The first `limit` of what is selected, which ends in " LIMIT ": `read` makes an item of a row, `cursor` says of
    /// the last row of the slice where the next begins.
    template <typename Read, typename Cursor>
    auto read_slice(Connection& connection, std::int64_t limit, Read&& read, Cursor&& cursor) {
        bind(Parameter(limit + 1));  // one more tells whether there is a next slice
        ListSlice<std::invoke_result_t<Read, Rows const&>> slice;
        std::string next;
        auto rows = run(connection);
        while (rows.next()) {
            if (std::ssize(slice.items) == limit) {
                slice.next_cursor = std::move(next);
                break;
            }
            slice.items.push_back(read(std::as_const(rows)));
            if (std::ssize(slice.items) == limit) next = cursor(std::as_const(rows));
        }
        return slice;
    }

    Rows run(Connection& connection) const { return connection.query_all(text_.sql(), parameters_); }
    /// For what gives no rows; returns how many rows it inserted, updated or deleted.
    std::int64_t execute(Connection& connection) const { return connection.execute_all(text_.sql(), parameters_); }

private:
    /// Calls visit(field) for every column of the shapes, with a comma between each.
    template <workflow::Shape... T, typename Visit>
    void each_column(Visit&& visit) {
        bool first = true;
        auto const separated = [&](auto const& field) {
            if (!first) *this += ", ";
            first = false;
            visit(field);
        };
        (workflow::for_each_field<T>(separated), ...);
    }
    /// Binds the member of that one of `rows` which has it.
    template <typename S, typename M, typename... T>
    void bind_member(workflow::Field<S, M> const& field, T const&... rows) {
        (bind_if_own(field, rows), ...);
    }
    template <typename S, typename M, typename T>
    void bind_if_own(workflow::Field<S, M> const& field, T const& row) {
        if constexpr (std::is_same_v<S, T>) bind(Parameter(row.*field.member));
    }

    SqlText text_;
    std::deque<std::string> kept_;  // the parameters refer to it
    std::vector<Parameter> parameters_;
};

}  // namespace storage
