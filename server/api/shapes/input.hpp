#pragma once

#include "workflow/people/application.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/kind.hpp"
#include "workflow/words/result.hpp"
#include "workflow/words/term.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/system/result.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "server/http/problem.hpp"

/// Reading a JSON body into a shape described by workflow/words/fields.hpp, and describing the same shape as a JSON
/// Schema.
namespace server::api {

namespace json = boost::json;

namespace kind = workflow::kind;

/// A shape that inside another one is written flat, among its members: one form is one object.
template <typename T>
inline constexpr bool kIsFlat = false;
template <>
inline constexpr bool kIsFlat<workflow::Application> = true;

template <typename T>
constexpr bool is_required(workflow::Bounds const& bounds) {
    return workflow::visit_kind<T>(
        []<typename V>(kind::Optional<V>) { return false; },
        [](kind::YesNo) { return false; },
        [&]<typename V>(kind::List<V>) { return bounds.min > 0; },
        []<typename S>(kind::Shape<S>) { return true; },
        [](kind::Value) { return true; }
    );
}

/// Reads values into members and remembers every fault with its pointer (RFC 6901), so that all are answered at once.
class InputReader {
public:
    std::vector<workflow::FieldError>& errors() { return errors_; }

    /// The members of `object` into `target`; what `target` does not know is a fault.
    template <workflow::Shape T>
    void read(json::value const& value, T& target, std::string const& pointer) {
        auto const* object = value.if_object();
        if (object == nullptr) return fault(pointer, "wrong_type", "这里应当是一个 JSON 对象。");
        std::vector<std::string_view> known;
        read_members(*object, target, pointer, known);
        for (auto const& member : *object) {
            if (std::ranges::find(known, std::string_view(member.key())) == known.end()) unknown(pointer, member.key());
        }
    }

private:
    template <workflow::Shape T>
    void read_members(json::object const& object, T& target, std::string const& pointer, auto& known) {
        workflow::for_each_field<T>([&](auto const& field) {
            auto& member = target.*field.member;
            using M = std::remove_cvref_t<decltype(member)>;
            if constexpr (kIsFlat<M>) {
                read_members(object, member, pointer, known);
            } else {
                known.push_back(field.name);
                auto const at = pointer + "/" + std::string(field.name);
                auto const* value = object.if_contains(field.name);
                if (field.bounds.given) {
                    if (value != nullptr) fault(at, "not_yours_to_give", quote(field.label) + "由系统填写，不能提交。");
                } else if (value == nullptr) {
                    if (is_required<M>(field.bounds)) fault(at, "missing", "请填写" + quote(field.label) + "。");
                } else {
                    read_value(*value, member, {at, field.label, field.bounds});
                }
            }
        });
    }

    /// Where a value stands and what it may be.
    struct Expected {
        std::string const& at;  ///< its pointer
        std::string_view label;
        workflow::Bounds const& bounds;
    };

    template <typename M>
    void read_value(json::value const& value, M& target, Expected const& expected) {
        workflow::visit_kind_of(
            target,
            [&]<typename V>(kind::Optional<V>, std::optional<V>& maybe) {
                maybe.reset();
                if (!value.is_null()) read_value(value, maybe.emplace(), expected);
            },
            [&]<typename V>(kind::List<V>, std::vector<V>& list) { read_list(value, list, expected); },
            [&]<typename S>(kind::Shape<S>, S& shape) { read(value, shape, expected.at); },
            [&]<typename E>(kind::Word<E>, E& word) { read_word(value, word, expected); },
            [&](kind::Code, workflow::Code& code) { read_code(value, code, expected); },
            [&](kind::Text, std::string& text) { read_text(value, text, expected); },
            [&](kind::Date, workflow::Date& date) { read_date(value, date, expected); },
            [&](kind::YesNo, bool& flag) { read_flag(value, flag, expected); },
            [&]<typename N>(kind::Whole<N>, N& number) {
                if (auto const read = read_number(value, expected)) number = static_cast<N>(*read);
            }
        );
    }

    template <typename V>
    void read_list(json::value const& value, std::vector<V>& target, Expected const& expected) {
        auto const* list = value.if_array();
        if (list == nullptr) return fault(expected.at, "wrong_type", quote(expected.label) + "应当是一个列表。");
        if (!check_count(static_cast<std::int64_t>(list->size()), expected)) return;
        target.resize(list->size());
        for (std::size_t i = 0; i < list->size(); ++i) {
            workflow::Bounds const entry{.min = 1, .max = workflow::kLongText};
            read_value((*list)[i], target[i], {expected.at + "/" + std::to_string(i), expected.label, entry});
        }
    }

    template <typename E>
    void read_word(json::value const& value, E& target, Expected const& expected) {
        auto const* code = value.if_string();
        auto const found = code != nullptr ? workflow::parse<E>(*code) : std::nullopt;
        if (found) {
            target = *found;
        } else {
            std::string known;
            for (auto const& term : terms(E{})) {
                known += (known.empty() ? "" : "、") + std::string(term.code) + "（" + std::string(term.label) + "）";
            }
            fault(expected.at, "unknown_code", quote(expected.label) + "只能是下列之一：" + known + "。");
        }
    }

    void read_code(json::value const&, workflow::Code&, Expected const&);
    void read_text(json::value const&, std::string&, Expected const&);
    void read_date(json::value const&, workflow::Date&, Expected const&);
    void read_flag(json::value const&, bool&, Expected const&);
    std::optional<std::int64_t> read_number(json::value const&, Expected const&);
    bool check_count(std::int64_t, Expected const&);
    void fault(std::string pointer, std::string code, std::string detail);
    void unknown(std::string const& pointer, std::string_view member);
    static std::string quote(std::string_view label);

    std::vector<workflow::FieldError> errors_;
};

/// The body as JSON; 400 with the kind of the fault as code when it is none.
boost::system::result<json::value, http::Problem> parse_body(std::string_view body);

/// 422 with all faults of form.
http::Problem invalid_input(std::vector<workflow::FieldError> errors);

/// The body as a T: 400 when it is no JSON, 422 with all faults when it is not of that shape.
template <workflow::Shape T>
boost::system::result<T, http::Problem> read_body(std::string_view body) {
    auto const value = parse_body(body);
    if (!value) return value.error();
    InputReader reader;
    T target{};
    reader.read(*value, target, "");
    if (!reader.errors().empty()) return invalid_input(std::move(reader.errors()));
    return target;
}

}  // namespace server::api
