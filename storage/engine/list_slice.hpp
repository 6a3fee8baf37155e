#pragma once

#include "workflow/words/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// A slice of a list, and what to ask for the next with; without it this was the last.
template <typename T>
struct ListSlice {
    std::vector<T> items;
    std::optional<std::string> next_cursor;
};

/// The place in a list behind which its next slice begins: the key that orders the list, among equal keys the row, and
/// in a list of what a row may have several of (its follow-ups), the item.
struct ListPlace {
    std::string key;
    std::int64_t row = 0;
    std::string item = {};
};

/// What the items of a list are.
enum class ListedBy : std::uint8_t { Row, ItemOfRow };

/// "<order>_<key>_<row>", and "_<item>" behind it where there is one, for addresses. Neither order nor key has a _.
std::string to_cursor(std::string_view order, ListPlace const& place);
/// The place that to_cursor() has said of a list in this order; nullopt for any other text.
std::optional<ListPlace> parse_cursor(
    std::string_view order, std::string_view cursor, ListedBy listed_by = ListedBy::Row
);

inline workflow::Refusal bad_cursor() {
    return {workflow::RefusalKind::Invalid, "bad_cursor", "翻页参数无效，请从第一页重新查看。"};
}

}  // namespace storage
