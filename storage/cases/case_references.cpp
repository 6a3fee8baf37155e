#include "storage/cases/case_references.hpp"

#include "workflow/cases/double_entry.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace storage {
namespace {

using workflow::Case;
using workflow::Code;
using workflow::FieldError;

/// Finds what a payload names and is not there.
struct ReferenceCheck {
    Connection& connection;
    Directory const& directory;
    Case const& c;
    std::function<std::optional<Case>(Code const&)> const& case_of;
    std::vector<FieldError> errors = {};

    void operator()(auto const&) {}
    void operator()(workflow::Acceptance const& p) {
        check_department("/department", p.department);
        for (std::size_t i = 0; i < p.co_departments.size(); ++i) {
            check_department("/co_departments/" + std::to_string(i), p.co_departments[i]);
        }
    }
    void operator()(workflow::Transfer const& p) { check_department("/department", p.department); }
    void operator()(workflow::Assignment const& p) {
        Staff const* const staff = directory.staff(p.assignee);
        bool const able = staff != nullptr && !staff->disabled && staff->roles.has(workflow::Role::Handler) &&
                          staff->agency == c.application.agency && deals_with_it(staff->department);
        if (!able) errors.push_back({"/assignee", "unknown_assignee", "承办部门没有这位承办人。"});
    }
    void operator()(workflow::RatingAssignment const& p) {
        Staff const* const staff = directory.staff(p.investigator);
        bool const able = staff != nullptr && !staff->disabled && staff->agency == c.application.agency &&
                          staff->roles.intersects(workflow::kRatingInvestigators);
        if (!able) errors.push_back({"/investigator", "unknown_investigator", "本机关没有这位可以核实评价的人员。"});
    }
    void operator()(workflow::SuggestionAnswer const& p) {
        if (!p.publication) return;
        auto found = connection.query(
            "SELECT 1 FROM publications WHERE id = $1 AND agency = $2 AND withdrawn_at IS NULL",
            p.publication->value,
            c.application.agency.value
        );
        if (!found.next()) errors.push_back({"/publication", "unknown_publication", "本机关没有发布这条公开信息。"});
    }

    void operator()(workflow::RejectionProposal const& p) {
        if (!p.double_of) return;
        auto const remaining = case_of(*p.double_of);
        auto const fault = remaining ? workflow::fault_of_double(c, *remaining) : "没有找到这个受理编号的申请。";
        if (!fault.empty()) errors.push_back({"/double_of", "not_doubled", std::string(fault)});
    }

    bool deals_with_it(Code const& department) const {
        return c.department == department || std::ranges::find(c.co_departments, department) != c.co_departments.end();
    }
    void check_department(std::string pointer, Code const& code) {
        Department const* const department = directory.department(code);
        bool const able = department != nullptr && department->active && department->agency == c.application.agency;
        if (!able) errors.push_back({std::move(pointer), "unknown_department", "本机关没有这个部门。"});
    }
};

}  // namespace

std::vector<FieldError> check_references(
    Connection& connection,
    Directory const& directory,
    Case const& c,
    workflow::Payload const& payload,
    std::function<std::optional<Case>(Code const&)> const& case_of
) {
    ReferenceCheck check{connection, directory, c, case_of};
    std::visit(check, payload);
    return std::move(check.errors);
}

}  // namespace storage
