#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/write_queue.hpp"
#include "storage/journal/merkle.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/result.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The journal: one append-only, hash-chained record of everything that happened. The exact bytes that are hashed:
/// journal_format.md.
namespace storage {

/// Who did it: a role code and an account, case or system id. Never a name.
struct Author {
    std::string role;
    std::string id;
};

/// What it happened to: "case", "agency", "department", "staff", "calendar", "setting" … and its id.
struct ObjectRef {
    std::string type;
    std::string id;
};

/// One fact to be recorded. Personal data go into `sealed`, never into `data`.
struct Entry {
    workflow::Instant at;
    workflow::Date on;  ///< the legal day of the fact, which may lie before `at`
    std::string action;
    Author by;
    ObjectRef object;
    boost::json::object data;
    boost::json::object sealed = {};
    Key const* key = nullptr;  ///< the object's data key; needed when `sealed` has members
};

struct Appended {
    std::int64_t seq;  ///< 1, 2, 3 … without a gap
    Digest leaf;
    Digest chain;
    std::string record;        ///< the canonical JSON, as hashed
    std::vector<Digest> path;  ///< inclusion proof of this entry in the tree of `seq` entries
};

/// The state of the journal after `size` entries; what is published, printed and signed.
struct Head {
    std::int64_t size = 0;
    Digest root{};   ///< of the Merkle tree; the hash of the empty text for an empty journal
    Digest chain{};  ///< h_size; all zero for an empty journal
    std::string at;  ///< `at` of the last entry; empty for an empty journal
};

/// h_i = SHA-256(0x02 ‖ h_(i-1) ‖ leaf_i); h_0 is all zero.
Digest chain_hash(Digest const& previous, Digest const& leaf);

/// The appending end. Its tail (chain hash, tree frontier) is memory that moves with the transaction, so it takes part
/// in the write queue and is the only thing that writes the journal's tables.
class Journal final : public Participant {
public:
    /// Reads the tail; throws DamagedDatabase when the last entry does not hash to what is stored with it.
    explicit Journal(Connection& connection);

    /// Writer thread, inside a job.
    Appended append(Connection& connection, Entry const& entry);

    /// The head as last committed. Any thread.
    Head head() const;
    /// How many entries there are, as last committed. Any thread.
    std::int64_t size() const;

    /// `grown` is called on the writer thread after each commit that added entries; it must not block nor call back.
    /// One at a time: an empty function ends it, and when this returns no call of the former is under way. Any thread.
    void watch(std::function<void()> grown);

    void mark() override { marked_ = tail_; }
    void rollback_to_mark() override { tail_ = marked_; }
    void commit() override;
    void rollback() override;

private:
    struct Tail {
        merkle::Frontier tree;
        Digest chain{};
        std::string at;
    };

    Tail tail_;    // writer thread
    Tail marked_;  // writer thread
    mutable std::mutex mutex_;
    Tail published_;               // under mutex_
    std::function<void()> grown_;  // under mutex_
};

// ---- reading: any connection, its own thread -----------------------------------------------------------------------

struct StoredEntry {
    std::int64_t seq;
    std::string record;  ///< the canonical JSON, as hashed
    Digest leaf;
    Digest chain;
};

/// Entries `from`, `from` + 1 … at most `limit`.
std::vector<StoredEntry> read_entries(Connection& connection, std::int64_t from, std::int64_t limit);

/// The entries of one object with seq >= `from`, oldest first, at most `limit`.
std::vector<StoredEntry> read_entries_of(
    Connection& connection, ObjectRef const& object, std::int64_t from = 1, std::int64_t limit = INT64_MAX
);

/// The sealed members of an entry; empty if it has none. Checks them against the commitment in `entry`; throws
/// SealBroken when they do not match or the key is not theirs.
boost::json::object read_sealed(Connection& connection, StoredEntry const& entry, Key const& key);

/// The same for a caller that has the parsed record and the row of journal_sealed already.
boost::json::object open_sealed(boost::json::object const& record, std::int64_t seq, BytesView sealed, Key const& key);

Head read_head(Connection& connection);
/// How many entries there are.
std::int64_t journal_size(Connection& connection);

/// Refused with `not_found` unless 1 <= seq <= size <= the journal's size.
workflow::Result<std::vector<Digest>> prove_inclusion(Connection& connection, std::int64_t seq, std::int64_t size);
/// Refused with `not_found` unless 1 <= from <= to <= the journal's size.
workflow::Result<std::vector<Digest>> prove_consistency(Connection& connection, std::int64_t from, std::int64_t to);

/// Writes the journal as JSON lines (journal_format.md), one call of `write` per line without its line end.
void export_journal(Connection& connection, std::function<void(std::string_view line)> const& write);

}  // namespace storage
