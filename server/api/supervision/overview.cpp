#include "server/api/supervision/overview.hpp"

#include "storage/cases/cards.hpp"
#include "storage/cases/tallies.hpp"
#include "storage/journal/journal.hpp"
#include "workflow/words/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <ranges>
#include <utility>

namespace server::api {
namespace {

using storage::TallyKind;
using workflow::Code;
using workflow::Date;

constexpr int kWeeks = 13;
constexpr int kUnreadWorkdays = 2;  ///< more than one working day has passed

/// The spans of an age in working days; each ends where the next begins.
struct Span {
    int from;
    std::string_view label;
};
constexpr std::array kSpans{
    Span{0, "5个工作日以内"},
    Span{6, "6至10个工作日"},
    Span{11, "11至20个工作日"},
    Span{21, "21至40个工作日"},
    Span{41, "40个工作日以上"}};

Date day_before(Date date) { return workflow::add_days(date, -1); }
Date day_after(Date date) { return workflow::add_days(date, 1); }

/// The last day since which `workdays` working days have passed.
Date last_day_of_age(Date today, int workdays, workflow::WorkdayCalendar const& calendar) {
    Date day = today;
    for (int passed = 0; passed < workdays; day = day_before(day)) passed += calendar.is_workday(day) ? 1 : 0;
    return day;
}

std::string month_and_day(Date date) {
    std::chrono::year_month_day const ymd{date};
    return std::to_string(unsigned(ymd.month())) + "月" + std::to_string(unsigned(ymd.day())) + "日";
}

// ---- the dates that a figure asks about ----------------------------------------------------------------------------

struct Days {
    Days(Date on, workflow::WorkdayCalendar const& calendar)
        : today(on), unread_since(last_day_of_age(on, kUnreadWorkdays, calendar)) {
        std::ranges::transform(kSoon, soon.begin(), [&](int n) { return calendar.add_workdays(on, n).date; });
        std::ranges::transform(kSpans, ages.begin(), [&](Span const& s) {
            return last_day_of_age(on, s.from, calendar);
        });
    }
    static constexpr std::array kSoon{1, 3, 5};

    Date today;
    Date unread_since;
    std::array<Date, kSoon.size()> soon;
    std::array<Date, kSpans.size()> ages;  ///< the latest day of receipt in each span
};

// ---- the queries ---------------------------------------------------------------------------------------------------

/// Conditions of GET /cases on the cases of one agency, or of a branch.
class Lists {
public:
    static Lists branch(Code const& agency) { return Lists("agency=" + agency.value); }
    static Lists alone(Code const& agency) { return Lists("agency_only=" + agency.value); }

    std::string open() const { return whose_ + "&open=true"; }
    std::string paused() const { return open() + "&paused=true"; }
    std::string overdue(Date today) const { return whose_ + before("due", today); }
    std::string due(Date from, Date to) const {
        return whose_ + after("due", day_before(from)) + before("due", day_after(to));
    }
    std::string unread(Date since) const {
        return whose_ + "&stage=" + std::string(workflow::code(workflow::Stage::Registration)) + received({}, since);
    }
    std::string of_age(std::optional<Date> from, Date to) const { return open() + received(from, to); }
    std::string received_in(Date from, Date to) const { return whose_ + received(from, to) + "&sort=received"; }
    std::string concluded_in(Date from, Date to) const {
        return whose_ + after("concluded", day_before(from)) + before("concluded", day_after(to)) + "&sort=concluded";
    }
    std::string concluded_in(int year) const { return concluded_in(first_of(year), last_of(year)); }
    /// The last day for the reply lay in the year.
    std::string replied(int year, bool on_time) const {
        return whose_ + after("last_day", last_of(year - 1)) + before("last_day", first_of(year + 1)) +
               (on_time ? "&on_time=true" : "&on_time=false") + "&sort=concluded";
    }
    std::string unanswered(int year, Date today) const {
        return whose_ + after("due", last_of(year - 1)) + before("due", today);
    }

private:
    static Date first_of(int year) {
        return std::chrono::local_days{std::chrono::year{year} / std::chrono::January / 1};
    }
    static Date last_of(int year) { return day_before(first_of(year + 1)); }

    explicit Lists(std::string whose) : whose_(std::move(whose)) {}

    static std::string before(std::string_view what, Date date) {
        return '&' + std::string(what) + "_before=" + workflow::to_string(date);
    }
    static std::string after(std::string_view what, Date date) {
        return '&' + std::string(what) + "_after=" + workflow::to_string(date);
    }
    static std::string received(std::optional<Date> from, Date to) {
        return (from ? after("received", day_before(*from)) : std::string()) + before("received", day_after(to));
    }

    std::string whose_;
};

// ---- the counts ----------------------------------------------------------------------------------------------------

struct Counts {
    std::int64_t open = 0;
    std::int64_t overdue = 0;
    std::array<std::int64_t, Days::kSoon.size()> soon{};
    std::int64_t on_time = 0;
    std::int64_t late = 0;
    std::int64_t unanswered = 0;
};

Counts& operator+=(Counts& sum, Counts const& counts) {
    sum.open += counts.open;
    sum.overdue += counts.overdue;
    for (std::size_t i = 0; i < counts.soon.size(); ++i) sum.soon[i] += counts.soon[i];
    sum.on_time += counts.on_time;
    sum.late += counts.late;
    sum.unanswered += counts.unanswered;
    return sum;
}

/// Reads the tallies of the agencies in reach.
class Reader {
public:
    Reader(storage::Connection& connection, std::vector<Code> const& agencies)
        : connection_(connection), agencies_(agencies) {
        std::ranges::sort(agencies_);
        open_ = storage::read_open_tallies(connection);
        std::erase_if(open_, [&](storage::OpenTally const& cell) { return !in_reach(cell.agency); });
    }

    std::vector<storage::OpenTally> const& open() const { return open_; }

    template <typename Visit>
    void each(TallyKind kind, std::string_view first_period, Visit&& visit) const {
        for (auto const& [tally, n] : storage::read_tallies(connection_, kind, first_period)) {
            if (in_reach(tally.agency)) visit(tally, n);
        }
    }
    std::map<std::string, std::int64_t> by_period(TallyKind kind, std::string_view first_period) const {
        std::map<std::string, std::int64_t> sums;
        each(kind, first_period, [&](storage::Tally const& tally, std::int64_t n) { sums[tally.period] += n; });
        return sums;
    }

private:
    bool in_reach(Code const& agency) const { return std::ranges::binary_search(agencies_, agency); }

    storage::Connection& connection_;
    std::vector<Code> agencies_;
    std::vector<storage::OpenTally> open_;
};

std::map<Code, Counts> count_by_agency(Reader const& reader, Days const& days) {
    std::map<Code, Counts> counts;
    auto const today = workflow::to_string(days.today);
    auto const year = std::to_string(workflow::year_of(days.today));
    std::array<std::string, Days::kSoon.size()> soon;
    std::ranges::transform(days.soon, soon.begin(), [](Date date) { return workflow::to_string(date); });
    for (auto const& cell : reader.open()) {
        Counts& own = counts[cell.agency];
        own.open += cell.n;
        if (cell.due_sort < today) own.overdue += cell.n;
        if (cell.due_sort < today && cell.due_sort >= year) own.unanswered += cell.n;
        for (std::size_t i = 0; i < soon.size(); ++i) {
            if (cell.due_sort >= today && cell.due_sort <= soon[i]) own.soon[i] += cell.n;
        }
    }
    reader.each(TallyKind::Replied, year, [&](storage::Tally const& tally, std::int64_t n) {
        if (tally.period != year) return;
        Counts& own = counts[tally.agency];
        (tally.key == storage::kOnTime ? own.on_time : own.late) += n;
    });
    return counts;
}

Figure open_cases(Counts const& counts, Lists const& lists) { return {"在办", counts.open, lists.open()}; }

Figure overdue_cases(Counts const& counts, Days const& days, Lists const& lists) {
    return {"已逾期", counts.overdue, lists.overdue(days.today)};
}

/// Due within Days::kSoon[i] working days.
Figure due_soon(std::size_t i, Counts const& counts, Days const& days, Lists const& lists) {
    auto label = std::to_string(Days::kSoon[i]) + "个工作日内到期";
    return {std::move(label), counts.soon[i], lists.due(days.today, days.soon[i])};
}

void fill_figures(Overview& overview, Counts const& all, Reader const& reader, Days const& days, Lists const& lists) {
    auto& figures = overview.figures;
    figures.overdue = overdue_cases(all, days, lists);
    figures.due_in_1 = due_soon(0, all, days, lists);
    figures.due_in_3 = due_soon(1, all, days, lists);
    figures.due_in_5 = due_soon(2, all, days, lists);
    figures.open = open_cases(all, lists);
    figures.paused = {"征求意见中", 0, lists.paused()};
    figures.unread = {"超过1个工作日未登记", 0, lists.unread(days.unread_since)};
    for (std::size_t i = 0; i < kSpans.size(); ++i) {
        std::optional<Date> from;
        if (i + 1 < kSpans.size()) from = day_after(days.ages[i + 1]);
        overview.ages.push_back({std::string(kSpans[i].label), from, days.ages[i], 0, lists.of_age(from, days.ages[i])}
        );
    }
    for (auto const& cell : reader.open()) {
        if (cell.waiting == storage::kPaused) figures.paused.count += cell.n;
        if (cell.waiting == storage::kUnread && cell.received <= days.unread_since) figures.unread.count += cell.n;
        auto const begun = [&](AgeFigure const& age) {
            return !age.received_from || cell.received >= *age.received_from;
        };
        std::ranges::find_if(overview.ages, begun)->count += cell.n;  // the last one has no beginning
    }
}

AgencyFigures agency_figures(
    Code const& code, storage::Directory const& directory, Counts const& counts, Days const& days
) {
    auto const lists = Lists::alone(code);
    int const year = workflow::year_of(days.today);
    auto const due = counts.on_time + counts.late + counts.unanswered;
    AgencyFigures figures;
    figures.agency = code;
    figures.agency_name = directory.agency(code)->name;
    figures.open = open_cases(counts, lists);
    figures.overdue = overdue_cases(counts, days, lists);
    figures.due_in_3 = due_soon(1, counts, days, lists);
    figures.replied_on_time = {"按时答复", counts.on_time, lists.replied(year, true)};
    figures.replied_late = {"逾期答复", counts.late, lists.replied(year, false)};
    figures.unanswered = {"超期未答复", counts.unanswered, lists.unanswered(year, days.today)};
    if (due > 0) figures.on_time_rate = static_cast<double>(counts.on_time) / static_cast<double>(due);
    return figures;
}

std::vector<WeekFigures> week_figures(Reader const& reader, Date today, Lists const& lists) {
    std::vector<WeekFigures> weeks;
    Date monday = workflow::add_days(storage::monday_of(today), -7 * (kWeeks - 1));
    auto const first = workflow::to_string(monday);
    auto received = reader.by_period(TallyKind::Received, first);
    auto concluded = reader.by_period(TallyKind::Concluded, first);
    for (auto const& cell : reader.open()) received[workflow::to_string(storage::monday_of(cell.received))] += cell.n;
    for (int i = 0; i < kWeeks; ++i, monday = workflow::add_days(monday, 7)) {
        auto const period = workflow::to_string(monday);
        Date const sunday = workflow::add_days(monday, 6);
        weeks.push_back(
            {monday,
             month_and_day(monday) + "起",
             {"收到", received[period], lists.received_in(monday, sunday)},
             {"办结", concluded[period], lists.concluded_in(monday, sunday)}}
        );
    }
    return weeks;
}

std::vector<OutcomeFigure> outcome_figures(Reader const& reader, int year, Lists const& lists) {
    std::map<std::string, std::int64_t> counts;
    auto const period = std::to_string(year);
    reader.each(TallyKind::Ended, period, [&](storage::Tally const& tally, std::int64_t n) {
        if (tally.period == period) counts[tally.key] += n;
    });
    std::vector<OutcomeFigure> figures;
    for (auto const& outcome : workflow::kOutcomes) {
        auto const found = counts.find(std::string(outcome.code));
        if (found == counts.end()) continue;
        auto const& rule = workflow::rule_of(outcome.value);
        auto list = lists.concluded_in(year) + "&outcome=" + found->first;
        figures.push_back({outcome.value, std::string(rule.article), rule.table3_row, found->second, std::move(list)});
    }
    return figures;
}

std::vector<CardFigure> card_figures(storage::Connection& connection, Supervised const& supervised, Date today) {
    auto const counts = storage::count_cards(connection, today);
    std::string const whose = "agency=" + supervised.agency.value + "&state=open&level=";
    std::vector<CardFigure> figures;
    for (auto const& level : std::views::reverse(workflow::kCardLevels)) {
        std::string list = whose + std::string(level.code);
        std::string today_list = list + "&issued_on=" + workflow::to_string(today);
        CardFigure figure{level.value, 0, std::move(list), 0, std::move(today_list)};
        for (auto const& count : counts) {
            auto const reached = std::ranges::find(supervised.agencies, count.agency) != supervised.agencies.end();
            if (count.level != level.value || !reached) continue;
            figure.open += count.open;
            figure.today += count.issued;
        }
        figures.push_back(std::move(figure));
    }
    return figures;
}

OverviewTitles titles_of(int year) {
    auto const in_year = "（" + std::to_string(year) + "年）";
    return {
        .figures = "今日概况",
        .cards = "红黄牌",
        .agencies = "各机关办理情况" + in_year,
        .on_time_rate = "按时答复率",
        .weeks = "最近" + std::to_string(kWeeks) + "周收到和办结",
        .ages = "在办申请件收到后经过的时间",
        .outcomes = "办理结果" + in_year};
}

}  // namespace

Overview read_overview(
    storage::Connection& connection,
    Supervised const& supervised,
    storage::Directory const& directory,
    workflow::WorkdayCalendar const& calendar,
    workflow::Instant now
) {
    storage::Transaction const snapshot(connection, storage::Access::read);
    Days const days(workflow::local_date(now), calendar);
    Reader const reader(connection, supervised.agencies);
    auto const lists = Lists::branch(supervised.agency);
    int const year = workflow::year_of(days.today);

    Overview overview;
    overview.as_of = now;
    overview.today = days.today;
    overview.seq = storage::journal_size(connection);
    overview.scope = {supervised.agency, directory.agency(supervised.agency)->name};
    overview.titles = titles_of(year);
    auto counts = count_by_agency(reader, days);
    Counts all;
    for (Code const& agency : supervised.agencies) {
        all += counts[agency];
        overview.agencies.push_back(agency_figures(agency, directory, counts[agency], days));
    }
    fill_figures(overview, all, reader, days, lists);
    overview.cards = card_figures(connection, supervised, days.today);
    overview.weeks = week_figures(reader, days.today, lists);
    overview.outcomes = outcome_figures(reader, year, lists);
    return overview;
}

}  // namespace server::api
