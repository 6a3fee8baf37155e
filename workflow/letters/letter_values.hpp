#pragma once

#include "workflow/letters/letters.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the fields of a letter stand for in one case, and how papers are punctuated. Used in this room only.
namespace workflow {

/// The words of a field that is no part; empty where the case gives it none.
std::string words_of(LetterField field, LetterKind kind, LetterFacts const& facts);

/// The blocks of a field that is a part; empty likewise.
std::vector<Block> part_of(LetterField field, LetterKind kind, LetterFacts const& facts);

/// What is enclosed with a reply, one line each: "征地补偿安置方案.pdf（12页）".
std::vector<std::string> enclosures(std::span<EnclosedFile const> files);

/// Full-width punctuation in what people typed: beside a Chinese character , : ; ( ) ? ! become ，：；（）？！, and a
/// mark that ends what was typed takes the place of the 。 that our sentence would put behind it. Our own texts have it
/// already.
std::string typeset(std::string_view text);

/// What the letter calls itself in its own text: 答复书, 告知书, 通知书; from its title.
std::string_view paper_of(std::string_view title);

}  // namespace workflow
