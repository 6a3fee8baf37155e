#include "storage/journal/journal.hpp"

#include "storage/journal/canonical_json.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace storage {
namespace {

using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr std::array<std::uint8_t, 1> kChainPrefix{0x02};
constexpr std::size_t kSaltSize = 32;

Digest digest_of(BytesView bytes) {
    if (bytes.size() != std::tuple_size_v<Digest>) throw DamagedDatabase("a hash in the journal has the wrong length");
    Digest digest;
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

/// Reads nodes of the stored tree: leaves from the journal, the others from journal_node.
merkle::Frontier::ReadNode node_reader(Connection& connection) {
    return [&connection](unsigned level, std::uint64_t index) {
        auto rows = level == 0
                        ? connection.query("SELECT leaf FROM journal WHERE seq = $1", index + 1)
                        : connection.query("SELECT hash FROM journal_node WHERE level = $1 AND idx = $2", level, index);
        if (!rows.next()) throw DamagedDatabase("a node of the journal's tree is missing");
        return digest_of(rows.blob(0));
    };
}

std::string sealing_place(std::int64_t seq) { return "journal/" + std::to_string(seq); }

StoredEntry stored_entry(Rows const& rows) {
    return {rows.int64(0), std::string(as_text(rows.blob(1))), digest_of(rows.blob(2)), digest_of(rows.blob(3))};
}

std::vector<StoredEntry> stored_entries(Rows rows) {
    std::vector<StoredEntry> entries;
    while (rows.next()) entries.push_back(stored_entry(rows));
    return entries;
}

boost::json::object parse_record(StoredEntry const& entry) {
    auto value = parse_json(entry.record);
    if (!value || !value->is_object()) throw DamagedDatabase("entry " + std::to_string(entry.seq) + " is not JSON");
    return std::move(value->get_object());
}

/// The members in the order of RFC 8785, written down directly: sorting nine known names costs more than it says.
std::string make_record(std::int64_t seq, Entry const& entry, std::optional<Digest> const& commitment) {
    std::string record;
    record.reserve(512);
    auto const text = [&](std::string_view literal, std::string_view value) {
        record += literal;
        append_canonical_string(record, value);
    };
    text("{\"action\":", entry.action);
    text(",\"at\":", workflow::to_string(entry.at));
    text(",\"by\":{\"id\":", entry.by.id);
    text(",\"role\":", entry.by.role);
    record += "},\"data\":";
    append_canonical(record, entry.data);
    text(",\"object\":{\"id\":", entry.object.id);
    text(",\"type\":", entry.object.type);
    text("},\"on\":", workflow::to_string(entry.on));
    if (commitment) text(",\"sealed\":", to_hex(*commitment));
    record += ",\"seq\":" + std::to_string(seq) + ",\"v\":1}";
    return record;
}

}  // namespace

Digest chain_hash(Digest const& previous, Digest const& leaf) { return sha256({kChainPrefix, previous, leaf}); }

Journal::Journal(Connection& connection) {
    std::int64_t const size = journal_size(connection);
    auto const last = read_entries(connection, std::max<std::int64_t>(size - 1, 1), 2);
    if (size > 0) {
        StoredEntry const& entry = last.back();
        Digest const before = last.size() == 2 ? last.front().chain : Digest{};
        bool const sound = entry.seq == size && entry.leaf == merkle::leaf_hash(as_bytes(entry.record)) &&
                           entry.chain == chain_hash(before, entry.leaf);
        if (!sound) throw DamagedDatabase("the last entry of the journal does not hash to what is stored with it");
        tail_.chain = entry.chain;
        tail_.at = parse_record(entry).at("at").as_string();
    }
    tail_.tree = merkle::Frontier(static_cast<std::uint64_t>(size), node_reader(connection));
    marked_ = tail_;
    published_ = tail_;
}

Appended Journal::append(Connection& connection, Entry const& entry) {
    std::int64_t const seq = static_cast<std::int64_t>(tail_.tree.size()) + 1;
    std::optional<Digest> commitment;
    Bytes sealed;
    if (!entry.sealed.empty()) {
        if (entry.key == nullptr) throw std::logic_error("sealed members need the object's data key");
        std::string members;
        append_canonical(members, entry.sealed);
        auto const salt = random_salt();
        commitment = hmac_sha256(salt, {as_bytes(members)});
        members.insert(0, as_text(salt));  // the salt is sealed too: it goes when the key goes
        sealed = seal(*entry.key, members, sealing_place(seq));
    }

    std::string record = make_record(seq, entry, commitment);
    Digest const leaf = merkle::leaf_hash(as_bytes(record));
    Digest const chain = chain_hash(tail_.chain, leaf);
    connection.execute(
        "INSERT INTO journal (seq, object_type, object_id, record, leaf, chain) VALUES ($1, $2, $3, $4, $5, $6)",
        seq,
        entry.object.type,
        entry.object.id,
        as_bytes(record),
        leaf,
        chain
    );
    if (commitment) connection.execute("INSERT INTO journal_sealed (seq, sealed) VALUES ($1, $2)", seq, sealed);
    std::vector<Digest> path = tail_.tree.path_of_next();
    tail_.tree.append(leaf, [&](unsigned level, std::uint64_t index, Digest const& hash) {
        connection.execute("INSERT INTO journal_node (level, idx, hash) VALUES ($1, $2, $3)", level, index, hash);
    });
    tail_.chain = chain;
    tail_.at = workflow::to_string(entry.at);
    return {seq, leaf, chain, std::move(record), std::move(path)};
}

Head Journal::head() const {
    Tail const tail = [this] {
        std::lock_guard const lock(mutex_);
        return published_;
    }();
    return {static_cast<std::int64_t>(tail.tree.size()), tail.tree.root(), tail.chain, tail.at};
}

std::int64_t Journal::size() const {
    std::lock_guard const lock(mutex_);
    return static_cast<std::int64_t>(published_.tree.size());
}

void Journal::watch(std::function<void()> grown) {
    std::lock_guard const lock(mutex_);
    grown_ = std::move(grown);
}

void Journal::commit() {
    std::lock_guard const lock(mutex_);
    bool const grown = tail_.tree.size() > published_.tree.size();
    published_ = tail_;
    if (grown && grown_) grown_();
}

void Journal::rollback() { tail_ = published_; }  // only this thread writes published_

std::vector<StoredEntry> read_entries(Connection& connection, std::int64_t from, std::int64_t limit) {
    return stored_entries(connection.query(
        "SELECT seq, record, leaf, chain FROM journal WHERE seq >= $1 ORDER BY seq LIMIT $2", from, limit
    ));
}

std::vector<StoredEntry> read_entries_of(
    Connection& connection, ObjectRef const& object, std::int64_t from, std::int64_t limit
) {
    return stored_entries(connection.query(
        "SELECT seq, record, leaf, chain FROM journal "
        "WHERE object_type = $1 AND object_id = $2 AND seq >= $3 ORDER BY seq LIMIT $4",
        object.type,
        object.id,
        from,
        limit
    ));
}

boost::json::object read_sealed(Connection& connection, StoredEntry const& entry, Key const& key) {
    boost::json::object const record = parse_record(entry);
    if (!record.contains("sealed")) return {};
    auto rows = connection.query("SELECT sealed FROM journal_sealed WHERE seq = $1", entry.seq);
    if (!rows.next()) throw SealBroken();
    return open_sealed(record, entry.seq, rows.blob(0), key);
}

boost::json::object open_sealed(boost::json::object const& record, std::int64_t seq, BytesView sealed, Key const& key) {
    auto const* const commitment = record.if_contains("sealed");
    std::string const plain = unseal(key, sealed, sealing_place(seq));
    if (commitment == nullptr || plain.size() < kSaltSize) throw SealBroken();
    std::string_view const salt = std::string_view(plain).substr(0, kSaltSize);
    std::string_view const members = std::string_view(plain).substr(kSaltSize);
    if (to_hex(hmac_sha256(as_bytes(salt), {as_bytes(members)})) != commitment->as_string()) throw SealBroken();
    auto value = parse_json(members);
    if (!value || !value->is_object()) throw SealBroken();
    return std::move(value->get_object());
}

Head read_head(Connection& connection) {
    Transaction const snapshot(connection, Access::read);
    return Journal(connection).head();
}

std::int64_t journal_size(Connection& connection) {
    auto rows = connection.query("SELECT max(seq) FROM journal");
    return rows.next() ? rows.optional_int64(0).value_or(0) : 0;
}

Result<std::vector<Digest>> prove_inclusion(Connection& connection, std::int64_t seq, std::int64_t size) {
    if (seq < 1 || seq > size || size > journal_size(connection)) {
        return Refusal{RefusalKind::NotFound, "no_such_entry", "审计日志中没有这一条记录。"};
    }
    return merkle::inclusion_proof(
        static_cast<std::uint64_t>(seq - 1), static_cast<std::uint64_t>(size), node_reader(connection)
    );
}

Result<std::vector<Digest>> prove_consistency(Connection& connection, std::int64_t from, std::int64_t to) {
    if (from < 1 || from > to || to > journal_size(connection)) {
        return Refusal{RefusalKind::NotFound, "no_such_size", "审计日志没有达到过这一长度。"};
    }
    return merkle::consistency_proof(
        static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to), node_reader(connection)
    );
}

void export_journal(Connection& connection, std::function<void(std::string_view line)> const& write) {
    auto rows = connection.query("SELECT seq, record, leaf, chain FROM journal ORDER BY seq");
    std::string line;
    while (rows.next()) {
        line = "{\"chain\":\"" + to_hex(rows.blob(3)) + "\",\"record\":";
        append_canonical_string(line, as_text(rows.blob(1)));
        line += ",\"seq\":" + std::to_string(rows.int64(0)) + '}';
        write(line);
    }
}

}  // namespace storage
