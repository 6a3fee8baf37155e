#pragma once

#include "workflow/cases/payloads.hpp"

#include <charconv>
#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>

/// Writes `value` into the member of a payload that `path` names: "days", "items.1.limb", "applicant.id_number". Lists
/// of words are separated by commas. Throws std::runtime_error where there is no such member or no such word.
namespace cases {

template <workflow::Shape T>
void assign(T& shape, std::string_view path, std::string_view value);

inline void assign(std::string& text, std::string_view, std::string_view value) { text = value; }

inline void assign(workflow::Code& code, std::string_view, std::string_view value) { code.value = value; }

inline void assign(bool& flag, std::string_view, std::string_view value) {
    if (value != "yes" && value != "no") throw std::runtime_error("yes or no, not " + std::string(value));
    flag = value == "yes";
}

inline void assign(std::integral auto& number, std::string_view, std::string_view value) {
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size())
        throw std::runtime_error("no number: " + std::string(value));
}

inline void assign(workflow::Date& date, std::string_view, std::string_view value) {
    auto const parsed = workflow::parse_date(value);
    if (!parsed) throw std::runtime_error("no date: " + std::string(value));
    date = *parsed;
}

template <workflow::Vocabulary E>
void assign(E& word, std::string_view, std::string_view value) {
    auto const parsed = workflow::parse<E>(value);
    if (!parsed) throw std::runtime_error("no such word: " + std::string(value));
    word = *parsed;
}

/// `none` empties an optional member.
template <typename T>
void assign(std::optional<T>& member, std::string_view path, std::string_view value) {
    if (value == "none") {
        member.reset();
    } else {
        assign(member ? *member : member.emplace(), path, value);
    }
}

template <typename T>
void assign(std::vector<T>& list, std::string_view path, std::string_view value) {
    if (path.empty()) {
        list.clear();
        while (!value.empty()) {
            auto const comma = std::min(value.find(','), value.size());
            assign(list.emplace_back(), "", value.substr(0, comma));
            value.remove_prefix(std::min(comma + 1, value.size()));
        }
        return;
    }
    auto const dot = std::min(path.find('.'), path.size());
    std::size_t index = 0;
    assign(index, "", path.substr(0, dot));
    if (index >= list.size()) list.resize(index + 1);
    assign(list[index], path.substr(std::min(dot + 1, path.size())), value);
}

template <workflow::Shape T>
void assign(T& shape, std::string_view path, std::string_view value) {
    auto const dot = std::min(path.find('.'), path.size());
    std::string_view const name = path.substr(0, dot);
    bool found = false;
    workflow::for_each_field<T>([&](auto const& field) {
        using Member = std::decay_t<decltype(shape.*field.member)>;
        if constexpr (std::same_as<Member, workflow::Application>) {  // its members stand beside the others
            bool here = false;
            workflow::for_each_field<Member>([&](auto const& inner) { here = here || inner.name == name; });
            if (here) assign(shape.*field.member, path, value);
            found = found || here;
        } else if (field.name == name) {
            assign(shape.*field.member, path.substr(std::min(dot + 1, path.size())), value);
            found = true;
        }
    });
    if (!found) throw std::runtime_error("no such member: " + std::string(path));
}

}  // namespace cases
