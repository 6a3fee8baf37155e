#pragma once

#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/result.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace workflow {

/// A day on which the Monday-to-Friday rule does not decide: off for a festival, or worked in lieu of one.
struct SpecialDay {
    Date date;
    std::string festival;  ///< "国庆节"

    bool operator==(SpecialDay const&) const = default;
};

/// The State Council notice that announced the days.
struct Notice {
    std::string number;  ///< "国办发明电〔2025〕7号"
    Date issued;
    std::string url;
    bool confirmed;  ///< the number was read in the text of the notice

    bool operator==(Notice const&) const = default;
};

/// What the notices for one year say. A group may hold a day of the neighbouring year (2018-12-29 stands in the notice
/// for 2019).
struct CalendarYear {
    int year;
    std::vector<SpecialDay> off;
    std::vector<SpecialDay> work;  ///< weekend days worked in lieu, 调休上班
    std::vector<Notice> notices;

    bool operator==(CalendarYear const&) const = default;
};

/// Refuses what no notice could say, naming every fault with a pointer such as "/work/2026-10-10": a day outside
/// December of the year before to January of the year after, a day listed twice or both off and worked, a worked day
/// that is no weekend day, a day without a festival, a statutory day missing (festivals.hpp; outside its table 元旦,
/// the first of 劳动节 and 国庆节), no notice at all.
Result<CalendarYear> check_calendar_year(CalendarYear year);

constexpr auto fields(std::type_identity<SpecialDay>) {
    using T = SpecialDay;
    return std::tuple{field("date", &T::date, "日期"), field("festival", &T::festival, "节日")};
}

constexpr auto fields(std::type_identity<Notice>) {
    using T = Notice;
    return std::tuple{
        field("number", &T::number, "文号"),
        field("issued", &T::issued, "发布日期"),
        field("url", &T::url, "网址"),
        field("confirmed", &T::confirmed, "文号已核对")};
}

constexpr auto fields(std::type_identity<CalendarYear>) {
    using T = CalendarYear;
    return std::tuple{
        field("year", &T::year, "年份"),
        field("off", &T::off, "放假"),
        field("work", &T::work, "调休上班"),
        field("notices", &T::notices, "通知")};
}

/// A date that was reached by counting working days.
struct Counted {
    Date date;
    bool provisional;  ///< a day counted on the way lies in a year without a published calendar

    bool operator==(Counted const&) const = default;
};

/// Which days are working days, and counting them. A year without a notice counts Monday to Friday without the holidays
/// that need none (festivals.hpp). Works for every date; counting is logarithmic in the number of special days,
/// whatever the distance. Immutable, so copies share one table and any thread may use them.
class WorkdayCalendar {
public:
    /// Where two notices name the same day, that of the later year decides. Throws std::invalid_argument when a year
    /// comes twice. The years are expected to have passed check_calendar_year.
    explicit WorkdayCalendar(std::vector<CalendarYear> years);

    bool is_workday(Date date) const;

    /// The n-th working day after `from`, which itself is never counted (民法典第二百零一条); n = 0 gives `from`.
    /// REQUIRES: n >= 0.
    Counted add_workdays(Date from, int n) const;

    /// How many working days d there are with from < d <= to.
    int workdays_between(Date from, Date to) const;

    /// `date`, or the first working day after it (民法典第二百零三条).
    Counted next_workday_on_or_after(Date date) const;

    /// Why the day is what it is: "工作日", "周末", "国庆节放假" or "国庆节调休上班".
    std::string describe(Date date) const;

    bool covers(int year) const { return find(year) != nullptr; }

    /// The published days of one year, or null; lives as long as any copy of this calendar.
    CalendarYear const* find(int year) const;

    /// All published years, in order.
    std::span<CalendarYear const> years() const;

private:
    struct Table;

    bool published(Date first, Date last) const;

    std::shared_ptr<Table const> table_;
};

}  // namespace workflow
