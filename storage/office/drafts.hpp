#pragma once

#include "storage/engine/driver.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace storage {

/// What is kept for an owner. Names of one kind never meet those of another, so a visitor whose cookie says the id of
/// an account still finds only a visitor's drafts.
enum class DraftKind : std::uint8_t { Visitor, Account, Preferences };

/// The limits of drafts that anybody may begin: visitors' ones, which share a bounded room.
struct DraftRoom {
    std::string network;      ///< where this one comes from; kept as a keyed digest
    std::size_t bytes;        ///< of one draft
    std::int64_t of_network;  ///< drafts of one network
    std::int64_t of_all;      ///< drafts of all networks
};

struct DraftOwner {
    DraftKind kind;
    std::string_view id;                 ///< a visitor's secret token, or the id of an account
    std::optional<DraftRoom> room = {};  ///< the limits for a new draft; nullopt: none
};

/// Half-typed answers, kept so that nothing typed is lost, and what an account likes to see; encrypted, and never in
/// the journal. save(), remove() and purge() on the writer thread, load() on any connection.
class Drafts {
public:
    static constexpr std::size_t kLargest = 64 * 1024;
    static constexpr std::int64_t kMostOfOneOwner = 200;

    explicit Drafts(Vault const& vault) : vault_(vault) {}

    /// Nullopt when there is none, or its time is over.
    std::optional<std::string> load(
        Connection& connection, DraftOwner const& owner, std::string_view name, workflow::Instant now
    ) const;

    /// In place of what stood under the name. Refused as invalid when it is too long (`draft_too_long`), one too many
    /// of its owner (`too_many_drafts`), or a new one beyond the limits of its room (`no_room_for_drafts`): what is
    /// there already may always be changed. Without `expires_at` it stays.
    workflow::Result<void> save(
        Connection& connection,
        DraftOwner const& owner,
        std::string_view name,
        std::string_view content,
        std::optional<workflow::Instant> expires_at
    );

    void remove(Connection& connection, DraftOwner const& owner, std::string_view name);

    /// Forgets those whose time is over, the oldest first, and says how many: the daily run, and a few with each one
    /// that begins, so that the room is theirs again.
    std::int64_t purge(Connection& connection, workflow::Instant now, std::int64_t limit);

private:
    bool has_place(Connection& connection, DraftRoom const& room, Digest const& key) const;

    Vault const& vault_;
};

}  // namespace storage
