#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/engine/query.hpp"

namespace storage {

/// " AND (…)": only rows of `cases` within the scope. Part of every list that joins that table.
void add_scope(Query& select, CaseScope const& scope);

}  // namespace storage
