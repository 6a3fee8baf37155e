#pragma once

#include "workflow/people/application.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/containers.hpp"
#include "workflow/words/fields.hpp"
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

using workflow::kIsList;
using workflow::kIsOptional;

/// A shape that inside another one is written flat, among its members: one form is one object (contracts.md 3).
template <typename T>
inline constexpr bool kIsFlat = false;
template <>
inline constexpr bool kIsFlat<workflow::Application> = true;

template <typename T>
constexpr bool is_required(workflow::Bounds const& bounds) {
    return !kIsOptional<T> && !std::is_same_v<T, bool> && !(kIsList<T> && bounds.min == 0);
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
                    read_value(*value, member, at, field.label, field.bounds);
                }
            }
        });
    }

    template <typename T>
    void read_value(
        json::value const& value,
        std::optional<T>& target,
        std::string const& at,
        std::string_view label,
        workflow::Bounds const& bounds
    ) {
        target.reset();
        if (!value.is_null()) read_value(value, target.emplace(), at, label, bounds);
    }

    template <typename T>
    void read_value(
        json::value const& value,
        std::vector<T>& target,
        std::string const& at,
        std::string_view label,
        workflow::Bounds const& bounds
    ) {
        auto const* list = value.if_array();
        if (list == nullptr) return fault(at, "wrong_type", quote(label) + "应当是一个列表。");
        if (!check_count(static_cast<std::int64_t>(list->size()), at, label, bounds)) return;
        target.resize(list->size());
        for (std::size_t i = 0; i < list->size(); ++i) {
            workflow::Bounds const entry{.min = 1, .max = workflow::kLongText};
            read_value((*list)[i], target[i], at + "/" + std::to_string(i), label, entry);
        }
    }

    template <workflow::Vocabulary E>
    void
    read_value(json::value const& value, E& target, std::string const& at, std::string_view label, workflow::Bounds const&) {
        auto const* code = value.if_string();
        auto const found = code != nullptr ? workflow::parse<E>(*code) : std::nullopt;
        if (found) {
            target = *found;
        } else {
            std::string known;
            for (auto const& term : terms(E{})) {
                known += (known.empty() ? "" : "、") + std::string(term.code) + "（" + std::string(term.label) + "）";
            }
            fault(at, "unknown_code", quote(label) + "只能是下列之一：" + known + "。");
        }
    }

    template <workflow::Shape T>
    void
    read_value(json::value const& value, T& target, std::string const& at, std::string_view, workflow::Bounds const&) {
        read(value, target, at);
    }

    template <std::signed_integral T>
    void read_value(
        json::value const& value,
        T& target,
        std::string const& at,
        std::string_view label,
        workflow::Bounds const& bounds
    ) {
        if (auto const number = integer(value, at, label, bounds)) target = static_cast<T>(*number);
    }

    void read_value(json::value const&, bool&, std::string const& at, std::string_view label, workflow::Bounds const&);
    void
    read_value(json::value const&, workflow::Date&, std::string const& at, std::string_view label, workflow::Bounds const&);
    void
    read_value(json::value const&, std::string&, std::string const& at, std::string_view label, workflow::Bounds const&);
    void
    read_value(json::value const&, workflow::Code&, std::string const& at, std::string_view label, workflow::Bounds const&);

    std::optional<std::int64_t>
    integer(json::value const&, std::string const& at, std::string_view label, workflow::Bounds const&);
    bool check_count(std::int64_t, std::string const& at, std::string_view label, workflow::Bounds const&);
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
