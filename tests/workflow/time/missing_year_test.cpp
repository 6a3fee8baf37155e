#include "workflow/time/missing_year.hpp"

#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

std::optional<MissingYear> missing_on(char const* day, WorkdayCalendar const& calendar = statutory_calendar()) {
    return find_missing_year(calendar, parse_date(day).value());
}

TEST(MissingYear, TheNextYearIsMissedFromTheFirstOfNovember) {
    EXPECT_FALSE(missing_on("2026-01-02"));
    EXPECT_FALSE(missing_on("2026-10-31"));
    auto const missing = missing_on("2026-11-01");
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->year, 2027);
    EXPECT_EQ(missing->since, parse_date("2026-11-01"));
    EXPECT_EQ(missing->week, 1);
    EXPECT_FALSE(missing_on("2025-12-31")) << "2026 is published";
}

TEST(MissingYear, EachWeekIsLouderAndTheNewYearDoesNotSilenceIt) {
    struct Expected {
        char const* day;
        int week;
        Urgency urgency;
    };
    for (auto const& [day, week, urgency] :
         {Expected{"2026-11-07", 1, Urgency::Reminder},
          Expected{"2026-11-08", 2, Urgency::Reminder},
          Expected{"2026-11-15", 3, Urgency::Warning},
          Expected{"2026-11-28", 4, Urgency::Warning},
          Expected{"2026-11-29", 5, Urgency::Alarm},
          Expected{"2026-12-31", 9, Urgency::Alarm},
          Expected{"2027-01-01", 9, Urgency::Alarm},
          Expected{"2027-12-01", 57, Urgency::Alarm}}) {
        auto const missing = missing_on(day);
        ASSERT_TRUE(missing) << day;
        EXPECT_EQ(missing->year, 2027) << day;
        EXPECT_EQ(missing->week, week) << day;
        EXPECT_EQ(missing->urgency, urgency) << day;
    }
}

TEST(MissingYear, OnceEnteredItIsMissedNoMoreUntilTheNextAutumn) {
    auto years = statutory_years();
    years.push_back({2027, {{parse_date("2027-01-01").value(), "元旦"}}, {}, {}});
    WorkdayCalendar const calendar(years);
    EXPECT_FALSE(missing_on("2026-12-31", calendar));
    EXPECT_FALSE(missing_on("2027-10-31", calendar));
    EXPECT_EQ(missing_on("2027-11-01", calendar)->year, 2028);
}

TEST(MissingYear, IsToldWithItsWeekAndWhatItHoldsUp) {
    auto const told = describe(missing_on("2026-11-30").value());
    EXPECT_TRUE(told.starts_with("2027年的放假安排还没有录入，从2026年11月1日（周日）算起已是第5周。")) << told;
    EXPECT_NE(told.find("暂定"), std::string::npos);
}

}  // namespace
}  // namespace workflow
