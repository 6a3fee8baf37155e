#pragma once

#include "storage/journal/canonical_json.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/kind.hpp"

#include <charconv>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/api/shapes/answer.hpp"

namespace server::api {

/// Appends JSON to a text as it goes, without a tree in between: reads of cases are answered some ten thousand times a
/// second. Every coded member gets a twin `<name>_label` for people.
class JsonWriter {
public:
    JsonWriter() { out_.reserve(2048); }

    JsonWriter& open_object() { return open('{'); }
    JsonWriter& close_object() { return close('}'); }
    JsonWriter& open_list() { return open('['); }
    JsonWriter& close_list() { return close(']'); }

    /// Names of the program: there is nothing to escape.
    JsonWriter& key(std::string_view name, std::string_view suffix = {}) {
        separate();
        out_ += '"';
        out_ += name;
        out_ += suffix;
        out_ += "\":";
        fresh_ = true;
        return *this;
    }

    void value(std::nullptr_t) { raw("null"); }
    void value(char const* text) { write_text(text); }
    template <typename... T>
    void value(std::variant<T...> const& one) {
        std::visit([&](auto const& content) { value(content); }, one);
    }
    template <typename T>
    void value(T const& content) {
        namespace kind = workflow::kind;
        if constexpr (WritesItself<T>) {
            content.write(*this);
        } else if constexpr (std::convertible_to<T const&, std::string_view>) {
            write_text(content);
        } else {
            workflow::visit_kind_of(
                content,
                [&]<typename V>(kind::Optional<V>, std::optional<V> const& maybe) {
                    if (maybe)
                        value(*maybe);
                    else
                        value(nullptr);
                },
                [&]<typename V>(kind::List<V>, std::vector<V> const& list) {
                    open_list();
                    for (auto const& each : list) value(each);
                    close_list();
                },
                [&]<typename S>(kind::Shape<S>, S const& shape) {
                    open_object();
                    members(shape);
                    close_object();
                },
                [&]<typename E>(kind::Word<E>, E word) { write_text(workflow::code(word)); },
                [&](kind::Code, workflow::Code const& code) { write_text(code.value); },
                [&](kind::Date, workflow::Date date) { write_text(workflow::to_string(date)); },
                [&](kind::Instant, workflow::Instant at) { write_text(workflow::to_string(at)); },
                [&](kind::YesNo, bool flag) { raw(flag ? "true" : "false"); },
                [&]<typename N>(kind::Whole<N>, N number) { write_number(number); },
                [&](kind::Fraction, auto number) { write_number(number); }
            );
        }
    }

    /// A member; a coded one with its label or name.
    template <typename T>
    JsonWriter& member(std::string_view name, T const& content) {
        if constexpr (kIsNamed<T>) {
            key(name).value(content.code);
            key(name, "_name").value(content.name);
        } else {
            key(name).value(content);
        }
        if constexpr (workflow::Vocabulary<T>) {
            key(name, "_label").value(workflow::label(content));
        } else if constexpr (workflow::kIsOptionalWord<T>) {
            key(name, "_label").value(content ? std::optional(workflow::label(*content)) : std::nullopt);
        }
        return *this;
    }

    /// The described members of a shape, into the object that is open.
    template <workflow::Shape T>
    JsonWriter& members(T const& shape) {
        workflow::for_each_field<T>([&]<typename F>(F const& field) {
            if constexpr (kIsSpread<F>) {
                members(read_member(shape, field));
            } else {
                member(field.name, read_member(shape, field));
            }
        });
        return *this;
    }

    /// A piece that is JSON already.
    void raw(std::string_view json) {
        separate();
        out_ += json;
    }

    std::string take() { return std::move(out_); }

private:
    JsonWriter& open(char bracket) {
        separate();
        out_ += bracket;
        fresh_ = true;
        return *this;
    }
    JsonWriter& close(char bracket) {
        out_ += bracket;
        fresh_ = false;
        return *this;
    }
    void write_text(std::string_view text) {
        separate();
        storage::append_canonical_string(out_, text);
    }
    void write_number(auto number) {
        char digits[32];
        auto const end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
        raw({std::begin(digits), end});
    }
    void separate() {
        if (!fresh_) out_ += ',';
        fresh_ = false;
    }
    std::string out_;
    bool fresh_ = true;  ///< the next piece follows a bracket or a key, so no comma stands before it
};

}  // namespace server::api
