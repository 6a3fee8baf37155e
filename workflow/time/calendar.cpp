#include "workflow/time/calendar.hpp"

#include "workflow/time/festivals.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>

namespace workflow {

namespace {

using namespace std::chrono;

Date date_of(int y, month m, unsigned d) { return local_days{year{y} / m / day{d}}; }

bool is_weekend(Date date) { return weekday_of(date).iso_encoding() > 5; }

/// How many days from Monday to Friday there are up to and including `date`, from a fixed Monday on. Only differences
/// of two such numbers are used.
std::int64_t weekdays_until(Date date) {
    auto const since = (date - Date{days{4}}).count();  // 1970-01-05 was a Monday
    auto const week = since >= 0 ? since / 7 : (since - 6) / 7;
    return week * 5 + std::min<std::int64_t>(since - week * 7 + 1, 5);
}

/// The date of the weekday with this number.
Date weekday_numbered(std::int64_t number) {
    auto const before = number - 1;
    auto const week = before >= 0 ? before / 5 : (before - 4) / 5;
    return Date{days{4 + week * 7 + (before - week * 5)}};
}

}  // namespace

/// The special days in order, each with the count of working days up to it; between two of them Monday to Friday holds,
/// so every count is one binary search and a division.
struct WorkdayCalendar::Table {
    struct Special {
        Date date;
        bool works;
        std::string_view festival;    ///< points into `years` or `without_notice`
        std::int64_t workdays_until;  ///< including this day
    };

    struct Span {
        Date first;
        Date last;
    };

    std::vector<CalendarYear> years;
    std::vector<SpecialDay> without_notice;  ///< the statutory days of years that have no notice
    std::vector<Special> specials;
    std::vector<Span> published;  ///< neighbouring years joined

    explicit Table(std::vector<CalendarYear> given) : years(std::move(given)) {
        std::ranges::sort(years, {}, &CalendarYear::year);
        if (std::ranges::adjacent_find(years, {}, &CalendarYear::year) != years.end())
            throw std::invalid_argument("a calendar year was given twice");

        for (int year = kFirstFestivalYear; year <= kLastStatutoryYear; ++year) {
            if (std::ranges::find(years, year, &CalendarYear::year) != years.end()) continue;
            std::ranges::move(statutory_days(year), std::back_inserter(without_notice));
        }
        std::map<Date, Special> by_date;
        for (SpecialDay const& day : without_notice) by_date[day.date] = {day.date, false, day.festival, 0};
        // What a notice says of a day of its neighbouring year goes before the statute.
        for (CalendarYear const& year : years) {
            for (SpecialDay const& day : year.off) by_date[day.date] = {day.date, false, day.festival, 0};
            for (SpecialDay const& day : year.work) by_date[day.date] = {day.date, true, day.festival, 0};

            Date const first = date_of(year.year, January, 1);
            Date const last = date_of(year.year, December, 31);
            if (!published.empty() && published.back().last + days{1} == first)
                published.back().last = last;
            else
                published.push_back({first, last});
        }

        std::int64_t shift = 0;
        specials.reserve(by_date.size());
        for (auto& [date, special] : by_date) {
            if (special.works == is_weekend(date)) shift += special.works ? 1 : -1;
            special.workdays_until = weekdays_until(date) + shift;
            specials.push_back(special);
        }
    }

    Special const* find(Date date) const {
        auto const at = std::ranges::lower_bound(specials, date, {}, &Special::date);
        return at != specials.end() && at->date == date ? &*at : nullptr;
    }

    /// How many working days there are up to and including `date`; again only differences are used.
    std::int64_t workdays_until(Date date) const {
        auto const next = std::ranges::upper_bound(specials, date, {}, &Special::date);
        if (next == specials.begin()) return weekdays_until(date);
        auto const& last = *std::prev(next);
        return last.workdays_until + weekdays_until(date) - weekdays_until(last.date);
    }

    /// The date of the working day with this number.
    Date workday_numbered(std::int64_t number) const {
        auto const next = std::ranges::lower_bound(specials, number, {}, &Special::workdays_until);
        auto const weekday = [&] {
            if (next == specials.begin()) return weekday_numbered(number);
            auto const& last = *std::prev(next);
            return weekday_numbered(weekdays_until(last.date) + number - last.workdays_until);
        }();
        return next == specials.end() ? weekday : std::min(weekday, next->date);
    }
};

WorkdayCalendar::WorkdayCalendar(std::vector<CalendarYear> years)
    : table_(std::make_shared<Table const>(std::move(years))) {}

bool WorkdayCalendar::is_workday(Date date) const {
    auto const* special = table_->find(date);
    return special ? special->works : !is_weekend(date);
}

Counted WorkdayCalendar::add_workdays(Date from, int n) const {
    if (n < 0) throw std::invalid_argument("working days are only counted forwards");
    if (n == 0) return {from, false};
    Date const date = table_->workday_numbered(table_->workdays_until(from) + n);
    return {date, !published(from + days{1}, date)};
}

int WorkdayCalendar::workdays_between(Date from, Date to) const {
    return from < to ? static_cast<int>(table_->workdays_until(to) - table_->workdays_until(from)) : 0;
}

Counted WorkdayCalendar::next_workday_on_or_after(Date date) const {
    Date const found = is_workday(date) ? date : add_workdays(date, 1).date;
    return {found, !published(date, found)};
}

std::string WorkdayCalendar::describe(Date date) const {
    if (auto const* special = table_->find(date))
        return std::string(special->festival) + (special->works ? "调休上班" : "放假");
    return is_weekend(date) ? "周末" : "工作日";
}

CalendarYear const* WorkdayCalendar::find(int year) const {
    auto const at = std::ranges::lower_bound(table_->years, year, {}, &CalendarYear::year);
    return at != table_->years.end() && at->year == year ? &*at : nullptr;
}

std::span<CalendarYear const> WorkdayCalendar::years() const { return table_->years; }

bool WorkdayCalendar::published(Date first, Date last) const {
    return std::ranges::any_of(table_->published, [&](Table::Span const& span) {
        return span.first <= first && last <= span.last;
    });
}

Result<CalendarYear> check_calendar_year(CalendarYear year) {
    constexpr int kFirstYear = 1900;
    constexpr int kLastYear = 2199;
    constexpr std::string_view kArticle = "全国年节及纪念日放假办法第二条";

    Refusal refusal{RefusalKind::Invalid, "calendar_invalid", "", ""};
    auto const complain = [&](std::string pointer, std::string code, std::string detail) {
        if (refusal.detail.empty()) refusal.detail = detail;
        refusal.errors.push_back({std::move(pointer), std::move(code), std::move(detail)});
    };

    if (year.year < kFirstYear || year.year > kLastYear) {
        complain("/year", "year_out_of_range", "年份应在1900年至2199年之间。");
        return refusal;
    }
    if (year.notices.empty()) complain("/notices", "notice_missing", "请填写国务院办公厅放假通知的文号。");
    for (Notice const& notice : year.notices) {
        if (notice.number.empty()) complain("/notices", "notice_missing", "放假通知缺少文号。");
        // A notice comes out in the autumn before, a change of it in the year itself (国办发明电〔2020〕1号).
        if (int const issued = year_of(notice.issued); issued < year.year - 2 || issued > year.year)
            complain("/notices", "issued_wrong", "放假通知的发布日期与年份不符，通知一般在上一年发布。");
        if (!notice.url.empty() && !notice.url.starts_with("https://") && !notice.url.starts_with("http://"))
            complain("/notices", "url_wrong", "放假通知的网址应当以https://或者http://开头。");
    }

    Date const first = date_of(year.year - 1, December, 1);
    Date const last = date_of(year.year + 1, January, 31);
    std::set<Date> seen;
    auto const check_day = [&](std::string_view list, SpecialDay const& day) {
        std::string const pointer = "/" + std::string(list) + "/" + to_string(day.date);
        std::string const name = to_chinese(day.date);
        if (day.date < first || day.date > last)
            complain(
                pointer,
                "date_outside_year",
                name + "不在" + std::to_string(year.year) + "年放假安排可能涉及的日期之内。"
            );
        if (!seen.insert(day.date).second)
            complain(pointer, "date_repeated", name + "列了两次；同一天不能重复，也不能既放假又上班。");
        if (day.festival.empty()) complain(pointer, "festival_missing", name + "没有写明是哪个节日。");
    };
    for (SpecialDay const& day : year.off) check_day("off", day);
    for (SpecialDay const& day : year.work) {
        check_day("work", day);
        if (!is_weekend(day.date))
            complain(
                "/work/" + to_string(day.date),
                "already_a_workday",
                to_chinese(day.date) + "本来就是工作日，调休上班日应当是周六或周日。"
            );
    }

    std::vector<SpecialDay> statutory = statutory_days(year.year);
    if (statutory.empty()) {  // what every year has, under every version of the statute
        for (auto const& [m, d, festival] :
             {std::tuple{January, 1U, "元旦"},
              {May, 1U, "劳动节"},
              {October, 1U, "国庆节"},
              {October, 2U, "国庆节"},
              {October, 3U, "国庆节"}})
            statutory.push_back({date_of(year.year, m, d), festival});
    }
    for (SpecialDay const& day : statutory) {
        if (std::ranges::find(year.off, day.date, &SpecialDay::date) != year.off.end()) continue;
        refusal.article = kArticle;
        complain(
            "/off",
            "holiday_missing",
            to_chinese(day.date) + "是法定节假日（" + day.festival + "），放假安排中没有列出。"
        );
    }

    if (refusal.errors.empty()) return year;
    return refusal;
}

}  // namespace workflow
