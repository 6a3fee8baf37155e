#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace workflow {

/// How many characters (code points) a UTF-8 text has; continuation bytes do not count.
constexpr std::int64_t characters(std::string_view text) {
    std::int64_t count = 0;
    for (char const c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

/// The first `most` characters of a UTF-8 text, with "…" where it goes on.
inline std::string beginning(std::string_view text, std::int64_t most) {
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        bool const first_of_character = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
        if (first_of_character && most-- == 0) return std::string(text.substr(0, end)) + "…";
    }
    return std::string(text);
}

}  // namespace workflow
