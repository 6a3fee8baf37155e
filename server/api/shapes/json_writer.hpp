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
    void value(bool flag) { raw(flag ? "true" : "false"); }
    template <std::integral T>
    requires(!std::same_as<T, bool>) void value(T number) {
        char digits[24];
        auto const end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
        raw({std::begin(digits), end});
    }
    template <std::floating_point T>
    void value(T number) {
        char digits[32];
        auto const end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
        raw({std::begin(digits), end});
    }
    void value(std::string_view text) {
        separate();
        storage::append_canonical_string(out_, text);
    }
    void value(std::string const& text) { value(std::string_view(text)); }
    void value(char const* text) { value(std::string_view(text)); }
    void value(workflow::Code const& code) { value(std::string_view(code.value)); }
    void value(workflow::Date date) { value(std::string_view(workflow::to_string(date))); }
    void value(workflow::Instant at) { value(std::string_view(workflow::to_string(at))); }
    template <workflow::Vocabulary E>
    void value(E term) {
        value(workflow::code(term));
    }
    template <typename T>
    void value(std::optional<T> const& maybe) {
        if (maybe)
            value(*maybe);
        else
            value(nullptr);
    }
    template <typename T>
    void value(std::vector<T> const& list) {
        open_list();
        for (auto const& each : list) value(each);
        close_list();
    }
    template <workflow::Shape T>
    void value(T const& shape) {
        open_object();
        members(shape);
        close_object();
    }
    template <typename... T>
    void value(std::variant<T...> const& one) {
        std::visit([&](auto const& content) { value(content); }, one);
    }
    template <WritesItself T>
    void value(T const& content) {
        content.write(*this);
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
    void separate() {
        if (!fresh_) out_ += ',';
        fresh_ = false;
    }
    std::string out_;
    bool fresh_ = true;  ///< the next piece follows a bracket or a key, so no comma stands before it
};

}  // namespace server::api
