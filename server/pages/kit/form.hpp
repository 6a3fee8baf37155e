#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <charconv>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/shapes/input.hpp"
#include "server/pages/kit/texts.hpp"

/// Forms on pages, from the same descriptors (workflow/words/fields.hpp) by which the API reads a body. A field of the
/// page is named by the pointer (RFC 6901) of the member it stands for, so that what the rules complain about finds its
/// field.
namespace server::pages {

namespace json = boost::json;
namespace kind = workflow::kind;

/// What somebody typed, by pointer: "/items/0/title". Kept as typed, right or wrong.
using Answers = std::map<std::string, std::string, std::less<>>;

/// "/items/0/title" as an id in HTML: "items-0-title".
std::string field_id(std::string_view pointer);
/// Whether anything but blanks was typed at the pointer or below it.
bool is_answered(Answers const& answers, std::string_view pointer);
/// How many entries the list at the pointer has, empty ones too.
std::size_t entries(Answers const& answers, std::string_view pointer);
/// Drops one entry of the list at the pointer and moves those behind it up.
void remove_entry(Answers& answers, std::string_view pointer, std::size_t index);
/// The typed text, or an empty one.
std::string const& answer_at(Answers const& answers, std::string_view pointer);

// ---- as the rules read it -----------------------------------------------------------------------------------------

/// One answer as JSON: what was left empty is not there.
template <typename M>
json::value answer_json(Answers const& answers, std::string const& at);

/// All answers to the shape T as the JSON that api::InputReader takes.
template <workflow::Shape T>
json::object answers_json(Answers const& answers, std::string const& at) {
    json::object object;
    workflow::for_each_field<T>([&]<typename S, typename M>(workflow::Field<S, M> const& field) {
        auto const pointer = at + '/' + std::string(field.name);
        // An empty object of a shape that must be there lets the rules name what is missing in it.
        bool const there = workflow::Shape<M> || is_answered(answers, pointer) || entries(answers, pointer) > 0;
        if (there) object.emplace(field.name, answer_json<M>(answers, pointer));
    });
    return object;
}

template <typename M>
json::value answer_json(Answers const& answers, std::string const& at) {
    using Json = json::value;
    auto const as_typed = [&] { return Json(answer_at(answers, at)); };
    return workflow::visit_kind<M>(
        [&]<typename V>(kind::Optional<V>) { return answer_json<V>(answers, at); },
        [&]<typename V>(kind::List<V>) {
            json::array list;
            for (std::size_t i = 0; i < entries(answers, at); ++i) {
                list.push_back(answer_json<V>(answers, at + '/' + std::to_string(i)));
            }
            return Json(std::move(list));
        },
        [&]<typename S>(kind::Shape<S>) { return Json(answers_json<S>(answers, at)); },
        [&](kind::YesNo) { return Json(answer_at(answers, at) == "true"); },
        [&]<typename N>(kind::Whole<N>) {
            auto const& text = answer_at(answers, at);
            std::int64_t number = 0;
            auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            return error == std::errc() && end == text.data() + text.size() ? Json(number) : as_typed();
        },
        [&](kind::Value) { return as_typed(); }
    );
}

// ---- as a page shows it -------------------------------------------------------------------------------------------

/// What the fields of a page are made of, beside the answers.
struct FormContext {
    Answers const& answers;
    std::vector<workflow::FieldError> const& errors;
    Texts const& texts;  ///< "hint." and the pointer without numbers: what helps to fill the field in
};

/// `{id, name, label, value, hint, error, described}` of one field; absent texts are null.
json::object field_view(FormContext const& form, std::string const& at, std::string_view label);

template <typename M>
json::value member_view(FormContext const& form, std::string const& at, std::string_view label);

/// The fields of the shape T, by name; those of shapes inside it are nested, lists are arrays with `number` from 1.
template <workflow::Shape T>
json::object form_view(FormContext const& form, std::string const& at = "") {
    json::object object;
    workflow::for_each_field<T>([&]<typename S, typename M>(workflow::Field<S, M> const& field) {
        object.emplace(field.name, member_view<M>(form, at + '/' + std::string(field.name), field.label));
    });
    return object;
}

template <workflow::Vocabulary E>
json::array choices_view(FormContext const& form, std::string const& at) {
    json::array choices;
    for (auto const& term : terms(E{})) {
        auto const id = field_id(at) + (choices.empty() ? "" : '-' + std::string(term.code));  // a link finds the first
        bool const checked = answer_at(form.answers, at) == term.code;
        choices.push_back({{"id", id}, {"value", term.code}, {"label", term.label}, {"checked", checked}});
    }
    return choices;
}

template <typename M>
json::value member_view(FormContext const& form, std::string const& at, std::string_view label) {
    auto const field = [&] { return field_view(form, at, label); };
    return workflow::visit_kind<M>(
        [&]<typename V>(kind::Optional<V>) { return member_view<V>(form, at, label); },
        [&]<typename S>(kind::List<S>) {
            json::array list;
            for (std::size_t i = 0; i < std::max(entries(form.answers, at), std::size_t{1}); ++i) {
                auto entry = form_view<S>(form, at + '/' + std::to_string(i));
                entry["number"] = i + 1;
                list.push_back(std::move(entry));
            }
            return json::value(std::move(list));
        },
        [&]<typename S>(kind::Shape<S>) {
            auto shape = form_view<S>(form, at);
            shape["answered"] = is_answered(form.answers, at);
            return json::value(std::move(shape));
        },
        [&]<typename E>(kind::Word<E>) {
            auto view = field();
            view["choices"] = choices_view<E>(form, at);
            return json::value(std::move(view));
        },
        [&](kind::YesNo) {
            auto view = field();
            view["checked"] = answer_at(form.answers, at) == "true";
            return json::value(std::move(view));
        },
        [&](kind::Value) { return json::value(field()); }
    );
}

/// The errors as the summary on top of a page links to them; `page` is the address of another page that has the field.
json::array error_links(std::vector<workflow::FieldError> const& errors, auto const& page_of) {
    json::array links;
    for (auto const& error : errors) {
        auto const id = field_id(error.pointer);
        links.push_back(
            {{"address", id.empty() ? json::value() : json::value(page_of(error) + '#' + id)}, {"detail", error.detail}}
        );
    }
    return links;
}

// ---- read back ----------------------------------------------------------------------------------------------------

template <typename M, typename Show>
void show_answer(Answers const& answers, std::string const& at, std::string_view label, Show const& show);

/// Calls show(pointer, label, text) for every answer to the shape T, in order, choices in words; a tick has no text.
template <workflow::Shape T, typename Show>
void for_each_answer(Answers const& answers, std::string const& at, Show const& show) {
    workflow::for_each_field<T>([&]<typename S, typename M>(workflow::Field<S, M> const& field) {
        show_answer<M>(answers, at + '/' + std::string(field.name), field.label, show);
    });
}

template <typename M, typename Show>
void show_answer(Answers const& answers, std::string const& at, std::string_view label, Show const& show) {
    workflow::visit_kind<M>(
        [&]<typename V>(kind::Optional<V>) { show_answer<V>(answers, at, label, show); },
        [&]<typename V>(kind::List<V>) {
            for (std::size_t i = 0; i < entries(answers, at); ++i) {
                show_answer<V>(answers, at + '/' + std::to_string(i), label, show);
            }
        },
        [&]<typename S>(kind::Shape<S>) { for_each_answer<S>(answers, at, show); },
        [&]<typename E>(kind::Word<E>) {
            if (auto const term = workflow::parse<E>(answer_at(answers, at))) show(at, label, workflow::label(*term));
        },
        [&](kind::YesNo) {
            if (is_answered(answers, at)) show(at, label, std::string_view());
        },
        [&](kind::Value) {
            if (is_answered(answers, at)) show(at, label, std::string_view(answer_at(answers, at)));
        }
    );
}

}  // namespace server::pages
