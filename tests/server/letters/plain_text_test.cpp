#include "server/letters/plain_text.hpp"

#include <gtest/gtest.h>

namespace server::letters {
namespace {

TEST(PlainText, DirectionControlsAndInvisibleCharactersAreLeftOut) {
    EXPECT_EQ(make_printable("张\u202E三\u2066\u200B\uFEFF"), "张三");
    EXPECT_EQ(make_printable("甲\x01\x7F乙\t丙"), "甲乙 丙");
    EXPECT_EQ(make_printable("葛\U000E0100"), "葛\U000E0100") << "a variation selector belongs to its character";
}

TEST(PlainText, WhatIsNoTextBecomesTheMarkOfAMissingSort) {
    EXPECT_EQ(make_printable("甲\xFF乙"), "甲〓乙");
    EXPECT_EQ(make_printable("\xED\xA0\x80"), "〓〓〓");
}

TEST(PlainText, EveryLineBreakBeginsALine) {
    EXPECT_EQ(printable_lines("甲\n\n乙\n"), (std::vector<std::string>{"甲", "", "乙", ""}));
    EXPECT_EQ(printable_lines(""), std::vector<std::string>{""});
}

TEST(PlainText, ACharacterIsNamedByItsNumber) { EXPECT_EQ(named_character(0x1F600), "〔U+1F600〕"); }

}  // namespace
}  // namespace server::letters
