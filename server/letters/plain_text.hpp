#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace server::letters {

/// Makes a text fit for paper: one line, without characters that are invisible, change the direction of what follows
/// (U+202E …), or are not allowed in XML. Bytes that are not UTF-8 become 〓, the printer's mark for a missing sort.
std::string make_printable(std::string_view text);

/// The lines of a text, each as make_printable() gives it. At least one.
std::vector<std::string> printable_lines(std::string_view text);

/// "〔U+1F600〕": stands for a character that no font of this machine has.
std::string named_character(char32_t character);

}  // namespace server::letters
