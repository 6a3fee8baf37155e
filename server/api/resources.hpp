#pragma once

#include <array>
#include <vector>

#include "server/api/operation.hpp"

/// The resources of the API: each file contributes its operations.
namespace server::api {

std::vector<Operation> agency_operations();
std::vector<Operation> application_operations();
std::vector<Operation> form_check_operations();
std::vector<Operation> tracking_operations();
std::vector<Operation> contact_check_operations();
std::vector<Operation> session_operations();
std::vector<Operation> draft_operations();
std::vector<Operation> case_operations();
std::vector<Operation> reply_operations();
std::vector<Operation> matter_operations();
std::vector<Operation> rating_operations();
std::vector<Operation> likeness_operations();
std::vector<Operation> work_list_operations();
std::vector<Operation> attachment_operations();
std::vector<Operation> letter_operations();
std::vector<Operation> letter_template_operations();
std::vector<Operation> incident_operations();
std::vector<Operation> release_operations();
std::vector<Operation> redaction_operations();
std::vector<Operation> archive_operations();
std::vector<Operation> retention_operations();
std::vector<Operation> supervision_operations();
std::vector<Operation> card_operations();
std::vector<Operation> journal_operations();
std::vector<Operation> calendar_operations();
std::vector<Operation> calculator_operations();
std::vector<Operation> publication_operations();
std::vector<Operation> delivery_operations();
std::vector<Operation> ledger_operations();
std::vector<Operation> annual_report_operations();
std::vector<Operation> quarterly_report_operations();
std::vector<Operation> import_operations();
std::vector<Operation> department_operations();
std::vector<Operation> staff_operations();
std::vector<Operation> settings_operations();
std::vector<Operation> health_operations();
std::vector<Operation> openapi_operations();

inline constexpr std::array kResources{
    agency_operations,
    application_operations,
    form_check_operations,
    tracking_operations,
    contact_check_operations,
    session_operations,
    draft_operations,
    case_operations,
    reply_operations,
    matter_operations,
    rating_operations,
    likeness_operations,
    work_list_operations,
    attachment_operations,
    letter_operations,
    letter_template_operations,
    incident_operations,
    release_operations,
    redaction_operations,
    archive_operations,
    retention_operations,
    supervision_operations,
    card_operations,
    journal_operations,
    calendar_operations,
    calculator_operations,
    publication_operations,
    delivery_operations,
    ledger_operations,
    annual_report_operations,
    quarterly_report_operations,
    import_operations,
    department_operations,
    staff_operations,
    settings_operations,
    health_operations,
    openapi_operations};

}  // namespace server::api
