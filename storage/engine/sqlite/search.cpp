#include "storage/engine/sqlite/search.hpp"

namespace storage::sqlite {
namespace {

/// FTS5 writes what it was given at every savepoint, a segment each time; this many cases at once cost a third.
constexpr std::int64_t kCasesPerSegment = 128;

}  // namespace

void add_to_search(Connection& connection, std::int64_t case_row, std::int64_t part, std::string_view tokens) {
    connection.execute(
        "INSERT INTO search_pending (document, tokens) VALUES ($1, $2)", case_row * 65536 + part, tokens
    );
    if (part > 0 || case_row % kCasesPerSegment != 0) return;
    connection.execute("INSERT INTO case_search (rowid, tokens) SELECT document, tokens FROM search_pending");
    connection.execute("DELETE FROM search_pending");
}

void remove_from_search(Connection& connection, std::int64_t case_row, std::int64_t part, std::string_view tokens) {
    auto const document = case_row * 65536 + part;
    if (connection.execute("DELETE FROM search_pending WHERE document = $1", document) > 0) return;
    // The index keeps no texts: it takes out what it is told once more.
    connection.execute(
        "INSERT INTO case_search (case_search, rowid, tokens) VALUES ('delete', $1, $2)", document, tokens
    );
}

}  // namespace storage::sqlite
