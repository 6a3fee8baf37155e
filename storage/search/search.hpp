#pragma once

#include "storage/vault/vault.hpp"
#include "workflow/words/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Search in text that is nowhere stored readable. A text becomes its overlapping pairs of characters, each pair a
/// keyed token; a substring of the text is then a phrase of tokens.
namespace storage {

/// How texts are compared: ASCII in lower case, full-width forms narrowed, everything but letters, digits and
/// ideographs dropped. "（２０２６）Ａ-1 号" → "2026a1号".
std::string fold(std::string_view text);

/// The overlapping pairs of characters of a folded text, in order. Views into it.
std::vector<std::string_view> pairs_of(std::string_view folded);

/// What a SearchIndex stores for the texts of one document. No phrase runs from one text into the next.
std::string search_tokens(Vault const& vault, std::span<std::string_view const> texts);

/// A person's name, number or address as the table applicant_index has it.
Digest applicant_digest(Vault const& vault, std::string_view value);

/// There are fewer than two characters left to search for.
workflow::Refusal text_too_short();

/// The tokens that follow each other where `text` stands; or text_too_short().
workflow::Result<std::string> search_phrase(Vault const& vault, std::string_view text);

}  // namespace storage
