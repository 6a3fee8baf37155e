#include "storage/cases/case_entries.hpp"

#include <algorithm>
#include <string>

namespace storage {

std::vector<StoredEntry> read_entries_about(Connection& connection, std::string_view case_id) {
    // One look into the index for each type of object; there are few.
    std::vector<std::string> types;
    auto type_rows = connection.query(
        "WITH RECURSIVE types (type) AS (SELECT min(object_type) FROM journal UNION ALL "
        "SELECT (SELECT min(object_type) FROM journal WHERE object_type > type) FROM types WHERE type IS NOT NULL) "
        "SELECT type FROM types WHERE type IS NOT NULL"
    );
    while (type_rows.next()) types.emplace_back(type_rows.text(0));

    std::string const first = std::string(case_id).append("/");
    std::string const beyond = std::string(case_id).append("0");  // the character after the slash
    std::vector<StoredEntry> entries;
    for (auto const& type : types) {
        auto rows = connection.query(
            "SELECT seq, record, leaf, chain FROM journal WHERE object_type = $1 "
            "AND (object_id = $2 OR (object_id >= $3 AND object_id < $4))",
            type,
            case_id,
            first,
            beyond
        );
        while (rows.next()) {
            StoredEntry entry{rows.int64(0), std::string(as_text(rows.blob(1))), {}, {}};
            std::ranges::copy(rows.blob(2), entry.leaf.begin());
            std::ranges::copy(rows.blob(3), entry.chain.begin());
            entries.push_back(std::move(entry));
        }
    }
    std::ranges::sort(entries, {}, &StoredEntry::seq);
    return entries;
}

}  // namespace storage
