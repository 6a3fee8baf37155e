#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/engine/select.hpp"

namespace storage {

/// " AND (…)": only rows of `cases` that lie in the scope. Every list of cases, or of what hangs on them, carries it.
void add_scope(Select& select, CaseScope const& scope);

}  // namespace storage
