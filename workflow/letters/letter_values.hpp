#pragma once

#include "workflow/letters/letters.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the fields of a letter stand for in one case, and how papers write. For the other files of letters.
namespace workflow {

/// Of a field that is no part; empty where the case has nothing to say there.
std::string words_of(LetterField field, LetterKind kind, LetterFacts const& facts);

/// Of a part; empty likewise.
std::vector<Block> part_of(LetterField field, LetterKind kind, LetterFacts const& facts);

/// What is enclosed with a reply, one line each.
std::vector<std::string> enclosures(Case const& c);

/// Chinese punctuation where the words are Chinese, whatever was typed: beside a Chinese character , : ; ( ) ? ! become
/// ，：；（）？！.
std::string typeset(std::string_view text);

/// What the letter calls itself in its own text: 答复书, 告知书, 通知书; from its title.
std::string_view paper_of(std::string_view title);

}  // namespace workflow
