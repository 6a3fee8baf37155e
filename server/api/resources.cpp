#include "server/api/resources.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "server/api/applicants/operations.hpp"
#include "server/api/cases/operations.hpp"
#include "server/api/files/operations.hpp"
#include "server/api/journal/operations.hpp"
#include "server/api/letters/operations.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/openapi.hpp"
#include "server/api/reports/operations.hpp"
#include "server/api/supervision/operations.hpp"

namespace server::api {
namespace {

// clang-format off
constexpr std::array kResources{
    agency_operations,
    application_operations,
    form_check_operations,
    tracking_operations,
    contact_check_operations,
    session_operations,
    draft_operations,
    case_operations,
    reply_operations,
    follow_up_operations,
    rating_operations,
    similar_request_operations,
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
    task_operations,
    calculator_operations,
    publication_operations,
    delivery_operations,
    printing_operations,
    ledger_operations,
    annual_report_operations,
    quarterly_report_operations,
    import_operations,
    department_operations,
    staff_operations,
    settings_operations,
    health_operations,
    openapi_operations};
// clang-format on

}  // namespace

std::span<Operation const> operations() {
    static std::vector<Operation> const all = [] {
        std::vector<Operation> table;
        for (auto const& resource : kResources) std::ranges::move(resource(), std::back_inserter(table));
        return table;
    }();
    return all;
}

}  // namespace server::api
