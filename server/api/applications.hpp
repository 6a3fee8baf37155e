#pragma once

#include "storage/case_store.hpp"
#include "workflow/application.hpp"

#include "server/api/services.hpp"

namespace server::api {

/// Begins the case of an application that its applicant hands in online; nobody else has to be known for that. On the
/// writer thread.
workflow::Result<storage::NewCase> hand_in(
    Services& services, storage::Connection& connection, workflow::Application application, workflow::Instant now
);

}  // namespace server::api
