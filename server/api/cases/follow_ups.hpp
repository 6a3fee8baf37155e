#pragma once

#include "storage/cases/follow_ups.hpp"
#include "workflow/supervision/follow_ups.hpp"

#include "server/api/cases/case_json.hpp"
#include "server/api/kit/operation.hpp"

/// What hangs on a case beside its reply, as staff see it. Of a rating the rated and their department learn the mark
/// and the words, and nothing that leads to the person (国办发〔2019〕51号).
namespace server::api {

/// One matter of the case.
void write_follow_up(
    JsonWriter& json, storage::StoredCase const& stored, workflow::FollowUp const& follow_up, View const& view
);
json::object follow_up_schema();

/// `[{kind, id, next}]`: those of the case in which something is still to be done.
void write_open_follow_ups(JsonWriter& json, workflow::Case const& c, View const& view);
json::object open_follow_up_schema();

/// What `?agency=&from=&to=` asks for.
boost::system::result<storage::FollowUpFilter, http::Problem> period_filter(
    Call const& call, workflow::FollowUpKind kind
);

}  // namespace server::api
