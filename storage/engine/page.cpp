#include "storage/engine/page.hpp"

#include "workflow/time/date.hpp"

#include <charconv>
#include <utility>

namespace storage {

std::string join_place(ListPlace const& place, char separator) {
    return place.key + separator + std::to_string(place.row);
}

std::optional<ListPlace> split_place(std::string_view text, char separator) {
    auto const middle = text.rfind(separator);
    if (middle == std::string_view::npos || middle == 0) return std::nullopt;
    ListPlace place{std::string(text.substr(0, middle)), 0};
    char const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data() + middle + 1, end, place.row);
    bool const whole = error == std::errc() && stop == end && place.row > 0;
    return whole ? std::optional(std::move(place)) : std::nullopt;
}

std::string to_day_cursor(ListPlace const& place) { return join_place(place, '_'); }

std::optional<ListPlace> parse_day_cursor(std::string_view cursor) {
    auto place = split_place(cursor, '_');
    return place && workflow::parse_date(place->key) ? std::move(place) : std::nullopt;
}

}  // namespace storage
