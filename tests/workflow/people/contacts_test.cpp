#include "workflow/people/contacts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace workflow {
namespace {

TEST(Contacts, MailAddressesAsPeopleHaveThem) {
    for (auto const* address :
         {"zhang@example.cn",
          "zhang.san@mail.example.com.cn",
          "a+b_c-d@x-y.cn",
          "12345678@qq.com",
          "o'neil@example.ie"}) {
        EXPECT_TRUE(is_mail_address(address)) << address;
    }
    EXPECT_TRUE(is_mail_address(std::string(64, 'a') + "@example.cn"));
}

TEST(Contacts, WhatIsNoSingleMailAddressIsRefused) {
    for (std::string const address :
         {"",
          "zhang",
          "@example.cn",
          "zhang@",
          "zhang@example",
          "zhang@example.cn.",
          "zhang@.cn",
          "zhang@exa mple.cn",
          "zhang san@example.cn",
          "zhang@example.cn,li@example.cn",
          "zhang@example.cn;li@example.cn",
          "zhang@li@example.cn",
          "<zhang@example.cn>",
          "张三 <zhang@example.cn>",
          "张三@example.cn",
          "zhang@例子.中国",
          "\"zhang\"@example.cn",
          "zhang(office)@example.cn",
          ".zhang@example.cn",
          "zhang..san@example.cn",
          "zhang.@example.cn",
          "zhang@-example.cn",
          "zhang@[127.0.0.1]",
          "zhang@example.cn\r\nBcc: li@example.cn",
          "zhang@example.cn\n",
          "zhang@example.cn\r",
          "zhang\t@example.cn",
          "zhang@example.cn\x7F"}) {
        EXPECT_FALSE(is_mail_address(address)) << address;
    }
    EXPECT_FALSE(is_mail_address(std::string("zhang\0@example.cn", 17)));
    EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@example.cn"));
    EXPECT_FALSE(is_mail_address("a@" + std::string(64, 'b') + ".cn"));
    std::string host;
    for (int i = 0; i < 50; ++i) host += "abcde.";
    EXPECT_FALSE(is_mail_address("a@" + host + "cn")) << "longer than any server takes";
}

TEST(Contacts, PhoneNumbersHaveSevenDigitsAndNoWords) {
    for (auto const* phone : {"13800000000", "0739-5000000", "+86 (739) 5000000", "5000000"}) {
        EXPECT_TRUE(is_phone_number(phone)) << phone;
    }
    for (auto const* phone : {"", "12345", "0739-5000000\n1", "13800000000转8", "13800000000,13900000000"}) {
        EXPECT_FALSE(is_phone_number(phone)) << phone;
    }
}

}  // namespace
}  // namespace workflow
