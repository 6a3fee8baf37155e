#include "workflow/time/missing_year.hpp"

#include <algorithm>

namespace workflow {

namespace {

struct Stage {
    int from_week;
    Urgency urgency;
};
/// Notices of past years came out between 21 October and 25 November.
constexpr std::array kStages{Stage{1, Urgency::Reminder}, Stage{3, Urgency::Warning}, Stage{5, Urgency::Alarm}};

Date first_of_november(int year) { return Date{std::chrono::year{year} / std::chrono::November / 1}; }

}  // namespace

std::optional<MissingYear> find_missing_year(WorkdayCalendar const& calendar, Date today) {
    int const this_year = year_of(today);
    int const year = calendar.covers(this_year) ? this_year + 1 : this_year;
    Date const since = first_of_november(year - 1);
    if (calendar.covers(year) || today < since) return std::nullopt;
    int const week = static_cast<int>((today - since).count() / 7) + 1;
    auto const stage = std::ranges::find_if(kStages.rbegin(), kStages.rend(), [week](Stage const& each) {
        return each.from_week <= week;
    });
    return MissingYear{year, since, week, stage->urgency};
}

std::string describe(MissingYear const& missing) {
    auto const year = std::to_string(missing.year) + "年";
    return year + "的放假安排还没有录入，从" + to_chinese(missing.since) + "算起已是第" + std::to_string(missing.week) +
           "周。录入以前，跨入" + year + "的期限都是暂定的：不发红牌，申请人补正、缴费和第三方意见的期限也不会届满。" +
           "请按国务院办公厅的放假通知录入。";
}

}  // namespace workflow
