#include "storage/papers/letters.hpp"

#include "storage/engine/columns.hpp"
#include "storage/engine/query.hpp"
#include "storage/engine/sha256.hpp"
#include "storage/journal/case_events.hpp"
#include "storage/journal/object_keys.hpp"
#include "storage/office/serials.hpp"
#include "storage/papers/document_json.hpp"
#include "workflow/words/numbers.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace storage {
namespace {

using workflow::Code;
using workflow::LetterKind;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr std::string_view kFreeze = "freeze_letter";
constexpr std::string_view kPutTemplate = "put_letter_template";

ObjectRef template_object(LetterKind kind) { return {"letter_template", std::string(workflow::code(kind))}; }

std::optional<std::string> text_of(std::optional<Code> const& code) {
    return code ? std::optional(code->value) : std::nullopt;
}

/// Begins the selection of letters, each behind its case.
Query select_letters() {
    Query select;
    select += "SELECT case_id, ";
    select.columns<StoredLetter, StoredLetter::Frozen>();
    select += " FROM letters WHERE ";
    return select;
}

StoredLetter read_letter(Rows const& rows) {
    int column = 1;
    auto letter = read_columns<StoredLetter>(rows, column);
    if (!rows.is_null(column)) letter.frozen = read_columns<StoredLetter::Frozen>(rows, column);
    return letter;
}

std::vector<StoredLetter> read_letters(Rows rows) {
    std::vector<StoredLetter> letters;
    while (rows.next()) letters.push_back(read_letter(rows));
    return letters;
}

/// Selects the texts that have been in force for a kind, the latest first.
Query select_templates(LetterKind kind) {
    Query select;
    select += "SELECT ";
    select.columns<workflow::LetterTemplate, TemplateVersion>();
    select += " FROM letter_templates WHERE kind = ";
    select.bind(Parameter(workflow::code(kind)));
    select += " ORDER BY version DESC";
    return select;
}

TemplateVersion read_template(Rows const& rows) {
    int column = 0;
    auto text = read_columns<workflow::LetterTemplate>(rows, column);
    auto found = read_columns<TemplateVersion>(rows, column);
    found.text = std::move(text);
    found.hash = hash_of(found.text);
    return found;
}

/// What the journal entry of a frozen letter says in the open.
boost::json::object frozen_data(
    StoredLetter const& letter,
    Files::Writer::Stored const& pages,
    std::int64_t template_version,
    std::string_view template_hash,
    std::int64_t agency_version
) {
    boost::json::object data{
        {"kind", workflow::code(letter.kind)},
        {"dated", workflow::to_string(letter.dated)},
        {"event", letter.event},
        {"sha256", pages.sha256},
        {"size", pages.size},
        {"template_version", template_version},
        {"template_hash", template_hash},
        {"agency_version", agency_version}};
    if (letter.number) data.emplace("number", letter.number->value);
    if (letter.consultation) data.emplace("consultation", letter.consultation->value);
    return data;
}

/// Whether the entry says what the table says of the letter.
bool agrees(StoredLetter const& letter, boost::json::object const& record) {
    auto const& data = record.at("data").as_object();
    Files::Writer::Stored const pages{letter.frozen->sha256, letter.frozen->size};
    return record.at("action").as_string() == kFreeze && data == frozen_data(
                                                                     letter,
                                                                     pages,
                                                                     letter.frozen->template_version,
                                                                     data.at("template_hash").as_string(),
                                                                     data.at("agency_version").as_int64()
                                                                 );
}

boost::json::object template_data(TemplateVersion const& version) {
    return {
        {"title", version.text.title},
        {"body", version.text.body},
        {"hash", version.hash},
        {"version", version.version}};
}

std::optional<boost::json::object> record_at(Connection& connection, std::int64_t seq, ObjectRef const& object) {
    auto const entries = read_entries_of(connection, object, seq, 1);
    if (entries.empty() || entries.front().seq != seq) return std::nullopt;
    return boost::json::parse(entries.front().record).as_object();
}

}  // namespace

ObjectRef letter_object(std::string_view case_id, std::int64_t n) {
    return {"letter", std::string(case_id).append("/").append(std::to_string(n))};
}

std::string hash_of(workflow::LetterTemplate const& text) {
    return to_hex(sha256({as_bytes(text.title), as_bytes("\n"), as_bytes(text.body)}));
}

// ---- writing -------------------------------------------------------------------------------------------------------

std::vector<StoredLetter> Letters::plan(
    Connection& connection,
    std::string_view case_id,
    std::int64_t event,
    Agency const& agency,
    std::optional<Code> const& number,
    workflow::Date dated,
    std::vector<workflow::DueLetter> const& due
) {
    auto const of_step = [&] {
        auto select = select_letters();
        select += "case_id = ";
        select.bind(Parameter(case_id));
        select += " AND event = ";
        select.bind(Parameter(event));
        select += " ORDER BY n";
        return read_letters(select.run(connection));
    };
    if (auto planned = of_step(); !planned.empty()) return planned;
    int const year = workflow::year_of(dated);
    for (workflow::DueLetter const& letter : due) {
        auto own = number;
        if (letter.own_class) {
            int const serial = next_serial(connection, agency.code, year, workflow::code(*letter.own_class));
            own = Code{workflow::to_string(workflow::DocumentNumber{agency.word, year, *letter.own_class, serial})};
        }
        connection.execute(
            "INSERT INTO letters (case_id, n, kind, number, dated, consultation, event) "
            "VALUES ($1, (SELECT count(*) + 1 FROM letters WHERE case_id = $1), $2, $3, $4, $5, $6)",
            case_id,
            workflow::code(letter.kind),
            text_of(own),
            workflow::to_string(dated),
            text_of(letter.consultation),
            event
        );
    }
    return of_step();
}

Result<void> Letters::freeze(
    Connection& connection,
    std::string_view case_id,
    std::int64_t n,
    workflow::Document const& document,
    Files::Writer::Stored const& pages,
    TemplateVersion const& used,
    Agency const& agency,
    workflow::Instant now
) {
    auto const letter = find(connection, case_id, n);
    if (!letter) return Refusal{RefusalKind::NotFound, "letter_not_found", "没有找到这份文书。"};
    if (letter->frozen) return {};
    auto const key = find_key(connection, vault_, case_object(case_id));
    if (!key) return Refusal{RefusalKind::IllegalStep, "case_erased", "这件申请的个人信息已经清除，不能再制作文书。"};
    Appended const appended = journal_.append(
        connection,
        {.at = now,
         .on = letter->dated,
         .action = std::string(kFreeze),
         .by = {std::string(workflow::code(workflow::Role::System)), {}},
         .object = letter_object(case_id, n),
         .data = frozen_data(*letter, pages, used.version, used.hash, agency.version),
         .sealed = {{"document", document_to_json(document)}},
         .key = &*key}
    );
    connection.execute(
        "UPDATE letters SET entry = $3, sha256 = $4, size = $5, template_version = $6 WHERE case_id = $1 AND n = $2",
        case_id,
        n,
        appended.seq,
        pages.sha256,
        pages.size,
        used.version
    );
    return {};
}

Result<TemplateVersion> Letters::put_template(
    Connection& connection,
    LetterKind kind,
    workflow::LetterTemplate text,
    std::int64_t expected,
    Author const& by,
    workflow::Instant now
) {
    if (letter_template(connection, kind).version != expected) return stale_record();
    TemplateVersion next{std::move(text), expected + 1, {}, 0};
    next.hash = hash_of(next.text);
    next.entry = journal_
                     .append(
                         connection,
                         {.at = now,
                          .on = workflow::local_date(now),
                          .action = std::string(kPutTemplate),
                          .by = by,
                          .object = template_object(kind),
                          .data = template_data(next)}
                     )
                     .seq;
    connection.execute(
        "INSERT INTO letter_templates (kind, version, title, body, entry) VALUES ($1, $2, $3, $4, $5)",
        workflow::code(kind),
        next.version,
        next.text.title,
        next.text.body,
        next.entry
    );
    return next;
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::vector<StoredLetter> Letters::list(Connection& connection, std::string_view case_id) const {
    auto select = select_letters();
    select += "case_id = ";
    select.bind(Parameter(case_id));
    select += " ORDER BY n";
    return read_letters(select.run(connection));
}

std::optional<StoredLetter> Letters::find(Connection& connection, std::string_view case_id, std::int64_t n) const {
    auto select = select_letters();
    select += "case_id = ";
    select.bind(Parameter(case_id));
    select += " AND n = ";
    select.bind(Parameter(n));
    auto rows = select.run(connection);
    return rows.next() ? std::optional(read_letter(rows)) : std::nullopt;
}

std::optional<workflow::Document> Letters::document(
    Connection& connection, std::string_view case_id, StoredLetter const& letter
) const {
    auto const key = find_key(connection, vault_, case_object(case_id));
    if (!key || !letter.frozen) return std::nullopt;
    auto const entries = read_entries_of(connection, letter_object(case_id, letter.n), letter.frozen->entry, 1);
    if (entries.empty()) throw DamagedDatabase("a frozen letter has no journal entry");
    auto const sealed = read_sealed(connection, entries.front(), *key);
    return document_from_json(sealed.at("document").as_object());
}

TemplateVersion Letters::letter_template(Connection& connection, LetterKind kind) const {
    auto select = select_templates(kind);
    select += " LIMIT 1";
    auto rows = select.run(connection);
    if (rows.next()) return read_template(rows);
    TemplateVersion usual{workflow::usual_template(kind), 0, {}, 0};
    usual.hash = hash_of(usual.text);
    return usual;
}

std::vector<TemplateVersion> Letters::versions(Connection& connection, LetterKind kind) const {
    std::vector<TemplateVersion> all;
    auto rows = select_templates(kind).run(connection);
    while (rows.next()) all.push_back(read_template(rows));
    return all;
}

std::vector<std::string> Letters::differences(Connection& connection) const {
    std::vector<std::string> differences;
    auto select = select_letters();
    select += "entry IS NOT NULL";
    auto rows = select.run(connection);
    while (rows.next()) {
        StoredLetter const letter = read_letter(rows);
        ObjectRef const object = letter_object(rows.text(0), letter.n);
        auto const record = record_at(connection, letter.frozen->entry, object);
        if (!record || !agrees(letter, *record)) differences.push_back("文书 " + object.id + " 与审计日志不符。");
    }
    for (auto const& kind : workflow::kLetterKinds) {
        for (TemplateVersion const& version : versions(connection, kind.value)) {
            auto const record = record_at(connection, version.entry, template_object(kind.value));
            if (record && record->at("data").as_object() == template_data(version)) continue;
            differences.push_back(
                "文书模板 " + std::string(kind.label) + " 第 " + std::to_string(version.version) + " 版与审计日志不符。"
            );
        }
    }
    auto counted = connection.query(
        "SELECT (SELECT count(*) FROM journal WHERE object_type = 'letter'), "
        "(SELECT count(*) FROM letters WHERE entry IS NOT NULL), "
        "(SELECT count(*) FROM journal WHERE object_type = 'letter_template'), (SELECT count(*) FROM letter_templates)"
    );
    counted.next();
    if (counted.int64(0) != counted.int64(1)) differences.emplace_back("审计日志里有文书不在文书表中。");
    if (counted.int64(2) != counted.int64(3)) differences.emplace_back("审计日志里有文书模板不在模板表中。");
    return differences;
}

}  // namespace storage
