#pragma once

#include <cstddef>
#include <string_view>

namespace server {

/// The length of the UTF-8 sequence `text` starts with, or 0 when it starts with none (RFC 3629: no surrogates, no
/// over-long forms, nothing above U+10FFFF). Requires: `text` is not empty.
[[nodiscard]] constexpr std::size_t utf8_sequence(std::string_view text) {
    auto const byte = [text](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    auto const continues = [&](std::size_t at) { return (byte(at) & 0xC0u) == 0x80u; };
    auto const first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) return continues(1) ? 2 : 0;
    if (first < 0xF0) {
        bool const over_long = first == 0xE0 && byte(1) < 0xA0;
        bool const surrogate = first == 0xED && byte(1) > 0x9F;
        return continues(1) && continues(2) && !over_long && !surrogate ? 3 : 0;
    }
    bool const over_long = first == 0xF0 && byte(1) < 0x90;
    bool const beyond = first == 0xF4 && byte(1) > 0x8F;
    return continues(1) && continues(2) && continues(3) && !over_long && !beyond ? 4 : 0;
}

}  // namespace server
