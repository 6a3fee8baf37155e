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
#include <vector>

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

    JsonWriter& key(std::string_view name) {
        separate();
        out_ += '"';
        out_ += name;  // a name of the program, nothing to escape
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

    /// A member; a coded one with its label.
    template <typename T>
    JsonWriter& member(std::string_view name, T const& content) {
        key(name).value(content);
        if constexpr (workflow::Vocabulary<T>) {
            label_key(name);
            value(workflow::label(content));
        } else if constexpr (workflow::kIsOptionalWord<T>) {
            label_key(name);
            value(content ? std::optional(workflow::label(*content)) : std::nullopt);
        }
        return *this;
    }

    /// The described members of a shape, into the object that is open.
    template <workflow::Shape T>
    void members(T const& shape) {
        workflow::for_each_field<T>([&](auto const& field) { member(field.name, shape.*field.member); });
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
    void label_key(std::string_view name) {
        separate();
        out_ += '"';
        out_ += name;
        out_ += "_label\":";
        fresh_ = true;
    }

    std::string out_;
    bool fresh_ = true;  ///< the next piece is the first in its object or list, so no comma precedes it
};

}  // namespace server::api
