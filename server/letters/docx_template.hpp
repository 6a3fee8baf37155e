#pragma once

#include <array>
#include <string_view>

/// The parts of a .docx that are the same for every paper (ECMA-376): styles in the measures of GB/T 9704-2012, page
/// numbers, relations. The paper itself is word/document.xml.
namespace server::letters {

struct DocxPart {
    std::string_view name;
    std::string_view content;
};

/// [Content_Types].xml comes first, as readers expect.
std::array<DocxPart, 7> const& docx_template();

}  // namespace server::letters
