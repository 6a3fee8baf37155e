#include "storage/office/drafts.hpp"

#include <algorithm>

namespace storage {
namespace {

using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

Digest owner_digest(Vault const& vault, DraftOwner const& owner) {
    return vault.index_digest(
        "draft owner", std::to_string(static_cast<int>(owner.kind)) + '/' + std::string(owner.id)
    );
}

/// The digest of the owner is as long for everybody, so no two pairs of owner and name run into one text.
Digest key_digest(Vault const& vault, Digest const& owner, std::string_view name) {
    return vault.index_digest("draft", to_hex(owner) + '/' + std::string(name));
}

Digest network_digest(Vault const& vault, DraftRoom const& room) {
    return vault.index_digest("draft network", room.network);
}

std::string place_of(Digest const& key) { return "draft/" + to_hex(key); }

}  // namespace

std::optional<std::string> Drafts::load(
    Connection& connection, DraftOwner const& owner, std::string_view name, workflow::Instant now
) const {
    Digest const key = key_digest(vault_, owner_digest(vault_, owner), name);
    auto rows = connection.query(
        "SELECT content FROM drafts WHERE key = $1 AND (expires_at IS NULL OR expires_at > $2)",
        key,
        workflow::to_milliseconds(now)
    );
    if (!rows.next()) return std::nullopt;
    return vault_.unseal(rows.blob(0), place_of(key));
}

Result<void> Drafts::save(
    Connection& connection,
    DraftOwner const& owner,
    std::string_view name,
    std::string_view content,
    std::optional<workflow::Instant> expires_at
) {
    auto const& room = owner.room;
    if (auto const longest = room ? std::min(room->bytes, kLargest) : kLargest; content.size() > longest) {
        return Refusal{
            RefusalKind::Invalid,
            "draft_too_long",
            "要保存的内容过长，最多" + std::to_string(longest / 1024) + " KiB。"};
    }
    Digest const whose = owner_digest(vault_, owner);
    Digest const key = key_digest(vault_, whose, name);
    {
        auto others = connection.query("SELECT count(*) FROM drafts WHERE owner = $1 AND key <> $2", whose, key);
        if (others.next() && others.int64(0) >= kMostOfOneOwner) {
            return Refusal{RefusalKind::Invalid, "too_many_drafts", "保存的草稿已满200份，请先删去不用的。"};
        }
    }
    if (room && !has_place(connection, *room, key)) {
        return Refusal{RefusalKind::Invalid, "no_room_for_drafts", "现在暂存的内容太多，没有地方再保存。"};
    }
    connection.execute(
        "INSERT INTO drafts (key, owner, content, expires_at, network) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (key) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at, "
        "network = excluded.network",
        key,
        whose,
        vault_.seal(content, place_of(key)),
        expires_at ? std::optional(workflow::to_milliseconds(*expires_at)) : std::nullopt,
        room ? std::optional(network_digest(vault_, *room)) : std::nullopt
    );
    return {};
}

bool Drafts::has_place(Connection& connection, DraftRoom const& room, Digest const& key) const {
    if (connection.query("SELECT 1 FROM drafts WHERE key = $1 AND network IS NOT NULL", key).next()) return true;
    auto const fewer_than = [](Rows rows, std::int64_t most) { return rows.next() && rows.int64(0) < most; };
    return fewer_than(
               connection.query("SELECT count(*) FROM drafts WHERE network = $1", network_digest(vault_, room)),
               room.of_network
           ) &&
           fewer_than(connection.query("SELECT count(*) FROM drafts WHERE network IS NOT NULL"), room.of_all);
}

void Drafts::remove(Connection& connection, DraftOwner const& owner, std::string_view name) {
    connection.execute("DELETE FROM drafts WHERE key = $1", key_digest(vault_, owner_digest(vault_, owner), name));
}

std::int64_t Drafts::purge(Connection& connection, workflow::Instant now, std::int64_t limit) {
    return connection.execute(
        "DELETE FROM drafts WHERE row_id IN "
        "(SELECT row_id FROM drafts WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
        workflow::to_milliseconds(now),
        limit
    );
}

}  // namespace storage
