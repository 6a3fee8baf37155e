#pragma once

#include "storage/engine/bytes.hpp"
#include "storage/engine/sha256.hpp"

#include <vector>

/// A proof as the verifier takes it from outside: bytes of any length.
inline std::vector<storage::Bytes> as_wire(std::vector<storage::Digest> const& proof) {
    std::vector<storage::Bytes> result;
    for (auto const& hash : proof) result.emplace_back(hash.begin(), hash.end());
    return result;
}
