#pragma once

#include "storage/cases/case_store.hpp"

#include "server/api/kit/operation.hpp"

namespace server::api {

/// The filter of GET /cases from the query of its address; every fault of the query at once, as 422.
boost::system::result<storage::CaseFilter, http::Problem> case_filter(
    Call const& call, std::vector<http::Parameter> const& query
);

/// The parameters case_filter reads, for the OpenAPI document.
std::vector<QueryParameter> case_filter_parameters();

}  // namespace server::api
