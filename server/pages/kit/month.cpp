#include "server/pages/kit/month.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace server::pages {
namespace {

using workflow::Date;

constexpr unsigned kDaysOfWeek = 7;
constexpr std::chrono::days kDay{1};

/// By day, so that a run is found by walking; a day that two notices name stands once.
std::map<Date, std::string> festivals(workflow::WorkdayCalendar const& calendar, Date first, Date last) {
    std::map<Date, std::string> found;
    auto const take = [&](std::vector<workflow::SpecialDay> const& days) {
        for (auto const& [date, festival] : days) {
            if (first <= date && date <= last) found.insert_or_assign(date, festival);
        }
    };
    for (auto const& year : calendar.years()) {
        take(year.off);
        take(year.work);
    }
    return found;
}

}  // namespace

Month month_of(Date date) {
    std::chrono::year_month_day const day(date);
    return day.year() / day.month();
}

json::object month_view(Month month, std::function<json::object(Date)> const& cell_of) {
    Date const first{month / 1};
    Date const end{(month + std::chrono::months{1}) / 1};
    json::object const other_month{{"day", nullptr}};
    json::array weeks;
    json::array days(workflow::weekday_of(first).iso_encoding() - 1, other_month);
    for (Date day = first; day < end; day += kDay) {
        auto cell = cell_of(day);
        cell["day"] = (day - first) / kDay + 1;
        days.push_back(std::move(cell));
        if (days.size() == kDaysOfWeek) weeks.push_back(json::object{{"days", std::exchange(days, {})}});
    }
    if (!days.empty()) {
        days.resize(kDaysOfWeek, other_month);
        weeks.push_back(json::object{{"days", std::move(days)}});
    }
    auto const label = fmt::format("{}年{}月", int(month.year()), unsigned(month.month()));
    return {{"label", label}, {"weeks", std::move(weeks)}};
}

json::array special_days_view(workflow::WorkdayCalendar const& calendar, Date first, Date last) {
    auto const all = festivals(calendar, first, last);
    json::array lines;
    for (auto day = all.begin(); day != all.end();) {
        auto const begin = day;
        bool const works = calendar.is_workday(begin->first);
        Date to = begin->first;
        for (++day; day != all.end(); ++day) {
            bool const goes_on = day->first == to + kDay && day->second == begin->second;
            if (!goes_on || calendar.is_workday(day->first) != works) break;
            to = day->first;
        }
        bool const single = to == begin->first;
        lines.push_back(
            {{"from", workflow::to_chinese(begin->first)},
             {"to", single ? json::value() : json::value(workflow::to_chinese(to))},
             {"festival", begin->second},
             {"works", works}}
        );
    }
    return lines;
}

}  // namespace server::pages
