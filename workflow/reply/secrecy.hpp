#pragma once

#include <string>
#include <string_view>

/// Marks of state and work secrets (保守国家秘密法第三十一条: none of it may be stored or handled here).
namespace workflow {

/// Looks for secrecy marks in a text that comes piece by piece. Blanks and punctuation between the characters of a mark
/// do not hide it. A value; one text each.
class SecrecyScanner {
public:
    /// The next piece of UTF-8; it may begin and end within a character.
    void read(std::string_view piece);
    /// The first mark found, as the list has it; empty when there is none so far.
    std::string_view found() const { return found_; }

private:
    void find_mark();

    std::string folded_;   ///< the end of what was read, without blanks and punctuation
    std::string partial_;  ///< the first bytes of a character that the end of a piece cut in two
    std::string_view found_;
};

/// The mark in a whole text, such as the name of a file; empty when there is none.
std::string_view secrecy_mark(std::string_view text);

}  // namespace workflow
