#pragma once

#include "workflow/decide.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <vector>

#include "server/api/guessing.hpp"
#include "server/api/progress.hpp"

/// An applicant and their own case, for the API and the pages alike: what opens it, and what they may do to it.
namespace server::api {

struct TrackingPair {
    std::string number;
    std::string query_code;
    std::optional<WorkDone> proof_of_work;
};

constexpr auto fields(std::type_identity<TrackingPair>) {
    using T = TrackingPair;
    return std::tuple{
        workflow::field("number", &T::number, "受理编号", {1, 60}),
        workflow::field("query_code", &T::query_code, "查询码", {1, 60}),
        workflow::field("proof_of_work", &T::proof_of_work, "工作量证明")};
}

/// Opens the session of the case's applicant and returns its cookies. Wrong pairs look all alike, and those who guess
/// are slowed down.
boost::system::result<std::vector<http::Header>, http::Problem> open_tracking(
    Services& services, Call& call, TrackingPair const& pair
);

/// What an applicant has sent, dated today whatever the form would take from staff; 422 with every fault.
boost::system::result<workflow::Command, http::Problem> own_command(
    OwnAction const& own, boost::json::value body, workflow::Date today
);

/// Does it to the case of the session, whatever its version. On the writer thread.
workflow::Result<storage::StoredCase> act_on_own_case(
    Services& services, storage::Connection& connection, Call const& call, workflow::Command const& command
);

/// The journal's word, as of now, that the request stands in it.
storage::Receipt receipt_of(Services& services, storage::StoredCase const& stored);

}  // namespace server::api
