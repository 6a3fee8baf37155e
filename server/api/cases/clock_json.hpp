#pragma once

#include "workflow/time/clock.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "server/api/shapes/answer.hpp"

/// The clock as JSON, in the form of the verb `disclosure clock`, of POST /clock and of GET /cases/{id}/clock.
namespace server::api {

struct TimelineInput {
    workflow::Timeline timeline;
    std::optional<workflow::Date> as_of;  ///< null: today
};

/// Reads `{"received", "as_of", "events": […]}`. Strict: each type of event has its own members, others are refused.
/// A refusal is `invalid`; `detail` is the first fault and names the event by its position, from 1; `errors` has all.
workflow::Result<TimelineInput> read_timeline(boost::json::value const& value);
boost::json::object timeline_input_schema();

/// The members that an event of this type may have beside `type` and `on`.
std::vector<std::string_view> clock_event_members(workflow::ClockEventType type);

/// The last day for something, by its kind.
struct ClockDeadlineView {
    workflow::Deadline const& about;
};

constexpr auto fields(std::type_identity<ClockDeadlineView>) {
    using workflow::Deadline;
    return std::tuple{
        answer("kind", [](ClockDeadlineView const& a) { return OnlyCode{a.about.kind}; }),
        answer("due", "最后一天", &Deadline::due),
        answer("basis", "依据", &Deadline::basis),
        answer("met", "办到的日期", &Deadline::met)};
}

/// One sentence of the reason for the reply deadline, with the days it is about.
struct ClockSpanView {
    workflow::Explanation const& about;
};

constexpr auto fields(std::type_identity<ClockSpanView>) {
    using workflow::Explanation;
    return std::tuple{
        answer("from", &Explanation::from),
        answer("to", &Explanation::to),
        answer("effect", [](ClockSpanView const& a) { return OnlyCode{a.about.effect}; }),
        answer("workdays", "计入、扣除或增加的工作日", &Explanation::workdays),
        answer("text", "说明", &Explanation::text),
        answer("basis", "依据", &Explanation::basis)};
}

struct CaseClockView {
    workflow::ClockResult const& about;
};

constexpr auto fields(std::type_identity<CaseClockView>) {
    using A = CaseClockView;
    using workflow::ClockResult;
    return std::tuple{
        answer("status", [](A const& a) { return OnlyCode{a.about.status}; }),
        answer("reply_due", "答复期限", &ClockResult::reply_due),
        answer("provisional", "暂定：涉及放假安排尚未公布的年份", &ClockResult::provisional),
        answer("remaining_workdays", "剩余工作日", &ClockResult::remaining_workdays),
        answer("overdue_workdays", "超期工作日", &ClockResult::overdue_workdays),
        answer(
            "deadlines",
            "各项期限",
            [](A const& a) { return Each(a.about.deadlines, [](auto const& each) { return ClockDeadlineView{each}; }); }
        ),
        answer("explain", "逐段说明", [](A const& a) {
            return Each(a.about.explain, [](auto const& each) { return ClockSpanView{each}; });
        })};
}

std::string clock_json(workflow::ClockResult const& clock);

}  // namespace server::api
