#include "storage/cases/case_columns.hpp"

#include "workflow/cases/retention.hpp"
#include "workflow/procedure/decide.hpp"
#include "workflow/supervision/cards.hpp"
#include "workflow/time/clock.hpp"

#include <algorithm>

namespace storage {
namespace {

using workflow::Case;
using workflow::Date;

/// Behind every real date: first what is open but has no deadline at the moment, then what is concluded.
constexpr std::string_view kNothingDue = "9999-01-01";
constexpr std::string_view kConcluded = "9999-12-31";

std::optional<std::string> text_of(std::optional<Date> const& date) {
    return date ? std::optional(workflow::to_string(*date)) : std::nullopt;
}

std::optional<std::string> text_of(std::optional<workflow::Code> const& code) {
    return code ? std::optional(code->value) : std::nullopt;
}

template <workflow::Vocabulary E>
std::optional<std::string> text_of(std::optional<E> word) {
    return word ? std::optional(std::string(workflow::code(*word))) : std::nullopt;
}

/// Of those that have neither been revoked nor lost their ground.
std::optional<workflow::CardLevel> highest_card(Case const& c) {
    std::optional<workflow::CardLevel> highest;
    for (workflow::Card const& card : c.cards) {
        if (!card.revoked_on && !card.lifted_on) highest = std::max(highest, std::optional(card.issue.level));
    }
    return highest;
}

/// The earlier of what the clock and what the cards wait for.
std::optional<Date> next_check(
    Case const& c,
    workflow::ClockResult const& clock,
    Date today,
    workflow::WorkdayCalendar const& calendar,
    workflow::AgencyPolicy const& policy
) {
    auto const lapse = workflow::next_check_on(c, clock, today);
    auto const card = workflow::next_card_day(c, clock, today, calendar, policy);
    return lapse && card ? std::min(*lapse, *card) : lapse ? lapse : card;
}

std::string departments_of(Case const& c) {
    std::string list = ",";
    if (c.department) list += c.department->value + ',';
    for (workflow::Code const& helping : c.co_departments) list += helping.value + ',';
    return list;
}

std::string co_awaited(Case const& c) {
    std::string list;
    for (workflow::Code const& helping : workflow::awaited_co_departments(c)) list += ',' + helping.value;
    return list.empty() ? list : list + ',';
}

}  // namespace

CaseRegistration registration_of(Case const& c) {
    return {
        .number = c.number.value,
        .agency = c.application.agency.value,
        .channel = std::string(workflow::code(c.channel)),
        .applicant_kind = std::string(workflow::code(c.application.applicant.kind)),
        .submitted_on = workflow::to_string(c.submitted_on),
        .origin = c.origin ? std::optional(c.origin->number.value) : std::nullopt,
        .batch = c.ledger ? std::optional(c.ledger->batch.value) : std::nullopt};
}

CaseColumns columns_of(Case const& c) {
    auto returned = c.is_returned() ? std::optional(c.returns.back()) : std::nullopt;
    return {
        .version = c.version,
        .state = std::string(workflow::code(c.state)),
        .department = text_of(c.department),
        .departments = departments_of(c),
        .co_awaited = co_awaited(c),
        .assignee = text_of(c.assignee),
        .awaits = text_of(workflow::awaited_role(c)),
        .outcome = text_of(c.outcome),
        .card = text_of(highest_card(c)),
        .received_on = text_of(c.received_on),
        .concluded_on = text_of(c.concluded_on),
        .rating = c.rating ? std::optional<std::int64_t>(c.rating->score) : std::nullopt,
        .keep_until = text_of(workflow::keep_until(c)),
        .returned_at = returned ? text_of(std::optional(returned->step)) : std::nullopt,
        .returned_by = returned ? text_of(std::optional(returned->by)) : std::nullopt,
        .returned_on = returned ? text_of(std::optional(returned->on)) : std::nullopt,
        .letter_unsent = !workflow::unsent_notices(c).empty()};
}

ClockColumns clock_of(
    Case const& c, Date today, workflow::WorkdayCalendar const& calendar, workflow::AgencyPolicy const& policy
) {
    auto const clock = workflow::compute_clock(c.timeline(), today, calendar, workflow::Detail::Brief);
    auto const due = clock ? clock->reply_due : std::nullopt;  // decide() lets no timeline pass that has no clock
    ClockColumns columns{
        .reply_due = text_of(due),
        .due_sort = std::string(kConcluded),
        .paused = clock && clock->status == workflow::ClockStatus::Paused,
        .next_check_on = text_of(clock ? next_check(c, *clock, today, calendar, policy) : std::nullopt),
        .reckoned_on = workflow::to_string(today)};
    if (!c.concluded_on) columns.due_sort = columns.reply_due.value_or(std::string(kNothingDue));
    return columns;
}

}  // namespace storage
