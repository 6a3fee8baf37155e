#include "workflow/time/date.hpp"

#include "tests/workflow/time/day.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

using namespace std::chrono_literals;

TEST(Date, ReadsRealDatesOnly) {
    EXPECT_EQ(parse_date("2024-02-29"), std::chrono::local_days(2024y / 2 / 29));
    EXPECT_EQ(to_string(day("1900-01-01")), "1900-01-01");
    EXPECT_EQ(to_string(day("2199-12-31")), "2199-12-31");
    for (auto const* text :
         {"",
          "2026",
          "2026-2-29",
          "2026-02-29",
          "2026-13-01",
          "2026-00-10",
          "2026-01-00",
          "2026-01-32",
          "1899-12-31",
          "2200-01-01",
          "2026-01-01 ",
          " 2026-01-01",
          "2026/01/01",
          "20260101",
          "+026-01-01",
          "2026-01-1x",
          "2026-01-01T00:00:00",
          "２０２６-01-01"})
        EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Date, SpeaksChinese) {
    EXPECT_EQ(to_chinese(day("2026-04-24")), "2026年4月24日（周五）");
    EXPECT_EQ(to_chinese(day("2026-11-01")), "2026年11月1日（周日）");
}

TEST(Date, KnowsItsYearAndWeekday) {
    EXPECT_EQ(year_of(day("2025-12-31")), 2025);
    EXPECT_EQ(weekday_of(day("2026-09-14")), std::chrono::Monday);
}

TEST(Date, CountsNaturalDaysFromTheNextDay) {
    EXPECT_EQ(add_days(day("2026-08-02"), 60), day("2026-10-01"));
    EXPECT_EQ(add_days(day("2026-03-20"), 30), day("2026-04-19"));
}

TEST(Date, MonthsEndOnTheCorrespondingDayOrTheLastOfTheMonth) {
    EXPECT_EQ(add_months(day("2026-08-31"), 6), day("2027-02-28"));
    EXPECT_EQ(add_months(day("2026-08-15"), 6), day("2027-02-15"));
    EXPECT_EQ(add_months(day("2024-02-29"), -12), day("2023-02-28"));
}

TEST(Instant, TheLegalDayBeginsAtMidnightInShanghai) {
    auto const before = parse_instant("2026-04-23T15:59:59.999Z").value();
    EXPECT_EQ(local_date(before), day("2026-04-23"));
    EXPECT_EQ(local_date(before + 1ms), day("2026-04-24"));
    EXPECT_EQ(start_of(day("2026-04-24")), before + 1ms);
    EXPECT_EQ(local_date(parse_instant("1969-12-31T23:00:00Z").value()), day("1970-01-01"));
}

TEST(Instant, ReadsAnyOffsetAndWritesShanghai) {
    for (auto const* text :
         {"2026-04-24T09:30:00.123+08:00",
          "2026-04-24T01:30:00.123Z",
          "2026-04-24t01:30:00.123z",
          "2026-04-23T20:00:00.1239-05:30",
          "2026-04-24T01:30:00.123999999Z"})
        EXPECT_EQ(to_string(parse_instant(text).value()), "2026-04-24T09:30:00.123+08:00") << text;
    EXPECT_EQ(to_string(parse_instant("2026-01-02T03:04:05Z").value()), "2026-01-02T11:04:05.000+08:00");
    EXPECT_EQ(to_string(parse_instant("2026-01-02T03:04:05.5Z").value()), "2026-01-02T11:04:05.500+08:00");
}

TEST(Instant, RefusesWhatRfc3339DoesNotAllow) {
    for (auto const* text :
         {"2026-04-24",
          "2026-04-24T09:30:00",
          "2026-04-24T09:30Z",
          "2026-04-24 09:30:00Z",
          "2026-04-24T24:00:00Z",
          "2026-04-24T23:60:00Z",
          "2026-04-24T23:00:60Z",
          "2026-04-24T09:30:00.Z",
          "2026-04-24T09:30:00.1234567890Z",
          "2026-04-24T09:30:00+0800",
          "2026-04-24T09:30:00+24:00",
          "2026-04-24T09:30:00+08:60",
          "2026-02-30T09:30:00Z",
          "2026-04-24T09:30:00Z "})
        EXPECT_FALSE(parse_instant(text)) << text;
}

}  // namespace
}  // namespace workflow
