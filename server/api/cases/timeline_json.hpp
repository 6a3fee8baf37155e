#pragma once

#include <string>
#include <vector>

#include "server/api/cases/case_json.hpp"

namespace server::api {

/// The events of a case, oldest first, each with who, when, what, and the reply date before and after it.
std::string timeline_json(std::vector<storage::CaseStore::TimelineEntry> const& entries, View const& view);
json::object timeline_schema();

}  // namespace server::api
