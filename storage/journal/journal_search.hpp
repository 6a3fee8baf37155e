#pragma once

#include "storage/journal/journal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace storage {

/// What to look for in the journal. What is empty does not restrict.
struct JournalSearch {
    std::string object_type = {};
    std::string object_id = {};  ///< of that type
    std::string action = {};
    bool newest_first = false;
    std::int64_t from = 1;  ///< the first to look at, in the order asked for
    std::int64_t limit = 100;
};

/// Any connection, its own thread. An action that occurs rarely takes a walk through the whole journal.
std::vector<StoredEntry> find_entries(Connection& connection, JournalSearch const& search);

}  // namespace storage
