#pragma once

#include "storage/engine/driver.hpp"
#include "storage/journal/journal.hpp"

#include <string_view>
#include <vector>

namespace storage {

/// Everything the journal says of a case, oldest first: its events, and the entries of what belongs to it (clock,
/// letters, retention …), whose object id is the case's or begins with it and a slash.
std::vector<StoredEntry> read_entries_about(Connection& connection, std::string_view case_id);

}  // namespace storage
