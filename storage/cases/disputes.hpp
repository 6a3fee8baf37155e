#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/cases/case.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// 复议和诉讼 as rows, so that 年度报告表四 is a count: a projection of the disputes of each case.
namespace storage {

/// After an event with this payload has been folded into `facts`. Writer thread, inside a job.
void write_disputes(
    Connection& connection, std::int64_t case_row, workflow::Case const& facts, workflow::Payload const& payload
);

/// `journal verify`: whether the rows are those of the case.
bool same_disputes(Connection& connection, std::string_view case_id, workflow::Case const& facts);

}  // namespace storage
