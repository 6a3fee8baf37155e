#include "workflow/time/calendar.hpp"

#include "tests/workflow/time/day.hpp"
#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace workflow {
namespace {

struct StatutoryCalendar : testing::Test {
    WorkdayCalendar const calendar = statutory_calendar();

    Date after(std::string_view from, int n) const { return calendar.add_workdays(day(from), n).date; }
};

TEST_F(StatutoryCalendar, HasTheKnownNumberOfWorkingDaysEachYear) {
    for (auto const& [year, workdays] :
         {std::pair{2019, 250},
          {2020, 249},
          {2021, 250},
          {2022, 249},
          {2023, 249},
          {2024, 251},
          {2025, 248},
          {2026, 248}}) {
        auto const eve = day(std::to_string(year - 1) + "-12-31");
        EXPECT_EQ(calendar.workdays_between(eve, day(std::to_string(year) + "-12-31")), workdays) << year;
        EXPECT_TRUE(calendar.covers(year));
    }
    EXPECT_FALSE(calendar.covers(2018));
    EXPECT_FALSE(calendar.covers(2027));
}

TEST_F(StatutoryCalendar, PassesItsOwnCheck) {
    EXPECT_EQ(calendar.years().size(), 8U);
    for (CalendarYear const& year : calendar.years()) EXPECT_EQ(check_calendar_year(year).value(), year) << year.year;
}

TEST_F(StatutoryCalendar, NamesTheNotices) {
    auto const& notices = calendar.find(2026)->notices;
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].number, "国办发明电〔2025〕7号");
    EXPECT_EQ(notices[0].issued, day("2025-11-04"));
    EXPECT_TRUE(notices[0].confirmed);
    EXPECT_EQ(calendar.find(2020)->notices.size(), 2U);
    EXPECT_EQ(calendar.find(2027), nullptr);
}

TEST_F(StatutoryCalendar, AgreesWithTheUnitVectors) {
    struct Vector {
        std::string_view from, plus_7, plus_15, plus_20;
    };
    for (auto const& [from, plus_7, plus_15, plus_20] : {
             Vector{"2025-01-24", "2025-02-10", "2025-02-20", "2025-02-27"},
             Vector{"2025-01-27", "2025-02-12", "2025-02-24", "2025-03-03"},
             Vector{"2025-05-30", "2025-06-11", "2025-06-23", "2025-06-30"},
             Vector{"2025-08-29", "2025-09-09", "2025-09-19", "2025-09-26"},
             Vector{"2025-09-28", "2025-10-14", "2025-10-24", "2025-10-31"},
             Vector{"2025-10-09", "2025-10-17", "2025-10-29", "2025-11-05"},
             Vector{"2026-01-05", "2026-01-14", "2026-01-26", "2026-02-02"},
             Vector{"2026-02-13", "2026-03-02", "2026-03-12", "2026-03-19"},
             Vector{"2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20"},
             Vector{"2026-03-30", "2026-04-09", "2026-04-21", "2026-04-28"},
             Vector{"2026-05-29", "2026-06-09", "2026-06-22", "2026-06-29"},
             Vector{"2026-07-01", "2026-07-10", "2026-07-22", "2026-07-29"},
             Vector{"2026-08-14", "2026-08-25", "2026-09-04", "2026-09-11"},
             Vector{"2026-10-09", "2026-10-19", "2026-10-29", "2026-11-05"},
             Vector{"2026-10-10", "2026-10-20", "2026-10-30", "2026-11-06"},
             Vector{"2026-11-02", "2026-11-11", "2026-11-23", "2026-11-30"},
         }) {
        EXPECT_TRUE(calendar.is_workday(day(from))) << from;
        EXPECT_EQ(after(from, 7), day(plus_7)) << from;
        EXPECT_EQ(after(from, 15), day(plus_15)) << from;
        EXPECT_EQ(after(from, 20), day(plus_20)) << from;
    }
}

TEST_F(StatutoryCalendar, SaysWhyADayIsOffOrWorked) {
    EXPECT_EQ(calendar.describe(day("2026-10-01")), "国庆节放假");
    EXPECT_EQ(calendar.describe(day("2026-10-10")), "国庆节调休上班");
    EXPECT_EQ(calendar.describe(day("2026-10-11")), "周末");
    EXPECT_EQ(calendar.describe(day("2026-10-12")), "工作日");
    EXPECT_TRUE(calendar.is_workday(day("2026-10-10")));
    EXPECT_FALSE(calendar.is_workday(day("2026-10-11")));
}

TEST_F(StatutoryCalendar, ANoticeMayReachIntoTheYearBefore) {
    EXPECT_EQ(calendar.describe(day("2018-12-31")), "元旦放假");
    EXPECT_EQ(calendar.describe(day("2018-12-29")), "元旦调休上班");
}

TEST_F(StatutoryCalendar, IsProvisionalOnceADayOfAnUnpublishedYearIsCounted) {
    EXPECT_EQ(calendar.add_workdays(day("2026-12-03"), 20), (Counted{day("2026-12-31"), false}));
    EXPECT_EQ(calendar.add_workdays(day("2026-12-04"), 20), (Counted{day("2027-01-04"), true}));
    EXPECT_EQ(calendar.add_workdays(day("2035-12-31"), 1), (Counted{day("2036-01-02"), true}))
        << "元旦 is off in any year";
    EXPECT_TRUE(calendar.add_workdays(day("2026-12-31"), 1).provisional);
    EXPECT_FALSE(calendar.add_workdays(day("2018-12-31"), 1).provisional);
    EXPECT_TRUE(calendar.add_workdays(day("2018-12-28"), 1).provisional);
    EXPECT_TRUE(calendar.next_workday_on_or_after(day("2027-02-28")).provisional);
}

TEST_F(StatutoryCalendar, IsProvisionalWhenCountingThroughAGap) {
    std::vector<CalendarYear> years = statutory_years();
    std::erase_if(years, [](CalendarYear const& year) { return year.year == 2024; });
    WorkdayCalendar const gap(years);
    EXPECT_TRUE(gap.add_workdays(day("2023-12-01"), 300).provisional);
    EXPECT_FALSE(gap.add_workdays(day("2023-12-01"), 10).provisional);
    EXPECT_FALSE(gap.add_workdays(day("2025-01-02"), 10).provisional);
}

TEST_F(StatutoryCalendar, APeriodThatEndsOnADayOffEndsOnTheNextWorkingDay) {
    EXPECT_EQ(calendar.next_workday_on_or_after(day("2026-10-01")), (Counted{day("2026-10-08"), false}));
    EXPECT_EQ(calendar.next_workday_on_or_after(day("2026-10-08")), (Counted{day("2026-10-08"), false}));
}

TEST_F(StatutoryCalendar, CountsLikeSteppingDayByDay) {
    for (Date from = day("2018-12-01"); from < day("2027-02-01"); from += std::chrono::days{3}) {
        int counted = 0;
        for (Date to = from; counted < 30;) {
            EXPECT_EQ(calendar.workdays_between(from, to), counted);
            to += std::chrono::days{1};
            if (!calendar.is_workday(to)) continue;
            ++counted;
            ASSERT_EQ(calendar.add_workdays(from, counted).date, to) << to_string(from) << " +" << counted;
        }
    }
}

TEST_F(StatutoryCalendar, NoDayIsTooFarAway) {
    EXPECT_EQ(after("1900-01-01", 5), day("1900-01-08"));
    EXPECT_EQ(after("2199-12-27", 2), day("2199-12-31"));
    Date const far = day("2199-12-31") + std::chrono::days{400 * 365};
    EXPECT_EQ(calendar.workdays_between(far, calendar.add_workdays(far, 1000).date), 1000);
    Date const early = day("1900-01-01") - std::chrono::days{400 * 365};
    EXPECT_EQ(calendar.workdays_between(early, calendar.add_workdays(early, 1000).date), 1000);
}

TEST_F(StatutoryCalendar, CountsNothingBackwards) {
    EXPECT_EQ(calendar.workdays_between(day("2026-10-09"), day("2026-10-09")), 0);
    EXPECT_EQ(calendar.workdays_between(day("2026-10-09"), day("2026-09-01")), 0);
    EXPECT_EQ(calendar.add_workdays(day("2026-10-03"), 0), (Counted{day("2026-10-03"), false}));
    EXPECT_THROW(calendar.add_workdays(day("2026-10-03"), -1), std::invalid_argument);
}

TEST(WorkdayCalendar, WithoutYearsCountsMondayToFriday) {
    WorkdayCalendar const calendar({});
    EXPECT_EQ(calendar.add_workdays(day("2026-09-30"), 1), (Counted{day("2026-10-01"), true}));
    EXPECT_EQ(calendar.describe(day("2026-10-03")), "周末");
}

TEST(WorkdayCalendar, TheNoticeOfTheLaterYearDecides) {
    CalendarYear const first{2030, {{day("2030-12-30"), "元旦"}}, {}, {}};
    CalendarYear const second{2031, {}, {{day("2030-12-28"), "元旦"}, {day("2030-12-30"), "元旦"}}, {}};
    EXPECT_TRUE(WorkdayCalendar({second, first}).is_workday(day("2030-12-30")));
    EXPECT_FALSE(WorkdayCalendar({first}).is_workday(day("2030-12-30")));
    EXPECT_THROW(WorkdayCalendar({first, first}), std::invalid_argument);
}

TEST(WorkdayCalendar, CopiesOutliveTheOriginal) {
    auto original = std::make_unique<WorkdayCalendar>(statutory_years());
    WorkdayCalendar const copy = *original;
    original.reset();
    EXPECT_EQ(copy.describe(day("2026-10-01")), "国庆节放假");
}

struct CheckCalendarYear : testing::Test {
    CalendarYear year = statutory_years().back();  // 2026

    /// The code of the only fault and where it is: "date_repeated /off/2026-10-01".
    std::string only_fault() const {
        auto const checked = check_calendar_year(year);
        if (checked) return "none";
        EXPECT_EQ(checked.error().kind, RefusalKind::Invalid);
        EXPECT_EQ(checked.error().errors.size(), 1U);
        EXPECT_EQ(checked.error().detail, checked.error().errors[0].detail);
        return checked.error().errors[0].code + " " + checked.error().errors[0].pointer;
    }
};

TEST_F(CheckCalendarYear, AcceptsAPublishedYear) { EXPECT_EQ(only_fault(), "none"); }

TEST_F(CheckCalendarYear, RefusesADayOfAnotherYear) {
    year.off.push_back({day("2026-01-01") - std::chrono::days{32}, "元旦"});
    EXPECT_EQ(only_fault(), "date_outside_year /off/2025-11-30");
    year.off.back().date = day("2027-02-01");
    EXPECT_EQ(only_fault(), "date_outside_year /off/2027-02-01");
    year.off.back().date = day("2025-12-31");
    EXPECT_EQ(only_fault(), "none");
}

TEST_F(CheckCalendarYear, RefusesADayBothOffAndWorked) {
    year.work.push_back({day("2026-10-03"), "国庆节"});
    EXPECT_EQ(only_fault(), "date_repeated /work/2026-10-03");
}

TEST_F(CheckCalendarYear, RefusesADayListedTwice) {
    year.off.push_back({day("2026-10-01"), "国庆节"});
    EXPECT_EQ(only_fault(), "date_repeated /off/2026-10-01");
}

TEST_F(CheckCalendarYear, RefusesAWorkedDayThatIsAWorkdayAnyway) {
    year.work.push_back({day("2026-10-12"), "国庆节"});
    EXPECT_EQ(only_fault(), "already_a_workday /work/2026-10-12");
}

TEST_F(CheckCalendarYear, RefusesADayWithoutAFestival) {
    year.off[0].festival.clear();
    EXPECT_EQ(only_fault(), "festival_missing /off/2026-01-01");
}

TEST_F(CheckCalendarYear, RefusesAYearWithoutItsFixedHolidays) {
    std::erase_if(year.off, [](SpecialDay const& special) { return special.date == day("2026-05-01"); });
    EXPECT_EQ(only_fault(), "holiday_missing /off");
    EXPECT_EQ(check_calendar_year(year).error().article, "全国年节及纪念日放假办法第二条");
}

TEST_F(CheckCalendarYear, RefusesAYearWithoutANotice) {
    year.notices[0].number.clear();
    EXPECT_EQ(only_fault(), "notice_missing /notices");
    year.notices.clear();
    EXPECT_EQ(only_fault(), "notice_missing /notices");
}

TEST_F(CheckCalendarYear, RefusesANoticeOfAnotherTimeOrWithAnAddressThatIsNone) {
    for (auto const issued : {"2023-12-31", "2027-01-01", "1999-11-04", "2199-11-04"}) {
        year.notices[0].issued = day(issued);
        EXPECT_EQ(only_fault(), "issued_wrong /notices") << issued;
    }
    year.notices[0].issued = day("2026-01-27");  // a change in the year itself
    for (auto const url : {"javascript:alert(1)", "ftp://www.gov.cn/", "www.gov.cn", "HTTPS:"}) {
        year.notices[0].url = url;
        EXPECT_EQ(only_fault(), "url_wrong /notices") << url;
    }
    year.notices[0].url.clear();
    EXPECT_EQ(only_fault(), "none");
}

TEST_F(CheckCalendarYear, RefusesAnImpossibleYear) {
    year.year = 1899;
    EXPECT_EQ(only_fault(), "year_out_of_range /year");
    year.year = 2200;
    EXPECT_EQ(only_fault(), "year_out_of_range /year");
}

TEST_F(CheckCalendarYear, NamesEveryFaultAtOnce) {
    year.off[0].festival.clear();
    year.work.push_back({day("2026-10-12"), ""});
    EXPECT_EQ(check_calendar_year(year).error().errors.size(), 3U);
}

}  // namespace
}  // namespace workflow
