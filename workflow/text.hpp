#pragma once

#include <cstdint>
#include <string_view>

namespace workflow {

/// How many characters (code points) a UTF-8 text has; continuation bytes do not count.
constexpr std::int64_t characters(std::string_view text) {
    std::int64_t count = 0;
    for (char const c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

}  // namespace workflow
