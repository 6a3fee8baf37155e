#include "storage/cases/case_store.hpp"
#include "storage/engine/shape_json.hpp"
#include "storage/journal/case_events.hpp"
#include "storage/journal/object_keys.hpp"
#include "workflow/time/clock.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace storage {

std::optional<StoredCase> CaseStore::find_for_applicant(
    Connection& connection, std::string_view number, std::string_view code
) const {
    // The query code of the case that was handed in opens those in which its reply is made anew.
    std::string handed_in(number);
    for (bool found = true; found;) {
        auto origin = connection.query(
            "SELECT origin FROM cases WHERE number = $1 AND origin IS NOT NULL", std::string_view(handed_in)
        );
        found = origin.next();
        if (found) handed_in = origin.text(0);
    }
    // What is compared is a keyed digest, so how long that takes tells nothing about the code.
    auto rows = connection.query(
        "SELECT id, body FROM cases WHERE number = $1 AND query_digest = $2", number, digest_of_query(handed_in, code)
    );
    if (!rows.next()) return std::nullopt;
    std::string id(rows.text(0));
    workflow::Case facts = open_body(id, rows.blob(1));
    return StoredCase{std::move(id), std::move(facts)};
}

std::vector<CaseStore::TimelineEntry> CaseStore::timeline(Connection& connection, std::string_view id) const {
    ObjectRef const object = case_object(id);
    auto const key = find_key(connection, vault_, object);
    std::vector<TimelineEntry> timeline;
    for (StoredEntry const& entry : read_entries_of(connection, object)) {
        auto const record = boost::json::parse(entry.record).as_object();
        auto const sealed = key ? read_sealed(connection, entry, *key) : boost::json::object{};
        if (auto event = to_event(record, sealed)) timeline.push_back({entry.seq, std::move(*event)});
    }
    return timeline;
}

std::optional<CaseStore::StepTaken> CaseStore::step(Connection& connection, std::string_view id, std::int64_t seq)
    const {
    workflow::Case facts;
    for (auto& [entry, event] : timeline(connection, id)) {
        workflow::Case after = workflow::evolve(facts, event);
        if (entry == seq) return StepTaken{std::move(facts), std::move(event), std::move(after)};
        facts = std::move(after);
    }
    return std::nullopt;
}

std::vector<CaseStore::Moved> CaseStore::moved_by(
    Connection& connection, workflow::WorkdayCalendar const& calendar, workflow::Date today
) const {
    auto const current = calendar_.current();
    std::vector<Moved> moved;
    auto rows = connection.query("SELECT id, body FROM cases WHERE concluded_on IS NULL ORDER BY number");
    while (rows.next()) {
        workflow::Case const facts = open_body(rows.text(0), rows.blob(1));
        auto const due_under = [&](workflow::WorkdayCalendar const& days) {
            auto const clock = workflow::compute_clock(facts.timeline(), today, days, workflow::Detail::Brief);
            return clock ? clock->reply_due : std::nullopt;
        };
        auto const before = due_under(*current);
        auto const after = due_under(calendar);
        if (before != after) moved.push_back({facts.number.value, before, after});
    }
    return moved;
}

}  // namespace storage
