#include "server/api/cases/follow_ups.hpp"

#include <algorithm>
#include <utility>

#include "server/api/cases/case_access.hpp"
#include "server/api/cases/operations.hpp"
#include "server/api/kit/account_json.hpp"
#include "server/api/shapes/input.hpp"

namespace server::api {
namespace {

using http::verb;
using storage::Connection;
using storage::FollowUpFilter;
using workflow::Case;
using workflow::Code;
using workflow::Date;
using workflow::FollowUp;
using workflow::FollowUpKind;
using workflow::FollowUpStep;
using workflow::Result;

// ---- one matter ----------------------------------------------------------------------------------------------------

void write_step(JsonWriter& json, FollowUpStep const& step, View const& view) {
    bool const waits = step.due && !step.done_on;
    auto const days = [&](Date from, Date to) { return view.calendar.workdays_between(from, to); };
    json.open_object();
    json.member("action", step.action).member("due", step.due).member("done_on", step.done_on);
    json.member("basis", step.basis);
    json.member("remaining_workdays", waits ? days(view.today, *step.due) : 0);
    json.member("overdue_workdays", step.due ? days(*step.due, step.done_on.value_or(view.today)) : 0);
    json.close_object();
}

void write_next(JsonWriter& json, FollowUp const& follow_up, std::vector<FollowUpStep> const& steps, View const& view) {
    json.key("next");
    auto const* next = workflow::next_limit(steps);
    if (next == nullptr || !follow_up.open) return json.value(nullptr);
    write_step(json, *next, view);
}

json::object follow_up_step_schema() {
    return ObjectSchema()
        .member<workflow::Action>("action", "由哪个动作完成")
        .member<std::optional<Date>>("due", "最后一天；没有期限或者要先办前一步的为空")
        .member<std::optional<Date>>("done_on", "完成日期")
        .member<std::string>("basis", "依据")
        .member<int>("remaining_workdays", "还剩的工作日")
        .member<int>("overdue_workdays", "超过的工作日")
        .named("MatterStep");
}

/// The case to which the follow-up belongs.
void write_case_of(JsonWriter& json, storage::StoredCase const& stored, bool shown) {
    auto const& c = stored.facts;
    json.member("case_id", shown ? std::optional(stored.id) : std::nullopt);
    json.member("number", shown ? std::optional(c.number) : std::nullopt);
    json.member("title", shown ? std::optional(c.application.items.front().title) : std::nullopt);
}

void write_agency_of(JsonWriter& json, Case const& c, storage::Directory const& directory) {
    auto const* agency = directory.agency(c.application.agency);
    auto const* department = c.department ? directory.department(*c.department) : nullptr;
    json.member("agency", c.application.agency);
    json.member("agency_name", agency != nullptr ? std::optional(agency->name) : std::nullopt);
    json.member("department_name", department != nullptr ? std::optional(department->name) : std::nullopt);
}

template <typename T>
std::optional<T> of_kind(std::vector<T> const& list, FollowUp const& follow_up, FollowUpKind kind) {
    if (follow_up.kind != kind) return std::nullopt;
    return list.at(std::stoul(follow_up.id.value.substr(1)) - 1);
}

void write_details(JsonWriter& json, Case const& c, FollowUp const& follow_up, bool shown, View const& view) {
    bool const rating = follow_up.kind == FollowUpKind::Rating;
    auto const& investigation = c.rating_procedure.assignment;
    bool const investigated = rating && shown && investigation;
    json.member("rating", rating ? c.rating : std::nullopt);
    json.member("rating_file", rating && shown ? std::optional(c.rating_procedure) : std::nullopt);
    write_person(
        json, "investigator", investigated ? std::optional(investigation->investigator) : std::nullopt, view.directory
    );
    json.key("dispute");
    if (follow_up.kind == FollowUpKind::Dispute) {
        json.open_object();
        write_dispute(json, *workflow::find_dispute(c, follow_up.id));
        json.close_object();
    } else {
        json.value(nullptr);
    }
    json.member("suggestion", of_kind(c.suggestions, follow_up, FollowUpKind::Suggestion));
    json.member("amendment", of_kind(c.amendments, follow_up, FollowUpKind::Amendment));
}

// ---- lists ---------------------------------------------------------------------------------------------------------

boost::system::result<std::optional<Date>, http::Problem> query_date(Call const& call, std::string_view name) {
    auto const text = call.request.query(name);
    if (!text || text->empty()) return std::optional<Date>();
    auto const date = workflow::parse_date(*text);
    if (date) return date;
    return bad_request("bad_query", "查询参数 " + std::string(name) + " 应当是 YYYY-MM-DD 形式的真实日期。");
}

boost::system::result<FollowUpFilter, http::Problem> follow_up_filter(Call const& call) {
    auto const kind = workflow::parse<FollowUpKind>(call.request.query("kind").value_or(""));
    if (!kind) return bad_request("bad_query", "查询参数 kind 不是事项的类别。");
    auto filter = period_filter(call, *kind);
    if (!filter) return filter.error();
    if (auto const open = call.request.query("open"); open && !open->empty()) {
        if (*open != "true" && *open != "false") return bad_request("bad_query", "open 只能是 true 或 false。");
        filter->open = *open == "true";
    }
    auto const limit = query_number(call.request, "limit", 1, kLongestPage, kUsualPage);
    if (!limit) return limit.error();
    filter->limit = *limit;
    filter->cursor = call.request.query("cursor").value_or("");
    return filter;
}

/// How the caller looks at the case.
View view_of(Call const& call, Case const& facts, workflow::WorkdayCalendar const& calendar) {
    View view{*call.directory, calendar, call.today()};
    auto const line = call.directory->line(facts.application.agency);
    view.shows_rating = workflow::sees_rating(facts, workflow::roles_on(facts, call.actor, line), call.actor.id);
    return view;
}

struct FollowUpListJob {
    Services& services;
    Call const& call;
    FollowUpFilter filter;

    Result<std::string> operator()(Connection& connection) const {
        auto const scope = storage::scope_of(call.actor, *call.directory);
        auto const page = storage::list_follow_ups(connection, scope, filter);
        if (!page) return page.error();
        auto const calendar = services.store.calendar().current();
        JsonWriter json;
        json.open_object().key("items").open_list();
        for (auto const& [case_id, id] : page->items) {
            auto const stored = services.store.cases().find(connection, case_id);
            if (!stored) continue;
            auto const all = workflow::follow_ups(stored->facts);
            auto const found = std::ranges::find(all, Code{id}, &FollowUp::id);
            if (found == all.end()) continue;
            write_follow_up(json, *stored, *found, view_of(call, stored->facts, *calendar));
        }
        json.close_list().member("next_cursor", page->next_cursor).close_object();
        return json.take();
    }
};

net::awaitable<Answer> list_follow_ups(Services& services, Call& call) {
    auto filter = follow_up_filter(call);
    if (!filter) co_return filter.error();
    FollowUpListJob job{services, call, std::move(*filter)};
    auto body = co_await services.pool.read(std::move(job));
    if (!body) co_return http::problem_of(body.error());
    co_return http::text_response(http::status::ok, "application/json", std::move(*body));
}

// ---- those of one case ---------------------------------------------------------------------------------------------

void write_link(JsonWriter& json, storage::StoredCase const& stored, View const& view) {
    auto const& c = stored.facts;
    json.open_object();
    json.member("case_id", stored.id).member("number", c.number).member("state", c.state);
    json.member("outcome", c.outcome).member("concluded_on", c.concluded_on);
    json.key("clock");
    write_clock_summary(json, c, view);
    json.close_object();
}

json::object link_schema() {
    return ObjectSchema()
        .member<std::string>("case_id")
        .member<Code>("number", "受理编号")
        .member<workflow::State>("state")
        .member<std::optional<workflow::Outcome>>("outcome")
        .member<std::optional<Date>>("concluded_on", "办结日期")
        .member("clock", nullable(clock_summary_schema()))
        .named("LinkedCase");
}

Answer read_follow_ups(Services& services, Call& call) {
    auto const found = visible_case(services, services.reader, call, call.parameter(0));
    if (!found) return found.error();
    auto const& c = found->stored.facts;
    auto const view = found->view(call);
    JsonWriter json;
    json.open_object().key("items").open_list();
    for (auto const& follow_up : workflow::follow_ups(c)) {
        if (follow_up.kind == FollowUpKind::Rating && !view.shows_rating) continue;
        write_follow_up(json, found->stored, follow_up, view);
    }
    json.close_list().key("origin");
    auto const origin = c.origin ? storage::case_of_number(services.reader, c.origin->number) : std::string();
    if (auto const before = services.store.cases().find(services.reader, origin)) {
        write_link(json, *before, view);
    } else {
        json.value(nullptr);
    }
    json.key("new_replies").open_list();
    for (auto const& id : storage::new_replies_to(services.reader, c.number)) {
        write_link(json, services.store.cases().find(services.reader, id).value(), view);
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object follow_ups_of_case_schema() {
    return ObjectSchema()
        .member("items", list_of(follow_up_schema()), "评价、复议诉讼、公开建议、更正申请")
        .member("origin", nullable(link_schema()), "原申请件：它的答复没有得到维持")
        .member("new_replies", list_of(link_schema()), "重新答复的申请件")
        .named("CaseMatters");
}

}  // namespace

boost::system::result<FollowUpFilter, http::Problem> period_filter(Call const& call, FollowUpKind kind) {
    FollowUpFilter filter;
    filter.kind = kind;
    if (auto const agency = call.request.query("agency"); agency && !agency->empty()) {
        filter.agencies = call.directory->subtree(Code{std::string(*agency)});
        if (filter.agencies.empty()) return not_found("agency_not_found", "没有找到这个机关。");
    }
    auto const from = query_date(call, "from");
    if (!from) return from.error();
    auto const to = query_date(call, "to");
    if (!to) return to.error();
    filter.from = *from;
    filter.to = *to;
    return filter;
}

void write_follow_up(JsonWriter& json, storage::StoredCase const& stored, FollowUp const& follow_up, View const& view) {
    auto const& c = stored.facts;
    bool const shown = follow_up.kind != FollowUpKind::Rating || view.shows_rating;
    auto const steps = shown ? workflow::steps_of(c, follow_up, view.calendar) : std::vector<FollowUpStep>();
    json.open_object();
    json.member("kind", follow_up.kind).member("id", follow_up.id).member("open", follow_up.open);
    json.member("since", shown ? std::optional(follow_up.since) : std::nullopt);
    write_case_of(json, stored, shown);
    write_agency_of(json, c, view.directory);
    json.key("steps").open_list();
    for (auto const& step : steps) write_step(json, step, view);
    json.close_list();
    write_next(json, follow_up, steps, view);
    write_details(json, c, follow_up, shown, view);
    json.close_object();
}

json::object follow_up_schema() {
    return ObjectSchema()
        .member<FollowUpKind>("kind")
        .member<Code>("id", "在申请件中的编号")
        .member<bool>("open", "还有事要办")
        .member<std::optional<Date>>("since", "开始的日期；被评价的人和部门看不到评价的日期和申请件")
        .member<std::optional<std::string>>("case_id")
        .member<std::optional<Code>>("number", "受理编号")
        .member<std::optional<std::string>>("title", "第一项信息的名称")
        .member_with_name<Code>("agency", "受理机关")
        .member<std::optional<std::string>>("department_name", "主办部门")
        .member("steps", list_of(follow_up_step_schema()), "各个步骤及其期限")
        .member("next", nullable(follow_up_step_schema()), "下一个有期限的步骤")
        .member<std::optional<workflow::RatingGiven>>("rating", "评价")
        .member<std::optional<workflow::RatingProcedure>>("rating_file", "评价的处理")
        .member_with_name<std::optional<Code>>("investigator", "差评的核实人")
        .member("dispute", nullable(dispute_schema()), "复议或诉讼")
        .member<std::optional<workflow::PublicationSuggestion>>("suggestion", "公开建议")
        .member<std::optional<workflow::Amendment>>("amendment", "更正申请")
        .named("Matter");
}

void write_open_follow_ups(JsonWriter& json, Case const& c, View const& view) {
    json.open_list();
    for (auto const& follow_up : workflow::follow_ups(c)) {
        if (!follow_up.open || (follow_up.kind == FollowUpKind::Rating && !view.shows_rating)) continue;
        json.open_object().member("kind", follow_up.kind).member("id", follow_up.id);
        write_next(json, follow_up, workflow::steps_of(c, follow_up, view.calendar), view);
        json.close_object();
    }
    json.close_list();
}

json::object open_follow_up_schema() {
    return ObjectSchema()
        .member<FollowUpKind>("kind")
        .member<Code>("id", "在申请件中的编号")
        .member("next", nullable(follow_up_step_schema()), "下一个有期限的步骤")
        .named("OpenMatter");
}

std::vector<Operation> follow_up_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/matters",
         .id = "listMatters",
         .summary = "答复以外的事项：好差评、复议诉讼、公开建议、更正申请",
         .tag = "matters",
         .who = Who::Staff,
         .handler = list_follow_ups,
         .response = [] { return page_of("MatterPage", follow_up_schema()); },
         .query =
             {{"kind", "类别", codes_schema<FollowUpKind>(), true},
              {"open", "true：还有事要办的，等得最久的在前；false：已经办完的", answer_schema<bool>()},
              {"agency", "机关代码，含其下级机关"},
              {"from", "这一天或以后开始的", answer_schema<Date>()},
              {"to", "这一天或以前开始的", answer_schema<Date>()},
              {"limit", "每页件数", whole_number(1, kLongestPage)},
              {"cursor", "上一页的 next_cursor"}},
         .problems = {http::status::not_found, http::status::unprocessable_entity}},
        {.method = verb::get,
         .path = "/api/v1/cases/{id}/matters",
         .id = "readMatters",
         .summary = "一件申请的各项事项，以及与它相连的申请件",
         .tag = "matters",
         .who = Who::Staff,
         .handler = read_follow_ups,
         .response = follow_ups_of_case_schema},
    };
}

}  // namespace server::api
