#include "storage/cases/case_files.hpp"

#include "storage/engine/shape_json.hpp"
#include "storage/journal/case_events.hpp"
#include "storage/journal/object_keys.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace storage {
namespace {

using workflow::FileState;
using workflow::QuarantineDecision;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr Sql kSelectFile =
    "SELECT f.case_id, f.n, f.sha256, f.state, f.checked_at, f.released_at, d.source, f.pages FROM case_files f "
    "LEFT JOIN derived_files d ON d.case_id = f.case_id AND d.n = f.n ";

std::string id_of(FileRef const& file) { return file.case_id + '/' + std::to_string(file.n); }

std::string place_of(FileRef const& file, std::string_view what, std::int64_t number) {
    return "file/" + id_of(file) + '/' + std::string(what) + '/' + std::to_string(number);
}

KeptFile read_file(Rows const& rows) {
    KeptFile kept{{std::string(rows.text(0)), rows.int64(1)}, std::string(rows.text(2))};
    kept.state = workflow::parse<FileState>(rows.text(3)).value();
    kept.checked = !rows.is_null(4);
    kept.released = !rows.is_null(5);
    kept.source = rows.optional_int64(6);
    if (auto const pages = rows.optional_int64(7)) kept.pages = static_cast<int>(*pages);
    return kept;
}

std::vector<KeptFile> read_files(Rows rows) {
    std::vector<KeptFile> files;
    while (rows.next()) files.push_back(read_file(rows));
    return files;
}

std::vector<KeptFile> files_of(Connection& connection, std::string_view case_id) {
    SqlText text;
    text += kSelectFile;
    text += "WHERE f.case_id = $1 ORDER BY f.n";
    std::array const values{Parameter(case_id)};
    return read_files(connection.query_all(text.sql(), values));
}

/// Text sealed with the key of its case; nothing once that is destroyed.
std::optional<std::string> opened(
    std::optional<Key> const& key, std::optional<BytesView> const& sealed, std::string const& place
) {
    if (!key || !sealed) return std::nullopt;
    return unseal(*key, *sealed, place);
}

Refusal not_found(std::string code, std::string detail) {
    return {RefusalKind::NotFound, std::move(code), std::move(detail)};
}

Refusal conflict(std::string code, std::string detail) {
    return {RefusalKind::IllegalStep, std::move(code), std::move(detail)};
}

Refusal same_person() {
    return {RefusalKind::Forbidden, "second_person_required", "提出的人不能自己复核，请由另一位有权的人员办理。"};
}

Author author_system() { return {std::string(workflow::code(workflow::Role::System)), ""}; }

}  // namespace

/// What the journal says of one change.
struct CaseFiles::Change {
    std::string_view action;
    FileRef const& file;
    Author const& by;
    workflow::Instant now;
    boost::json::object data = {};
    std::string_view reason = {};
};

void CaseFiles::record(Connection& connection, Change const& change) {
    auto const key = find_key(connection, vault_, case_object(change.file.case_id));
    Entry entry{
        .at = change.now,
        .on = workflow::local_date(change.now),
        .action = std::string(change.action),
        .by = change.by,
        .object = {"file", id_of(change.file)},
        .data = change.data};
    if (!change.reason.empty() && key) {
        entry.sealed.emplace("reason", change.reason);
        entry.key = &*key;
    }
    journal_.append(connection, entry);
}

void CaseFiles::set_state(Connection& connection, FileRef const& file, FileState state) {
    connection.execute(
        "UPDATE case_files SET state = $3 WHERE case_id = $1 AND n = $2", file.case_id, file.n, workflow::code(state)
    );
}

// ---- states and quarantine -----------------------------------------------------------------------------------------

void CaseFiles::add(
    Connection& connection,
    FileRef const& file,
    std::string_view sha256,
    FileVerdict const& verdict,
    Author const& by,
    workflow::Instant now
) {
    connection.execute(
        "INSERT INTO case_files (case_id, n, sha256, state, rules) VALUES ($1, $2, $3, $4, $5)",
        file.case_id,
        file.n,
        sha256,
        workflow::code(verdict.state),
        verdict.rules
    );
    if (!verdict.mark.empty()) quarantine(connection, file, verdict.mark, by, now);
}

void CaseFiles::quarantine(
    Connection& connection, FileRef const& file, std::string_view mark, Author const& by, workflow::Instant now
) {
    set_state(connection, file, FileState::Quarantined);
    connection.execute(
        "INSERT INTO incidents (case_id, n, mark, opened_at) VALUES ($1, $2, $3, $4)",
        file.case_id,
        file.n,
        mark,
        workflow::to_milliseconds(now)
    );
    record(connection, {"quarantine_file", file, by, now, {{"mark", mark}}});
}

void CaseFiles::scanned(Connection& connection, FileRef const& file, FileState state, workflow::Instant now) {
    set_state(connection, file, state);
    record(connection, {"scan_file", file, author_system(), now, {{"state", workflow::code(state)}}});
}

void CaseFiles::examined(
    Connection& connection, FileRef const& file, FileVerdict const& verdict, workflow::Instant now
) {
    connection.execute(
        "UPDATE case_files SET rules = $3 WHERE case_id = $1 AND n = $2", file.case_id, file.n, verdict.rules
    );
    FileState const before = state(connection, file);
    if (before != FileState::Available && before != FileState::AwaitingExamination) return;
    auto decided =
        connection.query("SELECT count(*) FROM incidents WHERE case_id = $1 AND n = $2", file.case_id, file.n);
    if (decided.next() && decided.int64(0) > 0) return;
    if (!verdict.mark.empty()) return quarantine(connection, file, verdict.mark, author_system(), now);
    if (verdict.state == before) return;
    set_state(connection, file, verdict.state);
    record(connection, {"examine_file", file, author_system(), now, {{"state", workflow::code(verdict.state)}}});
}

Result<void> CaseFiles::propose(
    Connection& connection,
    std::int64_t incident,
    workflow::QuarantineProposal const& proposal,
    Author const& by,
    workflow::Instant now
) {
    auto rows = connection.query("SELECT case_id, n, closed_at FROM incidents WHERE id = $1", incident);
    if (!rows.next()) return not_found("incident_not_found", "没有这个隔离事件。");
    if (!rows.is_null(2)) return conflict("incident_closed", "这个隔离事件已经处理完毕。");
    FileRef const file{std::string(rows.text(0)), rows.int64(1)};
    auto const key = find_key(connection, vault_, case_object(file.case_id));
    if (!key) return conflict("case_erased", "这件申请的个人信息已经清除，不能再办理。");
    connection.execute(
        "UPDATE incidents SET decision = $2, reason = $3, proposed_by = $4 WHERE id = $1",
        incident,
        workflow::code(proposal.decision),
        seal(*key, proposal.reason, place_of(file, "incident", incident)),
        by.id
    );
    boost::json::object data{{"decision", workflow::code(proposal.decision)}};
    record(connection, {"propose_file_decision", file, by, now, std::move(data), proposal.reason});
    return {};
}

Result<std::optional<std::string>> CaseFiles::confirm(
    Connection& connection, std::int64_t incident, Author const& by, workflow::Instant now
) {
    auto rows =
        connection.query("SELECT case_id, n, closed_at, decision, proposed_by FROM incidents WHERE id = $1", incident);
    if (!rows.next()) return not_found("incident_not_found", "没有这个隔离事件。");
    if (!rows.is_null(2)) return conflict("incident_closed", "这个隔离事件已经处理完毕。");
    if (rows.is_null(3)) return conflict("no_proposal", "还没有人提出处理意见。");
    if (rows.text(4) == by.id) return same_person();
    FileRef const file{std::string(rows.text(0)), rows.int64(1)};
    auto const decision = workflow::parse<QuarantineDecision>(rows.text(3)).value();
    connection.execute(
        "UPDATE incidents SET confirmed_by = $2, closed_at = $3 WHERE id = $1",
        incident,
        by.id,
        workflow::to_milliseconds(now)
    );
    bool const destroy = decision == QuarantineDecision::Destroy;
    set_state(connection, file, destroy ? FileState::Destroyed : FileState::Available);
    record(connection, {"confirm_file_decision", file, by, now, {{"decision", workflow::code(decision)}}});
    if (!destroy) return std::optional<std::string>();
    auto content =
        connection.query("SELECT sha256 FROM case_files WHERE case_id = $1 AND n = $2", file.case_id, file.n);
    if (!content.next() || is_used(connection, content.text(0))) return std::optional<std::string>();
    return std::optional(std::string(content.text(0)));
}

// ---- findings and release ------------------------------------------------------------------------------------------

void CaseFiles::save_findings(
    Connection& connection,
    FileRef const& file,
    std::vector<workflow::Finding> const& findings,
    std::optional<int> pages,
    Author const& by,
    workflow::Instant now
) {
    connection.execute("DELETE FROM findings WHERE case_id = $1 AND n = $2", file.case_id, file.n);
    auto const key = find_key(connection, vault_, case_object(file.case_id));
    std::int64_t k = 0;
    for (auto const& finding : findings) {
        ++k;
        auto const body = boost::json::serialize(to_json(finding));
        connection.execute(
            "INSERT INTO findings (case_id, n, k, body) VALUES ($1, $2, $3, $4)",
            file.case_id,
            file.n,
            k,
            seal(key.value(), body, place_of(file, "finding", k))
        );
    }
    connection.execute(
        "UPDATE case_files SET checked_at = $3, released_at = NULL, pages = $4 WHERE case_id = $1 AND n = $2",
        file.case_id,
        file.n,
        workflow::to_milliseconds(now),
        pages ? std::optional<std::int64_t>(*pages) : std::nullopt
    );
    record(connection, {"check_file", file, by, now, {{"findings", k}}});
}

Result<void> CaseFiles::waive(
    Connection& connection,
    FileRef const& file,
    std::int64_t k,
    std::string_view reason,
    Author const& by,
    workflow::Instant now
) {
    auto const key = find_key(connection, vault_, case_object(file.case_id));
    if (!key) return conflict("case_erased", "这件申请的个人信息已经清除，不能再办理。");
    auto const changed = connection.execute(
        "UPDATE findings SET reason = $4, waived_by = $5, confirmed_by = NULL WHERE case_id = $1 AND n = $2 AND k = $3",
        file.case_id,
        file.n,
        k,
        seal(*key, reason, place_of(file, "waiver", k)),
        by.id
    );
    if (changed == 0) return not_found("finding_not_found", "没有这一条检查结果。");
    connection.execute("UPDATE case_files SET released_at = NULL WHERE case_id = $1 AND n = $2", file.case_id, file.n);
    record(connection, {"waive_finding", file, by, now, {{"finding", k}}, reason});
    return {};
}

Result<void> CaseFiles::confirm_waiver(
    Connection& connection, FileRef const& file, std::int64_t k, Author const& by, workflow::Instant now
) {
    auto rows = connection.query(
        "SELECT waived_by FROM findings WHERE case_id = $1 AND n = $2 AND k = $3", file.case_id, file.n, k
    );
    if (!rows.next()) return not_found("finding_not_found", "没有这一条检查结果。");
    if (rows.is_null(0)) return conflict("not_waived", "还没有人对这一条说明理由。");
    if (rows.text(0) == by.id) return same_person();
    connection.execute(
        "UPDATE findings SET confirmed_by = $4 WHERE case_id = $1 AND n = $2 AND k = $3", file.case_id, file.n, k, by.id
    );
    record(connection, {"confirm_waiver", file, by, now, {{"finding", k}}});
    return {};
}

Result<void> CaseFiles::release(Connection& connection, FileRef const& file, Author const& by, workflow::Instant now) {
    auto const kept = find(connection, file);
    if (!kept || !kept->checked) return conflict("not_checked", "请先做外发检查。");
    if (kept->state != FileState::Available) return conflict("file_not_available", "这个文件现在不能使用。");
    auto open = connection.query(
        "SELECT count(*) FROM findings WHERE case_id = $1 AND n = $2 AND confirmed_by IS NULL", file.case_id, file.n
    );
    if (open.next() && open.int64(0) > 0) {
        return conflict(
            "findings_open", "还有" + std::to_string(open.int64(0)) + "条检查结果没有处理，处理完才能随答复提供。"
        );
    }
    connection.execute(
        "UPDATE case_files SET released_at = $3 WHERE case_id = $1 AND n = $2",
        file.case_id,
        file.n,
        workflow::to_milliseconds(now)
    );
    record(connection, {"release_file", file, by, now, {{"sha256", kept->sha256}}});
    return {};
}

void CaseFiles::derived(
    Connection& connection,
    FileRef const& file,
    std::int64_t source,
    workflow::Redaction const& areas,
    Author const& by,
    workflow::Instant now
) {
    auto const json = to_json(areas);
    connection.execute(
        "INSERT INTO derived_files (case_id, n, source, areas) VALUES ($1, $2, $3, $4)",
        file.case_id,
        file.n,
        source,
        boost::json::serialize(json)
    );
    boost::json::object data = json;
    data.emplace("source", source);
    record(connection, {"derive_file", file, by, now, std::move(data)});
}

// ---- reading -------------------------------------------------------------------------------------------------------

bool CaseFiles::is_used(Connection& connection, std::string_view sha256) const {
    auto rows = connection.query(
        "SELECT (SELECT count(*) FROM file_uses u LEFT JOIN case_files f ON f.sha256 = u.sha256 AND f.case_id = "
        "u.case_id "
        "WHERE u.sha256 = $1 AND (f.state IS NULL OR f.state <> 'destroyed')) + "
        "(SELECT count(*) FROM letters WHERE sha256 = $1)",
        sha256
    );
    return rows.next() && rows.int64(0) > 0;
}

std::optional<KeptFile> CaseFiles::find(Connection& connection, FileRef const& file) const {
    SqlText text;
    text += kSelectFile;
    text += "WHERE f.case_id = $1 AND f.n = $2";
    std::array const values{Parameter(file.case_id), Parameter(file.n)};
    auto files = read_files(connection.query_all(text.sql(), values));
    return files.empty() ? std::nullopt : std::optional(std::move(files.front()));
}

std::vector<KeptFile> CaseFiles::of_case(Connection& connection, std::string_view case_id) const {
    return files_of(connection, case_id);
}

FileState CaseFiles::state(Connection& connection, FileRef const& file) const {
    auto const kept = find(connection, file);
    return kept ? kept->state : FileState::Available;
}

std::vector<KeptFile> CaseFiles::awaiting_scan(Connection& connection, std::int64_t limit) const {
    SqlText text;
    text += kSelectFile;
    text += "WHERE f.state = 'awaiting_scan' ORDER BY f.case_id, f.n LIMIT $1";
    std::array const values{Parameter(limit)};
    return read_files(connection.query_all(text.sql(), values));
}

std::vector<KeptFile> CaseFiles::awaiting_examination(Connection& connection, std::int64_t limit) const {
    SqlText text;
    text += kSelectFile;
    text += "WHERE f.state = 'awaiting_examination' ORDER BY f.case_id, f.n LIMIT $1";
    std::array const values{Parameter(limit)};
    return read_files(connection.query_all(text.sql(), values));
}

std::vector<KeptFile> CaseFiles::examined_before(Connection& connection, std::int64_t rules, std::int64_t limit) const {
    SqlText text;
    text += kSelectFile;
    text += "WHERE f.state = 'available' AND f.rules < $1 ORDER BY f.rules, f.case_id, f.n LIMIT $2";
    std::array const values{Parameter(rules), Parameter(limit)};
    return read_files(connection.query_all(text.sql(), values));
}

std::vector<Incident> CaseFiles::incidents(Connection& connection, std::int64_t limit) const {
    auto rows = connection.query(
        "SELECT i.id, i.case_id, i.n, c.number, i.mark, i.opened_at, i.decision, i.reason, i.proposed_by, "
        "i.confirmed_by FROM incidents i JOIN cases c ON c.id = i.case_id "
        "ORDER BY i.closed_at IS NOT NULL, i.id DESC LIMIT $1",
        limit
    );
    std::vector<Incident> list;
    while (rows.next()) {
        FileRef const file{std::string(rows.text(1)), rows.int64(2)};
        Incident incident{
            rows.int64(0), file, std::string(rows.text(3)), std::string(rows.text(4)), {}, {}, {}, {}, {}};
        incident.opened_at = workflow::Instant(std::chrono::milliseconds(rows.int64(5)));
        if (auto const decision = rows.optional_text(6)) {
            incident.decision = workflow::parse<QuarantineDecision>(*decision);
        }
        auto const key = find_key(connection, vault_, case_object(file.case_id));
        incident.reason = opened(key, rows.optional_blob(7), place_of(file, "incident", incident.id));
        incident.proposed_by = rows.optional_string(8);
        incident.confirmed_by = rows.optional_string(9);
        list.push_back(std::move(incident));
    }
    return list;
}

std::vector<SettledFinding> CaseFiles::findings(Connection& connection, FileRef const& file) const {
    auto const key = find_key(connection, vault_, case_object(file.case_id));
    std::vector<SettledFinding> list;
    if (!key) return list;
    auto rows = connection.query(
        "SELECT k, body, reason, waived_by, confirmed_by FROM findings WHERE case_id = $1 AND n = $2 ORDER BY k",
        file.case_id,
        file.n
    );
    while (rows.next()) {
        SettledFinding settled{rows.int64(0), {}, {}, {}, {}};
        auto const body = unseal(*key, rows.blob(1), place_of(file, "finding", settled.k));
        settled.finding = from_json<workflow::Finding>(boost::json::parse(body).as_object());
        settled.reason = opened(key, rows.optional_blob(2), place_of(file, "waiver", settled.k));
        settled.waived_by = rows.optional_string(3);
        settled.confirmed_by = rows.optional_string(4);
        list.push_back(std::move(settled));
    }
    return list;
}

std::optional<workflow::Redaction> CaseFiles::redaction(Connection& connection, FileRef const& file) const {
    auto rows = connection.query(
        "SELECT areas FROM derived_files WHERE case_id = $1 AND n = $2 AND areas IS NOT NULL", file.case_id, file.n
    );
    if (!rows.next()) return std::nullopt;
    return from_json<workflow::Redaction>(boost::json::parse(rows.text(0)).as_object());
}

// ---- what goes with a reply ----------------------------------------------------------------------------------------

namespace {

bool goes_with_reply(KeptFile const& kept) { return kept.released && kept.state == FileState::Available; }

}  // namespace

std::vector<ReleasedFile> released_files(
    Connection& connection, std::string_view case_id, std::vector<workflow::Attachment> const& attachments
) {
    std::vector<ReleasedFile> released;
    for (KeptFile const& kept : files_of(connection, case_id)) {
        auto const place = static_cast<std::size_t>(kept.file.n) - 1;
        // A letter is made from the case as it stood at its step: later files are none of its.
        if (!goes_with_reply(kept) || place >= attachments.size()) continue;
        released.push_back({attachments[place], kept.pages});
    }
    return released;
}

std::vector<workflow::EnclosedFile> enclosed_files(
    Connection& connection, std::string_view case_id, std::vector<workflow::Attachment> const& attachments
) {
    std::vector<workflow::EnclosedFile> enclosed;
    for (auto const& [attachment, pages] : released_files(connection, case_id, attachments))
        enclosed.push_back({attachment.name, pages});
    return enclosed;
}

std::vector<workflow::Code> released_contents(Connection& connection, std::string_view case_id) {
    std::vector<workflow::Code> contents;
    for (KeptFile const& kept : files_of(connection, case_id)) {
        if (goes_with_reply(kept)) contents.push_back({kept.sha256});
    }
    return contents;
}

}  // namespace storage
