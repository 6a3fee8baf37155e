#include "storage/cases/case_store.hpp"

#include "storage/cases/cards.hpp"
#include "storage/cases/case_columns.hpp"
#include "storage/cases/disputes.hpp"
#include "storage/cases/follow_ups.hpp"
#include "storage/cases/tallies.hpp"
#include "storage/engine/shape_json.hpp"
#include "storage/engine/sqlite/search.hpp"
#include "storage/journal/case_events.hpp"
#include "storage/journal/object_keys.hpp"
#include "storage/office/serials.hpp"
#include "storage/search/search.hpp"
#include "workflow/letters/letters.hpp"
#include "workflow/letters/notifications.hpp"
#include "workflow/supervision/cards.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace storage {
namespace {

using workflow::Case;
using workflow::Code;
using workflow::Command;
using workflow::Decision;
using workflow::FieldError;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

std::string body_place(std::string_view id) { return "cases/" + std::string(id) + "/body"; }
std::string summary_place(std::string_view id) { return "cases/" + std::string(id) + "/summary"; }

Refusal invalid(std::vector<FieldError> errors) {
    Refusal refusal{RefusalKind::Invalid, "invalid_input", errors.front().detail};
    refusal.errors = std::move(errors);
    return refusal;
}

Refusal stale() { return {RefusalKind::Stale, "stale_version", "这件申请刚有新的办理记录,请刷新后再操作。"}; }

Refusal already_imported() {
    return invalid({{"/source/number", "already_imported", "这个受理编号已经导入过,不能再次导入。"}});
}

workflow::Actor system_actor() {
    return {.id = {}, .roles = {workflow::Role::System}, .agency = {}, .department = {}, .own_case = {}};
}

Refusal erased() { return {RefusalKind::IllegalStep, "case_erased", "这件申请的个人信息已经清除,不能再办理。"}; }

/// The departments and people a command names must be there: the procedure itself knows no directory.
struct References {
    Connection& connection;
    Directory const& directory;
    Case const& c;
    std::vector<FieldError> errors = {};

    void operator()(auto const&) {}
    void operator()(workflow::Acceptance const& p) {
        check_department("/department", p.department);
        for (std::size_t i = 0; i < p.co_departments.size(); ++i) {
            check_department("/co_departments/" + std::to_string(i), p.co_departments[i]);
        }
    }
    void operator()(workflow::Transfer const& p) { check_department("/department", p.department); }
    void operator()(workflow::Assignment const& p) {
        Staff const* const staff = directory.staff(p.assignee);
        bool const able = staff != nullptr && !staff->disabled && staff->roles.has(workflow::Role::Handler) &&
                          staff->agency == c.application.agency && deals_with_it(staff->department);
        if (!able) errors.push_back({"/assignee", "unknown_assignee", "承办部门没有这位承办人。"});
    }
    void operator()(workflow::RatingAssignment const& p) {
        Staff const* const staff = directory.staff(p.investigator);
        bool const able = staff != nullptr && !staff->disabled && staff->agency == c.application.agency &&
                          staff->roles.intersects(workflow::kRatingInvestigators);
        if (!able) errors.push_back({"/investigator", "unknown_investigator", "本机关没有这位可以核实评价的人员。"});
    }
    void operator()(workflow::SuggestionAnswer const& p) {
        if (!p.publication) return;
        auto found = connection.query(
            "SELECT 1 FROM publications WHERE id = $1 AND agency = $2 AND withdrawn_at IS NULL",
            p.publication->value,
            c.application.agency.value
        );
        if (!found.next()) errors.push_back({"/publication", "unknown_publication", "本机关没有发布这条公开信息。"});
    }

    bool deals_with_it(Code const& department) const {
        return c.department == department || std::ranges::find(c.co_departments, department) != c.co_departments.end();
    }
    void check_department(std::string pointer, Code const& code) {
        Department const* const department = directory.department(code);
        bool const able = department != nullptr && department->active && department->agency == c.application.agency;
        if (!able) errors.push_back({std::move(pointer), "unknown_department", "本机关没有这个部门。"});
    }
};

boost::json::value text_or_null(std::optional<std::string> const& text) {
    return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

std::vector<std::string> texts(Rows rows) {
    std::vector<std::string> list;
    while (rows.next()) list.emplace_back(rows.text(0));
    return list;
}

/// What the search finds of a form.
std::vector<std::string_view> searched_texts(workflow::Application const& application) {
    std::vector<std::string_view> texts;
    for (workflow::RequestedItem const& item : application.items) {
        texts.push_back(item.title);
        texts.push_back(item.description);
    }
    return texts;
}

/// The last entry's hash and path give the root of the tree it ends.
Receipt make_receipt(Appended appended) {
    Digest root = appended.leaf;
    for (Digest const& left : appended.path) root = merkle::node_hash(left, root);
    return {appended.seq, std::move(appended.record), appended.seq, root, std::move(appended.path)};
}

}  // namespace

/// A case on the writer thread, between reading and saving it.
struct CaseStore::Loaded {
    std::int64_t row;
    StoredCase stored;
    ClockColumns clock;  ///< as the table has it
};

/// A case that has just begun.
struct CaseStore::Begun {
    StoredCase stored;
    Receipt receipt;
};

CaseStore::CaseStore(
    Vault const& vault,
    Journal& journal,
    DirectoryStore& directory,
    CalendarStore& calendar,
    Publications const& publications
)
    : vault_(vault),
      journal_(journal),
      directory_(directory),
      calendar_(calendar),
      publications_(publications),
      contact_checks_(vault) {}

// ---- writing -------------------------------------------------------------------------------------------------------

Result<NewCase> CaseStore::create(
    Connection& connection, Command const& command, workflow::Actor const& actor, workflow::Instant now
) {
    Directory const& directory = directory_.pending();
    Code const& code = workflow::application_of(command.payload).agency;
    Agency const* const agency = directory.agency(code);
    if (agency == nullptr || !agency->active) {
        return invalid({{"/agency", "unknown_agency", "没有这个受理机关,或者它已不再受理申请。"}});
    }
    auto const line = directory.line(code);
    workflow::Context const context{actor, now, calendar_.pending(), agency->policy, line};
    auto decision = workflow::decide_new(command, context);
    if (!decision) return decision.error();

    auto const* ledger = std::get_if<workflow::LedgerRecord>(&decision->event.payload);
    if (ledger != nullptr && in_ledger(connection, code, ledger->source)) return already_imported();
    give_number(connection, decision->event, code);
    std::string query_code = random_query_code();
    Digest const query = digest_of_query(decision->event.document->value, query_code);
    Begun begun = begin(connection, decision->event, query);
    return NewCase{std::move(begun.stored), std::move(query_code), std::move(begun.receipt)};
}

void CaseStore::give_number(Connection& connection, workflow::Event& event, Code const& agency) {
    auto const* ledger = std::get_if<workflow::LedgerRecord>(&event.payload);
    int const year = workflow::year_of(ledger != nullptr ? ledger->received_on : workflow::local_date(event.at));
    int const serial = next_serial(connection, agency, year, "case");
    event.document = Code{workflow::to_string(workflow::CaseNumber{agency.value, year, serial})};
}

CaseStore::Begun CaseStore::begin(Connection& connection, workflow::Event const& event, Digest const& query) {
    Begun begun{{ordered_id(event.at), workflow::evolve(Case{}, event)}, {}};
    auto const& [id, facts] = begun.stored;
    Key const key = make_key(connection, vault_, case_object(id));
    ScratchMemory memory;
    Entry entry = to_entry(id, event, key, &memory.resource);
    entry.data["query_digest"] = to_hex(query);
    begun.receipt = make_receipt(journal_.append(connection, entry));

    CaseColumns const columns = columns_of(facts);
    ClockColumns const clock = reckoned(facts, workflow::local_date(event.at));
    auto const& applicant = facts.application.applicant;
    CaseSummary const summary{workflow::mask_name(applicant.name), facts.application.items.front().title};
    auto row = connection.query(
        "INSERT INTO cases (id, query_digest, summary, body, "
        "number, agency, channel, applicant_kind, submitted_on, version, state, department, departments, assignee, "
        "awaits, outcome, card, received_on, concluded_on, origin, batch, rating, keep_until, "
        "reply_due, due_sort, paused, next_check_on, reckoned_on) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
        "$20, $21, $22, $23, $24, $25, $26, $27, $28) RETURNING row_id",
        id,
        query,
        vault_.seal(boost::json::serialize(to_json(summary)), summary_place(id)),
        seal_body(id, facts),
        columns.number,
        columns.agency,
        columns.channel,
        columns.applicant_kind,
        columns.submitted_on,
        columns.version,
        columns.state,
        columns.department,
        columns.departments,
        columns.assignee,
        columns.awaits,
        columns.outcome,
        columns.card,
        columns.received_on,
        columns.concluded_on,
        columns.origin,
        columns.batch,
        columns.rating,
        columns.keep_until,
        clock.reply_due,
        clock.due_sort,
        clock.paused,
        clock.next_check_on,
        clock.reckoned_on
    );
    row.next();
    std::int64_t const row_id = row.int64(0);
    row.next();  // runs the statement to its end
    move_tallies(connection, {}, tallies_of(facts, clock));
    index_applicant(connection, row_id, facts);
    index_form(connection, row_id, facts.application);
    announce(connection, begun.stored, Case{}, event, begun.receipt.seq);
    Loaded loaded{row_id, std::move(begun.stored), clock};
    update_cards(connection, loaded, event.at);
    begun.stored = std::move(loaded.stored);
    return begun;
}

void CaseStore::begin_new_reply(
    Connection& connection, Loaded const& from, workflow::NewReplyOrder const& order, workflow::Instant now
) {
    Case const& c = from.stored.facts;
    workflow::Actor const system = system_actor();
    auto const line = directory_.pending().line(c.application.agency);
    workflow::Context const context{system, now, calendar_.pending(), agency_of(c).policy, line};
    Command const command{
        workflow::Action::ReplyAnew,
        workflow::NewReply{
            c.application,
            c.channel,
            c.number,
            order.dispute,
            order.received_on,
            order.due.value_or(order.received_on)}};
    auto decision = workflow::decide_new(command, context).value();
    give_number(connection, decision.event, c.application.agency);
    auto opened_by = connection.query("SELECT query_digest FROM cases WHERE row_id = $1", from.row);
    opened_by.next();
    Digest query;
    std::ranges::copy(opened_by.blob(0), query.begin());
    begin(connection, decision.event, query);
}

Result<StoredCase> CaseStore::act(
    Connection& connection,
    std::string_view id,
    std::optional<std::int64_t> expected,
    Command const& command,
    workflow::Actor const& actor,
    workflow::Instant now
) {
    auto loaded = load(connection, id);
    if (!loaded) return Refusal{RefusalKind::NotFound, "case_not_found", "没有找到这件申请。"};
    Case const& facts = loaded->stored.facts;
    auto const seen = facts.version;
    update_cards(connection, *loaded, now);
    Directory const& directory = directory_.pending();
    auto const line = directory.line(facts.application.agency);
    workflow::ReplyBackground background;
    if (std::holds_alternative<workflow::ReplySubmission>(command.payload))
        background = reply_background(connection, loaded->stored, directory);
    workflow::Context const context{actor, now, calendar_.pending(), agency_of(facts).policy, line, &background};

    auto decision = workflow::decide(facts, command, context);
    // Whoever may not see the case learns nothing of its version; for the others that matters more than the step.
    if (!decision && decision.error().kind == RefusalKind::NotFound) return decision.error();
    if (expected && *expected != seen) return stale();
    if (!decision) return decision.error();
    References references{connection, directory, facts};
    std::visit(references, command.payload);
    if (!references.errors.empty()) return invalid(std::move(references.errors));

    auto const payload = decision->event.payload;
    if (auto applied = apply(connection, *loaded, std::move(*decision)); !applied) return applied.error();
    if (auto const* order = std::get_if<workflow::NewReplyOrder>(&payload))
        begin_new_reply(connection, *loaded, *order, now);
    update_cards(connection, *loaded, now);
    if (!actor.id.empty()) contact_checks_.end(connection, id, now);
    return std::move(loaded->stored);
}

std::int64_t CaseStore::run_due(Connection& connection, workflow::Instant now, std::int64_t limit) {
    workflow::Date const today = workflow::local_date(now);
    auto const ids = texts(connection.query(
        "SELECT id FROM cases WHERE next_check_on <= $1 ORDER BY next_check_on LIMIT $2",
        workflow::to_string(today),
        limit
    ));
    workflow::Actor const system = system_actor();
    for (std::string const& id : ids) {
        auto loaded = load(connection, id);
        Case const& facts = loaded->stored.facts;
        auto const line = directory_.pending().line(facts.application.agency);
        workflow::Context const context{system, now, calendar_.pending(), agency_of(facts).policy, line};
        bool stuck = false;
        while (auto const step = workflow::due_step(facts, today, calendar_.pending())) {
            auto decision = workflow::decide(facts, *step, context);
            stuck = !decision || !apply(connection, *loaded, std::move(*decision));
            if (stuck) break;
        }
        stuck = stuck || !update_cards(connection, *loaded, now);
        ClockColumns clock = reckoned(facts, today);
        // An erased case takes no event; it must not come up again and again today.
        if (stuck) clock.next_check_on = workflow::to_string(workflow::add_days(today, 1));
        save_clock(connection, *loaded, std::move(clock));
    }
    return static_cast<std::int64_t>(ids.size());
}

void CaseStore::reschedule_checks(Connection& connection, Code const& agency, workflow::Instant now) {
    workflow::Date const today = workflow::local_date(now);
    auto const ids =
        texts(connection.query("SELECT id FROM cases WHERE agency = $1 AND concluded_on IS NULL", agency.value));
    for (std::string const& id : ids) {
        auto loaded = load(connection, id);
        save_clock(connection, *loaded, reckoned(loaded->stored.facts, today));
    }
}

void CaseStore::reproject_open(Connection& connection, Author const& by, workflow::Instant now) {
    workflow::Date const today = workflow::local_date(now);
    for (std::string const& id : texts(connection.query("SELECT id FROM cases WHERE concluded_on IS NULL"))) {
        auto loaded = load(connection, id);
        auto const old = loaded->clock.reply_due;
        save_clock(connection, *loaded, reckoned(loaded->stored.facts, today));
        auto const& reply_due = loaded->clock.reply_due;
        if (reply_due == old) continue;
        journal_.append(
            connection,
            {.at = now,
             .on = today,
             .action = "recompute",
             .by = by,
             .object = {"clock", id},
             .data = {{"new", text_or_null(reply_due)}, {"old", text_or_null(old)}}}
        );
    }
}

Result<void> CaseStore::apply(Connection& connection, Loaded& loaded, Decision decision) {
    auto& [id, facts] = loaded.stored;
    workflow::Event& event = decision.event;
    auto const key = find_key(connection, vault_, case_object(id));
    if (!key) return erased();
    workflow::Date const today = workflow::local_date(event.at);
    if (decision.letter) {
        int const year = workflow::year_of(today);
        int const serial = next_serial(connection, facts.application.agency, year, workflow::code(*decision.letter));
        workflow::DocumentNumber const number{agency_of(facts).word, year, *decision.letter, serial};
        event.document = Code{workflow::to_string(number)};
    }
    ScratchMemory memory;
    Appended const appended = journal_.append(connection, to_entry(id, event, *key, &memory.resource));
    auto const counted = tallies_of(facts, loaded.clock);
    auto const cards = cards_of(id, facts);
    Case const before = std::exchange(facts, workflow::evolve(facts, event));
    announce(connection, loaded.stored, before, event, appended.seq);
    CaseColumns const columns = columns_of(facts);
    ClockColumns const& clock = loaded.clock = reckoned(facts, today);
    connection.execute(
        "UPDATE cases SET body = $2, version = $3, state = $4, department = $5, departments = $6, assignee = $7, "
        "awaits = $8, outcome = $9, card = $10, received_on = $11, concluded_on = $12, rating = $13, keep_until = $14, "
        "reply_due = $15, due_sort = $16, paused = $17, next_check_on = $18, reckoned_on = $19, co_awaited = $20 WHERE "
        "row_id = $1",
        loaded.row,
        seal_body(id, facts),
        columns.version,
        columns.state,
        columns.department,
        columns.departments,
        columns.assignee,
        columns.awaits,
        columns.outcome,
        columns.card,
        columns.received_on,
        columns.concluded_on,
        columns.rating,
        columns.keep_until,
        clock.reply_due,
        clock.due_sort,
        clock.paused,
        clock.next_check_on,
        clock.reckoned_on,
        columns.co_awaited
    );
    move_tallies(connection, counted, tallies_of(facts, clock));
    save_follow_ups(connection, loaded.row, facts);
    write_disputes(connection, loaded.row, facts, event.payload);
    if (auto const* file = std::get_if<workflow::Attachment>(&event.payload)) {
        connection.execute(
            "INSERT INTO file_uses (sha256, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", file->sha256.value, id
        );
    }
    save_cards(connection, loaded.row, cards, cards_of(id, facts));
    if (auto const* supplement = std::get_if<workflow::Supplement>(&event.payload)) {
        std::array const texts{std::string_view(supplement->text)};
        sqlite::add_to_search(connection, loaded.row, facts.version, search_tokens(vault_, texts));
    }
    return {};
}

void CaseStore::announce(
    Connection& connection, StoredCase const& stored, Case const& before, workflow::Event const& event, std::int64_t seq
) {
    auto const leave = [&](MessageKind kind) {
        auto const topic = workflow::code(event.action);
        outbox_.add(connection, {kind, stored.id, seq, stored.facts.application.agency, topic}, event.at);
    };
    if (!workflow::letters_of(before, event, stored.facts).empty()) leave(MessageKind::Letter);
    if (workflow::has_notifications(event.action)) leave(MessageKind::Notification);
}

bool CaseStore::update_cards(Connection& connection, Loaded& loaded, workflow::Instant now) {
    Case const& facts = loaded.stored.facts;
    workflow::Date const today = workflow::local_date(now);
    auto const& policy = agency_of(facts).policy;
    auto const line = directory_.pending().line(facts.application.agency);
    workflow::Actor const system = system_actor();
    workflow::Context const context{system, now, calendar_.pending(), policy, line};
    while (auto step = workflow::card_step(facts, today, calendar_.pending(), policy)) {
        auto* const issue = std::get_if<workflow::CardIssue>(&step->payload);
        if (issue != nullptr && issue->level == workflow::CardLevel::Red) {
            auto const first = workflow::add_days(today, -workflow::kRepeatWindowDays);
            auto const others = count_other_reds(connection, facts.application.agency, loaded.row, first);
            issue->other_reds = static_cast<int>(others);
        }
        auto decision = workflow::decide(facts, *step, context);
        if (!decision || !apply(connection, loaded, std::move(*decision))) return false;
    }
    return true;
}

ClockColumns CaseStore::reckoned(Case const& c, workflow::Date today) const {
    return clock_of(c, today, calendar_.pending(), agency_of(c).policy);
}

void CaseStore::save_clock(Connection& connection, Loaded& loaded, ClockColumns clock) {
    auto const counted = tallies_of(loaded.stored.facts, loaded.clock);
    loaded.clock = std::move(clock);
    connection.execute(
        "UPDATE cases SET reply_due = $2, due_sort = $3, paused = $4, next_check_on = $5, reckoned_on = $6 "
        "WHERE row_id = $1",
        loaded.row,
        loaded.clock.reply_due,
        loaded.clock.due_sort,
        loaded.clock.paused,
        loaded.clock.next_check_on,
        loaded.clock.reckoned_on
    );
    move_tallies(connection, counted, tallies_of(loaded.stored.facts, loaded.clock));
}

void CaseStore::index_applicant(Connection& connection, std::int64_t row, Case const& facts) {
    auto const& applicant = facts.application.applicant;
    auto const add = [&](std::string_view value) {
        connection.execute(
            "INSERT INTO applicant_index (digest, row_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            applicant_digest(vault_, value),
            row
        );
    };
    add(applicant.name);
    for (auto const* each : {&applicant.id_number, &applicant.uscc, &applicant.phone, &applicant.email}) {
        if (*each) add(**each);
    }
    if (facts.ledger && facts.ledger->number) add(*facts.ledger->number);
}

bool CaseStore::in_ledger(Connection& connection, Code const& agency, workflow::LedgerSource const& source) const {
    if (!source.number) return false;
    return connection
        .query(
            // CROSS: first the few of this number, never all the cases of the agency.
            "SELECT 1 FROM applicant_index AS i CROSS JOIN cases AS c "
            "WHERE c.row_id = i.row_id AND i.digest = $1 AND c.agency = $2 AND c.batch IS NOT NULL AND c.batch <> $3 "
            "LIMIT 1",
            applicant_digest(vault_, *source.number),
            agency.value,
            source.batch.value
        )
        .next();
}

void CaseStore::index_form(Connection& connection, std::int64_t row, workflow::Application const& application) {
    sqlite::add_to_search(connection, row, 0, search_tokens(vault_, searched_texts(application)));
}

// ---- erasing -------------------------------------------------------------------------------------------------------

void CaseStore::erase(Connection& connection, std::string_view id) {
    auto loaded = load(connection, id);
    if (!loaded) throw DamagedDatabase("a case to be erased is not there");
    forget_search(connection, *loaded);
    connection.execute("DELETE FROM applicant_index WHERE row_id = $1", loaded->row);
    destroy_key(connection, case_object(id));

    boost::json::object open;
    boost::json::object sealed;
    split(loaded->stored.facts, open, sealed);
    auto emptied = join<Case>(open, {});
    emptied.application.applicant.name = kErasedText;
    for (auto& item : emptied.application.items) item.title = kErasedText;
    CaseSummary const summary{std::string(kErasedText), std::string(kErasedText)};
    connection.execute(
        "UPDATE cases SET body = $2, summary = $3 WHERE row_id = $1",
        loaded->row,
        seal_body(id, emptied),
        vault_.seal(boost::json::serialize(to_json(summary)), summary_place(id))
    );
}

/// Takes out of the search index what index_form() and apply() have put in.
void CaseStore::forget_search(Connection& connection, Loaded const& loaded) {
    auto const forget = [&](std::int64_t part, std::vector<std::string_view> const& texts) {
        sqlite::remove_from_search(connection, loaded.row, part, search_tokens(vault_, texts));
    };
    forget(0, searched_texts(loaded.stored.facts.application));
    std::int64_t version = 0;
    for (auto const& [seq, event] : timeline(connection, loaded.stored.id)) {
        ++version;
        if (auto const* supplement = std::get_if<workflow::Supplement>(&event.payload))
            forget(version, {supplement->text});
    }
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<StoredCase> CaseStore::find(Connection& connection, std::string_view id) const {
    auto loaded = load(connection, id);
    return loaded ? std::optional(std::move(loaded->stored)) : std::nullopt;
}

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
    Case facts = open_body(id, rows.blob(1));
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

std::optional<CaseStore::Step> CaseStore::step(Connection& connection, std::string_view id, std::int64_t seq) const {
    Case facts;
    for (auto& [entry, event] : timeline(connection, id)) {
        Case after = workflow::evolve(facts, event);
        if (entry == seq) return Step{std::move(facts), std::move(event), std::move(after)};
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
        Case const facts = open_body(rows.text(0), rows.blob(1));
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

std::optional<CaseStore::Loaded> CaseStore::load(Connection& connection, std::string_view id) const {
    auto rows = connection.query(
        "SELECT row_id, body, reply_due, due_sort, paused, next_check_on, reckoned_on FROM cases WHERE id = $1", id
    );
    if (!rows.next()) return std::nullopt;
    int column = 2;
    auto clock = read_columns<ClockColumns>(rows, column);
    return Loaded{rows.int64(0), {std::string(id), open_body(id, rows.blob(1))}, std::move(clock)};
}

Case CaseStore::open_body(std::string_view id, BytesView body) const {
    std::string const plain = vault_.unseal(body, body_place(id));
    ScratchMemory memory;
    return from_json<Case>(boost::json::parse(plain, &memory.resource).as_object());
}

Bytes CaseStore::seal_body(std::string_view id, Case const& c) const {
    ScratchMemory memory;
    return vault_.seal(boost::json::serialize(to_json(c, &memory.resource)), body_place(id));
}

Agency const& CaseStore::agency_of(Case const& c) const {
    Agency const* const agency = directory_.pending().agency(c.application.agency);
    if (agency == nullptr) throw DamagedDatabase("a case belongs to an agency that is not there");
    return *agency;
}

Digest CaseStore::digest_of_query(std::string_view number, std::string_view code) const {
    return vault_.index_digest("query_code", std::string(number) + '/' + workflow::normalise_number(code));
}

CaseSummary CaseStore::open_summary(std::string_view id, BytesView summary) const {
    ScratchMemory memory;
    std::string const plain = vault_.unseal(summary, summary_place(id));
    return from_json<CaseSummary>(boost::json::parse(plain, &memory.resource).as_object());
}

}  // namespace storage
