#pragma once

#include "storage/cases/case_store.hpp"
#include "workflow/people/application.hpp"

#include "server/api/kit/operation.hpp"

namespace server::api {

/// Begins the case of an application that an applicant submits online, without any sign-in; no application is refused
/// because of their number. Beyond public.applications_per_day from one network the case begins like any other, but its
/// applicant's contact has to be checked (storage/office/contact_checks.hpp).
workflow::Result<storage::NewCase> hand_in(
    Services& services, storage::Connection& connection, Call const& call, workflow::Application application
);

}  // namespace server::api
