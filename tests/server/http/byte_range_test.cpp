#include "server/http/byte_range.hpp"

#include <gtest/gtest.h>

namespace server::http {
namespace {

using Range = std::optional<ByteRange>;

TEST(ByteRange, IsReadAsRfc9110Says) {
    EXPECT_EQ(parse_range("bytes=0-9", 100), (Range{{0, 9}}));
    EXPECT_EQ(parse_range("bytes=90-", 100), (Range{{90, 99}}));
    EXPECT_EQ(parse_range("bytes=90-1000", 100), (Range{{90, 99}}));
    EXPECT_EQ(parse_range("bytes=-10", 100), (Range{{90, 99}}));
    EXPECT_EQ(parse_range("bytes=-1000", 100), (Range{{0, 99}}));
    EXPECT_EQ(parse_range("Bytes=5-5", 100), (Range{{5, 5}}));
    EXPECT_GE(parse_range("bytes=100-", 100)->first, 100U);
    EXPECT_GE(parse_range("bytes=-0", 100)->first, 100U);
    EXPECT_GE(parse_range("bytes=0-0", 0)->first, 0U);
}

TEST(ByteRange, WhatCannotBeReadIsIgnored) {
    for (auto const* field :
         {"",
          "bytes",
          "bytes=",
          "bytes=-",
          "bytes=a-b",
          "bytes=9-0",
          "bytes=0-1,3-4",
          "lines=0-1",
          "bytes=0 - 1",
          "bytes=99999999999999999999-"}) {
        EXPECT_EQ(parse_range(field, 100), std::nullopt) << field;
    }
}

}  // namespace
}  // namespace server::http
