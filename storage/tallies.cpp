#include "storage/tallies.hpp"

#include "storage/case_columns.hpp"
#include "workflow/date.hpp"

#include <algorithm>
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
    if (!c.concluded_on) {
        count(TallyKind::Open, clock.due_sort, workflow::to_string(received) + '/' + std::string(waiting(c, clock)));
        return cells;
    }
    count(TallyKind::Received, workflow::to_string(monday_of(received)));
    auto const year = std::to_string(workflow::year_of(*c.concluded_on));
    count(TallyKind::Concluded, workflow::to_string(monday_of(*c.concluded_on)));
    if (clock.reply_due) {
        bool const late = workflow::to_string(*c.concluded_on) > *clock.reply_due;
        count(TallyKind::Replied, year, late ? kLate : kOnTime);
    }
    if (c.outcome) count(TallyKind::Ended, year, workflow::code(*c.outcome));
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
            "统计数“" + cell + "”记为 " + std::to_string(rows.int64(4)) + ",按申请件应为 " +
            std::to_string(rows.int64(5)) + "。"
        );
    }
    return differences;
}

}  // namespace storage
