#include "workflow/time/festivals.hpp"

#include "tests/workflow/time/day.hpp"
#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace workflow {
namespace {

struct WithoutNotice : testing::Test {
    WorkdayCalendar const calendar = statutory_calendar();
};

TEST_F(WithoutNotice, TheStatutoryHolidaysHold) {
    EXPECT_EQ(calendar.add_workdays(day("2026-12-31"), 1), (Counted{day("2027-01-04"), true}));
    EXPECT_EQ(calendar.add_workdays(day("2027-02-04"), 1).date, day("2027-02-09"));  // Friday is 除夕, Monday 初三
    EXPECT_EQ(calendar.add_workdays(day("2027-04-02"), 1).date, day("2027-04-06"));
    EXPECT_EQ(calendar.add_workdays(day("2027-06-08"), 1).date, day("2027-06-10"));
    EXPECT_EQ(calendar.add_workdays(day("2027-09-14"), 1).date, day("2027-09-16"));
    EXPECT_EQ(calendar.add_workdays(day("2027-09-30"), 1).date, day("2027-10-04"));
    EXPECT_FALSE(calendar.covers(2027));
}

TEST_F(WithoutNotice, ADayOnAWeekendIsNotMadeUpFor) {
    EXPECT_FALSE(calendar.is_workday(day("2027-05-01")));  // a Saturday
    EXPECT_TRUE(calendar.is_workday(day("2027-05-03")));
}

TEST_F(WithoutNotice, EachDayIsCalledByItsFestival) {
    EXPECT_EQ(calendar.describe(day("2027-01-01")), "元旦放假");
    EXPECT_EQ(calendar.describe(day("2027-02-05")), "春节放假");
    EXPECT_EQ(calendar.describe(day("2027-05-02")), "劳动节放假");
    EXPECT_EQ(calendar.describe(day("2027-02-09")), "工作日");
    EXPECT_EQ(calendar.describe(day("2031-10-01")), "国庆节、中秋节放假");
}

TEST_F(WithoutNotice, ANoticeTakesTheirPlace) {
    std::vector<CalendarYear> years = statutory_years();
    years.push_back({2027, {{day("2027-01-01"), "元旦"}}, {}, {{"某号", day("2026-12-01"), "", true}}});
    WorkdayCalendar const told(years);
    EXPECT_TRUE(told.is_workday(day("2027-02-05"))) << "only the notice speaks for its year";
    EXPECT_FALSE(told.is_workday(day("2028-01-26"))) << "and for no other";
    EXPECT_EQ(told.add_workdays(day("2026-12-31"), 1), (Counted{day("2027-01-04"), false}));
}

TEST_F(WithoutNotice, ANoticeMayTurnADayOfTheNextYearIntoAWorkingDay) {
    std::vector<CalendarYear> years = statutory_years();
    years.back().work.push_back({day("2027-01-02"), "元旦"});
    EXPECT_TRUE(WorkdayCalendar(years).is_workday(day("2027-01-02")));
}

/// 第二条: 13 days, in every year of the table; 春节 falls between 21 January and 20 February.
TEST(StatutoryDays, AreThirteenInEveryYear) {
    for (int year = kFirstFestivalYear; year <= kLastFestivalYear; ++year) {
        auto const days = statutory_days(year);
        bool const shared =
            std::ranges::any_of(days, [](SpecialDay const& each) { return each.festival == "国庆节、中秋节"; });
        EXPECT_EQ(days.size(), shared ? 12U : 13U) << year;
        EXPECT_TRUE(std::ranges::is_sorted(days, {}, &SpecialDay::date)) << year;
        auto const spring = std::ranges::find(days, "春节", &SpecialDay::festival)->date + std::chrono::days{1};
        auto const text = std::to_string(year);
        EXPECT_TRUE(spring >= day(text + "-01-21") && spring <= day(text + "-02-20")) << year;
        for (SpecialDay const& each : days) EXPECT_EQ(year_of(each.date), year);
    }
    EXPECT_TRUE(statutory_days(2026).empty());
    EXPECT_EQ(statutory_days(2036).size(), 6U) << "元旦, 劳动节 and 国庆节 need no table";
}

/// From one 除夕 to the next, one 端午 and one 中秋, there are 12 or 13 months of 29 or 30 days: whole moons, which a
/// slip in a row of the table would not be.
TEST(StatutoryDays, AreWholeMoonsApart) {
    constexpr double kMoon = 29.530588;
    std::map<std::string, Date> before;
    for (int year = kFirstFestivalYear; year <= kLastFestivalYear; ++year) {
        for (SpecialDay const& each : statutory_days(year)) {
            bool const lunar = each.festival == "端午节" || each.festival.ends_with("中秋节") ||
                               (each.festival == "春节" && before["春节"] + std::chrono::days{10} < each.date);
            if (!lunar) continue;
            std::string const name = each.festival.ends_with("中秋节") ? "中秋节" : each.festival;
            if (before.contains(name) && before[name] != Date{}) {
                double const moons = static_cast<double>((each.date - before[name]).count()) / kMoon;
                EXPECT_NEAR(moons, std::round(moons), 0.04) << name << ' ' << year;
            }
            before[name] = each.date;
        }
    }
}

}  // namespace
}  // namespace workflow
