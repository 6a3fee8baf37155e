#include "workflow/supervision/cards.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace workflow {

namespace {

// Whether a case is where such a delay can be.

bool open(Case const& c) { return !c.concluded_on; }

template <State state>
bool is_in(Case const& c) {
    return c.state == state;
}

bool in_checks(Case const& c) { return is_in<State::Approving>(c) && c.next_approval() != ApprovalStep::Sign; }

bool at_signature(Case const& c) { return is_in<State::Approving>(c) && c.next_approval() == ApprovalStep::Sign; }

bool always(Case const&) { return true; }

/// Nobody has been asked for a correction, or the letter that asks for it has not gone out.
bool uncorrected(Case const& c) {
    NoticeLetter const* const asked = find_notice(c, NoticeKind::Correction);
    bool const unsent = asked != nullptr && !asked->dispatch && !c.concluded_on;
    return unsent || (is_in<State::Registered>(c) && !c.correction);
}

// clang-format off
using C = CardCause;
using L = CardLevel;
using M = CardMeasure;
constexpr std::string_view kTargets = "内部时限（登记1、分办2、协办意见8、承办意见10、审查15、签发18、送达19个工作日）";
constexpr std::string_view kLevels = "红黄牌分级（蓝提醒、黄预警、红超时）；条例第四十七条";
constexpr std::array kCardRules{
    //       cause                  level         stage                measure           days concerns                     ground                                                                     source
    CardRule{C::ReplyNear,          L::Blue,      Stage::Handling,     M::LeftToReply,    5, open,                        "距答复期限届满只剩不多的工作日。",                                         kLevels},
    CardRule{C::ReviewSlow,         L::Blue,      Stage::Review,       M::LeftToReply,   17, is_in<State::Registered>,    "收到申请后第2个工作日仍未审核分办。",                                       kTargets},
    CardRule{C::CoOpinionSlow,      L::Blue,      Stage::Handling,     M::LeftToReply,   11, awaits_co_opinions,          "收到申请后第8个工作日协办部门仍未提交意见。",                               kTargets},
    CardRule{C::HandlingSlow,       L::Blue,      Stage::Handling,     M::LeftToReply,    9, is_in<State::Handling>,      "收到申请后第10个工作日仍未提交承办意见。",                                  kTargets},
    CardRule{C::ChecksSlow,         L::Blue,      Stage::Handling,     M::LeftToReply,    4, in_checks,                   "收到申请后第15个工作日仍未完成保密审查和法制审核。",                        kTargets},
    CardRule{C::SigningSlow,        L::Blue,      Stage::Handling,     M::LeftToReply,    1, at_signature,                "收到申请后第18个工作日仍未签发。",                                          kTargets},
    CardRule{C::DispatchSlow,       L::Blue,      Stage::Reply,        M::LeftToReply,    0, is_in<State::Dispatching>,   "收到申请后第19个工作日仍未送达。",                                          kTargets},
    CardRule{C::ReplyDue,           L::Yellow,    Stage::Handling,     M::LeftToReply,    2, open,                        "答复期限即将届满，应当填写办理计划。",                                      kLevels},
    CardRule{C::Unread,             L::Yellow,    Stage::Registration, M::Unread,         1, is_in<State::Submitted>,     "网上提交的申请超过1个工作日无人登记。",                                     kLevels},
    CardRule{C::CorrectionWindow,   L::Yellow,    Stage::Review,       M::LeftToCorrect,  1, uncorrected,                 "7个工作日的告知补正期限即将届满，申请仍未审核。",                           "条例第三十条"},
    CardRule{C::ReplyLate,          L::Red,       Stage::Reply,        M::Late,           0, always,                      "答复期限届满时没有送出答复。",                                              "条例第三十三条"},
    CardRule{C::ReplyVeryLate,      L::SevereRed, Stage::Reply,        M::Late,           5, always,                      "超过答复期限5个工作日以上没有送出答复。",                                   "条例第三十三条"},
    CardRule{C::DisputedUnanswered, L::SevereRed, Stage::Reply,        M::DisputedLate,   0, always,                      "超过答复期限没有答复，申请人提起行政复议或者诉讼。",                        "条例第五十一条"},
    CardRule{C::RepeatedRed,        L::SevereRed, Stage::Reply,        M::OtherRedCards,  1, always,                      "本机关30日内再次发生红牌。",                                                "条例第四十七条"},
    CardRule{C::LetterLate,         L::Red,       Stage::Review,       M::LetterLate,     0, always,                      "补正、说明理由、延期、延迟或者收费的文书没有在期限内送出，原答复期限继续计算。", "国办公开办函〔2016〕235号"},
};
// clang-format on

static_assert(kCardRules.size() == kCardCauses.size() && is_in_order(kCardRules, &CardRule::cause));

Deadline const* find_deadline(ClockResult const& clock, DeadlineKind kind) {
    auto const found = std::ranges::find(clock.deadlines, kind, &Deadline::kind);
    return found == clock.deadlines.end() ? nullptr : &*found;
}

/// The first day from which at most `days` working days are left until `due`.
Date first_day_with_left(int days, Date due, WorkdayCalendar const& calendar) {
    Date day = due;
    while (calendar.workdays_between(add_days(day, -1), due) <= days) day = add_days(day, -1);
    return day;
}

/// The red card of the case that is a repetition: issued when its agency already had so many others.
Card const* repeated_red(Case const& c, int others) {
    auto const found = std::ranges::find_if(c.cards, [&](Card const& card) {
        return card.issue.level == CardLevel::Red && card.issue.other_reds >= others && !card.revoked_on &&
               !card.lifted_on;
    });
    return found == c.cards.end() ? nullptr : &*found;
}

/// Finds the ground of a rule in one case. Borrows what it is made from.
class Grounds {
public:
    Grounds(Case const& c, ClockResult const& clock, WorkdayCalendar const& calendar)
        : c_(c),
          calendar_(calendar),
          clock_(clock),
          reply_(find_deadline(clock, DeadlineKind::Reply)),
          correct_(find_deadline(clock, DeadlineKind::CorrectionNotice)) {}

    std::optional<CardGround> of(CardRule const& rule, int days) const {
        switch (rule.measure) {
            case CardMeasure::LeftToReply:
                return left(rule, reply_, days);
            case CardMeasure::LeftToCorrect:
                return left(rule, correct_, days);
            case CardMeasure::Unread:
                return CardGround{rule.cause, after(c_.submitted_on, days + 1), {}, after(c_.submitted_on, days)};
            case CardMeasure::Late:
                return late(rule, days);
            case CardMeasure::DisputedLate:
                return disputed(rule);
            case CardMeasure::OtherRedCards:
                return repeated(rule, days);
            case CardMeasure::LetterLate:
                return letter_late(rule, days);
        }
        return std::nullopt;
    }

private:
    Date after(Date from, int workdays) const { return calendar_.add_workdays(from, workdays).date; }

    /// From the first day with at most `days` working days left, to the last day itself.
    std::optional<CardGround> left(CardRule const& rule, Deadline const* deadline, int days) const {
        if (deadline == nullptr || deadline->met) return std::nullopt;
        Date const due = deadline->due;
        return CardGround{rule.cause, first_day_with_left(days, due, calendar_), add_days(due, 1), due};
    }

    /// Whether a last day has passed can be said only of one that is certain: a red card opens a procedure that nobody
    /// can take back when the calendar of the year moves the day.
    bool has_certain_deadline() const { return reply_ != nullptr && !reply_->provisional; }

    /// 条例第三十三条: not answered by the last day; late begins the day after.
    std::optional<CardGround> late(CardRule const& rule, int days) const {
        if (!has_certain_deadline()) return std::nullopt;
        Date const from = days == 0 ? add_days(reply_->due, 1) : after(reply_->due, days + 1);
        if (reply_->met && *reply_->met < from) return std::nullopt;
        return CardGround{rule.cause, from, {}, reply_->due};
    }

    /// 国办公开办函〔2016〕235号: a letter that went out after its last day, or has not gone out on it.
    std::optional<CardGround> letter_late(CardRule const& rule, int days) const {
        for (NoticeLetter const& letter : c_.notices) {
            bool const waits = !letter.dispatch && !c_.concluded_on;
            if (!waits && letter.counts()) continue;
            auto const limit = waits             ? last_day_to_send(c_, letter.kind, clock_, calendar_)
                               : letter.dispatch ? letter.dispatch->limit
                                                 : std::nullopt;
            if (limit)
                return CardGround{rule.cause, days == 0 ? add_days(*limit, 1) : after(*limit, days + 1), {}, *limit};
        }
        return std::nullopt;
    }

    /// 条例第五十一条: a dispute that arrived after the last day and before the reply.
    std::optional<CardGround> disputed(CardRule const& rule) const {
        if (!has_certain_deadline()) return std::nullopt;
        std::optional<Date> first;
        for (Dispute const& dispute : c_.disputes) {
            Date const arrived = dispute.opening.received_on;
            bool const unanswered = arrived > reply_->due && (!reply_->met || *reply_->met > arrived);
            if (unanswered) first = std::min(first.value_or(arrived), arrived);
        }
        if (!first) return std::nullopt;
        return CardGround{rule.cause, *first, {}, reply_->due};
    }

    /// A red card of which the agency already had so many in the 30 days before.
    std::optional<CardGround> repeated(CardRule const& rule, int others) const {
        Card const* const red = repeated_red(c_, others);
        if (red == nullptr) return std::nullopt;
        return CardGround{rule.cause, red->on, {}, red->issue.due};
    }

    Case const& c_;
    WorkdayCalendar const& calendar_;
    ClockResult const& clock_;
    Deadline const* reply_;
    Deadline const* correct_;
};

CardGround const* find_ground(std::vector<CardGround> const& grounds, CardCause cause) {
    auto const found = std::ranges::find(grounds, cause, &CardGround::cause);
    return found == grounds.end() ? nullptr : &*found;
}

/// Whether an open card can lose its ground. A withdrawal ends the clock but not the lateness before it: without a
/// deadline a red card stays.
bool can_be_lifted(Card const& card, ClockResult const& clock) {
    bool const open = card.state() == CardState::Open && !card.lifted_on;
    return open && (!card.has_procedure() || find_deadline(clock, DeadlineKind::Reply) != nullptr);
}

/// Whether a card stands for this ground, or was closed or revoked for the same last day.
bool is_carded(Case const& c, CardGround const& ground) {
    return std::ranges::any_of(c.cards, [&](Card const& card) {
        if (card.issue.cause != ground.cause || card.lifted_on) return false;
        return card.state() == CardState::Open || card.issue.due == ground.due;
    });
}

/// The first step of an open card that is still to be taken and has not been reported to the agency above.
CardStep const* next_to_escalate(Card const& card) {
    if (card.state() != CardState::Open) return nullptr;
    for (CardStep const* step : missing_steps(card)) {
        if (std::ranges::find(card.escalated, step->action) == card.escalated.end()) return step;
    }
    return nullptr;
}

Command issue_of(CardGround const& ground, Date today, WorkdayCalendar const& calendar) {
    CardIssue issue;
    issue.level = rule_of(ground.cause).level;
    issue.cause = ground.cause;
    issue.due = ground.due;
    issue.workdays = today <= ground.due ? calendar.workdays_between(today, ground.due)
                                         : -calendar.workdays_between(ground.due, today);
    return Command{Action::IssueCard, std::move(issue)};
}

}  // namespace

std::array<CardRule, kCardCauses.size()> const& card_rules() { return kCardRules; }

CardRule const& rule_of(CardCause cause) { return kCardRules[static_cast<std::size_t>(cause)]; }

int threshold_of(CardRule const& rule, AgencyPolicy const& policy) {
    auto const own = std::ranges::find(policy.card_thresholds, rule.cause, &CardThreshold::cause);
    return own == policy.card_thresholds.end() ? rule.days : own->days;
}

std::optional<Date> inner_limit(
    CardCause cause,
    Case const& c,
    ClockResult const& clock,
    WorkdayCalendar const& calendar,
    AgencyPolicy const& policy
) {
    CardRule const& rule = rule_of(cause);
    auto const ground = Grounds(c, clock, calendar).of(rule, threshold_of(rule, policy));
    return ground ? std::optional(add_days(ground->from, -1)) : std::nullopt;
}

std::vector<CardStep const*> steps_of(CardLevel level) {
    std::vector<CardStep const*> steps;
    for (CardStep const& step : kCardSteps) {
        if (step.levels.has(level)) steps.push_back(&step);
    }
    return steps;
}

std::vector<CardStep const*> missing_steps(Card const& card) {
    auto steps = steps_of(card.issue.level);
    std::erase_if(steps, [&](CardStep const* step) {
        return std::ranges::find(card.steps, step->action, &CardStepTaken::step) != card.steps.end();
    });
    return steps;
}

Date due_of(CardStep const& step, Card const& card, WorkdayCalendar const& calendar) {
    return calendar.add_workdays(card.on, step.workdays).date;
}

std::vector<CardGround> card_grounds(
    Case const& c, ClockResult const& clock, WorkdayCalendar const& calendar, AgencyPolicy const& policy
) {
    Grounds const grounds(c, clock, calendar);
    std::vector<CardGround> found;
    for (CardRule const& rule : kCardRules) {
        if (!rule.concerns(c)) continue;
        if (auto const ground = grounds.of(rule, threshold_of(rule, policy))) found.push_back(*ground);
    }
    return found;
}

std::optional<Command> card_step(
    Case const& c, ClockResult const& clock, Date today, WorkdayCalendar const& calendar, AgencyPolicy const& policy
) {
    auto const grounds = card_grounds(c, clock, calendar, policy);
    for (Card const& card : c.cards) {
        auto const* ground = find_ground(grounds, card.issue.cause);
        bool const holds = ground != nullptr && ground->on(today);
        if (!holds && can_be_lifted(card, clock)) return Command{Action::LiftCard, CardRemark{card.issue.id, {}}};
    }
    for (CardGround const& ground : grounds) {
        if (open(c) && ground.on(today) && !is_carded(c, ground)) return issue_of(ground, today, calendar);
    }
    for (Card const& card : c.cards) {
        CardStep const* const step = next_to_escalate(card);
        if (step == nullptr || due_of(*step, card, calendar) >= today) continue;
        return Command{Action::EscalateCard, CardEscalation{card.issue.id, step->action}};
    }
    return std::nullopt;
}

std::optional<Command> card_step(
    Case const& c, Date today, WorkdayCalendar const& calendar, AgencyPolicy const& policy
) {
    auto const clock = compute_clock(c.timeline(), today, calendar, Detail::Brief);
    return clock ? card_step(c, *clock, today, calendar, policy) : std::nullopt;
}

std::optional<Date> next_card_day(
    Case const& c, ClockResult const& clock, Date today, WorkdayCalendar const& calendar, AgencyPolicy const& policy
) {
    if (card_step(c, clock, today, calendar, policy)) return today;
    std::optional<Date> next;
    auto const consider = [&](Date day) {
        if (day > today) next = std::min(next.value_or(day), day);
    };
    for (CardGround const& ground : card_grounds(c, clock, calendar, policy)) {
        if (open(c)) consider(ground.from);
        if (ground.until) consider(*ground.until);
    }
    for (Card const& card : c.cards) {
        if (CardStep const* const step = next_to_escalate(card)) consider(add_days(due_of(*step, card, calendar), 1));
    }
    return next;
}

}  // namespace workflow
