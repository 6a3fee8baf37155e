#pragma once

#include "server/letters/fonts.hpp"
#include "workflow/letters/document.hpp"

#include <span>
#include <string>
#include <string_view>

namespace server::letters {

/// The paper as a PDF in the format of GB/T 9704-2012: selectable text, embedded subset fonts, bookmarks, structure
/// tags and metadata. The same document with the same fonts gives the same bytes. Any thread; each thread keeps the
/// fonts it has read.
std::string render_pdf(workflow::Document const& document, Fonts const& fonts);

/// Papers one after the other, to be printed in one go: each with page numbers of its own, and on a sheet of its own
/// where both sides are printed. REQUIRES: at least one.
std::string render_pdf(std::span<workflow::Document const> documents, Fonts const& fonts);

/// How many pages a PDF of render_pdf() has; 0 for one of another program.
int page_count(std::string_view pdf);

}  // namespace server::letters
