#pragma once

#include "workflow/letters/document.hpp"

#include <string>

namespace server::letters {

/// The paper as a word processor's file (ECMA-376, .docx) for offices that go on editing: real styles, tables and page
/// numbers. The same document gives the same bytes. Any thread.
std::string render_docx(workflow::Document const& document);

}  // namespace server::letters
