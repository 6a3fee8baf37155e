#pragma once

#include "workflow/cases/case_files.hpp"

#include <string>
#include <vector>

#include "server/files/file_type.hpp"
#include "server/files/package.hpp"
#include "server/files/plain_file.hpp"

/// Looks for content of a file that its reader is not meant to get, before it is released. Blocks: on a worker thread.
namespace server::files {

using Findings = std::vector<workflow::Finding>;

/// In the order of the file.
Findings release_check(Format format, PlainFile const& file);

// ---- the parts of it -----------------------------------------------------------------------------------------------

Findings check_pdf(PlainFile const& file);
Findings check_docx(Package const& package);
Findings check_xlsx(Package const& package);

/// The personal data in a text, each as a finding at `place`, its excerpt masked.
void add_personal(Findings& findings, std::string_view text, std::string const& place, workflow::Treatment treatment);

}  // namespace server::files
