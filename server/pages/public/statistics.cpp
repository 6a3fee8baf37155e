#include "storage/cases/tallies.hpp"

#include <algorithm>
#include <map>

#include "server/pages/public/pages.hpp"
#include "workflow/words/outcomes.hpp"

/// The public figures of a year: how many applications each agency received, and their outcomes. Read from stored
/// tallies, so the cost does not depend on the number of cases.
namespace server::pages {
namespace {

using http::verb;
using storage::TallyKind;
using workflow::Code;

constexpr std::int64_t kFirstReportYear = 2000;
constexpr std::int64_t kPercent = 100;

struct Figures {
    std::int64_t received = 0;
    std::int64_t on_time = 0;
    std::int64_t late = 0;
    std::int64_t unanswered = 0;
    std::int64_t concluded = 0;

    Figures& operator+=(Figures const& other) {
        received += other.received;
        on_time += other.on_time;
        late += other.late;
        unanswered += other.unanswered;
        concluded += other.concluded;
        return *this;
    }
};

struct YearFigures {
    std::map<Code, Figures> by_agency;
    std::map<std::string, std::int64_t, std::less<>> by_outcome;
};

YearFigures read_year(storage::Connection& connection, int year, workflow::Date today) {
    auto const name = std::to_string(year);
    auto const next = std::to_string(year + 1);
    YearFigures figures;
    auto const each = [&](TallyKind kind, auto const& take) {
        for (auto const& [tally, n] : storage::read_tallies(connection, kind, name)) {
            if (tally.period < next) take(tally, n, figures.by_agency[tally.agency]);
        }
    };
    each(TallyKind::Received, [](auto const&, std::int64_t n, Figures& agency) { agency.received += n; });
    for (auto const& open : storage::read_open_tallies(connection)) {
        if (workflow::year_of(storage::monday_of(open.received)) == year)
            figures.by_agency[open.agency].received += open.n;
        if (open.due_sort >= name && open.due_sort < std::min(next, workflow::to_string(today)))
            figures.by_agency[open.agency].unanswered += open.n;
    }
    each(TallyKind::Replied, [](auto const& tally, std::int64_t n, Figures& agency) {
        (tally.key == storage::kOnTime ? agency.on_time : agency.late) += n;
    });
    each(TallyKind::Ended, [&](auto const& tally, std::int64_t n, Figures& agency) {
        agency.concluded += n;
        figures.by_outcome[tally.key] += n;
    });
    return figures;
}

/// Whole percents, rounded down: 99.9 is not yet all.
json::value share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? json::value(std::to_string(kPercent * part / whole)) : json::value();
}

json::object figures_view(std::string_view name, Figures const& figures) {
    return {
        {"name", name},
        {"received", figures.received},
        {"concluded", figures.concluded},
        {"replied", figures.on_time + figures.late},
        {"unanswered", figures.unanswered},
        {"on_time", share(figures.on_time, figures.on_time + figures.late + figures.unanswered)}};
}

json::array outcomes_view(YearFigures const& figures, std::int64_t concluded) {
    json::array outcomes;
    for (auto const& outcome : workflow::kOutcomes) {
        auto const found = figures.by_outcome.find(outcome.code);
        if (found == figures.by_outcome.end()) continue;
        outcomes.push_back(
            {{"label", outcome.label},
             {"n", found->second},
             {"share", share(found->second, concluded)},
             {"article", workflow::rule_of(outcome.value).article}}
        );
    }
    return outcomes;
}

net::awaitable<Answer> show_statistics(Site& site, Visit& visit) {
    auto const this_year = workflow::year_of(visit.today());
    auto const wanted = api::query_number(visit.call.request, "year", kFirstReportYear, this_year, this_year);
    if (!wanted) co_return wanted.error();
    auto const year = static_cast<int>(*wanted);
    auto work = [year, today = visit.today()](storage::Connection& connection) {
        return read_year(connection, year, today);
    };
    auto const figures = co_await site.services.pool.read(std::move(work), api::asker(visit.call));

    Figures total;
    json::array agencies;
    for (auto const& [code, agency] : visit.call.directory->agencies()) {
        auto const found = figures.by_agency.find(code);
        if (found == figures.by_agency.end()) continue;
        total += found->second;
        agencies.push_back(figures_view(agency.name, found->second));
    }
    bool const current = year == this_year;
    json::object data{
        {"year", year},
        {"before", year > kFirstReportYear ? json::value(year - 1) : json::value()},
        {"after", current ? json::value() : json::value(year + 1)},
        {"until", current ? json::value(workflow::to_chinese(visit.today())) : json::value()},
        {"any", !agencies.empty()},
        {"agencies", std::move(agencies)},
        {"total", figures_view(site.texts(visit).at("statistics.total"), total)},
        {"outcomes", outcomes_view(figures, total.concluded)}};
    co_return render(site, visit, "statistics", std::move(data));
}

}  // namespace

std::vector<HtmlPage> statistics_pages() { return {{verb::get, "/statistics", show_statistics, false}}; }

}  // namespace server::pages
