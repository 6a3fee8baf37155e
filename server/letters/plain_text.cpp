#include "server/letters/plain_text.hpp"

#include "server/letters/page_format.hpp"
#include "server/runtime/utf8.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace server::letters {
namespace {

constexpr std::string_view kMissingSort = "〓";

/// Requires: `sequence` is one UTF-8 sequence.
char32_t decoded(std::string_view sequence) {
    auto const first = static_cast<unsigned char>(sequence.front());
    if (sequence.size() == 1) return first;
    char32_t character = first & (0x7FU >> sequence.size());
    for (char const c : sequence.substr(1)) character = (character << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    return character;
}

/// Controls of text direction, invisible characters, and those that Unicode forbids in exchange.
constexpr bool is_unprintable(char32_t c) {
    auto const within = [c](char32_t first, char32_t last) { return first <= c && c <= last; };
    return within(0, 0x1F) || within(0x7F, 0x9F) || c == 0xAD || c == 0x061C || within(0x200B, 0x200F) ||
           within(0x2028, 0x202E) || within(0x2060, 0x206F) || c == 0xFEFF || within(0xFFF9, 0xFFFC) ||
           within(0xFDD0, 0xFDEF) || (c & 0xFFFEU) == 0xFFFE || within(0xE0000, 0xE007F);
}

}  // namespace

std::string make_printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        auto const length = utf8_sequence(text);
        auto const sequence = text.substr(0, length);
        if (length == 0) {
            result += kMissingSort;
        } else if (sequence == "\t") {
            result += ' ';
        } else if (!is_unprintable(decoded(sequence))) {
            result += sequence;
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result;
}

std::vector<std::string> printable_lines(std::string_view text) {
    std::vector<std::string> lines;
    for (bool more = true; more;) {
        auto const end = text.find('\n');
        more = end != std::string_view::npos;
        lines.push_back(make_printable(text.substr(0, end)));
        if (more) text.remove_prefix(end + 1);
    }
    return lines;
}

std::string named_character(char32_t character) {
    return fmt::format("〔U+{:04X}〕", static_cast<std::uint32_t>(character));
}

std::string written_date(workflow::Date date) {
    std::chrono::year_month_day const day{date};
    return fmt::format(
        "{}年{}月{}日",
        static_cast<int>(day.year()),
        static_cast<unsigned>(day.month()),
        static_cast<unsigned>(day.day())
    );
}

}  // namespace server::letters
