#include "storage/cases/cards.hpp"
#include "storage/cases/case_columns.hpp"
#include "storage/cases/case_store.hpp"
#include "storage/cases/disputes.hpp"
#include "storage/cases/follow_ups.hpp"
#include "storage/cases/tallies.hpp"
#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"
#include "storage/engine/shape_json.hpp"
#include "storage/journal/case_events.hpp"
#include "storage/journal/object_keys.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace storage {
namespace {

using workflow::Case;

constexpr std::int64_t kCasesPerReport = 65536;

/// The part of a case that stands open in the journal: all that can be compared once its key is gone.
boost::json::object open_part(Case const& c) {
    boost::json::object open;
    boost::json::object sealed;
    split(c, open, sealed);
    return open;
}

}  // namespace

/// What the events of one case say.
struct CaseStore::Folded {
    std::string id;
    std::optional<Key> key;
    Case facts = {};
    std::string query_digest = {};
    bool seals_broken = false;  ///< a sealed text of the journal does not open
};

std::vector<std::string> CaseStore::refold(
    Connection& connection, std::function<void(std::int64_t, std::int64_t)> const& progress
) const {
    Transaction const snapshot(connection, Access::read);
    auto const calendar = calendar_.current();
    std::vector<std::string> differences;
    auto const compare = [&](Folded const& folded) {
        auto const name = difference(connection, folded, *calendar);
        if (name.empty()) return;
        differences.push_back(
            "申请件 " + folded.facts.number.value + "（" + folded.id + "）与审计日志不符：" + name + "。"
        );
    };

    auto count = connection.query("SELECT count(*) FROM journal WHERE object_type = 'case'");
    std::int64_t const total = count.next() ? count.int64(0) : 0;
    std::int64_t done = 0;
    std::optional<Folded> current;
    auto rows = connection.query(
        "SELECT j.object_id, j.seq, j.record, s.sealed FROM journal AS j "
        "LEFT JOIN journal_sealed AS s ON s.seq = j.seq "
        "WHERE j.object_type = 'case' ORDER BY j.object_id, j.seq"
    );
    while (rows.next()) {
        if (!current || current->id != rows.text(0)) {
            if (current) compare(*current);
            std::string id(rows.text(0));
            auto key = find_key(connection, vault_, case_object(id));
            current = Folded{.id = std::move(id), .key = std::move(key)};
        }
        add_event(*current, rows);
        if (++done % kCasesPerReport == 0) progress(done, total);
    }
    if (current) compare(*current);

    auto orphans = connection.query(
        "SELECT number, id FROM cases "
        "WHERE NOT EXISTS (SELECT 1 FROM journal WHERE object_type = 'case' AND object_id = cases.id)"
    );
    while (orphans.next()) {
        differences.push_back(
            "申请件 " + std::string(orphans.text(0)) + "（" + std::string(orphans.text(1)) + "）在审计日志中没有记录。"
        );
    }
    // Only what agrees with the journal is worth counting.
    return differences.empty() ? tally_differences(connection) : differences;
}

void CaseStore::add_event(Folded& folded, Rows const& row) const {
    ScratchMemory memory;
    auto const value = boost::json::parse(as_text(row.blob(2)), &memory.resource);
    auto const& record = value.as_object();
    boost::json::object sealed;
    if (auto const text = folded.key ? row.optional_blob(3) : std::nullopt) {
        try {
            sealed = open_sealed(record, row.int64(1), *text, *folded.key);
        } catch (SealBroken const&) {
            folded.seals_broken = true;
        }
    }
    auto const event = to_event(record, sealed);
    if (!event) return;
    folded.facts = workflow::evolve(std::move(folded.facts), *event);
    if (auto const* digest = record.at("data").as_object().if_contains("query_digest")) {
        folded.query_digest = digest->as_string();
    }
}

/// The name of the first thing that is not as the events say; empty if all is.
std::string CaseStore::difference(
    Connection& connection, Folded const& folded, workflow::WorkdayCalendar const& calendar
) const {
    if (folded.seals_broken) return "journal_sealed";
    Query select;
    select += "SELECT query_digest, body, ";
    select.columns<CaseRegistration, CaseColumns, ClockColumns>();
    select += " FROM cases WHERE id = ";
    select.bind(Parameter(folded.id));
    auto row = select.run(connection);
    if (!row.next()) return "cases";
    if (to_hex(row.blob(0)) != folded.query_digest) return "query_digest";
    try {
        Case const body = open_body(folded.id, row.blob(1));
        bool const same = folded.key ? body == folded.facts : open_part(body) == open_part(folded.facts);
        if (!same) return "body";
    } catch (SealBroken const&) {
        return "body";
    }
    int column = 2;
    auto const registration = read_columns<CaseRegistration>(row, column);
    auto const stored = read_columns<CaseColumns>(row, column);
    auto const clock = read_columns<ClockColumns>(row, column);
    auto name = first_difference(registration, registration_of(folded.facts));
    if (name.empty()) name = first_difference(stored, columns_of(folded.facts));
    if (name.empty() && !follow_ups_agree(connection, folded.id, folded.facts)) name = "case_matters";
    auto const reckoned_on = workflow::parse_date(clock.reckoned_on);
    if (!reckoned_on) return "reckoned_on";
    // A concluded case keeps the dates of the calendar under which it was concluded.
    if (name.empty() && !folded.facts.concluded_on) {
        auto const directory = directory_.current();
        auto const& policy = directory->agency(folded.facts.application.agency)->policy;
        name = first_difference(clock, clock_of(folded.facts, *reckoned_on, calendar, policy));
    }
    if (name.empty() && !same_disputes(connection, folded.id, folded.facts)) name = "disputes";
    bool const same_cards = stored_cards(connection, folded.id) == cards_of(folded.id, folded.facts);
    if (name.empty() && !same_cards) name = "cards";
    return std::string(name);
}

}  // namespace storage
