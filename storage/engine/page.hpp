#pragma once

#include "workflow/words/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// A piece of a list, and what to ask for the next with; without it this was the last.
template <typename T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next_cursor;
};

/// The place in a list ordered by (day, row). Its cursor: "<day>_<row>".
struct DayPlace {
    std::string day;
    std::int64_t row = 0;
};
std::string to_cursor(DayPlace const& place);
std::optional<DayPlace> parse_day_place(std::string_view cursor);

inline workflow::Refusal bad_cursor() {
    return {workflow::RefusalKind::Invalid, "bad_cursor", "翻页参数无效,请从第一页重新查看。"};
}

}  // namespace storage
