#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/words/actions.hpp"
#include "workflow/words/roles.hpp"
#include "workflow/words/vocabulary.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace workflow {

/// The steps that lead a case on. Where several are possible at once, the one further along the procedure comes first.
inline constexpr std::array kForwardSteps{
    Action::ApproveReply,
    Action::ApproveExtension,
    Action::SubmitReply,
    Action::DraftReply,
    Action::ConfirmReceipt,
    Action::Accept,
    Action::Assign,
    Action::DispatchReply,
    Action::Archive,
    Action::RecordCorrection,
    Action::RecordExplanation,
    Action::RecordPayment};

/// The step that leads a case on from this state when it is this role's turn (awaited_role), the first of several;
/// nullopt where nothing more has to be done. A letter that waits for its dispatch goes before everything else. What
/// else may be done says the menu of actions.
std::optional<Action> next_step(State state, std::optional<Role> turn, bool letter_unsent = false);

/// What drafting is called once the reply has been sent back.
inline constexpr std::string_view kRevision = "修改答复";

/// What the step is called in this case: drafting what came back is 修改, and approving has the name of its step of the
/// chain.
std::string_view name_of_step(Action action, Case const& c);

}  // namespace workflow
