#pragma once

#include "workflow/reply/remedy.hpp"

#include <utility>
#include <vector>

#include "server/api/shapes/answer.hpp"

namespace server::api {

/// One way to object, for staff and applicant alike.
struct StandingRemedyView {
    workflow::StandingRemedy about;
};

constexpr auto fields(std::type_identity<StandingRemedyView>) {
    using A = StandingRemedyView;
    using workflow::StandingRemedy;
    return std::tuple{
        answer("kind", [](A const& a) { return OnlyCode{a.about.kind}; }),
        answer("label", [](A const& a) { return workflow::label(a.about.kind); }),
        answer("authority", "向哪里提出", &StandingRemedy::authority),
        answer("last_day", "最后一天", &StandingRemedy::last_day),
        answer("note", "说明", &StandingRemedy::note),
        answer("about", "对答复的哪一部分", &StandingRemedy::about),
        answer("over", "期限已过", &StandingRemedy::over)};
}

inline std::vector<StandingRemedyView> remedy_views(std::vector<workflow::StandingRemedy> remedies) {
    std::vector<StandingRemedyView> views;
    for (auto& each : remedies) views.push_back({std::move(each)});
    return views;
}

}  // namespace server::api
