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

std::optional<FollowUpStepView> next_step_of(
    FollowUp const& follow_up, std::vector<FollowUpStep> const& steps, View const& view
) {
    auto const* next = follow_up.open ? workflow::next_limit(steps) : nullptr;
    return next != nullptr ? std::optional(FollowUpStepView{*next, view}) : std::nullopt;
}

template <typename T>
std::optional<T> of_kind(std::vector<T> const& list, FollowUp const& follow_up, FollowUpKind kind) {
    if (follow_up.kind != kind) return std::nullopt;
    return list.at(std::stoul(follow_up.id.value.substr(1)) - 1);
}

struct FollowUpView {
    FollowUpView(storage::StoredCase const& its_case, FollowUp const& follow_up, View const& seen_by)
        : stored(its_case),
          c(its_case.facts),
          about(follow_up),
          view(seen_by),
          shown(follow_up.kind != FollowUpKind::Rating || seen_by.shows_rating),
          steps(shown ? workflow::steps_of(c, follow_up, seen_by.calendar) : std::vector<FollowUpStep>()) {}

    storage::StoredCase const& stored;
    Case const& c;
    FollowUp const& about;
    View const& view;
    bool shown;  ///< with its date and its case, which lead to the person who rated
    std::vector<FollowUpStep> steps;

    bool is(FollowUpKind kind) const { return about.kind == kind; }
    Code const* investigator() const {
        bool const known = is(FollowUpKind::Rating) && shown && c.rating_procedure.assignment;
        return known ? &c.rating_procedure.assignment->investigator : nullptr;
    }
    std::optional<DisputeView> dispute() const {
        if (!is(FollowUpKind::Dispute)) return std::nullopt;
        return DisputeView{*workflow::find_dispute(c, about.id)};
    }
    /// The value, unless it would lead to the person who rated.
    template <typename T>
    std::optional<T> if_shown(T const& value) const {
        return shown ? std::optional<T>(value) : std::nullopt;
    }
};

constexpr auto fields(std::type_identity<FollowUpView>) {
    using A = FollowUpView;
    constexpr std::string_view kSince = "开始的日期；被评价的人和部门看不到评价的日期和申请件";
    return std::tuple{
        answer("kind", &FollowUp::kind),
        answer("id", "在申请件中的编号", &FollowUp::id),
        answer("open", "还有事要办", &FollowUp::open),
        answer("since", kSince, [](A const& a) { return a.if_shown(a.about.since); }),
        answer("case_id", [](A const& a) { return a.if_shown(std::string_view(a.stored.id)); }),
        answer("number", "受理编号", [](A const& a) { return a.if_shown(a.c.number); }),
        answer(
            "title",
            "第一项信息的名称",
            [](A const& a) { return a.if_shown(std::string_view(a.c.application.items.front().title)); }
        ),
        answer("agency", "受理机关", [](A const& a) { return named_agency(a.c.application.agency, a.view.directory); }),
        answer(
            "department_name",
            "主办部门",
            [](A const& a) { return name_of_department(pointer_to(a.c.department), a.view.directory); }
        ),
        answer(
            "steps",
            "各个步骤及其期限",
            [](A const& a) {
                return Each(a.steps, [&a](FollowUpStep const& each) { return FollowUpStepView{each, a.view}; });
            }
        ),
        answer("next", "下一个有期限的步骤", [](A const& a) { return next_step_of(a.about, a.steps, a.view); }),
        answer("rating", "评价", [](A const& a) { return a.is(FollowUpKind::Rating) ? a.c.rating : std::nullopt; }),
        answer(
            "rating_file",
            "评价的处理",
            [](A const& a) { return a.is(FollowUpKind::Rating) ? a.if_shown(a.c.rating_procedure) : std::nullopt; }
        ),
        answer(
            "investigator", "差评的核实人", [](A const& a) { return named_person(a.investigator(), a.view.directory); }
        ),
        answer("dispute", "复议或诉讼", [](A const& a) { return a.dispute(); }),
        answer(
            "suggestion",
            "公开建议",
            [](A const& a) { return of_kind(a.c.suggestions, a.about, FollowUpKind::Suggestion); }
        ),
        answer("amendment", "更正申请", [](A const& a) {
            return of_kind(a.c.amendments, a.about, FollowUpKind::Amendment);
        })};
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
            auto const view = view_of(call, stored->facts, *calendar);
            json.value(FollowUpView(*stored, *found, view));
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

/// A case that this one answers anew, or that answers this one anew.
struct LinkedCaseView {
    storage::StoredCase const& stored;
    View const& view;
    Case const& about = stored.facts;
};

constexpr auto fields(std::type_identity<LinkedCaseView>) {
    using A = LinkedCaseView;
    return std::tuple{
        answer("case_id", [](A const& a) { return std::string_view(a.stored.id); }),
        answer("number", "受理编号", &Case::number),
        answer("state", &Case::state),
        answer("outcome", &Case::outcome),
        answer("concluded_on", "办结日期", &Case::concluded_on),
        answer("clock", [](A const& a) { return clock_summary(a.about, a.view); })};
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
        json.value(FollowUpView(found->stored, follow_up, view));
    }
    json.close_list().key("origin");
    auto const origin = c.origin ? storage::case_of_number(services.reader, c.origin->number) : std::string();
    if (auto const before = services.store.cases().find(services.reader, origin)) {
        json.value(LinkedCaseView{*before, view});
    } else {
        json.value(nullptr);
    }
    json.key("new_replies").open_list();
    for (auto const& id : storage::new_replies_to(services.reader, c.number)) {
        json.value(LinkedCaseView{services.store.cases().find(services.reader, id).value(), view});
    }
    json.close_list().close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

json::object follow_ups_of_case_schema() {
    return ObjectSchema()
        .member("items", list_of(answer_schema<FollowUpView>()), "评价、复议诉讼、公开建议、更正申请")
        .member("origin", nullable(answer_schema<LinkedCaseView>()), "原申请件：它的答复没有得到维持")
        .member("new_replies", list_of(answer_schema<LinkedCaseView>()), "重新答复的申请件")
        .named("CaseMatters");
}

}  // namespace

boost::system::result<FollowUpFilter, http::Problem> period_filter(Call const& call, FollowUpKind kind) {
    FollowUpFilter filter;
    filter.kind = kind;
    if (auto const agency = call.request.query("agency"); agency && !agency->empty()) {
        filter.agencies = call.directory->subtree(Code{std::string(*agency)});
        if (filter.agencies.empty()) return no_agency();
    }
    auto const from = query_date(call, "from");
    if (!from) return from.error();
    auto const to = query_date(call, "to");
    if (!to) return to.error();
    filter.from = *from;
    filter.to = *to;
    return filter;
}

std::vector<OpenFollowUpView> open_follow_ups(Case const& c, View const& view) {
    std::vector<OpenFollowUpView> open;
    for (auto& follow_up : workflow::follow_ups(c)) {
        if (!follow_up.open || (follow_up.kind == FollowUpKind::Rating && !view.shows_rating)) continue;
        auto next = next_step_of(follow_up, workflow::steps_of(c, follow_up, view.calendar), view);
        open.push_back({std::move(follow_up), std::move(next)});
    }
    return open;
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
         .response = [] { return page_of("MatterPage", answer_schema<FollowUpView>()); },
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
