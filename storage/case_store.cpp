#include "storage/case_store.hpp"

#include "storage/case_columns.hpp"
#include "storage/case_events.hpp"
#include "storage/object_keys.hpp"
#include "storage/search.hpp"
#include "storage/serials.hpp"
#include "storage/shape_json.hpp"
#include "storage/sqlite/search.hpp"
#include "storage/tallies.hpp"

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

Refusal erased() { return {RefusalKind::IllegalStep, "case_erased", "这件申请的个人信息已经清除,不能再办理。"}; }

/// The departments and people a command names must be there: the procedure itself knows no directory.
struct References {
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

    bool deals_with_it(Code const& department) const {
        return c.department == department || std::ranges::find(c.co_departments, department) != c.co_departments.end();
    }
    void check_department(std::string pointer, Code const& code) {
        Department const* const department = directory.department(code);
        bool const able = department != nullptr && department->active && department->agency == c.application.agency;
        if (!able) errors.push_back({std::move(pointer), "unknown_department", "本机关没有这个部门。"});
    }
};

workflow::Application const& application_of(Command const& command) {
    if (auto const* registration = std::get_if<workflow::Registration>(&command.payload))
        return registration->application;
    return std::get<workflow::Submission>(command.payload).application;
}

boost::json::value text_or_null(std::optional<std::string> const& text) {
    return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

std::vector<std::string> texts(Rows rows) {
    std::vector<std::string> list;
    while (rows.next()) list.emplace_back(rows.text(0));
    return list;
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

CaseStore::CaseStore(Vault const& vault, Journal& journal, DirectoryStore& directory, CalendarStore& calendar)
    : vault_(vault), journal_(journal), directory_(directory), calendar_(calendar) {}

// ---- writing -------------------------------------------------------------------------------------------------------

Result<NewCase> CaseStore::create(
    Connection& connection, Command const& command, workflow::Actor const& actor, workflow::Instant now
) {
    Directory const& directory = directory_.pending();
    Code const& code = application_of(command).agency;
    Agency const* const agency = directory.agency(code);
    if (agency == nullptr || !agency->active) {
        return invalid({{"/agency", "unknown_agency", "没有这个受理机关,或者它已不再受理申请。"}});
    }
    auto const line = directory.line(code);
    workflow::Context const context{actor, now, calendar_.pending(), agency->policy, line};
    auto decision = workflow::decide_new(command, context);
    if (!decision) return decision.error();

    workflow::Date const today = context.today();
    int const year = workflow::year_of(today);
    int const serial = next_serial(connection, code, year, "case");
    decision->event.document = Code{workflow::to_string(workflow::CaseNumber{code.value, year, serial})};

    NewCase made{{ordered_id(now), workflow::evolve(Case{}, decision->event)}, random_query_code(), {}};
    auto const& [id, facts] = made.stored;
    Digest const query_digest = digest_of_query(facts.number.value, made.query_code);
    Key const key = make_key(connection, vault_, case_object(id));
    ScratchMemory memory;
    Entry entry = to_entry(id, decision->event, key, &memory.resource);
    entry.data["query_digest"] = to_hex(query_digest);
    made.receipt = make_receipt(journal_.append(connection, entry));

    CaseColumns const columns = columns_of(facts);
    ClockColumns const clock = clock_of(facts, today, calendar_.pending());
    auto const& applicant = facts.application.applicant;
    CaseSummary const summary{workflow::mask_name(applicant.name), facts.application.items.front().title};
    auto row = connection.query(
        "INSERT INTO cases (id, query_digest, summary, body, "
        "number, agency, channel, applicant_kind, submitted_on, version, state, department, departments, assignee, "
        "awaits, outcome, card, received_on, concluded_on, "
        "reply_due, due_sort, paused, next_check_on, reckoned_on) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
        "$20, $21, $22, $23, $24) RETURNING row_id",
        id,
        query_digest,
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
    index_applicant(connection, row_id, applicant);
    index_form(connection, row_id, facts.application);
    return made;
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
    Directory const& directory = directory_.pending();
    auto const line = directory.line(facts.application.agency);
    workflow::Context const context{actor, now, calendar_.pending(), agency_of(facts).policy, line};

    auto decision = workflow::decide(facts, command, context);
    // Whoever may not see the case learns nothing of its version; for the others that matters more than the step.
    if (!decision && decision.error().kind == RefusalKind::NotFound) return decision.error();
    if (expected && *expected != facts.version) return stale();
    if (!decision) return decision.error();
    References references{directory, facts};
    std::visit(references, command.payload);
    if (!references.errors.empty()) return invalid(std::move(references.errors));

    if (auto applied = apply(connection, *loaded, std::move(*decision)); !applied) return applied.error();
    return std::move(loaded->stored);
}

std::int64_t CaseStore::run_due(Connection& connection, workflow::Instant now, std::int64_t limit) {
    workflow::Date const today = workflow::local_date(now);
    auto const ids = texts(connection.query(
        "SELECT id FROM cases WHERE next_check_on <= $1 ORDER BY next_check_on LIMIT $2",
        workflow::to_string(today),
        limit
    ));
    workflow::Actor const system{
        .id = {}, .roles = {workflow::Role::System}, .agency = {}, .department = {}, .own_case = {}};
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
        ClockColumns clock = clock_of(facts, today, calendar_.pending());
        // An erased case takes no event; it must not come up again and again today.
        if (stuck) clock.next_check_on = workflow::to_string(workflow::add_days(today, 1));
        save_clock(connection, *loaded, std::move(clock));
    }
    return static_cast<std::int64_t>(ids.size());
}

void CaseStore::reproject_open(Connection& connection, Actor const& by, workflow::Instant now) {
    workflow::Date const today = workflow::local_date(now);
    for (std::string const& id : texts(connection.query("SELECT id FROM cases WHERE concluded_on IS NULL"))) {
        auto loaded = load(connection, id);
        auto const old = loaded->clock.reply_due;
        save_clock(connection, *loaded, clock_of(loaded->stored.facts, today, calendar_.pending()));
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
    if (decision.letter) outbox_.add(connection, "letter", id, appended.seq, event.at);

    auto const counted = tallies_of(facts, loaded.clock);
    facts = workflow::evolve(std::move(facts), event);
    CaseColumns const columns = columns_of(facts);
    ClockColumns const& clock = loaded.clock = clock_of(facts, today, calendar_.pending());
    connection.execute(
        "UPDATE cases SET body = $2, version = $3, state = $4, department = $5, departments = $6, assignee = $7, "
        "awaits = $8, outcome = $9, card = $10, received_on = $11, concluded_on = $12, "
        "reply_due = $13, due_sort = $14, paused = $15, next_check_on = $16, reckoned_on = $17 WHERE row_id = $1",
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
        clock.reply_due,
        clock.due_sort,
        clock.paused,
        clock.next_check_on,
        clock.reckoned_on
    );
    move_tallies(connection, counted, tallies_of(facts, clock));
    if (auto const* supplement = std::get_if<workflow::Supplement>(&event.payload)) {
        std::array const texts{std::string_view(supplement->text)};
        sqlite::add_to_search(connection, loaded.row, facts.version, search_tokens(vault_, texts));
    }
    return {};
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

void CaseStore::index_applicant(Connection& connection, std::int64_t row, workflow::Applicant const& applicant) {
    auto const add = [&](std::string_view value) {
        connection.execute(
            "INSERT INTO applicant_index (digest, row_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            applicant_digest(value),
            row
        );
    };
    add(applicant.name);
    for (auto const* each : {&applicant.id_number, &applicant.uscc, &applicant.phone, &applicant.email}) {
        if (*each) add(**each);
    }
}

void CaseStore::index_form(Connection& connection, std::int64_t row, workflow::Application const& application) {
    std::vector<std::string_view> texts;
    for (workflow::RequestedItem const& item : application.items) {
        texts.push_back(item.title);
        texts.push_back(item.description);
    }
    sqlite::add_to_search(connection, row, 0, search_tokens(vault_, texts));
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<StoredCase> CaseStore::find(Connection& connection, std::string_view id) const {
    auto loaded = load(connection, id);
    return loaded ? std::optional(std::move(loaded->stored)) : std::nullopt;
}

std::optional<StoredCase> CaseStore::find_for_applicant(
    Connection& connection, std::string_view number, std::string_view code
) const {
    // What is compared is a keyed digest, so how long that takes tells nothing about the code.
    auto rows = connection.query(
        "SELECT id, body FROM cases WHERE number = $1 AND query_digest = $2", number, digest_of_query(number, code)
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

std::vector<CaseStore::Moved> CaseStore::moved_by(
    Connection& connection, workflow::WorkdayCalendar const& calendar, workflow::Date today
) const {
    auto const current = calendar_.current();
    std::vector<Moved> moved;
    auto rows = connection.query("SELECT id, body FROM cases WHERE concluded_on IS NULL ORDER BY number");
    while (rows.next()) {
        Case const facts = open_body(rows.text(0), rows.blob(1));
        auto const due_under = [&](workflow::WorkdayCalendar const& days) {
            auto const clock = workflow::reckon(facts.timeline(), today, days, workflow::Detail::Brief);
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

Digest CaseStore::applicant_digest(std::string_view value) const {
    return vault_.index_digest("applicant", fold(value));
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
