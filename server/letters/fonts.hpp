#pragma once

#include <string>
#include <vector>

namespace server::letters {

/// The typefaces of a paper as GB/T 9704-2012 names them: families in order of preference. A character that one family
/// lacks is taken from the next, and after the last from any font of the machine. Immutable once made; any thread.
struct Fonts {
    std::vector<std::string> body;     ///< 仿宋: text
    std::vector<std::string> title;    ///< 小标宋: title and page numbers
    std::vector<std::string> heading;  ///< 黑体: headings and the heads of tables
    bool operator==(Fonts const&) const = default;
};

/// The typefaces of the standard where they are installed, else Fandol's, else Noto CJK.
Fonts standard_fonts();

}  // namespace server::letters
