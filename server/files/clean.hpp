#pragma once

#include <optional>

#include "server/files/file_type.hpp"
#include "server/files/plain_file.hpp"

namespace server::files {

enum class Mask : bool { No, Yes };

/// A copy without what its reader was not meant to get (release_check.hpp): comments, traces of changes, hidden parts,
/// formulas, properties, where a picture was taken; with `Mask::Yes` personal data are covered too. Nullopt for formats
/// that cannot be cleaned: PDF is made anew from its pages (pages.hpp). Blocks: on a worker thread.
std::optional<PlainFile> clean_copy(Format format, PlainFile const& file, Mask mask);

}  // namespace server::files
