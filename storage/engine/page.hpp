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

/// The place in a list ordered by (key, row), behind which its next page begins.
struct ListPlace {
    std::string key;
    std::int64_t row = 0;
};
/// "<key><separator><row>".
std::string join_place(ListPlace const& place, char separator);
/// What join_place() has made; nullopt for a text without a key or a row above 0.
std::optional<ListPlace> split_place(std::string_view text, char separator);

/// The cursor of a list whose key is a day: "<day>_<row>".
std::string to_day_cursor(ListPlace const& place);
std::optional<ListPlace> parse_day_cursor(std::string_view cursor);

inline workflow::Refusal bad_cursor() {
    return {workflow::RefusalKind::Invalid, "bad_cursor", "翻页参数无效，请从第一页重新查看。"};
}

}  // namespace storage
