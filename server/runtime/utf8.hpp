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

/// Invisible characters that change what a reader sees: controls, and the directional overrides and isolates with which
/// "gpj.exe" can be made to look like "exe.jpg".
[[nodiscard]] constexpr bool is_unseen(std::string_view character) {
    auto const first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return (first < 0x20 && character != "\n" && character != "\t") || first == 0x7F;
    if (character.size() == 2) return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;  // C1 controls
    bool const overrides = character >= "\xE2\x80\xAA" && character <= "\xE2\x80\xAE";                   // U+202A-202E
    bool const isolates = character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9";                    // U+2066-2069
    return character.size() == 3 && (overrides || isolates);
}

/// True for control characters but \n and \t, for directional overrides and isolates, and for text that is not UTF-8.
[[nodiscard]] constexpr bool has_unseen_characters(std::string_view text) {
    while (!text.empty()) {
        auto const size = utf8_sequence(text);
        if (size == 0 || is_unseen(text.substr(0, size))) return true;
        text.remove_prefix(size);
    }
    return false;
}

}  // namespace server
