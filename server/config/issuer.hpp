#pragma once

#include "storage/office/directory.hpp"
#include "workflow/letters/letters.hpp"

#include <string>

namespace server {

/// Where somebody can turn to who is not content with the agency's answer.
inline workflow::RemedyBodies remedy_bodies_of(storage::Agency const& agency) {
    return {
        .review_body = agency.review_body,
        .review_address = agency.review_address,
        .review_url = agency.review_url,
        .court = agency.court,
        .court_address = agency.court_address};
}

/// The agency as its letters speak of it. `public_url` is where applicants reach the service.
inline workflow::Issuer issuer_of(storage::Agency const& agency, std::string const& public_url) {
    return {
        .name = agency.name,
        .office = agency.office,
        .address = agency.address,
        .phone = agency.phone,
        .hours = agency.office_hours,
        .query_address = public_url + "/track",
        .fee_payment = agency.policy.how_to_pay(),
        .remedy = remedy_bodies_of(agency),
        .readings = agency.policy.outcome_readings};
}

}  // namespace server
