#include "storage/papers/annual_reports.hpp"

#include "storage/cases/tallies.hpp"
#include "storage/engine/bytes.hpp"
#include "storage/engine/sha256.hpp"
#include "storage/engine/shape_json.hpp"
#include "storage/journal/case_events.hpp"
#include "storage/office/directory.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace storage {
namespace {

namespace json = boost::json;
using workflow::Case;
using workflow::Code;
using workflow::Date;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

// ---- counting ------------------------------------------------------------------------------------------------------

struct Wanted {
    std::set<Code> agencies;
    int year;
    std::span<workflow::OutcomeReading const> readings;
};

int year_in(std::string_view date) { return workflow::year_of(workflow::parse_date(date).value()); }

workflow::AnnualFacts facts_of(AnnualTally const& tally) {
    return {tally.received, tally.concluded, tally.applicant, tally.outcome};
}

workflow::DisputeFacts dispute_in(Rows const& rows, int column) {
    workflow::DisputeFacts facts;
    facts.kind = workflow::parse<workflow::DisputeKind>(rows.text(column)).value();
    facts.received = year_in(rows.text(column + 1));
    if (auto const result = rows.optional_text(column + 2))
        facts.result = workflow::parse<workflow::DisputeResult>(*result);
    if (auto const decided = rows.optional_text(column + 3)) facts.decided = year_in(*decided);
    return facts;
}

CountedTables count_now(Connection& connection, Wanted const& wanted) {
    CountedTables tables;
    for (AnnualTally const& tally : read_annual_tallies(connection, wanted.year)) {
        if (wanted.agencies.contains(tally.agency))
            workflow::count_in(tables.table3, wanted.year, facts_of(tally), tally.n, wanted.readings);
    }
    auto disputes = connection.query(
        "SELECT c.agency, d.kind, d.received_on, d.result, d.decided_on FROM disputes AS d "
        "JOIN cases AS c ON c.row_id = d.case_row"
    );
    while (disputes.next()) {
        if (!wanted.agencies.contains(Code{std::string(disputes.text(0))})) continue;
        workflow::count_in(tables.table4, wanted.year, dispute_in(disputes, 1));
    }
    return tables;
}

/// Adds what the case counts for, or takes it out again.
void count_case(CountedTables& tables, Wanted const& wanted, Case const& facts, std::int64_t n) {
    if (in_annual_report(facts))
        workflow::count_in(tables.table3, wanted.year, facts_of(annual_tally_of(facts)), n, wanted.readings);
    for (workflow::Dispute const& dispute : facts.disputes) {
        workflow::DisputeFacts counted{dispute.opening.kind, workflow::year_of(dispute.opening.received_on), {}, {}};
        if (dispute.end) {
            counted.result = dispute.end->result;
            counted.decided = workflow::year_of(dispute.end->decided_on);
        }
        workflow::count_in(tables.table4, wanted.year, counted, n);
    }
}

json::object record_of(std::string_view text) { return json::parse(text).as_object(); }

Date day_of(json::object const& record) {
    return workflow::local_date(workflow::parse_instant(record.at("at").as_string()).value());
}

/// The first entry made after the end of `day`; entries are made one after the other.
std::int64_t first_after(Connection& connection, Date day) {
    std::int64_t low = 1;
    std::int64_t high = journal_size(connection) + 1;
    while (low < high) {
        std::int64_t const middle = low + (high - low) / 2;
        auto const entry = read_entries(connection, middle, 1);
        if (day_of(record_of(entry.at(0).record)) > day) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/// The cases to which something has happened from entry `seq` on.
std::vector<std::string> touched_since(Connection& connection, std::int64_t seq) {
    std::vector<std::string> ids;
    auto rows =
        connection.query("SELECT DISTINCT object_id FROM journal WHERE seq >= $1 AND object_type = 'case'", seq);
    while (rows.next()) ids.emplace_back(rows.text(0));
    return ids;
}

/// Folded without what stands sealed: nothing that is counted does.
struct ThenAndNow {
    Case then;
    Case now;
};
ThenAndNow fold_both(Connection& connection, std::string const& id, std::int64_t seq) {
    ThenAndNow folded;
    for (StoredEntry const& entry : read_entries_of(connection, case_object(id))) {
        auto const event = to_event(record_of(entry.record), {});
        if (!event) continue;
        folded.now = workflow::evolve(std::move(folded.now), *event);
        if (entry.seq < seq) folded.then = folded.now;
    }
    return folded;
}

// ---- the journal's entries of a report -----------------------------------------------------------------------------

constexpr std::string_view kTyped = "type_report";
constexpr std::string_view kPublished = "publish_report";

ObjectRef object_of(ReportKey const& key) {
    return {
        "annual_report",
        key.agency.value + "/" + std::string(workflow::code(key.scope)) + "/" + std::to_string(key.year)};
}

/// The entries of one action, oldest first, up to the end of a day.
std::vector<json::object> acts(
    Connection& connection, ReportKey const& key, std::string_view action, std::optional<Date> as_of
) {
    std::vector<json::object> found;
    for (StoredEntry const& entry : read_entries_of(connection, object_of(key))) {
        auto record = record_of(entry.record);
        if (record.at("action").as_string() != action || (as_of && day_of(record) > *as_of)) continue;
        found.push_back(std::move(record));
    }
    return found;
}

template <std::size_t Rows, std::size_t Columns>
json::array to_array(std::array<std::array<std::int64_t, Columns>, Rows> const& table) {
    json::array rows;
    for (auto const& row : table) rows.push_back(json::array(row.begin(), row.end()));
    return rows;
}

template <std::size_t Rows, std::size_t Columns>
void from_array(json::value const& value, std::array<std::array<std::int64_t, Columns>, Rows>& table) {
    for (std::size_t row = 0; row < Rows; ++row) {
        for (std::size_t column = 0; column < Columns; ++column) {
            table[row][column] = value.at(row).at(column).as_int64();
        }
    }
}

ReportPublication publication_from(json::object const& record) {
    auto const& data = record.at("data").as_object();
    ReportPublication publication;
    publication.version = data.at("version").as_int64();
    publication.at = workflow::parse_instant(record.at("at").as_string()).value();
    publication.by = value_from_json<Code>(record.at("by").at("id"));
    publication.reason = data.at("reason").as_string();
    publication.changes = value_from_json<std::vector<ReportChange>>(data.at("changes"));
    publication.typed = from_json<workflow::TypedPart>(data.at("typed").as_object());
    from_array(data.at("table3"), publication.tables.table3);
    from_array(data.at("table4"), publication.tables.table4);
    return publication;
}

Refusal unchanged() {
    return {RefusalKind::IllegalStep, "nothing_to_correct", "现在的数与已发布的一致，没有需要更正的。"};
}

Refusal no_reason() {
    Refusal refusal{RefusalKind::Invalid, "invalid_input", "更正已发布的年度报告应当写明理由。"};
    refusal.errors = {{"/reason", "missing", "更正已发布的年度报告应当写明理由。"}};
    return refusal;
}

}  // namespace

CountedTables count_annual(
    Connection& connection,
    std::span<Code const> agencies,
    int year,
    std::optional<Date> as_of,
    std::span<workflow::OutcomeReading const> readings
) {
    Wanted const wanted{{agencies.begin(), agencies.end()}, year, readings};
    CountedTables tables = count_now(connection, wanted);
    if (!as_of) return tables;
    std::int64_t const seq = first_after(connection, *as_of);
    for (std::string const& id : touched_since(connection, seq)) {
        auto const [then, now] = fold_both(connection, id, seq);
        if (!wanted.agencies.contains(now.application.agency)) continue;
        count_case(tables, wanted, now, -1);
        if (then.version > 0) count_case(tables, wanted, then, 1);
    }
    return tables;
}

TypedVersion typed_part(Connection& connection, ReportKey const& key, std::optional<Date> as_of) {
    auto const entries = acts(connection, key, kTyped, as_of);
    if (entries.empty()) return {};
    auto const& data = entries.back().at("data").as_object();
    return {data.at("version").as_int64(), from_json<workflow::TypedPart>(data.at("typed").as_object())};
}

std::vector<ReportPublication> publications_of(
    Connection& connection, ReportKey const& key, std::optional<Date> as_of
) {
    std::vector<ReportPublication> list;
    for (auto const& record : acts(connection, key, kPublished, as_of)) list.push_back(publication_from(record));
    return list;
}

std::optional<std::string> published_file(
    Connection& connection, ReportKey const& key, std::int64_t version, std::string_view format
) {
    auto rows = connection.query(
        "SELECT body FROM published_reports "
        "WHERE agency = $1 AND scope = $2 AND year = $3 AND version = $4 AND format = $5",
        key.agency.value,
        workflow::code(key.scope),
        key.year,
        version,
        format
    );
    return rows.next() ? std::optional(std::string(as_text(rows.blob(0)))) : std::nullopt;
}

std::vector<ReportChange> changes_between(CountedTables const& before, CountedTables const& after) {
    std::vector<ReportChange> changes;
    auto const compare = [&](std::string where, std::int64_t old_figure, std::int64_t new_figure) {
        if (old_figure != new_figure) changes.push_back({std::move(where), old_figure, new_figure});
    };
    for (std::size_t row = 0; row < after.table3.size(); ++row) {
        for (std::size_t column = 0; column < workflow::kTable3Columns; ++column) {
            std::string where = "表三 ";
            where.append(workflow::kTable3Rows[row].part).append(workflow::kTable3Rows[row].label).append(" ");
            where.append(workflow::table3_column(column));
            compare(std::move(where), before.table3[row][column], after.table3[row][column]);
        }
    }
    for (std::size_t block = 0; block < after.table4.size(); ++block) {
        for (std::size_t column = 0; column < workflow::kTable4Columns.size(); ++column) {
            std::string where = "表四 ";
            where.append(workflow::kDisputeKinds[block].label).append(" ").append(workflow::kTable4Columns[column]);
            compare(std::move(where), before.table4[block][column], after.table4[block][column]);
        }
    }
    return changes;
}

Result<TypedVersion> type_report(
    Connection& connection,
    Journal& journal,
    ReportKey const& key,
    workflow::TypedPart typed,
    std::int64_t version,
    Author const& by,
    workflow::Instant now
) {
    if (typed_part(connection, key).version != version) return stale_record();
    journal.append(
        connection,
        {.at = now,
         .on = workflow::local_date(now),
         .action = std::string(kTyped),
         .by = by,
         .object = object_of(key),
         .data = {{"version", version + 1}, {"typed", to_json(typed)}}}
    );
    return TypedVersion{version + 1, std::move(typed)};
}

Result<ReportPublication> publish_report(
    Connection& connection,
    Journal& journal,
    ReportKey const& key,
    CountedTables const& tables,
    std::string reason,
    std::span<ReportFile const> files,
    Author const& by,
    workflow::Instant now
) {
    auto const earlier = publications_of(connection, key);
    ReportPublication made;
    made.version = static_cast<std::int64_t>(earlier.size()) + 1;
    made.at = now;
    made.by = Code{by.id};
    made.reason = std::move(reason);
    made.tables = tables;
    made.typed = typed_part(connection, key).typed;
    if (!earlier.empty()) {
        if (made.reason.empty()) return no_reason();
        made.changes = changes_between(earlier.back().tables, tables);
        if (made.changes.empty() && earlier.back().typed == made.typed) return unchanged();
    }
    json::object digests;
    for (auto const& [format, bytes] : files) {
        digests.emplace(format, to_hex(sha256({as_bytes(bytes)})));
        connection.execute(
            "INSERT INTO published_reports (agency, scope, year, version, format, body) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            key.agency.value,
            workflow::code(key.scope),
            key.year,
            made.version,
            format,
            as_bytes(bytes)
        );
    }
    journal.append(
        connection,
        {.at = now,
         .on = workflow::local_date(now),
         .action = std::string(kPublished),
         .by = by,
         .object = object_of(key),
         .data =
             {{"version", made.version},
              {"reason", made.reason},
              {"changes", value_to_json(made.changes)},
              {"typed", to_json(made.typed)},
              {"table3", to_array(tables.table3)},
              {"table4", to_array(tables.table4)},
              {"sha256", std::move(digests)}}}
    );
    return made;
}

}  // namespace storage
