#include "storage/engine/page.hpp"

#include "workflow/time/date.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace storage {

std::string to_cursor(DayPlace const& place) { return place.day + '_' + std::to_string(place.row); }

std::optional<DayPlace> parse_day_place(std::string_view cursor) {
    auto const middle = std::min(cursor.find('_'), cursor.size());
    auto const number = cursor.substr(std::min(middle + 1, cursor.size()));
    DayPlace place{std::string(cursor.substr(0, middle)), 0};
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), place.row);
    bool const whole = error == std::errc() && end == number.data() + number.size() && place.row > 0;
    return whole && workflow::parse_date(place.day) ? std::optional(std::move(place)) : std::nullopt;
}

}  // namespace storage
