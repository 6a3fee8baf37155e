#include "workflow/people/postal.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

TEST(Postal, TakesWhatThePostOfficeGives) {
    EXPECT_EQ(check_postal_number("1164300000123"), std::nullopt) << "EMS at home";
    EXPECT_EQ(check_postal_number("XA12345678901"), std::nullopt) << "挂号信";
    EXPECT_EQ(check_postal_number("RA123456785CN"), std::nullopt);
    EXPECT_EQ(check_postal_number("RA473124829US"), std::nullopt) << "the standard's own example";
    EXPECT_EQ(check_postal_number("EE000000005CN"), std::nullopt) << "a remainder of 0 is written 5";
}

TEST(Postal, AWrongDigitOfAnInternationalNumberIsSeen) {
    EXPECT_EQ(check_postal_number("RA123456784CN"), PostalFault::WrongCheckDigit);
    EXPECT_EQ(check_postal_number("RA123456875CN"), PostalFault::WrongCheckDigit) << "two digits changed places";
}

TEST(Postal, NoPrivateCourierIsThePostOffice) {
    EXPECT_EQ(check_postal_number("SF1234567890123"), PostalFault::PrivateCourier);
    EXPECT_EQ(check_postal_number("YT2345678901234"), PostalFault::PrivateCourier);
    EXPECT_EQ(check_postal_number("JD12345678901"), PostalFault::PrivateCourier) << "whatever its length";
}

TEST(Postal, FormIsChecked) {
    EXPECT_EQ(check_postal_number("116430000012"), PostalFault::WrongLength);
    EXPECT_EQ(check_postal_number("11643000001234"), PostalFault::WrongLength);
    EXPECT_EQ(check_postal_number(""), PostalFault::WrongLength);
    EXPECT_EQ(check_postal_number("116430000012 "), PostalFault::WrongCharacter);
    EXPECT_EQ(check_postal_number("ra123456785cn"), PostalFault::WrongCharacter);
}

}  // namespace
}  // namespace workflow
