#pragma once

#include "storage/cases/follow_ups.hpp"
#include "workflow/supervision/follow_ups.hpp"

#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

#include "server/api/cases/case_json.hpp"
#include "server/api/kit/operation.hpp"

/// The follow-ups of a case as staff see them. Of a rating, the rated person and their department see the mark and the
/// words, and nothing that identifies the applicant (国办发〔2019〕51号).
namespace server::api {

/// One step of what is to be done.
struct FollowUpStepView {
    workflow::FollowUpStep about;
    View const& view;
};

constexpr auto fields(std::type_identity<FollowUpStepView>) {
    using A = FollowUpStepView;
    using workflow::FollowUpStep;
    return std::tuple{
        answer("action", "由哪个动作完成", &FollowUpStep::action),
        answer("due", "最后一天；没有期限或者要先办前一步的为空", &FollowUpStep::due),
        answer("done_on", "完成日期", &FollowUpStep::done_on),
        answer("basis", "依据", &FollowUpStep::basis),
        answer(
            "remaining_workdays",
            "还剩的工作日",
            [](A const& a) {
                bool const waits = a.about.due && !a.about.done_on;
                return waits ? a.view.calendar.workdays_between(a.view.today, *a.about.due) : 0;
            }
        ),
        answer("overdue_workdays", "超过的工作日", [](A const& a) {
            auto const until = a.about.done_on.value_or(a.view.today);
            return a.about.due ? a.view.calendar.workdays_between(*a.about.due, until) : 0;
        })};
}

/// What of the case is still to be done, with the next limit.
struct OpenFollowUpView {
    workflow::FollowUp about;
    std::optional<FollowUpStepView> next;
};

constexpr auto fields(std::type_identity<OpenFollowUpView>) {
    using workflow::FollowUp;
    return std::tuple{
        answer("kind", &FollowUp::kind),
        answer("id", "在申请件中的编号", &FollowUp::id),
        answer(
            "next", "下一个有期限的步骤", [](OpenFollowUpView const& a) -> auto const& { return a.next; }
        )};
}

/// Those of the case that are open, and whose rating the caller may see.
std::vector<OpenFollowUpView> open_follow_ups(workflow::Case const& c, View const& view);

/// The filter of `?agency=&from=&to=`.
boost::system::result<storage::FollowUpFilter, http::Problem> period_filter(
    Call const& call, workflow::FollowUpKind kind
);

}  // namespace server::api
