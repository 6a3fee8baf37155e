#pragma once

#include <chrono>
#include <string>

#include "server/api/kit/operation.hpp"

/// Opening and ending sessions, for accounts and applicants alike.
namespace server::api {

/// Opens `session` for this caller, in place of the one it may have had; the call then is in it. The cookie is for the
/// answer.
http::Header open_session(Services& services, Call& call, access::Session session);

/// Ends the session of the call; the header takes its cookie away.
http::Header close_session(Services& services, Call& call);

/// 503: the queue of passwords is full.
http::Problem passwords_busy();

/// 429: come back later.
http::Problem too_many_tries(std::string code, std::string detail, std::chrono::seconds wait);

}  // namespace server::api
