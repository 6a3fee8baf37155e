#include "workflow/supervision/follow_ups.hpp"

#include "workflow/cases/policy.hpp"

#include <algorithm>

namespace workflow {

namespace {

constexpr std::array kRatingActions{
    Action::Rate,
    Action::AddToRating,
    Action::AssignRating,
    Action::ContactRater,
    Action::RectifyRating,
    Action::CallBackRater};

bool is_bad(Case const& c) { return c.rating && c.rating->score <= kBadScore; }

/// A mark that proved mistaken or malicious leaves nothing to rectify.
bool needs_rectifying(RatingProcedure const& file) {
    return !file.contact || file.contact->finding == RatingFinding::Founded;
}

Code numbered(char letter, std::size_t index) { return Code{letter + std::to_string(index + 1)}; }

std::size_t index_of(FollowUp const& follow_up) { return std::stoul(follow_up.id.value.substr(1)) - 1; }

/// Until it is decided and, where a new reply was ordered, until that order is registered.
bool is_open(Dispute const& dispute) {
    return !dispute.end || (dispute.end->result == DisputeResult::Corrected && !dispute.order);
}

/// 行政复议法第四十八条 (10 working days; 第五十四条: 5 in the simplified procedure), 行政诉讼法第六十七条 (15 days).
Limit const& limit_of(DisputeOpening const& opening) {
    if (opening.kind != DisputeKind::Review) return kAnswerSuit;
    return opening.procedure == DisputeProcedure::Simplified ? kAnswerSimpleReview : kAnswerReview;
}

template <typename T, typename Member>
std::optional<Date> day_of(std::optional<T> const& step, Member member) {
    return step ? std::optional((*step).*member) : std::nullopt;
}

std::vector<FollowUpStep> steps_of_rating(Case const& c, Date since, WorkdayCalendar const& calendar) {
    if (!is_bad(c)) return {};
    RatingProcedure const& file = c.rating_procedure;
    auto const step = [&](Action action, Limit const& limit, std::optional<Date> from, std::optional<Date> done) {
        auto const due = from ? std::optional(limit.from(*from, calendar)) : std::nullopt;
        return FollowUpStep{action, due, done, limit.basis};
    };
    std::vector<FollowUpStep> steps;
    steps.push_back(step(Action::AssignRating, kAssignRating, since, file.assigned_on));
    auto const contacted = day_of(file.contact, &RatingContact::contacted_on);
    steps.push_back(step(Action::ContactRater, kContactRater, since, contacted));
    auto settled = contacted;
    if (needs_rectifying(file)) {
        bool const complex = file.assignment && file.assignment->gravity == RatingGravity::Complex;
        settled = day_of(file.rectification, &RatingRectification::rectified_on);
        steps.push_back(step(Action::RectifyRating, complex ? kRectifyComplex : kRectifyOrdinary, since, settled));
    }
    auto const called = day_of(file.callback, &RatingCallback::called_on);
    steps.push_back(step(Action::CallBackRater, kCallBackRater, settled, called));
    return steps;
}

std::vector<FollowUpStep> steps_of_dispute(Dispute const& dispute, WorkdayCalendar const& calendar) {
    constexpr std::string_view kBasis = "条例第五十一条";
    Limit const& limit = limit_of(dispute.opening);
    std::vector<FollowUpStep> steps;
    steps.push_back(
        {Action::AnswerDispute,
         limit.from(dispute.opening.received_on, calendar),
         day_of(dispute.answer, &DisputeAnswer::answered_on),
         limit.basis}
    );
    steps.push_back({Action::CloseDispute, {}, day_of(dispute.end, &DisputeEnd::decided_on), kBasis});
    if (dispute.end && dispute.end->result == DisputeResult::Corrected) {
        auto const ordered = day_of(dispute.order, &NewReplyOrder::received_on);
        steps.push_back({Action::OrderNewReply, {}, ordered, kNewReplyPeriod.article});
    }
    return steps;
}

}  // namespace

Date Limit::from(Date day, WorkdayCalendar const& calendar) const {
    if (count == DayCount::Workdays) return calendar.add_workdays(day, days).date;
    return calendar.next_workday_on_or_after(add_days(day, days)).date;
}

std::vector<FollowUp> follow_ups(Case const& c) {
    std::vector<FollowUp> all;
    if (c.rating && c.rating_procedure.rated_on) {
        auto const given = std::ranges::find(kScores, c.rating->score, &Score::score);
        all.push_back(
            {FollowUpKind::Rating,
             numbered('r', 0),
             *c.rating_procedure.rated_on,
             next_rating_step(c).has_value(),
             given == kScores.end() ? std::string_view() : given->mark}
        );
    }
    for (Dispute const& each : c.disputes) {
        auto const& opening = each.opening;
        all.push_back({FollowUpKind::Dispute, opening.id, opening.received_on, is_open(each), code(opening.kind)});
    }
    for (std::size_t i = 0; i < c.suggestions.size(); ++i)
        all.push_back({FollowUpKind::Suggestion, numbered('s', i), c.suggestions[i].on, !c.suggestions[i].answer, {}});
    for (std::size_t i = 0; i < c.amendments.size(); ++i)
        all.push_back({FollowUpKind::Amendment, numbered('a', i), c.amendments[i].on, !c.amendments[i].answer, {}});
    return all;
}

std::vector<FollowUpStep> steps_of(Case const& c, FollowUp const& follow_up, WorkdayCalendar const& calendar) {
    auto const due = [&](Limit const& limit) { return limit.from(follow_up.since, calendar); };
    switch (follow_up.kind) {
        case FollowUpKind::Rating:
            return steps_of_rating(c, follow_up.since, calendar);
        case FollowUpKind::Dispute:
            return steps_of_dispute(*find_dispute(c, follow_up.id), calendar);
        case FollowUpKind::Suggestion: {
            auto const& suggestion = c.suggestions.at(index_of(follow_up));
            Limit const& limit = kAnswerSuggestion;
            return {{Action::AnswerSuggestion, due(limit), suggestion.answered_on, limit.basis}};
        }
        case FollowUpKind::Amendment: {
            auto const& amendment = c.amendments.at(index_of(follow_up));
            Limit const& limit = kAnswerAmendment;
            return {{Action::AnswerAmendment, due(limit), amendment.answered_on, limit.basis}};
        }
    }
    return {};
}

FollowUpStep const* next_limit(std::vector<FollowUpStep> const& steps) {
    auto const found = std::ranges::find_if(steps, [](FollowUpStep const& step) { return !step.done_on && step.due; });
    return found == steps.end() ? nullptr : &*found;
}

std::optional<Action> next_rating_step(Case const& c) {
    RatingProcedure const& file = c.rating_procedure;
    if (!is_bad(c) || file.callback) return std::nullopt;
    if (!file.assignment) return Action::AssignRating;
    if (!file.contact) return Action::ContactRater;
    return needs_rectifying(file) && !file.rectification ? Action::RectifyRating : Action::CallBackRater;
}

bool is_rated(Case const& c, Code const& account) {
    return c.assignee == account || (!account.empty() && c.drafted_by == account);
}

bool sees_rating(Case const& c, RoleSet roles, Code const& account) {
    return roles.intersects(kRatingInvestigators | RoleSet{Role::Supervisor, Role::Applicant}) && !is_rated(c, account);
}

bool is_about_rating(Action action) { return std::ranges::find(kRatingActions, action) != kRatingActions.end(); }

}  // namespace workflow
