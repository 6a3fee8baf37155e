#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace server::letters {

/// The text as it may stand on paper: one line, without characters that are invisible, that turn the direction of what
/// follows (U+202E …), or that XML cannot hold. What is no UTF-8 becomes 〓, the printer's mark for a missing sort.
std::string make_printable(std::string_view text);

/// The lines of a text, each printable. At least one.
std::vector<std::string> printable_lines(std::string_view text);

/// "〔U+1F600〕": how a character is written that no font of this machine has.
std::string named_character(char32_t character);

}  // namespace server::letters
