#include "storage/search/search.hpp"

#include <cstdint>
#include <utility>

namespace storage {
namespace {

using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

/// The code point at `text[at]`, which moves on. Broken UTF-8 gives its bytes one by one.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned const first = byte(at);
    std::size_t const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (length == 1 || at + length > text.size()) return byte(at++);
    char32_t point = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) point = point << 6 | (byte(at + i) & 0x3fU);
    at += length;
    return point;
}

void append_utf8(std::string& out, char32_t point) {
    auto const add = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (point < 0x80) return add(point);
    if (point < 0x800) {
        add(0xc0 | point >> 6);
    } else {
        if (point < 0x10000) {
            add(0xe0 | point >> 12);
        } else {
            add(0xf0 | point >> 18);
            add(0x80 | (point >> 12 & 0x3f));
        }
        add(0x80 | (point >> 6 & 0x3f));
    }
    add(0x80 | (point & 0x3f));
}

/// 0 for a character that does not count.
char32_t folded(char32_t point) {
    if (point >= 0xff01 && point <= 0xff5e) point -= 0xfee0;  // full-width forms of ASCII
    if (point >= 'A' && point <= 'Z') return point - 'A' + 'a';
    if (point < 0x80) return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') ? point : 0;
    bool const punctuation = (point >= 0x80 && point < 0xc0) || (point >= 0x2000 && point < 0x2070) ||
                             (point >= 0x3000 && point < 0x3040 && point != 0x3007) ||  // 0x3007: 〇
                             (point >= 0xfe10 && point < 0xfe70) || point == 0xfeff ||
                             (point >= 0xff5f && point < 0xff66);
    return punctuation ? 0 : point;
}

/// 40 bits of the keyed token as 8 letters and digits: a false hit needs a whole phrase of collisions.
void append_token(std::string& out, Vault const& vault, std::string_view pair) {
    static constexpr std::string_view kAlphabet = "0123456789abcdefghijklmnopqrstuv";
    auto bits = static_cast<std::uint64_t>(vault.search_token(pair));
    for (int i = 0; i < 8; ++i, bits >>= 5) out += kAlphabet[bits & 31];
}

/// Appends the tokens of a folded text, a blank before each but the very first; returns how many there were.
std::size_t append_tokens(std::string& out, Vault const& vault, std::string_view text) {
    auto const pairs = pairs_of(text);
    for (std::string_view const pair : pairs) {
        if (!out.empty()) out += ' ';
        append_token(out, vault, pair);
    }
    return pairs.size();
}

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (char32_t const point = folded(next_code_point(text, at)); point != 0) append_utf8(out, point);
    }
    return out;
}

std::vector<std::string_view> pairs_of(std::string_view folded) {
    std::vector<std::string_view> pairs;
    std::size_t begin = 0;
    std::size_t middle = 0;
    if (!folded.empty()) next_code_point(folded, middle);
    while (middle < folded.size()) {
        std::size_t end = middle;
        next_code_point(folded, end);
        pairs.push_back(folded.substr(begin, end - begin));
        begin = std::exchange(middle, end);
    }
    return pairs;
}

std::string search_tokens(Vault const& vault, std::span<std::string_view const> texts) {
    static constexpr std::string_view kBoundary = " 0";  // no token is one character long
    std::string out;
    for (std::string_view const text : texts) {
        if (append_tokens(out, vault, fold(text)) > 0) out += kBoundary;
    }
    return out;
}

Digest applicant_digest(Vault const& vault, std::string_view value) {
    return vault.index_digest("applicant", fold(value));
}

Refusal text_too_short() { return {RefusalKind::Invalid, "search_text_too_short", "请至少输入两个字再搜索。"}; }

Result<std::string> search_phrase(Vault const& vault, std::string_view text) {
    std::string phrase;
    if (append_tokens(phrase, vault, fold(text)) == 0) return text_too_short();
    return phrase;
}

}  // namespace storage
