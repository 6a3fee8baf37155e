#include "server/api/shapes/references.hpp"

#include "workflow/procedure/procedure.hpp"
#include "workflow/supervision/follow_ups.hpp"

#include <algorithm>
#include <array>

namespace server::api {
namespace {

using storage::Directory;
using workflow::Case;
using workflow::Code;

std::string agency_name(Code const& code, Case const&, Directory const& directory) {
    auto const* agency = directory.agency(code);
    return agency != nullptr ? agency->name : code.value;
}

std::string department_name(Code const& code, Case const&, Directory const& directory) {
    auto const* department = directory.department(code);
    return department != nullptr ? department->name : code.value;
}

std::vector<Choice> departments(Case const& c, Directory const& directory) {
    std::vector<Choice> found;
    for (auto const& [code, department] : directory.departments()) {
        if (department.active && department.agency == c.application.agency) {
            found.push_back({code.value, department.name});
        }
    }
    return found;
}

std::string person_name(Code const& id, Case const&, Directory const& directory) {
    auto const* staff = directory.staff(id);
    return staff != nullptr ? staff->name : id.value;
}

/// The handlers of the departments that deal with the case.
std::vector<Choice> handlers(Case const& c, Directory const& directory) {
    auto const deals_with_it = [&](Code const& department) {
        return c.department == department || std::ranges::find(c.co_departments, department) != c.co_departments.end();
    };
    std::vector<Choice> found;
    for (auto const& [id, staff] : directory.staff()) {
        bool const able = !staff.disabled && staff.roles.has(workflow::Role::Handler) &&
                          staff.agency == c.application.agency && deals_with_it(staff.department);
        if (able) found.push_back({id.value, staff.name});
    }
    return found;
}

/// Who may look into a bad mark: they see the whole agency and had no part in the case.
std::vector<Choice> investigators(Case const& c, Directory const& directory) {
    std::vector<Choice> found;
    for (auto const& [id, staff] : directory.staff()) {
        bool const able = !staff.disabled && staff.agency == c.application.agency &&
                          staff.roles.intersects(workflow::kRatingInvestigators) && !workflow::is_rated(c, id);
        if (able) found.push_back({id.value, staff.name});
    }
    return found;
}

std::string consultation_name(Code const& id, Case const& c, Directory const&) {
    auto const* consultation = workflow::find_consultation(c, id);
    return consultation != nullptr ? consultation->letter.addressee : id.value;
}

std::vector<Choice> open_consultations(Case const& c, Directory const&) {
    std::vector<Choice> found;
    for (auto const& each : c.consultations) {
        if (each.open()) found.push_back({each.letter.id.value, each.letter.addressee});
    }
    return found;
}

std::string title_of(workflow::DisputeOpening const& opening) {
    return opening.authority + " " + opening.reference.value;
}

std::string dispute_name(Code const& id, Case const& c, Directory const&) {
    auto const* dispute = workflow::find_dispute(c, id);
    return dispute != nullptr ? title_of(dispute->opening) : id.value;
}

/// Those to which something can still be added: a result, or the order to reply anew.
std::vector<Choice> disputes(Case const& c, Directory const&) {
    std::vector<Choice> found;
    for (auto const& each : c.disputes) {
        if (!each.order) found.push_back({each.opening.id.value, title_of(each.opening)});
    }
    return found;
}

std::string card_name(Code const& id, Case const& c, Directory const&) {
    auto const* card = workflow::find_card(c, id);
    return std::string(card != nullptr ? workflow::label(card->issue.cause) : std::string_view(id.value));
}

std::string file_name(Code const& sha256, Case const& c, Directory const&) {
    auto const found = std::ranges::find(c.attachments, sha256, &workflow::Attachment::sha256);
    return found != c.attachments.end() ? found->name : sha256.value;
}

std::string title_of(workflow::Reminder const& reminder) {
    std::string title(workflow::label(reminder.action));
    title += ':';
    title += reminder.text;
    return title;
}

std::string reminder_name(Code const& id, Case const& c, Directory const&) {
    auto const found = std::ranges::find(c.reminders, id, &workflow::Reminder::id);
    return found != c.reminders.end() ? title_of(*found) : id.value;
}

std::vector<Choice> unsigned_reminders(Case const& c, Directory const&) {
    std::vector<Choice> found;
    for (auto const& each : c.reminders) {
        if (!each.received_on) found.push_back({each.id.value, title_of(each)});
    }
    return found;
}

constexpr std::array kReferences{
    Reference{"agency", agency_name, nullptr},
    Reference{"department", department_name, departments},
    Reference{"co_departments", department_name, departments},
    Reference{"assignee", person_name, handlers},
    Reference{"investigator", person_name, investigators},
    Reference{"consultation", consultation_name, open_consultations},
    Reference{"dispute", dispute_name, disputes},
    Reference{"card", card_name, nullptr},
    Reference{"urging", reminder_name, unsigned_reminders},
    Reference{"seen_files", file_name, nullptr},
};

}  // namespace

Reference const* reference_of(std::string_view member) {
    auto const found = std::ranges::find(kReferences, member, &Reference::member);
    return found == kReferences.end() ? nullptr : &*found;
}

}  // namespace server::api
