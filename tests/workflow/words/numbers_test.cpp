#include "workflow/words/numbers.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

TEST(DocumentNumber, IsWrittenAsOfficesWriteIt) {
    DocumentNumber const number{"邵政", 2026, LetterClass::Reply, 12};
    EXPECT_EQ(to_string(number), "邵政公开〔2026〕答第12号");
    EXPECT_EQ(parse_document_number("邵政公开〔2026〕答第12号"), number);
}

TEST(DocumentNumber, HasAClassForEachKindOfLetter) {
    std::string classes;
    for (auto const& term : kLetterClasses) {
        classes += term.label;
        DocumentNumber const number{"邵", 2026, term.value, 1};
        EXPECT_EQ(parse_document_number(to_string(number)), number);
    }
    EXPECT_EQ(classes, "收补延征告答费终更");
}

TEST(DocumentNumber, HasOneSpelling) {
    for (auto const* text :
         {"",
          "邵政公开〔2026〕答第12",
          "邵政公开[2026]答第12号",
          "邵政公开〔2026〕复第12号",
          "邵政公开〔2026〕答第012号",
          "邵政公开〔2026〕答第0号",
          "邵政公开〔2026〕答第-1号",
          "邵政公开〔26〕答第1号",
          "邵政公开〔2026〕答第1号 ",
          "公开〔2026〕答第1号",
          "邵政公开〔2026〕答第99999999999号",
          "邵政公开〔2026〕答第１号"})
        EXPECT_FALSE(parse_document_number(text)) << text;
}

TEST(CaseNumber, NamesAgencyYearAndSerial) {
    CaseNumber const number{"430500-01", 2026, 123};
    EXPECT_EQ(to_string(number), "430500-01-2026-000123");
    EXPECT_EQ(parse_case_number("430500-01-2026-000123"), number);
    EXPECT_EQ(parse_case_number("430500-01-2026-1234567"), (CaseNumber{"430500-01", 2026, 1234567}));
}

TEST(CaseNumber, HasOneSpelling) {
    for (auto const* text :
         {"",
          "-",
          "2026-000123",
          "430500-01-2026",
          "430500-01-2026-",
          "430500-01-2026-123",
          "430500-01-2026-0000123",
          "430500-01-2026-000000",
          "430500-01-26-000123",
          "430500-1-2026-000123",
          "43050-01-2026-000123",
          "430500-0a-2026-000123",
          "430500-01-2026-00012x",
          "430500-01-2026-000123 ",
          "430500--2026-000123"})
        EXPECT_FALSE(parse_case_number(text)) << text;
}

TEST(AgencyCode, IsARegionAndANumber) {
    EXPECT_TRUE(is_agency_code("430500-01"));
    EXPECT_TRUE(is_agency_code("430500-123"));
    for (auto const* text :
         {"", "430500", "430500-", "430500-1", "43050-001", "430500_01", "430500-01-02", "43O500-01"})
        EXPECT_FALSE(is_agency_code(text)) << text;
}

}  // namespace
}  // namespace workflow
