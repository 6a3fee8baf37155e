#pragma once

#include "workflow/procedure/decide.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "server/api/applicants/progress.hpp"
#include "server/api/kit/guessing.hpp"
#include "server/api/shapes/json_writer.hpp"

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

/// Opens the case for its applicant beside those that the session holds already; returns the cookies of the session,
/// which is a new one, and of the device. All wrong pairs get the same answer, and guessing is slowed down.
boost::system::result<std::vector<http::Header>, http::Problem> open_tracking(
    Services& services, Call& call, TrackingPair const& pair
);

/// Closes one of the cases that the session holds; the session ends with the last of them. The header sets or takes
/// away its cookie.
http::Header leave_case(Services& services, Call& call, std::string_view number);

/// The cases that the session holds, the one opened last at the end: member `open` of an answer.
void write_open_cases(JsonWriter& json, access::Session const& session);
boost::json::object open_case_schema();

/// The first words of what a case asks for, by which its applicant knows it.
std::string about(workflow::Case const& c);

/// Finds the case that a call names and selects it (select_case()); 409 where the session does not hold it, so that
/// nothing is done to another case.
boost::system::result<access::OwnCase, http::Problem> find_meant_case(Call& call, std::string_view number);

/// Reads what an applicant has sent; it is dated today, whatever dates the same form takes from staff. 422 with every
/// fault.
boost::system::result<workflow::Command, http::Problem> own_command(
    OwnAction const& own, boost::json::value body, workflow::Date today
);

/// Carries it out on the selected case, whatever its version. On the writer thread.
workflow::Result<storage::StoredCase> act_on_own_case(
    Services& services,
    storage::Connection& connection,
    Call const& call,
    std::string_view case_id,
    workflow::Command const& command
);

/// The receipt, as of now, that the application is in the journal.
storage::Receipt receipt_of(Services& services, storage::StoredCase const& stored);

}  // namespace server::api
