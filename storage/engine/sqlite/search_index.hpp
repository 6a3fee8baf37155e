#pragma once

#include "storage/engine/search_index.hpp"

namespace storage::sqlite {

/// FTS5. Its tables are search_pending and case_search of storage/schema/sqlite.
class SqliteSearchIndex final : public SearchIndex {
public:
    void add(Connection& writer, std::int64_t object, std::int64_t part, std::string_view tokens) const override;
    void remove(Connection& writer, std::int64_t object, std::int64_t part, std::string_view tokens) const override;
    void select_objects(Query& query, std::string phrase) const override;
};

}  // namespace storage::sqlite
