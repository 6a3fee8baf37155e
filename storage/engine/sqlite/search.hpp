#pragma once

#include "storage/engine/driver.hpp"

#include <cstdint>
#include <string_view>

/// The full-text index of the cases, the one piece of SQL that every database writes its own way (FTS5 here).
namespace storage::sqlite {

/// Adds text number `part` of a case: 0 for the form, then any below 65536 once. Writer thread.
void add_to_search(Connection& connection, std::int64_t case_row, std::int64_t part, std::string_view tokens);

/// Takes out what was added; `tokens` are the same. Writer thread.
void remove_from_search(Connection& connection, std::int64_t case_row, std::int64_t part, std::string_view tokens);

/// A phrase of search_phrase() follows twice, each time as a placeholder and the closing text: the row_id of every case
/// with a text that holds it.
inline constexpr Sql kCasesWithPhrase = "SELECT rowid / 65536 FROM case_search WHERE case_search MATCH '\"' || ";
inline constexpr Sql kOrPending = " || '\"' UNION ALL SELECT document / 65536 FROM search_pending WHERE instr(tokens, ";
inline constexpr Sql kEndOfPhrase = ") > 0";

}  // namespace storage::sqlite
