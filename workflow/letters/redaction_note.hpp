#pragma once

#include "workflow/cases/case_files.hpp"
#include "workflow/letters/document.hpp"

#include <string_view>

namespace workflow {

/// 删除说明: which area of which page is blacked out by which limb.
Document redaction_note(std::string_view file_name, Redaction const& redaction);

}  // namespace workflow
