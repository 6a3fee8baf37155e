#pragma once

#include "storage/cases/case_store.hpp"
#include "workflow/people/application.hpp"

#include "server/api/kit/operation.hpp"

namespace server::api {

/// Begins the case of an application that its applicant hands in online; nobody else has to be known for that, and none
/// is turned away for the number of them. Beyond public.applications_per_day from one network the case begins as any
/// other, and its applicant's contact has to be checked (storage/office/contact_checks.hpp). On the writer thread.
workflow::Result<storage::NewCase> hand_in(
    Services& services, storage::Connection& connection, Call const& call, workflow::Application application
);

}  // namespace server::api
