#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/engine/select.hpp"

namespace storage {

/// " AND …": the rows of `cases` within the scope, wherever that table is joined to.
void add_scope(Select& select, CaseScope const& scope);

}  // namespace storage
