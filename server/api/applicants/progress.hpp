#pragma once

#include "workflow/reply/remedy.hpp"
#include "workflow/time/clock.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/cases/case_access.hpp"

/// The progress of a case as its applicant sees it: for the API and for the pages alike.
namespace server::api {

enum class StepStatus : std::uint8_t { Done, Current, Waiting };
inline constexpr std::array kStepStatuses{
    workflow::Term{StepStatus::Done, "done", "已完成"},
    workflow::Term{StepStatus::Current, "current", "正在进行"},
    workflow::Term{StepStatus::Waiting, "waiting", "尚未开始"},
};
constexpr auto const& terms(StepStatus) { return kStepStatuses; }
static_assert(workflow::is_well_formed<StepStatus>());

struct ProgressStep {
    workflow::Stage stage;
    StepStatus status;
};

/// An action of applicants, with the name that applicants see.
struct OwnAction {
    std::string_view name;
    workflow::Action action;
};
inline constexpr std::array kOwnActions{
    OwnAction{"correct", workflow::Action::RecordCorrection},
    OwnAction{"explain", workflow::Action::RecordExplanation},
    OwnAction{"withdraw", workflow::Action::Withdraw},
    OwnAction{"rate", workflow::Action::Rate},
    OwnAction{"add_to_rating", workflow::Action::AddToRating},
    OwnAction{"suggest_publication", workflow::Action::SuggestPublication},
    OwnAction{"request_amendment", workflow::Action::RequestAmendment},
};
/// Null when there is none of that name.
OwnAction const* own_action(std::string_view name);
std::vector<std::string_view> own_action_names();

/// What the applicant is shown of a case: the department that has it (never a person), the reasons for the dates, no
/// internal notes. Borrows `stored` and the call's directory.
struct Progress {
    storage::StoredCase const& stored;
    storage::Agency const& agency;
    storage::Department const* department;  ///< null: no unit has it yet
    std::array<ProgressStep, workflow::kStages.size()> steps;
    std::optional<workflow::ClockResult> clock;
    std::vector<workflow::StandingRemedy> remedies;  ///< empty: there is nothing to object to
    std::vector<OwnAction> actions;                  ///< what the applicant may do now
    std::vector<std::size_t> files;                  ///< the numbers of the files that the applicant handed in
    std::vector<workflow::FileState> file_states;    ///< of each of these
    std::vector<storage::StoredLetter> letters;      ///< that have been sent to the applicant
    std::vector<storage::StoredCase> new_replies;    ///< the cases in which a new reply is made
    std::vector<storage::Publication> published;     ///< what was published at the applicant's suggestion
    bool contact_unchecked;                          ///< see contact_check.hpp
    bool takes_files;                                ///< of the applicant, now
};

/// `stored` is the case that was found, or what a step has made of it since.
Progress progress_of(Services& services, Call const& call, VisibleCase const& found, storage::StoredCase const& stored);

}  // namespace server::api
