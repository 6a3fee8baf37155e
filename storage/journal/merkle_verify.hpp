#pragma once

#include "storage/engine/sha256.hpp"

#include <cstdint>
#include <span>

/// The checking side of RFC 9162 2.1.3.2 and 2.1.4.2. Written apart from merkle.cpp and sharing nothing with it but
/// SHA-256, so that a fault in making proofs cannot hide behind the same fault in checking them.
namespace storage::merkle {

bool verify_inclusion(
    std::uint64_t index, std::uint64_t size, BytesView leaf_hash, std::span<Bytes const> proof, BytesView root
);

/// A consistency proof from size 0 is an error, also 0 to 0.
bool verify_consistency(
    std::uint64_t from, std::uint64_t to, std::span<Bytes const> proof, BytesView from_root, BytesView to_root
);

}  // namespace storage::merkle
