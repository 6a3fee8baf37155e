#include "storage/cases/tallies.hpp"

#include "storage/cases/case_columns.hpp"
#include "workflow/time/date.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace storage {
namespace {

using workflow::Case;
using workflow::Code;
using workflow::Date;

std::string_view waiting(Case const& c, ClockColumns const& clock) {
    if (workflow::stage_of(c.state) == workflow::Stage::Registration) return kUnread;
    return clock.paused ? kPaused : std::string_view();
}

std::string key_of(AnnualTally const& cell) {
    std::string key = cell.concluded ? std::to_string(*cell.concluded) : std::string();
    key.append("/").append(workflow::code(cell.applicant)).append("/");
    if (cell.outcome) key.append(workflow::code(*cell.outcome));
    return key;
}

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void add(Connection& connection, Tally const& tally) {
    connection.execute(
        "INSERT INTO tallies (kind, period, agency, key, n) VALUES ($1, $2, $3, $4, 1) "
        "ON CONFLICT (kind, period, agency, key) DO UPDATE SET n = tallies.n + 1",
        workflow::code(tally.kind),
        tally.period,
        tally.agency.value,
        tally.key
    );
}

void take_away(Connection& connection, Tally const& tally) {
    auto const cell = [&](Sql sql) {
        connection.execute(sql, workflow::code(tally.kind), tally.period, tally.agency.value, tally.key);
    };
    cell("UPDATE tallies SET n = n - 1 WHERE kind = $1 AND period = $2 AND agency = $3 AND key = $4");
    cell("DELETE FROM tallies WHERE kind = $1 AND period = $2 AND agency = $3 AND key = $4 AND n = 0");
}

}  // namespace

Date monday_of(Date date) { return date - (workflow::weekday_of(date) - std::chrono::Monday); }

std::vector<Tally> tallies_of(Case const& c, ClockColumns const& clock) {
    std::vector<Tally> cells;
    auto const count = [&](TallyKind kind, std::string period, std::string_view key = {}) {
        cells.push_back({kind, std::move(period), c.application.agency, std::string(key)});
    };
    Date const received = c.received_on.value_or(c.submitted_on);
    auto const count_annual = [&] {
        auto const annual = annual_tally_of(c);
        if (in_annual_report(c)) count(TallyKind::Annual, std::to_string(annual.received), key_of(annual));
    };
    if (!c.concluded_on) {
        count(TallyKind::Open, clock.due_sort, workflow::to_string(received) + '/' + std::string(waiting(c, clock)));
        count_annual();
        return cells;
    }
    count(TallyKind::Received, workflow::to_string(monday_of(received)));
    auto const year = std::to_string(workflow::year_of(*c.concluded_on));
    count(TallyKind::Concluded, workflow::to_string(monday_of(*c.concluded_on)));
    if (clock.reply_due) {
        bool const late = workflow::to_string(*c.concluded_on) > *clock.reply_due;
        count(TallyKind::Replied, clock.reply_due->substr(0, 4), late ? kLate : kOnTime);
    }
    if (c.outcome) count(TallyKind::Ended, year, workflow::code(*c.outcome));
    count_annual();
    return cells;
}

void move_tallies(Connection& connection, std::vector<Tally> const& before, std::vector<Tally> const& after) {
    std::vector<Tally> gone;
    std::vector<Tally> come;
    std::ranges::set_difference(before, after, std::back_inserter(gone));
    std::ranges::set_difference(after, before, std::back_inserter(come));
    for (Tally const& tally : gone) take_away(connection, tally);
    for (Tally const& tally : come) add(connection, tally);
}

std::vector<TallyCount> read_tallies(Connection& connection, TallyKind kind, std::string_view first_period) {
    std::vector<TallyCount> cells;
    auto rows = connection.query(
        "SELECT period, agency, key, n FROM tallies WHERE kind = $1 AND period >= $2",
        workflow::code(kind),
        first_period
    );
    while (rows.next()) {
        Tally tally{kind, std::string(rows.text(0)), Code{std::string(rows.text(1))}, std::string(rows.text(2))};
        cells.push_back({std::move(tally), rows.int64(3)});
    }
    return cells;
}

std::vector<OpenTally> read_open_tallies(Connection& connection) {
    std::vector<OpenTally> cells;
    for (auto& [tally, n] : read_tallies(connection, TallyKind::Open)) {
        auto const slash = tally.key.find('/');
        auto const received = workflow::parse_date(std::string_view(tally.key).substr(0, slash));
        if (!received) throw DamagedDatabase("a tally of open cases has no day of receipt");
        cells.push_back({tally.agency, std::move(tally.period), *received, tally.key.substr(slash + 1), n});
    }
    return cells;
}

bool in_annual_report(Case const& c) { return !c.origin; }

AnnualTally annual_tally_of(Case const& c) {
    return {
        .agency = c.application.agency,
        .received = workflow::year_of(c.received_on.value_or(c.submitted_on)),
        .concluded = c.concluded_on ? std::optional(workflow::year_of(*c.concluded_on)) : std::nullopt,
        .applicant = c.application.applicant.kind,
        .outcome = c.outcome,
        .n = 1};
}

std::vector<AnnualTally> read_annual_tallies(Connection& connection, int year) {
    std::vector<AnnualTally> cells;
    auto rows = connection.query(
        "SELECT period, agency, key, n FROM tallies WHERE kind = $1 AND period <= $2",
        workflow::code(TallyKind::Annual),
        std::to_string(year)
    );
    while (rows.next()) {
        AnnualTally cell{.agency = workflow::Code{std::string(rows.text(1))}, .received = number(rows.text(0))};
        auto const key = rows.text(2);
        auto const first = key.find('/');
        auto const second = key.find('/', first + 1);
        if (second == std::string_view::npos) throw DamagedDatabase("a tally of the annual report has no such key");
        if (first > 0) cell.concluded = number(key.substr(0, first));
        auto const applicant = workflow::parse<workflow::ApplicantKind>(key.substr(first + 1, second - first - 1));
        if (!applicant) throw DamagedDatabase("a tally of the annual report has no kind of applicant");
        cell.applicant = *applicant;
        cell.outcome = workflow::parse<workflow::Outcome>(key.substr(second + 1));
        cell.n = rows.int64(3);
        cells.push_back(std::move(cell));
    }
    return cells;
}

std::vector<std::string> tally_differences(Connection& connection) {
    std::vector<std::string> differences;
    auto rows = connection.query(
        "SELECT kind, period, agency, key, coalesce(kept.n, 0), coalesce(counted.n, 0) "
        "FROM tallies AS kept FULL OUTER JOIN tallies_recounted AS counted USING (kind, period, agency, key) "
        "WHERE coalesce(kept.n, 0) <> coalesce(counted.n, 0)"
    );
    while (rows.next()) {
        std::string cell;
        for (int column = 0; column < 4; ++column) cell += (column > 0 ? " " : "") + std::string(rows.text(column));
        differences.push_back(
            "统计数“" + cell + "”记为 " + std::to_string(rows.int64(4)) + "，按申请件应为 " +
            std::to_string(rows.int64(5)) + "。"
        );
    }
    return differences;
}

}  // namespace storage
