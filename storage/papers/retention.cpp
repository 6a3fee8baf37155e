#include "storage/papers/retention.hpp"

#include "storage/journal/case_events.hpp"
#include "storage/journal/object_keys.hpp"

#include <boost/json/parse.hpp>

#include <map>
#include <utility>

namespace storage {
namespace {

using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr std::string_view kHold = "hold";
constexpr std::string_view kLiftHold = "lift_hold";
constexpr std::string_view kPropose = "propose_erasure";
constexpr std::string_view kReject = "reject_erasure";
constexpr std::string_view kErase = "erase";

Refusal refused(std::string code, std::string detail) {
    return {RefusalKind::IllegalStep, std::move(code), std::move(detail)};
}

std::optional<workflow::Date> date_of(std::optional<std::string_view> text) {
    return text ? workflow::parse_date(*text) : std::nullopt;
}

/// Why the personal data of a case may not be destroyed today; nullopt when they may.
std::optional<Refusal> obstacle(Retention::Standing const& standing, workflow::Instant now) {
    if (standing.erasure) return refused("case_erased", "这件申请的个人信息已经销毁。");
    if (standing.hold) return refused("file_held", "案卷被要求暂缓销毁，解除之后才能销毁。");
    if (!standing.keep_until) return refused("term_open", "这件申请还没有归档，或者复议、诉讼还没有结束。");
    if (*standing.keep_until >= workflow::local_date(now)) {
        return refused(
            "term_running", "保管期限到" + workflow::to_chinese(*standing.keep_until) + "为止，还没有届满。"
        );
    }
    return std::nullopt;
}

}  // namespace

ObjectRef retention_object(std::string_view case_id) { return {"retention", std::string(case_id)}; }

// ---- writing -------------------------------------------------------------------------------------------------------

std::int64_t Retention::append(
    Connection& connection,
    std::string_view id,
    std::string_view action,
    std::optional<std::string> const& reason,
    Author const& by,
    workflow::Instant now
) {
    auto const key = find_key(connection, vault_, case_object(id));
    Entry entry{
        .at = now,
        .on = workflow::local_date(now),
        .action = std::string(action),
        .by = by,
        .object = retention_object(id),
        .data = {}};
    if (reason && key) {
        entry.sealed = {{"reason", *reason}};
        entry.key = &*key;
    }
    return journal_.append(connection, entry).seq;
}

Result<void> Retention::hold(
    Connection& connection, std::string_view id, std::string const& reason, Author const& by, workflow::Instant now
) {
    auto const now_standing = standing(connection, id);
    if (now_standing.erasure) return refused("case_erased", "这件申请的个人信息已经销毁。");
    if (now_standing.hold) return refused("file_held", "案卷已经暂缓销毁。");
    connection.execute(
        "INSERT INTO retention (case_id, hold) VALUES ($1, $2) "
        "ON CONFLICT (case_id) DO UPDATE SET hold = excluded.hold, proposal = NULL",
        id,
        append(connection, id, kHold, reason, by, now)
    );
    return {};
}

Result<void> Retention::lift_hold(
    Connection& connection, std::string_view id, std::string const& reason, Author const& by, workflow::Instant now
) {
    if (!standing(connection, id).hold) return refused("file_not_held", "案卷没有被暂缓销毁。");
    append(connection, id, kLiftHold, reason, by, now);
    connection.execute("UPDATE retention SET hold = NULL, proposal = NULL WHERE case_id = $1", id);
    return {};
}

Result<void> Retention::propose_erasure(
    Connection& connection, std::string_view id, Author const& by, workflow::Instant now
) {
    auto const now_standing = standing(connection, id);
    if (auto against = obstacle(now_standing, now)) return std::move(*against);
    if (now_standing.proposal) return refused("erasure_proposed", "已经有人提议销毁，等待另一人决定。");
    connection.execute(
        "INSERT INTO retention (case_id, proposal) VALUES ($1, $2) "
        "ON CONFLICT (case_id) DO UPDATE SET proposal = excluded.proposal",
        id,
        append(connection, id, kPropose, std::nullopt, by, now)
    );
    return {};
}

Result<void> Retention::reject_erasure(
    Connection& connection, std::string_view id, Author const& by, workflow::Instant now
) {
    if (!standing(connection, id).proposal) return refused("erasure_not_proposed", "还没有人提议销毁。");
    append(connection, id, kReject, std::nullopt, by, now);
    connection.execute("UPDATE retention SET proposal = NULL WHERE case_id = $1", id);
    return {};
}

Result<void> Retention::erase(Connection& connection, std::string_view id, Author const& by, workflow::Instant now) {
    auto const now_standing = standing(connection, id);
    if (auto against = obstacle(now_standing, now)) return std::move(*against);
    if (!now_standing.proposal) return refused("erasure_not_proposed", "还没有人提议销毁。");
    if (now_standing.proposal->by.id == by.id) return refused("same_person", "提议的人不能自己决定，须由另一人决定。");
    connection.execute(
        "UPDATE retention SET proposal = NULL, erasure = $2 WHERE case_id = $1",
        id,
        append(connection, id, kErase, std::nullopt, by, now)
    );
    connection.execute(
        "INSERT INTO file_uses (sha256, case_id) SELECT sha256, case_id FROM letters "
        "WHERE case_id = $1 AND sha256 IS NOT NULL ON CONFLICT DO NOTHING",
        id
    );
    cases_.erase(connection, id);
    return {};
}

void Retention::remove_files(Connection& connection) {
    std::vector<std::string> files;
    {
        auto rows = connection.query(
            "SELECT u.sha256 FROM file_uses AS u LEFT JOIN retention AS r ON r.case_id = u.case_id "
            "GROUP BY u.sha256 HAVING min(r.erasure IS NOT NULL) = 1"
        );
        while (rows.next()) files.emplace_back(rows.text(0));
    }
    for (auto const& sha256 : files) {
        files_.destroy(sha256);
        connection.execute("DELETE FROM file_uses WHERE sha256 = $1", sha256);
    }
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<Retention::Decision> Retention::read_decision(
    Connection& connection, std::string_view id, std::optional<std::int64_t> entry
) const {
    if (!entry) return std::nullopt;
    auto const entries = read_entries_of(connection, retention_object(id), *entry, 1);
    if (entries.empty() || entries.front().seq != *entry) throw DamagedDatabase("a step of retention has no entry");
    auto const record = boost::json::parse(entries.front().record).as_object();
    auto const& by = record.at("by").as_object();
    auto const at = workflow::parse_instant(record.at("at").as_string());
    return Decision{*entry, {std::string(by.at("role").as_string()), std::string(by.at("id").as_string())}, at.value()};
}

Retention::Standing Retention::standing(Connection& connection, std::string_view id) const {
    auto row = connection.query(
        "SELECT c.keep_until, r.hold, r.proposal, r.erasure FROM cases AS c "
        "LEFT JOIN retention AS r ON r.case_id = c.id WHERE c.id = $1",
        id
    );
    if (!row.next()) return {};
    Standing found;
    found.keep_until = date_of(row.optional_text(0));
    found.hold = read_decision(connection, id, row.optional_int64(1));
    found.proposal = read_decision(connection, id, row.optional_int64(2));
    found.erasure = read_decision(connection, id, row.optional_int64(3));
    auto const key = found.hold ? find_key(connection, vault_, case_object(id)) : std::nullopt;
    if (key) {
        auto const entry = read_entries_of(connection, retention_object(id), found.hold->entry, 1).front();
        auto const sealed = read_sealed(connection, entry, *key);
        found.hold_reason = std::string(sealed.at("reason").as_string());
    }
    return found;
}

std::vector<Retention::Row> Retention::expired(Connection& connection, workflow::Date today, std::int64_t limit) const {
    auto rows = connection.query(
        "SELECT c.id, c.number, c.agency, c.keep_until, r.hold, r.proposal FROM cases AS c "
        "LEFT JOIN retention AS r ON r.case_id = c.id "
        "WHERE c.keep_until < $1 AND r.erasure IS NULL ORDER BY c.keep_until, c.number LIMIT $2",
        workflow::to_string(today),
        limit
    );
    std::vector<Row> list;
    while (rows.next()) {
        auto const proposal = read_decision(connection, rows.text(0), rows.optional_int64(5));
        list.push_back(
            {.id = std::string(rows.text(0)),
             .number = std::string(rows.text(1)),
             .agency = std::string(rows.text(2)),
             .keep_until = date_of(rows.text(3)).value(),
             .held = !rows.is_null(4),
             .proposed_by = proposal ? std::optional(proposal->by.id) : std::nullopt}
        );
    }
    return list;
}

std::vector<std::string> Retention::differences(Connection& connection) const {
    struct Folded {
        std::optional<std::int64_t> hold;
        std::optional<std::int64_t> proposal;
        std::optional<std::int64_t> erasure;
        bool operator==(Folded const&) const = default;
    };
    std::map<std::string, Folded> folded;
    auto entries =
        connection.query("SELECT object_id, seq, record FROM journal WHERE object_type = 'retention' ORDER BY seq");
    while (entries.next()) {
        auto& now = folded[std::string(entries.text(0))];
        auto const record = boost::json::parse(as_text(entries.blob(2)));
        std::string_view const action = record.at("action").as_string();
        if (action == kHold) now.hold = entries.int64(1);
        if (action == kLiftHold) now.hold.reset();
        if (action == kErase) now.erasure = entries.int64(1);
        if (action == kPropose)
            now.proposal = entries.int64(1);
        else
            now.proposal.reset();  // every other step ends it
    }
    std::map<std::string, Folded> stored;
    auto rows = connection.query("SELECT case_id, hold, proposal, erasure FROM retention");
    while (rows.next()) {
        stored[std::string(rows.text(0))] = {rows.optional_int64(1), rows.optional_int64(2), rows.optional_int64(3)};
    }
    std::vector<std::string> differences;
    for (auto const& [id, now] : folded) {
        if (stored[id] != now) differences.push_back("申请件 " + id + " 的保管与审计日志不符。");
        bool const erased = !find_key(connection, vault_, case_object(id));
        if (erased != now.erasure.has_value()) differences.push_back("申请件 " + id + " 的密钥与销毁的记录不符。");
    }
    for (auto const& [id, now] : stored) {
        if (!folded.contains(id)) differences.push_back("申请件 " + id + " 的保管在审计日志中没有记录。");
    }
    return differences;
}

}  // namespace storage
