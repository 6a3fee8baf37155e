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
std::vector<Operation> session_operations();
std::vector<Operation> draft_operations();
std::vector<Operation> case_operations();
std::vector<Operation> work_list_operations();
std::vector<Operation> attachment_operations();
std::vector<Operation> supervision_operations();
std::vector<Operation> journal_operations();
std::vector<Operation> calendar_operations();
std::vector<Operation> calculator_operations();
std::vector<Operation> publication_operations();
std::vector<Operation> ledger_operations();
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
    session_operations,
    draft_operations,
    case_operations,
    work_list_operations,
    attachment_operations,
    supervision_operations,
    journal_operations,
    calendar_operations,
    calculator_operations,
    publication_operations,
    ledger_operations,
    department_operations,
    staff_operations,
    settings_operations,
    health_operations,
    openapi_operations};

}  // namespace server::api
