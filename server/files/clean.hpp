#pragma once

#include <optional>

#include "server/files/file_type.hpp"
#include "server/files/plain_file.hpp"

namespace server::files {

enum class Mask : bool { No, Yes };

/// A copy without the content that release_check.hpp looks for: comments, tracked changes, hidden parts, formulas,
/// properties, the place a picture was taken; with `Mask::Yes` personal data are masked too. Nullopt for formats that
/// cannot be cleaned: a PDF is rebuilt from its pages (pages.hpp). Blocks: on a worker thread.
std::optional<PlainFile> clean_copy(Format format, PlainFile const& file, Mask mask);

}  // namespace server::files
