#include "storage/journal/journal_search.hpp"

#include "storage/engine/query.hpp"

namespace storage {
std::vector<StoredEntry> find_entries(Connection& connection, JournalSearch const& search) {
    // The members of a canonical record are sorted, so each begins with its action.
    std::string const beginning = "{\"action\":\"" + search.action + "\",";
    Query query;
    query += "SELECT seq FROM journal WHERE seq ";
    query += search.newest_first ? Sql("<= ") : Sql(">= ");
    query.bind(Parameter(search.from));
    if (!search.object_type.empty()) {
        query += " AND object_type = ";
        query.bind(Parameter(search.object_type));
    }
    if (!search.object_id.empty()) {
        query += " AND object_id = ";
        query.bind(Parameter(search.object_id));
    }
    if (!search.action.empty()) {
        query += " AND substr(record, 1, ";
        query.bind(Parameter(beginning.size()));
        query += ") = ";
        query.bind(Parameter(as_bytes(beginning)));
    }
    query += search.newest_first ? Sql(" ORDER BY seq DESC LIMIT ") : Sql(" ORDER BY seq LIMIT ");
    query.bind(Parameter(search.limit));

    std::vector<StoredEntry> found;
    auto rows = query.run(connection);
    while (rows.next()) found.push_back(read_entries(connection, rows.int64(0), 1).front());
    return found;
}

}  // namespace storage
