#pragma once

#include "storage/cases/follow_ups.hpp"
#include "workflow/supervision/follow_ups.hpp"

#include "server/api/cases/case_json.hpp"
#include "server/api/kit/operation.hpp"

/// The follow-ups of a case as staff see them. Of a rating, the rated person and their department see the mark and the
/// words, and nothing that identifies the applicant (国办发〔2019〕51号).
namespace server::api {

/// Writes one follow-up of the case.
void write_follow_up(
    JsonWriter& json, storage::StoredCase const& stored, workflow::FollowUp const& follow_up, View const& view
);
json::object follow_up_schema();

/// `[{kind, id, next}]`: the follow-ups of the case in which something is still to be done.
void write_open_follow_ups(JsonWriter& json, workflow::Case const& c, View const& view);
json::object open_follow_up_schema();

/// The filter of `?agency=&from=&to=`.
boost::system::result<storage::FollowUpFilter, http::Problem> period_filter(
    Call const& call, workflow::FollowUpKind kind
);

}  // namespace server::api
