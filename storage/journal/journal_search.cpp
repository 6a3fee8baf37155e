#include "storage/journal/journal_search.hpp"

namespace storage {
namespace {

/// The SELECT of the numbers, piece by piece; the values stay with the caller.
class Query {
public:
    void add(Sql piece) { text_ += piece; }
    void add(Sql piece, Parameter value) {
        parameters_.push_back(value);
        text_ += piece;
        text_.placeholder(static_cast<int>(parameters_.size()));
    }
    Rows run(Connection& connection) const { return connection.query_all(text_.sql(), parameters_); }

private:
    SqlText text_;
    std::vector<Parameter> parameters_;
};

}  // namespace

std::vector<StoredEntry> find_entries(Connection& connection, JournalSearch const& search) {
    // The members of a canonical record are sorted, so each begins with its action.
    std::string const beginning = "{\"action\":\"" + search.action + "\",";
    Query query;
    query.add("SELECT seq FROM journal WHERE seq ");
    if (search.newest_first)
        query.add("<= ", search.from);
    else
        query.add(">= ", search.from);
    if (!search.object_type.empty()) query.add(" AND object_type = ", search.object_type);
    if (!search.object_id.empty()) query.add(" AND object_id = ", search.object_id);
    if (!search.action.empty()) {
        query.add(" AND substr(record, 1, ", static_cast<std::int64_t>(beginning.size()));
        query.add(") = ", as_bytes(beginning));
    }
    query.add(" ORDER BY seq ");
    if (search.newest_first) query.add("DESC ");
    query.add("LIMIT ", search.limit);

    std::vector<StoredEntry> found;
    auto rows = query.run(connection);
    while (rows.next()) found.push_back(read_entries(connection, rows.int64(0), 1).front());
    return found;
}

}  // namespace storage
