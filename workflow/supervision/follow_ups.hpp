#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/time/calendar.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// What may follow a reply, with limits of its own: ratings (国办发〔2019〕51号), disputes (条例第五十一条),
/// suggestions to publish (第四十四条), requests to amend a record (第四十一条). Derived from the case, never stored.
/// Pure: any thread.
namespace workflow {

// clang-format off
enum class FollowUpKind : std::uint8_t { Rating, Dispute, Suggestion, Amendment };
inline constexpr std::array kFollowUpKinds{
    Term{FollowUpKind::Rating,     "rating",     "好差评"},
    Term{FollowUpKind::Dispute,    "dispute",    "复议诉讼"},
    Term{FollowUpKind::Suggestion, "suggestion", "建议主动公开"},
    Term{FollowUpKind::Amendment,  "amendment",  "更正申请"},
};
constexpr auto const& terms(FollowUpKind) { return kFollowUpKinds; }
static_assert(is_well_formed<FollowUpKind>());
// clang-format on

/// The five marks of 好差评 (国办发〔2019〕51号), best first; `mark` is how a FollowUp carries them.
struct Score {
    int score;
    std::string_view mark;
    std::string_view label;
};
inline constexpr std::array kScores{
    Score{5, "5", "非常满意"},
    Score{4, "4", "满意"},
    Score{3, "3", "基本满意"},
    Score{2, "2", "不满意"},
    Score{1, "1", "非常不满意"},
};

/// How a limit counts: natural days that end on a day off run to the next working day (民法典第二百零三条).
enum class DayCount : std::uint8_t { Workdays, NaturalDays };

struct Limit {
    int days;
    DayCount count;
    std::string_view basis;
    Date from(Date day, WorkdayCalendar const& calendar) const;
};

// clang-format off
/// 好差评: the steps of the procedure that a bad mark opens. No law of the state gives numbers; these are ours, after the
/// practice of 湖南. All but the last run from the day of the mark.
inline constexpr Limit kAssignRating        { 1, DayCount::Workdays,    "国办发〔2019〕51号"};
inline constexpr Limit kContactRater        { 3, DayCount::Workdays,    "国办发〔2019〕51号"};
inline constexpr Limit kRectifyOrdinary     { 7, DayCount::NaturalDays, "国办发〔2019〕51号"};
inline constexpr Limit kRectifyComplex      {15, DayCount::NaturalDays, "国办发〔2019〕51号"};
inline constexpr Limit kCallBackRater       { 3, DayCount::Workdays,    "国办发〔2019〕51号"};  ///< from the step before

/// From the day on which the copy reached the agency. 行政复议法第八十八条: its periods of five and ten days are working days.
inline constexpr Limit kAnswerReview        {10, DayCount::Workdays,    "行政复议法第四十八条"};
inline constexpr Limit kAnswerSimpleReview  { 5, DayCount::Workdays,    "行政复议法第五十四条"};
inline constexpr Limit kAnswerSuit          {15, DayCount::NaturalDays, "行政诉讼法第六十七条"};

inline constexpr Limit kAnswerSuggestion    {20, DayCount::Workdays,    "条例第二十六条、第四十四条"};
inline constexpr Limit kAnswerAmendment     {20, DayCount::Workdays,    "条例第四十一条"};  ///< which names no number: ours
// clang-format on

struct FollowUp {
    FollowUpKind kind{};
    Code id;  ///< unique in the case: "r1", "d1", "s1", "a1", …
    Date since{};
    bool open = false;      ///< something is still to be done
    std::string_view mark;  ///< of a rating the score, of a dispute the code of its kind; empty for the others
    bool operator==(FollowUp const&) const = default;
};

/// One step of a follow-up, named by the action that takes it.
struct FollowUpStep {
    Action action{};
    std::optional<Date> due;  ///< null: nobody has set a limit, or the step before has to come first
    std::optional<Date> done_on;
    std::string_view basis;
};

/// Every follow-up of the case, oldest first within its kind.
std::vector<FollowUp> follow_ups(Case const& c);

/// Its steps, in the order in which they are taken.
std::vector<FollowUpStep> steps_of(Case const& c, FollowUp const& follow_up, WorkdayCalendar const& calendar);

/// The next step that is not done; null when there is none, or none that has a limit.
FollowUpStep const* next_limit(std::vector<FollowUpStep> const& steps);

/// The next step of the procedure of a bad mark; nullopt without one, and once it is closed.
std::optional<Action> next_rating_step(Case const& c);

/// Whether the account handled the case or wrote its reply: the mark is about what it did.
bool is_rated(Case const& c, Code const& account);

/// Whether somebody who reaches the case in these roles may learn of its rating. Whoever is rated, and the department,
/// never see who rated (国办发〔2019〕51号).
bool sees_rating(Case const& c, RoleSet roles, Code const& account);

/// Whether a line of the timeline is about the rating.
bool is_about_rating(Action action);

}  // namespace workflow
