#pragma once

#include "storage/engine/bytes.hpp"
#include "storage/engine/sha256.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/term.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// Answers described once. An answer is a struct of references to what it tells; its `fields()` name the members in
/// their order and say how each is read. Its JSON (json_writer.hpp) and its schema (answer_schema.hpp) come from that
/// one list. Nothing is kept: a member is read when it is written.
namespace server::api {

namespace json = boost::json;

/// What the JSON of a T looks like.
template <typename T>
json::object answer_schema();

/// A member of an answer. `read` takes the answer, or is a member of what the answer is `about`.
template <typename Read>
struct AnswerField {
    std::string_view name;
    std::string_view label;  ///< as the document explains it; empty where the name says it
    Read read;
};

/// In place of one member all those of the shape that `read` gives.
template <typename Read>
struct SpreadField {
    Read read;
};

template <typename Read>
constexpr AnswerField<Read> answer(std::string_view name, std::string_view label, Read read) {
    return {name, label, read};
}
template <typename Read>
constexpr AnswerField<Read> answer(std::string_view name, Read read) {
    return {name, {}, read};
}

template <typename Read>
constexpr SpreadField<Read> spread(Read read) {
    return {read};
}

template <typename F>
inline constexpr bool kIsSpread = false;
template <typename Read>
inline constexpr bool kIsSpread<SpreadField<Read>> = true;

template <typename S, typename M>
constexpr M const& read_member(S const& shape, workflow::Field<S, M> const& field) {
    return shape.*field.member;
}

template <typename A, typename F>
constexpr decltype(auto) read_member(A const& answer, F const& field) {
    if constexpr (std::is_member_pointer_v<decltype(field.read)>) {
        return std::invoke(field.read, answer.about);
    } else {
        return field.read(answer);
    }
}

/// What is read for a member described by an F in the shape T.
template <typename T, typename F>
using MemberRead = std::remove_cvref_t<decltype(read_member(std::declval<T const&>(), std::declval<F const&>()))>;

// ---- what a member may be beside the kinds of a shape (workflow/words/kind.hpp) ------------------------------------

/// A code, and as `<member>_name` what it is called.
template <typename Text>
struct Named {
    Text code;
    std::optional<std::string_view> name;
};
template <typename T>
inline constexpr bool kIsNamed = false;
template <typename Text>
inline constexpr bool kIsNamed<Named<Text>> = true;

/// A value that says itself how it is written, and what that looks like.
template <typename T>
concept WritesItself = requires {
    T::schema();
};

/// The code of a word without its label.
template <workflow::Vocabulary E>
struct OnlyCode {
    E word;
    void write(auto& json) const { json.value(word); }
    static json::object schema() { return answer_schema<E>(); }
};
template <typename E>
OnlyCode(E) -> OnlyCode<E>;

/// A list of which every entry is made when it is written.
template <typename List, typename Make>
class Each {
public:
    Each(List const& list, Make make) : list_(list), make_(std::move(make)) {}

    void write(auto& json) const {
        json.open_list();
        for (auto const& entry : list_) json.value(make_(entry));
        json.close_list();
    }
    static json::object schema() {
        using Entry = std::invoke_result_t<Make, typename List::value_type const&>;
        return {{"type", "array"}, {"items", answer_schema<Entry>()}};
    }

private:
    List const& list_;
    Make make_;
};

/// A digest in hexadecimal.
struct Hex {
    storage::Digest const& digest;
    void write(auto& json) const { json.value(storage::to_hex(digest)); }
    static json::object schema();
};

}  // namespace server::api
