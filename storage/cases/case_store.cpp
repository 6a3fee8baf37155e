#include "storage/cases/case_store.hpp"

#include "storage/cases/cards.hpp"
#include "storage/cases/case_columns.hpp"
#include "storage/cases/case_files.hpp"
#include "storage/cases/case_references.hpp"
#include "storage/cases/disputes.hpp"
#include "storage/cases/follow_ups.hpp"
#include "storage/cases/tallies.hpp"
#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"
#include "storage/engine/search_index.hpp"
#include "storage/engine/shape_json.hpp"
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
#include <tuple>
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

/// The columns of a new case that hold what is keyed or sealed, and the id they belong to.
struct CaseSecrets {
    std::string_view id;
    Digest query_digest;
    Bytes summary;
    Bytes body;
};

constexpr auto fields(std::type_identity<CaseSecrets>) {
    using T = CaseSecrets;
    return std::tuple{
        workflow::field("id", &T::id),
        workflow::field("query_digest", &T::query_digest),
        workflow::field("summary", &T::summary),
        workflow::field("body", &T::body)};
}

std::string body_place(std::string_view id) { return "cases/" + std::string(id) + "/body"; }
std::string summary_place(std::string_view id) { return "cases/" + std::string(id) + "/summary"; }

Refusal invalid(std::vector<FieldError> errors) {
    Refusal refusal{RefusalKind::Invalid, "invalid_input", errors.front().detail};
    refusal.errors = std::move(errors);
    return refusal;
}

Refusal stale() { return {RefusalKind::Stale, "stale_version", "这件申请刚有新的办理记录，请刷新后再操作。"}; }

Refusal already_imported() {
    return invalid({{"/source/number", "already_imported", "这个受理编号已经导入过，不能再次导入。"}});
}

workflow::Actor system_actor() {
    return {.id = {}, .roles = {workflow::Role::System}, .agency = {}, .department = {}, .own_case = {}};
}

Refusal erased() { return {RefusalKind::IllegalStep, "case_erased", "这件申请的个人信息已经清除，不能再办理。"}; }

boost::json::value text_or_null(std::optional<std::string> const& text) {
    return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

/// The texts in the first column.
std::vector<std::string> first_column(Rows rows) {
    std::vector<std::string> list;
    while (rows.next()) list.emplace_back(rows.text(0));
    return list;
}

/// The texts of a form that the search index holds.
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
        return invalid({{"/agency", "unknown_agency", "没有这个受理机关，或者它已不再受理申请。"}});
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

    ClockColumns const clock = clock_on(facts, workflow::local_date(event.at));
    auto const row_id = insert(connection, begun.stored, query, clock);
    move_tallies(connection, {}, tallies_of(facts, clock));
    index_applicant(connection, row_id, facts);
    index_form(connection, row_id, facts.application);
    queue_messages(connection, begun.stored, Case{}, event, begun.receipt.seq);
    Loaded loaded{row_id, std::move(begun.stored), clock};
    update_cards(connection, loaded, event.at);
    begun.stored = std::move(loaded.stored);
    return begun;
}

std::int64_t CaseStore::insert(
    Connection& connection, StoredCase const& stored, Digest const& query, ClockColumns const& clock
) {
    auto const& [id, facts] = stored;
    auto const& application = facts.application;
    CaseSummary const summary{workflow::mask_name(application.applicant.name), application.items.front().title};
    CaseSecrets const secrets{id, query, seal_summary(id, summary), seal_body(id, facts)};
    auto const registration = registration_of(facts);
    auto const columns = columns_of(facts);
    Query insert;
    insert += "INSERT INTO cases (";
    insert.columns<CaseSecrets, CaseRegistration, CaseColumns, ClockColumns>();
    insert += ") VALUES (";
    insert.values(secrets, registration, columns, clock);
    insert += ") RETURNING row_id";
    auto rows = insert.run(connection);
    rows.next();
    auto const row_id = rows.int64(0);
    rows.next();  // runs the statement to its end
    return row_id;
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
    if (std::holds_alternative<workflow::ReplyApproval>(command.payload))
        background.released = released_contents(connection, id);
    std::vector<std::string> open;
    if (command.action == workflow::Action::Archive) open = outbox_.open_deliveries(connection, id);
    workflow::Context const context{actor, now, calendar_.pending(), agency_of(facts).policy, line, &background, open};

    auto decision = workflow::decide(facts, command, context);
    // Whoever may not see the case learns nothing of its version. Everybody else learns first that it has changed.
    if (!decision && decision.error().kind == RefusalKind::NotFound) return decision.error();
    if (expected && *expected != seen) return stale();
    if (!decision) return decision.error();
    auto const case_of = [&](Code const& number) -> std::optional<Case> {
        auto found = connection.query("SELECT id FROM cases WHERE number = $1", number.value);
        auto other = found.next() ? find(connection, found.text(0)) : std::nullopt;
        return other ? std::optional(std::move(other->facts)) : std::nullopt;
    };
    // The entry that is to remain was right when it was proposed, and may have ended since.
    std::optional<workflow::Payload> proposed;
    if (command.action == workflow::Action::RejectSubmission && facts.rejection) proposed = facts.rejection->proposal;
    auto errors = check_references(connection, directory, facts, proposed ? *proposed : command.payload, case_of);
    if (!errors.empty()) return invalid(std::move(errors));

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
    auto const ids = first_column(connection.query(
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
        ClockColumns clock = clock_on(facts, today);
        // An erased case takes no event, so nothing else would keep it from being due again today.
        if (stuck) clock.next_check_on = workflow::to_string(workflow::add_days(today, 1));
        save_clock(connection, *loaded, std::move(clock));
    }
    return static_cast<std::int64_t>(ids.size());
}

void CaseStore::reschedule_checks(Connection& connection, Code const& agency, workflow::Instant now) {
    workflow::Date const today = workflow::local_date(now);
    auto const ids =
        first_column(connection.query("SELECT id FROM cases WHERE agency = $1 AND concluded_on IS NULL", agency.value));
    for (std::string const& id : ids) {
        auto loaded = load(connection, id);
        save_clock(connection, *loaded, clock_on(loaded->stored.facts, today));
    }
}

void CaseStore::reproject_open(Connection& connection, Author const& by, workflow::Instant now) {
    workflow::Date const today = workflow::local_date(now);
    for (std::string const& id : first_column(connection.query("SELECT id FROM cases WHERE concluded_on IS NULL"))) {
        auto loaded = load(connection, id);
        auto const old = loaded->clock.reply_due;
        save_clock(connection, *loaded, clock_on(loaded->stored.facts, today));
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
    queue_messages(connection, loaded.stored, before, event, appended.seq);
    ClockColumns const& clock = loaded.clock = clock_on(facts, today);
    auto const body = seal_body(id, facts);
    auto const columns = columns_of(facts);
    Query update;
    update += "UPDATE cases SET body = ";
    update.bind(Parameter(body));
    update += ", ";
    update.assignments(columns, clock);
    update += " WHERE row_id = ";
    update.bind(Parameter(loaded.row));
    update.execute(connection);
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
        index_applicant(connection, loaded.row, facts);
        std::array const texts{std::string_view(supplement->text)};
        connection.search_index().add(connection, loaded.row, facts.version, search_tokens(vault_, texts));
    }
    return {};
}

void CaseStore::queue_messages(
    Connection& connection, StoredCase const& stored, Case const& before, workflow::Event const& event, std::int64_t seq
) {
    auto const add = [&](MessageKind kind) {
        auto const topic = workflow::code(event.action);
        outbox_.add(connection, {kind, stored.id, seq, stored.facts.application.agency, topic}, event.at);
    };
    if (!workflow::letters_of(before, event, stored.facts).empty()) add(MessageKind::Letter);
    if (workflow::has_notifications(event.action)) add(MessageKind::Notification);
    auto const [topics, reference] = workflow::delivered_by(event, stored.facts);
    outbox_.close(connection, stored.id, topics, reference, event.at);
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

ClockColumns CaseStore::clock_on(Case const& c, workflow::Date today) const {
    return clock_of(c, today, calendar_.pending(), agency_of(c).policy);
}

void CaseStore::save_clock(Connection& connection, Loaded& loaded, ClockColumns clock) {
    auto const counted = tallies_of(loaded.stored.facts, loaded.clock);
    loaded.clock = std::move(clock);
    Query update;
    update += "UPDATE cases SET ";
    update.assignments(loaded.clock);
    update += " WHERE row_id = ";
    update.bind(Parameter(loaded.row));
    update.execute(connection);
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
            // From the few of this number, never from all the cases of the agency.
            "SELECT 1 FROM applicant_index AS i WHERE i.digest = $1 AND EXISTS (SELECT 1 FROM cases AS c "
            "WHERE c.row_id = i.row_id AND c.agency = $2 AND c.batch IS NOT NULL AND c.batch <> $3) LIMIT 1",
            applicant_digest(vault_, *source.number),
            agency.value,
            source.batch.value
        )
        .next();
}

void CaseStore::index_form(Connection& connection, std::int64_t row, workflow::Application const& application) {
    connection.search_index().add(connection, row, 0, search_tokens(vault_, searched_texts(application)));
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
        seal_summary(id, summary)
    );
}

/// Takes out of the search index what index_form() and apply() have put in.
void CaseStore::forget_search(Connection& connection, Loaded const& loaded) {
    auto const forget = [&](std::int64_t part, std::vector<std::string_view> const& texts) {
        connection.search_index().remove(connection, loaded.row, part, search_tokens(vault_, texts));
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

std::optional<CaseStore::Loaded> CaseStore::load(Connection& connection, std::string_view id) const {
    Query select;
    select += "SELECT row_id, body, ";
    select.columns<ClockColumns>();
    select += " FROM cases WHERE id = ";
    select.bind(Parameter(id));
    auto rows = select.run(connection);
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

Bytes CaseStore::seal_summary(std::string_view id, CaseSummary const& summary) const {
    return vault_.seal(boost::json::serialize(to_json(summary)), summary_place(id));
}

CaseSummary CaseStore::open_summary(std::string_view id, BytesView summary) const {
    ScratchMemory memory;
    std::string const plain = vault_.unseal(summary, summary_place(id));
    return from_json<CaseSummary>(boost::json::parse(plain, &memory.resource).as_object());
}

}  // namespace storage
