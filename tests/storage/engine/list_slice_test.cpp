#include "storage/engine/list_slice.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using storage::ListedBy;
using storage::parse_cursor;
using storage::to_cursor;

TEST(Cursor, SaysThePlaceThatItWasMadeOf) {
    auto const rows = to_cursor("due", {"2026-05-27", 12});
    EXPECT_EQ(rows, "due_2026-05-27_12");
    auto const place = parse_cursor("due", rows);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->key, "2026-05-27");
    EXPECT_EQ(place->row, 12);
    EXPECT_EQ(place->item, "");

    auto const items = to_cursor("oldest", {"2026-05-27", 12, "rating_1"});
    auto const item = parse_cursor("oldest", items, ListedBy::ItemOfRow);
    ASSERT_TRUE(item);
    EXPECT_EQ(item->row, 12);
    EXPECT_EQ(item->item, "rating_1") << "an item may have the sign that parts the others";

    auto const keyless = parse_cursor("newest", to_cursor("newest", {{}, 7}));
    ASSERT_TRUE(keyless) << "a list may be ordered by its rows alone";
    EXPECT_EQ(keyless->row, 7);
}

TEST(Cursor, IsOfOneOrderAndOneKindOfList) {
    EXPECT_FALSE(parse_cursor("received", "due_2026-05-27_12"));
    EXPECT_FALSE(parse_cursor("due", "due_2026-05-27_12", ListedBy::ItemOfRow));
    EXPECT_FALSE(parse_cursor("due", "due_2026-05-27_12_c1"));
    EXPECT_FALSE(parse_cursor("oldest", "oldest_2026-05-27_12_", ListedBy::ItemOfRow));
}

TEST(Cursor, NoOtherTextIsOne) {
    for (std::string const text :
         {"",
          "_",
          "__",
          "due",
          "due_",
          "due_2026-05-27",
          "due_2026-05-27_",
          "due_2026-05-27_0",
          "due_2026-05-27_-1",
          "due_2026-05-27_+1",
          "due_2026-05-27_01",
          "due_2026-05-27_1 ",
          "due_2026-05-27_1x",
          "due_2026-05-27_1_",
          " due_2026-05-27_1",
          "due_2026-05-27_99999999999999999999"}) {
        EXPECT_FALSE(parse_cursor("due", text)) << text;
    }
}

}  // namespace
