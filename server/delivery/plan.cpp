#include "server/delivery/plan.hpp"

#include <algorithm>

#include "server/delivery/sms.hpp"
#include "workflow/people/contacts.hpp"

namespace server::delivery {
namespace {

using storage::MessageKind;
using workflow::Audience;
using workflow::Enclosure;
using workflow::NotificationRule;
using workflow::ObtainBy;

/// Notices that the law requires go by mail only to an applicant who asked for electronic letters (条例第四十条), or
/// where the letter was dispatched that way; all others go to whoever has an address.
bool goes_by_mail(NotificationRule const& rule, workflow::Case const& facts) {
    if (!rule.statutory || rule.encloses == Enclosure::Nothing || rule.way == ObtainBy::Email) return true;
    auto const wish = facts.application.obtain_by;
    return wish == ObtainBy::Email || wish == ObtainBy::Download;
}

std::vector<Planned> to_applicant(NotificationRule const& rule, workflow::Case const& facts, Channels channels) {
    auto const& applicant = facts.application.applicant;
    bool const mail =
        channels.mail && applicant.email && workflow::is_mail_address(*applicant.email) && goes_by_mail(rule, facts);
    bool const sms = channels.sms && rule.by_sms && applicant.phone && is_mobile(*applicant.phone);
    bool const carried = mail || (sms && rule.encloses == Enclosure::Nothing);
    std::vector<Planned> planned;
    if (mail) planned.push_back({MessageKind::Email, std::string(kApplicant)});
    if (sms) planned.push_back({MessageKind::Sms, std::string(kApplicant)});
    if (rule.statutory && !carried) planned.push_back({MessageKind::Print, std::string(kApplicant)});
    return planned;
}

void add_account(
    std::vector<Planned>& planned,
    NotificationRule const& rule,
    workflow::Code const& account,
    Channels channels,
    ContactOf const& contact_of
) {
    auto const contact = contact_of(account);
    if (channels.mail && contact.email) planned.push_back({MessageKind::Email, account.value});
    if (channels.sms && rule.by_sms && contact.sms && contact.phone) {
        planned.push_back({MessageKind::Sms, account.value});
    }
}

/// A card that is more than a reminder to the handler.
bool has_warning(workflow::Case const& facts) {
    return std::ranges::any_of(facts.cards, [](workflow::Card const& card) {
        return card.state() == workflow::CardState::Open && card.issue.level >= workflow::CardLevel::Yellow;
    });
}

}  // namespace

std::vector<Planned> plan(
    NotificationRule const& rule,
    workflow::Case const& facts,
    storage::Directory const& directory,
    Channels channels,
    ContactOf const& contact_of,
    workflow::Date today
) {
    std::vector<Planned> planned;
    auto const& agency = facts.application.agency;
    auto const add = [&](workflow::Code const& account) { add_account(planned, rule, account, channels, contact_of); };
    auto const add_assignee = [&] {
        if (!facts.assignee) return;
        add(*facts.assignee);
        if (auto const deputy = directory.deputy_of(*facts.assignee, today)) add(*deputy);
    };
    auto const add_where = [&](auto const& is_one) {
        for (auto const& [id, staff] : directory.staff()) {
            if (!staff.disabled && is_one(staff)) add(id);
        }
    };
    auto const add_all = [&](workflow::Role role, std::vector<workflow::Code> const& agencies) {
        add_where([&](storage::Staff const& staff) {
            return staff.roles.has(role) && std::ranges::find(agencies, staff.agency) != agencies.end();
        });
    };
    switch (rule.to) {
        case Audience::Applicant:
            return to_applicant(rule, facts, channels);
        case Audience::ThirdParty:
            planned.push_back({MessageKind::Print, std::string(kThirdParty)});
            break;
        case Audience::Assignee:
            add_assignee();
            break;
        case Audience::Responsible:
            add_assignee();
            add_all(workflow::Role::OfficeHead, {agency});
            break;
        case Audience::Registrars:
            add_all(workflow::Role::Registrar, {agency});
            break;
        case Audience::CoDepartments:
            for (auto const& department : workflow::awaited_co_departments(facts)) {
                add_where([&](storage::Staff const& staff) {
                    return staff.department == department && staff.roles.intersects(workflow::table::kGivesCoOpinions);
                });
            }
            break;
        case Audience::Watchers:
            if (!has_warning(facts)) break;
            add_all(workflow::Role::OfficeHead, {agency});
            add_all(workflow::Role::Supervisor, directory.line(agency));
            break;
    }
    return planned;
}

bool must_be_printed(NotificationRule const& rule, MessageKind kind) {
    return rule.statutory && (kind == MessageKind::Email || rule.encloses == Enclosure::Nothing);
}

}  // namespace server::delivery
