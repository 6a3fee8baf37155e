#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/engine/driver.hpp"
#include "storage/engine/list_slice.hpp"
#include "workflow/supervision/follow_ups.hpp"
#include "workflow/time/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The projection of workflow/supervision/follow_ups.hpp: which cases have ratings, disputes, suggestions and
/// amendments.
namespace storage {

/// Where a follow-up is to be looked up.
struct FollowUpPlace {
    std::string case_id;
    std::string follow_up;  ///< its id in that case
};

struct FollowUpFilter {
    workflow::FollowUpKind kind{};
    std::optional<bool> open;              ///< true: oldest first; else newest first
    std::vector<workflow::Code> agencies;  ///< already widened to subtrees by the caller; empty: all in the scope
    std::optional<workflow::Date> from;    ///< begun on this day or later
    std::optional<workflow::Date> to;      ///< begun on this day or earlier
    std::int64_t limit = 50;
    std::string cursor;  ///< empty: from the start
};

/// How often the follow-ups of one agency bear one mark.
struct MarkCount {
    workflow::Code agency;
    std::string mark;
    bool open = false;  ///< of those that are still open
    std::int64_t n = 0;
};

/// Writes the rows of the case's follow-ups anew. Writer thread, inside a job.
void save_follow_ups(Connection& connection, std::int64_t row, workflow::Case const& facts);

/// `journal verify`: whether the rows are those of the case.
bool follow_ups_agree(Connection& connection, std::string_view case_id, workflow::Case const& facts);

/// Refused as invalid for a cursor that this program did not make.
workflow::Result<ListSlice<FollowUpPlace>> list_follow_ups(
    Connection& connection, CaseScope const& scope, FollowUpFilter const& filter
);

/// Limit and cursor of the filter do not matter.
std::vector<MarkCount> count_marks(Connection& connection, CaseScope const& scope, FollowUpFilter const& filter);

/// How many cases each agency has concluded in the days of the filter.
std::vector<MarkCount> count_concluded(Connection& connection, CaseScope const& scope, FollowUpFilter const& filter);

/// The ids of the cases in which replies of this case are made anew, oldest first.
std::vector<std::string> new_replies_to(Connection& connection, workflow::Code const& number);

/// The id of the case of this number; empty where there is none.
std::string case_of_number(Connection& connection, workflow::Code const& number);

}  // namespace storage
