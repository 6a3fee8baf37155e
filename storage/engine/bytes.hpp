#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<std::uint8_t const>;

/// The same memory seen the other way; nothing is copied.
inline BytesView as_bytes(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
inline std::string_view as_text(BytesView bytes) { return {reinterpret_cast<char const*>(bytes.data()), bytes.size()}; }

/// Lower-case hexadecimal.
std::string to_hex(BytesView bytes);
/// Exactly 2n digits, either case; anything else is nullopt.
std::optional<Bytes> from_hex(std::string_view text);

}  // namespace storage
