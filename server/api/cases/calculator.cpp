#include "workflow/time/clock.hpp"

#include <utility>

#include "server/api/cases/clock_json.hpp"
#include "server/api/cases/operations.hpp"
#include "server/api/cases/workdays_json.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/input.hpp"

/// Counting working days and computing deadlines without a case, for anybody: what the verbs `workdays` and `clock` do.
namespace server::api {
namespace {

using http::Problem;
using http::verb;
using workflow::Date;

boost::system::result<Date, Problem> query_date(http::Request const& request, std::string_view name) {
    auto const date = workflow::parse_date(request.query(name).value_or(""));
    if (date) return *date;
    return bad_request("bad_query", "查询参数 " + std::string(name) + " 应当是 YYYY-MM-DD 形式的真实日期。");
}

Answer count_workdays(Services& services, Call& call) {
    auto const& request = call.request;
    bool const forward = request.query("days").has_value();
    if (forward == request.query("to").has_value()) {
        return bad_request("bad_query", "查询参数 days 和 to 要给出其中一个。");
    }
    auto const from = query_date(request, "from");
    if (!from) return from.error();
    auto const calendar = services.store.calendar().current();
    if (forward) {
        auto const days = query_number(request, "days", 0, kMostWorkdays, 0);
        if (!days) return days.error();
        return http::json_response(http::status::ok, workday_after(*calendar, *from, static_cast<int>(*days)));
    }
    auto const to = query_date(request, "to");
    if (!to) return to.error();
    return http::json_response(http::status::ok, workdays_between(*calendar, *from, *to));
}

json::object workdays_schema() {
    return ObjectSchema()
        .may_have("date", date_schema("第 days 个工作日"))
        .may_have("workdays", answer_schema<int>(), "from 之后、到 to 为止的工作日数")
        .member<bool>("provisional", "暂定：涉及放假安排尚未公布的年份")
        .named("Workdays");
}

struct ClockJob {
    TimelineInput input;
    Date as_of;
    std::shared_ptr<workflow::WorkdayCalendar const> calendar;

    workflow::Result<std::string> operator()(storage::Connection&) const {
        auto const clock = workflow::compute_clock(input.timeline, as_of, *calendar);
        if (!clock) return clock.error();
        return clock_json(*clock);
    }
};

/// On a worker: a timeline may be long.
net::awaitable<Answer> compute_timeline(Services& services, Call& call) {
    auto const body = parse_body(call.request.body);
    if (!body) co_return body.error();
    auto input = read_timeline(*body);
    if (!input) co_return http::problem_of(input.error());
    auto const as_of = input->as_of.value_or(call.today());
    ClockJob job{std::move(*input), as_of, services.store.calendar().current()};
    auto clock = co_await services.pool.read(std::move(job), asker(call));
    if (!clock) co_return http::problem_of(clock.error());
    co_return http::text_response(http::status::ok, "application/json", std::move(*clock));
}

}  // namespace

std::vector<Operation> calculator_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/workdays",
         .id = "countWorkdays",
         .summary = "数工作日：from 之后的第 days 个工作日，或 from 到 to 有几个工作日",
         .tag = "calendar",
         .who = Who::Anyone,
         .handler = count_workdays,
         .response = workdays_schema,
         .query =
             {{"from", "起算日期，当日不计", answer_schema<Date>(), true},
              {"days", "工作日数；与 to 二选一", whole_number(0, kMostWorkdays)},
              {"to", "截止日期，当日计入", answer_schema<Date>()}}},
        {.method = verb::post,
         .path = "/api/v1/clock",
         .id = "reckonTimeline",
         .summary = "由时间线计算各项期限，并说明理由",
         .tag = "calendar",
         .who = Who::Anyone,
         .handler = compute_timeline,
         .request = timeline_input_schema,
         .response = answer_schema<CaseClockView>},
    };
}

}  // namespace server::api
