#include "server/pages/kit/month.hpp"
#include "server/pages/public/pages.hpp"

/// The working days of a year.
namespace server::pages {
namespace {

using http::verb;
using workflow::Date;

constexpr std::int64_t kFirstCalendarYear = 2000;
constexpr std::int64_t kLastYear = 2199;
constexpr unsigned kMonths = 12;

Date first_day(int year) { return Date(std::chrono::year(year) / 1 / 1); }

json::array months_of(int year, workflow::WorkdayCalendar const& calendar, Date today, Texts const& texts) {
    auto const cell_of = [&](Date day) {
        bool const works = calendar.is_workday(day);
        bool const weekend = workflow::weekday_of(day).iso_encoding() > 5;
        std::string_view const kind = works ? (weekend ? "lieu" : "plain") : "off";
        auto const& sign = texts.at("calendar.sign." + std::string(kind));
        return json::object{
            {"kind", kind},
            {"sign", sign},
            {"spoken", calendar.describe(day)},
            {"shown", kind != "plain"},
            {"number", nullptr},
            {"today", day == today}};
    };
    json::array months;
    for (unsigned month = 1; month <= kMonths; ++month) {
        months.push_back(month_view(std::chrono::year(year) / std::chrono::month(month), cell_of));
    }
    return months;
}

json::array notices_of(workflow::CalendarYear const* days) {
    json::array notices;
    if (days == nullptr) return notices;
    for (auto const& notice : days->notices) {
        bool const linked = notice.url.starts_with("https://");
        notices.push_back(
            {{"notice", notice.number},
             {"issued", workflow::to_chinese(notice.issued)},
             {"url", linked ? json::value(notice.url) : json::value()}}
        );
    }
    return notices;
}

Answer show_calendar(Site& site, Visit& visit) {
    auto const this_year = workflow::year_of(visit.today());
    auto const wanted = api::query_number(visit.call.request, "year", kFirstCalendarYear, kLastYear, this_year);
    if (!wanted) return wanted.error();
    auto const year = static_cast<int>(*wanted);
    auto const calendar = site.services.store.calendar().current();
    Date const last = first_day(year + 1) - std::chrono::days{1};
    json::object data{
        {"year", year},
        {"before", year > kFirstCalendarYear ? json::value(year - 1) : json::value()},
        {"after", year < kLastYear ? json::value(year + 1) : json::value()},
        {"workdays", calendar->workdays_between(first_day(year) - std::chrono::days{1}, last)},
        {"provisional", !calendar->covers(year)},
        {"notices", notices_of(calendar->find(year))},
        {"special_days", special_days_view(*calendar, first_day(year), last)},
        {"months", months_of(year, *calendar, visit.today(), site.texts(visit))}};
    return render(site, visit, "calendar", std::move(data));
}

}  // namespace

std::vector<HtmlPage> calendar_pages() { return {{verb::get, "/calendar", show_calendar, false}}; }

}  // namespace server::pages
