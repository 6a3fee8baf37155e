#include "server/runtime/utf8.hpp"

#include <gtest/gtest.h>

namespace server {
namespace {

TEST(Utf8, MeasuresSequences) {
    EXPECT_EQ(utf8_sequence("a"), 1u);
    EXPECT_EQ(utf8_sequence("\xC2\x80"), 2u);
    EXPECT_EQ(utf8_sequence("申请"), 3u);
    EXPECT_EQ(utf8_sequence("\xED\x9F\xBF"), 3u);
    EXPECT_EQ(utf8_sequence("\xF0\x9F\x98\x80"), 4u);
    EXPECT_EQ(utf8_sequence("\xF4\x8F\xBF\xBF"), 4u);
}

TEST(Utf8, RefusesWhatIsNone) {
    for (auto const* text :
         {"\x80",
          "\xC0\x80",
          "\xC1\xBF",
          "\xC2",
          "\xC2\x20",
          "\xE0\x9F\xBF",
          "\xE4\xB8",
          "\xED\xA0\x80",
          "\xF0\x8F\xBF\xBF",
          "\xF0\x9F\x98",
          "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80",
          "\xFF"}) {
        EXPECT_EQ(utf8_sequence(text), 0u) << text;
    }
}

}  // namespace
}  // namespace server
