#include "storage/engine/list_slice.hpp"

#include <charconv>
#include <utility>

namespace storage {
namespace {

constexpr char kSeparator = '_';

/// Takes what stands before the next separator, and the separator, from the text; all of it where there is none.
std::string_view take_part(std::string_view& text) {
    auto const part = text.substr(0, text.find(kSeparator));
    text.remove_prefix(part.size() < text.size() ? part.size() + 1 : text.size());
    return part;
}

}  // namespace

std::string to_cursor(std::string_view order, ListPlace const& place) {
    std::string cursor(order);
    cursor.append(1, kSeparator).append(place.key).append(1, kSeparator).append(std::to_string(place.row));
    if (!place.item.empty()) cursor.append(1, kSeparator).append(place.item);
    return cursor;
}

std::optional<ListPlace> parse_cursor(std::string_view order, std::string_view cursor, ListedBy listed_by) {
    auto rest = cursor;
    if (take_part(rest) != order) return std::nullopt;
    ListPlace place;
    place.key = take_part(rest);
    auto const row = take_part(rest);
    place.item = rest;
    auto const [stop, error] = std::from_chars(row.data(), row.data() + row.size(), place.row);
    // Written again it is the same text, so nothing is left over and no number has another form.
    bool const same = error == std::errc() && place.row > 0 && to_cursor(order, place) == cursor;
    bool const has_item = !place.item.empty();
    return same && has_item == (listed_by == ListedBy::ItemOfRow) ? std::optional(std::move(place)) : std::nullopt;
}

}  // namespace storage
