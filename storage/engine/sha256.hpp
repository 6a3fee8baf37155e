#pragma once

#include "storage/engine/bytes.hpp"

#include <array>
#include <initializer_list>

namespace storage {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) of the parts, one after the other.
Digest sha256(std::initializer_list<BytesView> parts);

}  // namespace storage
