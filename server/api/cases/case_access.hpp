#pragma once

#include "workflow/supervision/follow_ups.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "server/api/cases/case_json.hpp"
#include "server/api/kit/operation.hpp"

/// Access to one case: to a caller who may not see it, it does not exist.
namespace server::api {

/// A case this caller may see, with everything a decision about it depends on. `actor` and `directory` are the call's.
struct VisibleCase {
    storage::StoredCase stored;
    workflow::RoleSet roles;  ///< of the caller that reach it; never empty
    std::vector<workflow::Code> agency_line;
    storage::Agency const* agency = nullptr;
    std::shared_ptr<workflow::WorkdayCalendar const> calendar;
    bool watched = false;            ///< by this account
    bool contact_unchecked = false;  ///< see storage/office/contact_checks.hpp

    workflow::Context context(Call const& call) const {
        return {call.actor, call.now, *calendar, agency->policy, agency_line};
    }
    View view(Call const& call) const {
        bool const shows_rating = workflow::sees_rating(stored.facts, roles, call.actor.id);
        return {*call.directory, *calendar, call.today(), watched, shows_rating, contact_unchecked};
    }
};

/// 404 `case_not_found` for an unknown id and for a case out of reach alike.
boost::system::result<VisibleCase, http::Problem> visible_case(
    Services& services, storage::Connection& connection, Call const& call, std::string_view id
);

/// The numbers of all files of the case that an applicant may see: those that applicants handed in, and once the reply
/// is sent those released with it.
std::vector<std::size_t> applicants_files(
    Services& services, storage::Connection& connection, storage::StoredCase const& stored
);

/// The case as the answer to a read or a write: JSON with its version as ETag.
http::Response case_response(VisibleCase const& found, Call const& call);

/// Carries out `command` on the case, on the writer thread. A refusal of the procedure comes with the state and the
/// allowed actions (409), an outdated version with the case as it is now (412).
net::awaitable<Answer> act(
    Services& services, Call& call, std::string id, std::optional<std::int64_t> expected, workflow::Command command
);

/// The refusal as a problem, with what the caller needs to go on; see act().
http::Problem explain(Services& services, Call const& call, std::string_view id, workflow::Refusal refusal);

}  // namespace server::api
