#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/kind.hpp"
#include "workflow/words/term.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// JSON of the shapes that workflow/words/fields.hpp describes. Enumerators are written as their codes, dates as
/// YYYY-MM-DD. What is not there (an empty optional, list or text) is left out. Reading is for what this program wrote
/// itself: a surprise throws, DamagedDatabase or what Boost.JSON throws for a member of another kind.
namespace storage {

namespace kind = workflow::kind;

/// Memory for JSON that lives no longer than the function: taken from the stack, given back at once.
struct ScratchMemory {
    std::array<unsigned char, 16 * 1024> buffer;
    boost::json::monotonic_resource resource{buffer.data(), buffer.size()};
};

/// Text in free words, which may name somebody (see workflow::Code).
template <typename T>
inline constexpr bool is_free_text = std::same_as<T, std::string> || std::same_as<T, std::vector<std::string>>;

template <typename T>
boost::json::value value_to_json(T const& value, boost::json::storage_ptr memory = {});

/// Calls visit(name, value) for every member of the shape that is there.
template <workflow::Shape T, typename Visit>
void for_each_present(T const& shape, Visit&& visit) {
    workflow::for_each_field<T>([&](auto const& field) {
        auto const& member = shape.*field.member;
        if constexpr (workflow::kIsOptional<std::remove_cvref_t<decltype(member)>>) {
            if (member) visit(field.name, *member);
        } else if constexpr (requires { member.empty(); }) {
            if (!member.empty()) visit(field.name, member);
        } else {
            visit(field.name, member);
        }
    });
}

/// The whole shape as one object, in `memory`: a monotonic one saves a hundred allocations where the object is written
/// down and dropped.
template <workflow::Shape T>
boost::json::object to_json(T const& shape, boost::json::storage_ptr memory = {}) {
    boost::json::object object(memory);
    object.reserve(std::tuple_size_v<decltype(fields(std::type_identity<T>{}))>);
    for_each_present(shape, [&](std::string_view name, auto const& value) {
        object.emplace(name, value_to_json(value, memory));
    });
    return object;
}

template <typename T>
boost::json::value value_to_json(T const& value, boost::json::storage_ptr memory) {
    using Json = boost::json::value;
    return workflow::visit_kind_of(
        value,
        [&]<typename S>(kind::Shape<S>, S const& shape) { return Json(to_json(shape, memory)); },
        [&]<typename V>(kind::List<V>, std::vector<V> const& list) {
            boost::json::array array(memory);
            array.reserve(list.size());
            for (V const& each : list) array.push_back(value_to_json(each, memory));
            return Json(std::move(array));
        },
        [&](kind::Code, workflow::Code const& code) { return Json(code.value, memory); },
        [&](kind::Text, std::string const& text) { return Json(text, memory); },
        [&](kind::Date, workflow::Date date) { return Json(workflow::to_string(date), memory); },
        [&]<typename E>(kind::Word<E>, E word) { return Json(workflow::code(word), memory); },
        [&](kind::YesNo, bool flag) { return Json(flag, memory); },
        [&]<typename N>(kind::Whole<N>, N number) { return Json(static_cast<std::int64_t>(number), memory); }
    );
}

/// The shape in two parts for the journal: free text goes to `sealed`, everything else to `open`. Nested shapes are
/// split too, in the memory of the two objects; in a list of shapes an entry has the same position in both parts.
template <workflow::Shape T>
void split(T const& shape, boost::json::object& open, boost::json::object& sealed) {
    for_each_present(shape, [&](std::string_view name, auto const& value) {
        auto const keep_in = [&](boost::json::object& part) {
            part.emplace(name, value_to_json(value, part.storage()));
        };
        workflow::visit_kind_of(
            value,
            [&]<typename S>(kind::Shape<S>, S const& inner) {
                boost::json::object open_part(open.storage());
                boost::json::object sealed_part(sealed.storage());
                split(inner, open_part, sealed_part);
                open.emplace(name, std::move(open_part));
                if (!sealed_part.empty()) sealed.emplace(name, std::move(sealed_part));
            },
            [&]<workflow::Shape S>(kind::List<S>, std::vector<S> const& list) {
                boost::json::array open_parts(open.storage());
                boost::json::array sealed_parts(sealed.storage());
                for (S const& each : list) {
                    boost::json::object& open_part = open_parts.emplace_back(boost::json::object_kind).as_object();
                    boost::json::object& sealed_part = sealed_parts.emplace_back(boost::json::object_kind).as_object();
                    split(each, open_part, sealed_part);
                }
                open.emplace(name, std::move(open_parts));
                sealed.emplace(name, std::move(sealed_parts));
            },
            [&]<typename V>(kind::List<V>, std::vector<V> const&) { keep_in(is_free_text<V> ? sealed : open); },
            [&](kind::Text, std::string const&) { keep_in(sealed); },
            [&](kind::Value, auto const&) { keep_in(open); }
        );
    });
}

template <workflow::Shape T>
T join(boost::json::object const& open, boost::json::object const& sealed);

template <typename T>
T value_from_json(boost::json::value const& value) {
    return workflow::visit_kind<T>(
        [&]<typename S>(kind::Shape<S>) { return join<S>(value.as_object(), value.as_object()); },
        [&]<typename V>(kind::List<V>) {
            std::vector<V> list;
            list.reserve(value.as_array().size());
            for (auto const& each : value.as_array()) list.push_back(value_from_json<V>(each));
            return list;
        },
        [&](kind::Code) { return workflow::Code{std::string(value.as_string())}; },
        [&](kind::Text) { return std::string(value.as_string()); },
        [&](kind::Date) {
            auto const date = workflow::parse_date(value.as_string());
            if (!date) throw DamagedDatabase("a stored date is none");
            return *date;
        },
        [&]<typename E>(kind::Word<E>) {
            auto const word = workflow::parse<E>(value.as_string());
            if (!word) throw DamagedDatabase("a stored code belongs to no vocabulary");
            return *word;
        },
        [&](kind::YesNo) { return value.as_bool(); },
        [&]<typename N>(kind::Whole<N>) { return static_cast<N>(value.as_int64()); }
    );
}

/// The shape from the two parts that split() made. Text that is in neither part, because its key was destroyed, is
/// empty.
template <workflow::Shape T>
T join(boost::json::object const& open, boost::json::object const& sealed) {
    static boost::json::object const kNothing;
    T shape{};
    auto const read = [&]<typename M>(std::string_view name, std::type_identity<M>) -> std::optional<M> {
        auto const* const found = (is_free_text<M> ? sealed : open).if_contains(name);
        if (found == nullptr) return std::nullopt;
        return workflow::visit_kind<M>(
            [&]<typename S>(kind::Shape<S>) {
                auto const* const text = sealed.if_contains(name);
                return join<S>(found->as_object(), text == nullptr ? kNothing : text->as_object());
            },
            [&]<workflow::Shape S>(kind::List<S>) {
                auto const* const texts = sealed.if_contains(name);
                auto const& open_parts = found->as_array();
                std::vector<S> list;
                list.reserve(open_parts.size());
                for (std::size_t i = 0; i < open_parts.size(); ++i) {
                    auto const& text = texts == nullptr ? kNothing : texts->as_array().at(i).as_object();
                    list.push_back(join<S>(open_parts[i].as_object(), text));
                }
                return list;
            },
            [&]<typename V>(kind::List<V>) { return value_from_json<std::vector<V>>(*found); },
            [&](kind::Value) { return value_from_json<M>(*found); }
        );
    };
    workflow::for_each_field<T>([&](auto const& field) {
        auto& member = shape.*field.member;
        using M = std::remove_cvref_t<decltype(member)>;
        if constexpr (workflow::kIsOptional<M>) {
            member = read(field.name, std::type_identity<typename M::value_type>{});
        } else {
            if (auto value = read(field.name, std::type_identity<M>{})) member = *std::move(value);
        }
    });
    return shape;
}

/// The shape from what to_json() made.
template <workflow::Shape T>
T from_json(boost::json::object const& object) {
    return join<T>(object, object);
}

}  // namespace storage
