#pragma once

#include "storage/journal/journal.hpp"

namespace storage {

/// A head somebody kept outside: a receipt, a printed page, another organisation's copy.
struct KnownHead {
    std::int64_t size;
    Digest root;
};

struct VerifyReport {
    struct Fault {
        std::int64_t seq;  ///< the first bad entry
        std::string what;  ///< Chinese, for people
    };
    Head head;                   ///< recomputed, up to the last good entry
    std::optional<Fault> fault;  ///< none: everything agrees
};

/// Walks the whole journal once: numbering, record bytes → leaf, leaf → chain, leaves → every stored tree node, the
/// look-up columns against the record, and the root at each known head. `progress(entries so far)` is called every
/// 65,536 entries.
VerifyReport verify_journal(
    Connection& connection,
    std::span<KnownHead const> known_heads = {},
    std::function<void(std::int64_t)> const& progress = {}
);

}  // namespace storage
