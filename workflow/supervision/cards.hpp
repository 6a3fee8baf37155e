#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/words/inline_set.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

/// 红黄牌: when which card is issued, and which steps the procedure of one asks for. Two tables, and pure functions
/// over them.
namespace workflow {

/// What the number of a rule counts.
enum class CardMeasure : std::uint8_t {
    LeftToReply,    ///< at most so many working days are left to reply
    LeftToCorrect,  ///< at most so many are left to ask for a correction
    Unread,         ///< more than so many have passed since the submission
    Late,           ///< more than so many have passed since the last day to reply
    DisputedLate,   ///< a dispute arrived after that day, before the reply
    OtherRedCards,  ///< a red card, and at least so many others of the agency in the 30 days before it
    LetterLate      ///< more than so many have passed since the last day to send a letter that counts from its dispatch
};

/// One cause.
struct CardRule {
    CardCause cause;
    CardLevel level;
    Stage stage;  ///< where the delay lies
    CardMeasure measure;
    int days;                       ///< the usual number; an agency may have its own (CardThreshold)
    bool (*concerns)(Case const&);  ///< whether the case is where such a delay can be
    std::string_view ground;        ///< in plain words
    std::string_view source;
};

/// In the order of CardCause.
std::array<CardRule, kCardCauses.size()> const& card_rules();
CardRule const& rule_of(CardCause cause);

/// The number that holds for an agency.
int threshold_of(CardRule const& rule, AgencyPolicy const& policy);

/// Natural days before a red card in which others of the agency count.
inline constexpr int kRepeatWindowDays = 30;

/// One step that the procedure of a card asks for. Steps are taken in the order of the table.
struct CardStep {
    Action action;
    InlineSet<CardLevel, 4> levels;
    int workdays;  ///< after the issue of the card
    std::string_view source;
};

// clang-format off
/// 每牌必查. The days are ours; what has to be done is 湘政办函〔2021〕89号's 分级核查、复核回访、联动处置、公开通报.
inline constexpr std::array kCardSteps{
    CardStep{Action::PlanCard,      {CardLevel::Yellow},                     1, "条例第四十七条"},
    CardStep{Action::ExplainCard,   {CardLevel::Red, CardLevel::SevereRed},  3, "条例第四十七条"},
    CardStep{Action::InspectCard,   {CardLevel::Red, CardLevel::SevereRed},  5, "湘政办函〔2021〕89号"},
    CardStep{Action::RevisitCard,   {CardLevel::Red, CardLevel::SevereRed}, 10, "湘政办函〔2021〕89号"},
    CardStep{Action::SettleCard,    {CardLevel::Red, CardLevel::SevereRed}, 12, "湘政办函〔2021〕89号"},
    CardStep{Action::CirculateCard, {CardLevel::Red, CardLevel::SevereRed}, 15, "湘政办函〔2021〕89号"},
};
// clang-format on

/// The steps for a card of this level, in order.
std::vector<CardStep const*> steps_of(CardLevel level);
/// Those of them that have not been taken.
std::vector<CardStep const*> missing_steps(Card const& card);
/// The last day for a step.
Date due_of(CardStep const& step, Card const& card, WorkdayCalendar const& calendar);

/// The span of days on which a cause holds as the case stands, if nothing more is done to it.
struct CardGround {
    CardCause cause;
    Date from;
    std::optional<Date> until;  ///< the first day on which it no longer holds
    Date due;                   ///< the day that is measured against
    bool on(Date day) const { return from <= day && (!until || day < *until); }
};

/// As the clock stands today, for every cause that can concern the case, in the order of CardCause.
std::vector<CardGround> card_grounds(
    Case const& c, ClockResult const& clock, WorkdayCalendar const& calendar, AgencyPolicy const& policy
);

/// The last day on which a card of this cause is not due yet, as the clock stands; nullopt where it does not run.
std::optional<Date> inner_limit(
    CardCause cause,
    Case const& c,
    ClockResult const& clock,
    WorkdayCalendar const& calendar,
    AgencyPolicy const& policy
);

/// What the system has to do about the cards of the case now, one step at a time: lift one whose ground has gone, issue
/// one, or escalate one of which a step was missed. Nullopt when nothing is. One card stands for one cause, and none is
/// issued anew for the same last day once it was closed or revoked.
/// `clock` is that of the case, computed for today.
std::optional<Command> card_step(
    Case const& c, ClockResult const& clock, Date today, WorkdayCalendar const& calendar, AgencyPolicy const& policy
);
std::optional<Command> card_step(
    Case const& c, Date today, WorkdayCalendar const& calendar, AgencyPolicy const& policy
);

/// The next day on which card_step() has something to do if nothing is done to the case before.
std::optional<Date> next_card_day(
    Case const& c, ClockResult const& clock, Date today, WorkdayCalendar const& calendar, AgencyPolicy const& policy
);

}  // namespace workflow
