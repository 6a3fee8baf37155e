#include "storage/engine/sqlite/search_index.hpp"

#include "storage/engine/query.hpp"

#include <utility>

namespace storage::sqlite {
namespace {

/// FTS5 writes what it was given at every savepoint, a segment each time; this many objects at once cost a third.
constexpr std::int64_t kObjectsPerSegment = 128;

std::int64_t document_of(std::int64_t object, std::int64_t part) { return object * 65536 + part; }

}  // namespace

void SqliteSearchIndex::add(Connection& writer, std::int64_t object, std::int64_t part, std::string_view tokens) const {
    writer.execute("INSERT INTO search_pending (document, tokens) VALUES ($1, $2)", document_of(object, part), tokens);
    if (part > 0 || object % kObjectsPerSegment != 0) return;
    writer.execute("INSERT INTO case_search (rowid, tokens) SELECT document, tokens FROM search_pending");
    writer.execute("DELETE FROM search_pending");
}

void SqliteSearchIndex::remove(Connection& writer, std::int64_t object, std::int64_t part, std::string_view tokens)
    const {
    auto const document = document_of(object, part);
    if (writer.execute("DELETE FROM search_pending WHERE document = $1", document) > 0) return;
    // The index keeps no texts: it takes out what it is told once more.
    writer.execute("INSERT INTO case_search (case_search, rowid, tokens) VALUES ('delete', $1, $2)", document, tokens);
}

void SqliteSearchIndex::select_objects(Query& query, std::string phrase) const {
    query += "SELECT rowid / 65536 FROM case_search WHERE case_search MATCH '\"' || ";
    query.bind(std::move(phrase));
    query += " || '\"' UNION ALL SELECT document / 65536 FROM search_pending WHERE instr(tokens, ";
    query.same();
    query += ") > 0";
}

}  // namespace storage::sqlite
