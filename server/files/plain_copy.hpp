#pragma once

#include "storage/vault/files.hpp"

#include <string>

#include "server/files/plain_file.hpp"

namespace server::files {

/// Its bytes in the clear. Worker thread.
PlainFile plain_copy(storage::Files::Reader& reader);
PlainFile plain_copy(storage::Files const& files, std::string const& sha256);

}  // namespace server::files
