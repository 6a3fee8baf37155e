#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/procedure/procedure.hpp"
#include "workflow/words/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workflow {

/// Who wants to act or to read: an account, the applicant of one case, or the daily run.
struct Actor {
    Code id;  ///< account; empty for the applicant and the system
    RoleSet roles;
    Code agency;
    Code department;
    Code own_case;                         ///< the number of the case an applicant has opened with its query code
    std::vector<Code> stands_in_for = {};  ///< accounts that are away today and have named this one their 代办人
};

/// Whether the actor is that account, or its 代办人 today.
bool answers_for(Actor const& actor, std::optional<Code> const& account);

struct ReplyBackground;

/// Everything a decision depends on besides the case and the command. Borrowed for the time of the call.
struct Context {
    Actor const& actor;
    Instant now;
    WorkdayCalendar const& calendar;
    AgencyPolicy const& policy;
    std::span<Code const> agency_line;                  ///< the agency of the case, then those above it
    ReplyBackground const* background = nullptr;        ///< what a reply is checked against (checks.hpp)
    std::span<std::string const> open_deliveries = {};  ///< tasks of delivery that are open for the case, each in words
    Date today() const { return local_date(now); }
};

struct Decision {
    Event event;
    std::optional<LetterClass> letter;  ///< the event's `document` still needs a 文号 of this class
};

/// Which of the actor's roles reach this case; empty means that for this actor the case does not exist.
RoleSet roles_on(Case const& c, Actor const& actor, std::span<Code const> agency_line);

/// The form with which a case begins: of Submit, Register, ReplyAnew or Import.
Application const& application_of(Payload const& payload);

/// Decides whether a new case begins: Submit, Register, ReplyAnew or Import. The number of the case is for the caller
/// to give.
Result<Decision> decide_new(Command const& command, Context const& context);

/// Decides what `command` does to the case: the one event it leaves, or why not. Touches nothing.
Result<Decision> decide(Case const& c, Command const& command, Context const& context);

/// Whether the actor may take this step now, whatever the input, or why not.
Result<void> permitted(Case const& c, Action action, Context const& context);

/// One action of the state a case is in, as a menu shows it: greyed with the reason where it is not allowed.
struct Permission {
    Action action{};
    bool allowed = false;
    std::string reason;        ///< Chinese; empty when allowed
    std::string_view article;  ///< what the action rests on
};

/// Every action that staff could take in the state of the case, judged for this actor whatever the input; for the
/// applicant and the system their own actions only.
std::vector<Permission> permissions(Case const& c, Context const& context);

/// The same for one card of the case: the steps of its procedure, and its end. Actions on a card are in no other menu.
std::vector<Permission> card_permissions(Case const& c, Card const& card, Context const& context);

/// What the daily run must do to the case now, one step at a time: a lapse that fell due before today, which decide()
/// grants to the system. Nullopt when nothing is. `clock` is that of the case, computed for today.
std::optional<Command> due_step(Case const& c, ClockResult const& clock, Date today);
std::optional<Command> due_step(Case const& c, Date today, WorkdayCalendar const& calendar);

/// The first day on which the daily run has to check the case: today while a step is due.
std::optional<Date> next_check_on(Case const& c, ClockResult const& clock, Date today);

/// What keeps this draft from being saved and then submitted: faults of form, guards that refuse it, evidence that the
/// case still lacks. Pointers into the draft.
std::vector<FieldError> missing_from(Case const& c, ReplyDraft const& draft, Context const& context);

/// The evidence that the case still lacks before the drafted reply can be submitted; pointers into the draft.
std::vector<FieldError> missing_evidence(Case const& c, ReplyDraft const& draft);

}  // namespace workflow
