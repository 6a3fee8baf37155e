#include "workflow/time/holidays.hpp"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace workflow {

namespace {

using namespace std::chrono;

struct NoticeRow {
    int year;  ///< the year whose holidays it arranges
    std::string_view number;
    year_month_day issued;
    bool confirmed;
    std::string_view url;
};

struct HolidayRow {
    int year;  ///< of the notice
    year_month_day first;
    year_month_day last;
    std::string_view festival;
};

struct MakeUpRow {
    int year;  ///< of the notice
    year_month_day date;
    std::string_view festival;
};

// The dates were read from the data of github:NateScarlet/holiday-cn (MIT, commit d4e53bf), those of 2025 and 2026 also
// from the notices themselves. The numbers of the notices before 2025 are unconfirmed.
// clang-format off
constexpr std::array kNotices{
    NoticeRow{2019, "国办发明电〔2018〕15号", 2018y / 12 / 6, false,
              "http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm"},
    NoticeRow{2019, "国办发明电〔2019〕3号 （2019年劳动节假期调整）", 2019y / 3 / 22, false,
              "http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm"},
    NoticeRow{2020, "国办发明电〔2019〕16号", 2019y / 11 / 21, false,
              "http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm"},
    NoticeRow{2020, "国办发明电〔2020〕1号 （延长2020年春节假期）", 2020y / 1 / 27, false,
              "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm"},
    NoticeRow{2021, "国办发明电〔2020〕27号", 2020y / 11 / 25, false,
              "http://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm"},
    NoticeRow{2022, "国办发明电〔2021〕11号", 2021y / 10 / 25, false,
              "http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm"},
    NoticeRow{2023, "国办发明电〔2022〕16号", 2022y / 12 / 8, false,
              "http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm"},
    NoticeRow{2024, "国办发明电〔2023〕7号", 2023y / 10 / 25, false,
              "https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm"},
    NoticeRow{2025, "国办发明电〔2024〕12号", 2024y / 11 / 12, true,
              "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm"},
    NoticeRow{2026, "国办发明电〔2025〕7号", 2025y / 11 / 4, true,
              "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"},
};

constexpr std::array kHolidays{
    HolidayRow{2019, 2018y / 12 / 30, 2019y / 1 / 1, "元旦"},
    HolidayRow{2019, 2019y / 2 / 4, 2019y / 2 / 10, "春节"},
    HolidayRow{2019, 2019y / 4 / 5, 2019y / 4 / 5, "清明节"},
    HolidayRow{2019, 2019y / 5 / 1, 2019y / 5 / 4, "劳动节"},
    HolidayRow{2019, 2019y / 6 / 7, 2019y / 6 / 7, "端午节"},
    HolidayRow{2019, 2019y / 9 / 13, 2019y / 9 / 13, "中秋节"},
    HolidayRow{2019, 2019y / 10 / 1, 2019y / 10 / 7, "国庆节"},
    HolidayRow{2020, 2020y / 1 / 1, 2020y / 1 / 1, "元旦"},
    HolidayRow{2020, 2020y / 1 / 24, 2020y / 2 / 2, "春节"},
    HolidayRow{2020, 2020y / 4 / 4, 2020y / 4 / 6, "清明节"},
    HolidayRow{2020, 2020y / 5 / 1, 2020y / 5 / 5, "劳动节"},
    HolidayRow{2020, 2020y / 6 / 25, 2020y / 6 / 27, "端午节"},
    HolidayRow{2020, 2020y / 10 / 1, 2020y / 10 / 8, "国庆节、中秋节"},
    HolidayRow{2021, 2021y / 1 / 1, 2021y / 1 / 3, "元旦"},
    HolidayRow{2021, 2021y / 2 / 11, 2021y / 2 / 17, "春节"},
    HolidayRow{2021, 2021y / 4 / 3, 2021y / 4 / 5, "清明节"},
    HolidayRow{2021, 2021y / 5 / 1, 2021y / 5 / 5, "劳动节"},
    HolidayRow{2021, 2021y / 6 / 12, 2021y / 6 / 14, "端午节"},
    HolidayRow{2021, 2021y / 9 / 19, 2021y / 9 / 21, "中秋节"},
    HolidayRow{2021, 2021y / 10 / 1, 2021y / 10 / 7, "国庆节"},
    HolidayRow{2022, 2022y / 1 / 1, 2022y / 1 / 3, "元旦"},
    HolidayRow{2022, 2022y / 1 / 31, 2022y / 2 / 6, "春节"},
    HolidayRow{2022, 2022y / 4 / 3, 2022y / 4 / 5, "清明节"},
    HolidayRow{2022, 2022y / 4 / 30, 2022y / 5 / 4, "劳动节"},
    HolidayRow{2022, 2022y / 6 / 3, 2022y / 6 / 5, "端午节"},
    HolidayRow{2022, 2022y / 9 / 10, 2022y / 9 / 12, "中秋节"},
    HolidayRow{2022, 2022y / 10 / 1, 2022y / 10 / 7, "国庆节"},
    HolidayRow{2023, 2022y / 12 / 31, 2023y / 1 / 2, "元旦"},
    HolidayRow{2023, 2023y / 1 / 21, 2023y / 1 / 27, "春节"},
    HolidayRow{2023, 2023y / 4 / 5, 2023y / 4 / 5, "清明节"},
    HolidayRow{2023, 2023y / 4 / 29, 2023y / 5 / 3, "劳动节"},
    HolidayRow{2023, 2023y / 6 / 22, 2023y / 6 / 24, "端午节"},
    HolidayRow{2023, 2023y / 9 / 29, 2023y / 10 / 6, "中秋节、国庆节"},
    HolidayRow{2024, 2024y / 1 / 1, 2024y / 1 / 1, "元旦"},
    HolidayRow{2024, 2024y / 2 / 10, 2024y / 2 / 17, "春节"},
    HolidayRow{2024, 2024y / 4 / 4, 2024y / 4 / 6, "清明节"},
    HolidayRow{2024, 2024y / 5 / 1, 2024y / 5 / 5, "劳动节"},
    HolidayRow{2024, 2024y / 6 / 10, 2024y / 6 / 10, "端午节"},
    HolidayRow{2024, 2024y / 9 / 15, 2024y / 9 / 17, "中秋节"},
    HolidayRow{2024, 2024y / 10 / 1, 2024y / 10 / 7, "国庆节"},
    HolidayRow{2025, 2025y / 1 / 1, 2025y / 1 / 1, "元旦"},
    HolidayRow{2025, 2025y / 1 / 28, 2025y / 2 / 4, "春节"},
    HolidayRow{2025, 2025y / 4 / 4, 2025y / 4 / 6, "清明节"},
    HolidayRow{2025, 2025y / 5 / 1, 2025y / 5 / 5, "劳动节"},
    HolidayRow{2025, 2025y / 5 / 31, 2025y / 6 / 2, "端午节"},
    HolidayRow{2025, 2025y / 10 / 1, 2025y / 10 / 8, "国庆节、中秋节"},
    HolidayRow{2026, 2026y / 1 / 1, 2026y / 1 / 3, "元旦"},
    HolidayRow{2026, 2026y / 2 / 15, 2026y / 2 / 23, "春节"},
    HolidayRow{2026, 2026y / 4 / 4, 2026y / 4 / 6, "清明节"},
    HolidayRow{2026, 2026y / 5 / 1, 2026y / 5 / 5, "劳动节"},
    HolidayRow{2026, 2026y / 6 / 19, 2026y / 6 / 21, "端午节"},
    HolidayRow{2026, 2026y / 9 / 25, 2026y / 9 / 27, "中秋节"},
    HolidayRow{2026, 2026y / 10 / 1, 2026y / 10 / 7, "国庆节"},
};

/// Weekend days worked in lieu. The source also lists 2020-02-03, a Monday: the notice only says that work resumes then.
constexpr std::array kMakeUpDays{
    MakeUpRow{2019, 2018y / 12 / 29, "元旦"},
    MakeUpRow{2019, 2019y / 2 / 2, "春节"},
    MakeUpRow{2019, 2019y / 2 / 3, "春节"},
    MakeUpRow{2019, 2019y / 4 / 28, "劳动节"},
    MakeUpRow{2019, 2019y / 5 / 5, "劳动节"},
    MakeUpRow{2019, 2019y / 9 / 29, "国庆节"},
    MakeUpRow{2019, 2019y / 10 / 12, "国庆节"},
    MakeUpRow{2020, 2020y / 1 / 19, "春节"},
    MakeUpRow{2020, 2020y / 4 / 26, "劳动节"},
    MakeUpRow{2020, 2020y / 5 / 9, "劳动节"},
    MakeUpRow{2020, 2020y / 6 / 28, "端午节"},
    MakeUpRow{2020, 2020y / 9 / 27, "国庆节、中秋节"},
    MakeUpRow{2020, 2020y / 10 / 10, "国庆节、中秋节"},
    MakeUpRow{2021, 2021y / 2 / 7, "春节"},
    MakeUpRow{2021, 2021y / 2 / 20, "春节"},
    MakeUpRow{2021, 2021y / 4 / 25, "劳动节"},
    MakeUpRow{2021, 2021y / 5 / 8, "劳动节"},
    MakeUpRow{2021, 2021y / 9 / 18, "中秋节"},
    MakeUpRow{2021, 2021y / 9 / 26, "国庆节"},
    MakeUpRow{2021, 2021y / 10 / 9, "国庆节"},
    MakeUpRow{2022, 2022y / 1 / 29, "春节"},
    MakeUpRow{2022, 2022y / 1 / 30, "春节"},
    MakeUpRow{2022, 2022y / 4 / 2, "清明节"},
    MakeUpRow{2022, 2022y / 4 / 24, "劳动节"},
    MakeUpRow{2022, 2022y / 5 / 7, "劳动节"},
    MakeUpRow{2022, 2022y / 10 / 8, "国庆节"},
    MakeUpRow{2022, 2022y / 10 / 9, "国庆节"},
    MakeUpRow{2023, 2023y / 1 / 28, "春节"},
    MakeUpRow{2023, 2023y / 1 / 29, "春节"},
    MakeUpRow{2023, 2023y / 4 / 23, "劳动节"},
    MakeUpRow{2023, 2023y / 5 / 6, "劳动节"},
    MakeUpRow{2023, 2023y / 6 / 25, "端午节"},
    MakeUpRow{2023, 2023y / 10 / 7, "中秋节、国庆节"},
    MakeUpRow{2023, 2023y / 10 / 8, "中秋节、国庆节"},
    MakeUpRow{2024, 2024y / 2 / 4, "春节"},
    MakeUpRow{2024, 2024y / 2 / 18, "春节"},
    MakeUpRow{2024, 2024y / 4 / 7, "清明节"},
    MakeUpRow{2024, 2024y / 4 / 28, "劳动节"},
    MakeUpRow{2024, 2024y / 5 / 11, "劳动节"},
    MakeUpRow{2024, 2024y / 9 / 14, "中秋节"},
    MakeUpRow{2024, 2024y / 9 / 29, "国庆节"},
    MakeUpRow{2024, 2024y / 10 / 12, "国庆节"},
    MakeUpRow{2025, 2025y / 1 / 26, "春节"},
    MakeUpRow{2025, 2025y / 2 / 8, "春节"},
    MakeUpRow{2025, 2025y / 4 / 27, "劳动节"},
    MakeUpRow{2025, 2025y / 9 / 28, "国庆节、中秋节"},
    MakeUpRow{2025, 2025y / 10 / 11, "国庆节、中秋节"},
    MakeUpRow{2026, 2026y / 1 / 4, "元旦"},
    MakeUpRow{2026, 2026y / 2 / 14, "春节"},
    MakeUpRow{2026, 2026y / 2 / 28, "春节"},
    MakeUpRow{2026, 2026y / 5 / 9, "劳动节"},
    MakeUpRow{2026, 2026y / 9 / 20, "国庆节"},
    MakeUpRow{2026, 2026y / 10 / 10, "国庆节"},
};
// clang-format on

CalendarYear& year_in(std::vector<CalendarYear>& years, int year) {
    if (years.empty() || years.back().year != year) years.push_back({year, {}, {}, {}});
    return years.back();
}

}  // namespace

std::vector<CalendarYear> statutory_years() {
    std::vector<CalendarYear> years;
    for (auto const& row : kNotices)
        year_in(years, row.year)
            .notices.push_back({std::string(row.number), local_days{row.issued}, std::string(row.url), row.confirmed});
    for (CalendarYear& year : years) {
        for (auto const& row : kHolidays)
            for (Date day{row.first}; row.year == year.year && day <= Date{row.last}; day += days{1})
                year.off.push_back({day, std::string(row.festival)});
        for (auto const& row : kMakeUpDays)
            if (row.year == year.year) year.work.push_back({Date{row.date}, std::string(row.festival)});
    }
    return years;
}

WorkdayCalendar statutory_calendar() { return WorkdayCalendar(statutory_years()); }

}  // namespace workflow
