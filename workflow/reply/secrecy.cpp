#include "workflow/reply/secrecy.hpp"

#include <algorithm>
#include <array>

namespace workflow {
namespace {

/// 国家秘密 is marked with its level, a star and its term (国家秘密定密管理规定第二十三条); 工作秘密 and internal
/// papers in these words. Without blanks and punctuation.
constexpr std::array<std::string_view, 10> kMarks{
    "绝密★",
    "机密★",
    "秘密★",
    "绝密☆",
    "机密☆",
    "秘密☆",
    "内部资料注意保存",
    "内部文件注意保存",
    "内部资料严禁外传",
    "内部文件严禁外传"};

/// What may stand between the characters of a mark.
constexpr std::array<std::string_view, 16> kPassedOver{
    "　",
    "，",
    "。",
    "、",
    "：",
    "；",
    "！",
    "—",
    "·",
    "\u00A0",
    "\u00AD",
    "\u200B",
    "\u200C",
    "\u200D",
    "\u2060",
    "\uFEFF"};

constexpr std::size_t kLongestMark = 32;
static_assert(std::ranges::all_of(kMarks, [](std::string_view mark) { return mark.size() <= kLongestMark; }));

/// How long the character is that begins with this byte; 1 for what begins none.
std::size_t length_by(unsigned char first) {
    if (first >= 0xF0) return 4;
    if (first >= 0xE0) return 3;
    return first >= 0xC0 ? 2 : 1;
}

bool counts(std::string_view character) {
    if (character.size() == 1) return static_cast<unsigned char>(character[0]) > 0x7F;  // no mark has ASCII in it
    return std::ranges::find(kPassedOver, character) == kPassedOver.end();
}

}  // namespace

void SecrecyScanner::read(std::string_view piece) {
    std::string const joined = partial_.append(piece);
    partial_.clear();
    std::string_view rest = joined;
    while (!rest.empty() && found_.empty()) {
        auto const length = length_by(static_cast<unsigned char>(rest[0]));
        if (length > rest.size()) break;
        if (counts(rest.substr(0, length))) folded_ += rest.substr(0, length);
        rest.remove_prefix(length);
        if (folded_.size() > 4096) find_mark();
    }
    partial_ = rest;
    find_mark();
}

void SecrecyScanner::find_mark() {
    for (std::string_view const mark : kMarks) {
        if (found_.empty() && folded_.find(mark) != std::string::npos) found_ = mark;
    }
    if (folded_.size() > kLongestMark) folded_.erase(0, folded_.size() - kLongestMark);
}

std::string_view secrecy_mark(std::string_view text) {
    SecrecyScanner scanner;
    scanner.read(text);
    return scanner.found();
}

}  // namespace workflow
