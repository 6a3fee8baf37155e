#pragma once

#include "storage/engine/driver.hpp"

/// What a test does to a database of SQLite behind the back of the stores.
namespace storage::sqlite {

/// No page more from now on, as on a full disk; or as many as it likes. Outside a transaction or in the writer's.
inline void limit_growth(Connection& writer, bool limited) {
    // The smallest limit means as many pages as there are.
    writer.query(limited ? Sql("PRAGMA max_page_count = 1") : Sql("PRAGMA max_page_count = 1000000")).next();
}

/// This connection no longer looks at what rows refer to. Outside a transaction.
inline void ignore_references(Connection& writer) { writer.run_script("PRAGMA foreign_keys = OFF"); }

}  // namespace storage::sqlite
