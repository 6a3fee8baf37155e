#include "server/api/cases/card_json.hpp"

#include "workflow/supervision/cards.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "server/api/kit/account_json.hpp"
#include "server/api/shapes/facts.hpp"

namespace server::api {
namespace {

using workflow::Action;
using workflow::Card;
using workflow::Code;
using workflow::Date;

// ---- a line of the list --------------------------------------------------------------------------------------------

/// Who handles the case of a card.
struct HandledBy {
    Code const& agency;
    std::optional<Code> const& department;
    std::optional<Code> const& assignee;
    storage::Directory const& directory;
};

constexpr auto fields(std::type_identity<HandledBy>) {
    return std::tuple{
        answer("agency", "机关", [](HandledBy const& p) { return named_agency(p.agency, p.directory); }),
        answer(
            "department",
            "承办部门",
            [](HandledBy const& p) { return named_department(pointer_to(p.department), p.directory); }
        ),
        answer("assignee", "承办人", [](HandledBy const& p) {
            return named_person(pointer_to(p.assignee), p.directory);
        })};
}

std::optional<Date> due_of_next_step(storage::CardRow const& row, workflow::WorkdayCalendar const& calendar) {
    for (workflow::CardStep const* step : workflow::steps_of(row.level)) {
        if (step->action == row.next_step) return calendar.add_workdays(row.issued_on, step->workdays).date;
    }
    return std::nullopt;
}

struct CardRowView {
    storage::CardRow const& about;
    View const& view;
    std::optional<Date> next_step_due = due_of_next_step(about, view.calendar);
};

constexpr auto fields(std::type_identity<CardRowView>) {
    using A = CardRowView;
    using storage::CardRow;
    return std::tuple{
        answer("id", &CardRow::id),
        answer("case_id", &CardRow::case_id),
        answer("number", "受理编号", &CardRow::number),
        spread([](A const& a) {
            return HandledBy{a.about.agency, a.about.department, a.about.assignee, a.view.directory};
        }),
        answer("level", "牌别", &CardRow::level),
        answer("cause", "事由", &CardRow::cause),
        answer("state", "处理情况", &CardRow::state),
        answer("stage", "环节", [](A const& a) { return workflow::rule_of(a.about.cause).stage; }),
        answer("issued_on", "发出日期", &CardRow::issued_on),
        answer("due", "所依据的期限", &CardRow::due),
        answer("lifted", "事由已消除", &CardRow::lifted),
        answer("escalated", "已报上级机关", &CardRow::escalated),
        answer("next_step", "下一步", &CardRow::next_step),
        answer("next_step_due", "下一步的期限", [](A const& a) { return a.next_step_due; }),
        answer("missed", "下一步已过期限", [](A const& a) {
            return a.next_step_due && *a.next_step_due < a.view.today;
        })};
}

// ---- one card with its procedure -----------------------------------------------------------------------------------

struct CardProcedureStepView {
    workflow::CardStep const& about;
    Date due;
    workflow::CardStepTaken const* done;  ///< null while it has not been taken
    bool escalated;
    View const& view;
};

constexpr auto fields(std::type_identity<CardProcedureStepView>) {
    using A = CardProcedureStepView;
    using workflow::CardStep;
    return std::tuple{
        answer("step", &CardStep::action),
        answer("due", "最迟", [](A const& a) { return a.due; }),
        answer("source", "依据", &CardStep::source),
        answer(
            "done_on",
            "完成日期",
            [](A const& a) { return a.done != nullptr ? std::optional(a.done->on) : std::nullopt; }
        ),
        answer(
            "by",
            "谁完成的",
            [](A const& a) { return named_person(a.done != nullptr ? &a.done->by : nullptr, a.view.directory); }
        ),
        answer(
            "missed",
            "已过期限，或者过期才完成",
            [](A const& a) { return (a.done != nullptr ? a.done->on : a.view.today) > a.due; }
        ),
        answer("escalated", "已报上级机关", [](A const& a) { return a.escalated; })};
}

std::vector<CardProcedureStepView> steps_of_procedure(Card const& card, View const& view) {
    std::vector<CardProcedureStepView> steps;
    for (workflow::CardStep const* step : workflow::steps_of(card.issue.level)) {
        auto const done = std::ranges::find(card.steps, step->action, &workflow::CardStepTaken::step);
        bool const told = std::ranges::find(card.escalated, step->action) != card.escalated.end();
        steps.push_back(
            {*step,
             workflow::due_of(*step, card, view.calendar),
             done != card.steps.end() ? &*done : nullptr,
             told,
             view}
        );
    }
    return steps;
}

bool is_about(workflow::Event const& event, Code const& card) {
    auto const* issue = std::get_if<workflow::CardIssue>(&event.payload);
    auto const* named = workflow::named_card(event.payload);
    return (issue != nullptr && issue->id == card) || (named != nullptr && *named == card);
}

struct CardProcedureEntryView {
    std::int64_t seq;
    workflow::Event const& about;
    workflow::Case const& facts;
    View const& view;
};

constexpr auto fields(std::type_identity<CardProcedureEntryView>) {
    using A = CardProcedureEntryView;
    using workflow::Event;
    return std::tuple{
        answer("seq", "日志序号", [](A const& a) { return a.seq; }),
        answer("action", &Event::action),
        answer("role", "以什么角色", &Event::role),
        answer(
            "by",
            "谁做的",
            [](A const& a) { return named_person(a.about.by.empty() ? nullptr : &a.about.by, a.view.directory); }
        ),
        answer("at", "记录的时刻", &Event::at),
        answer("on", "日期", &Event::on),
        answer("facts", "填写的内容", [](A const& a) {
            return Facts{a.about.payload, a.facts, a.view.directory};
        })};
}

struct CardProcedureView {
    storage::StoredCase const& stored;
    Card const& about;
    std::vector<storage::CaseStore::TimelineEntry> const& entries;  ///< of the whole case
    View const& view;
    workflow::Case const& facts = stored.facts;
    workflow::CardRule const& rule = workflow::rule_of(about.issue.cause);

    std::vector<CardProcedureEntryView> history() const {
        std::vector<CardProcedureEntryView> list;
        for (auto const& [seq, event] : entries) {
            if (is_about(event, about.issue.id)) list.push_back({seq, event, facts, view});
        }
        return list;
    }
};

constexpr auto fields(std::type_identity<CardProcedureView>) {
    using A = CardProcedureView;
    return std::tuple{
        answer("id", [](A const& a) { return storage::card_id(a.stored.id, a.about.issue.id); }),
        answer("case_id", [](A const& a) { return std::string_view(a.stored.id); }),
        answer("version", "申请件的版本", [](A const& a) { return a.facts.version; }),
        answer(
            "number", "受理编号", [](A const& a) -> auto const& { return a.facts.number; }
        ),
        answer(
            "title",
            "申请的第一项",
            [](A const& a) { return std::string_view(a.facts.application.items.front().title); }
        ),
        spread([](A const& a) {
            return HandledBy{a.facts.application.agency, a.facts.department, a.facts.assignee, a.view.directory};
        }),
        answer("level", "牌别", [](A const& a) { return a.about.issue.level; }),
        answer("cause", "事由", [](A const& a) { return a.about.issue.cause; }),
        answer("state", "处理情况", &Card::state),
        answer("stage", "环节", [](A const& a) { return a.rule.stage; }),
        answer("ground", "发牌的理由", [](A const& a) { return a.rule.ground; }),
        answer("source", "依据", [](A const& a) { return a.rule.source; }),
        answer("issued_on", "发出日期", &Card::on),
        answer("due", "所依据的期限", [](A const& a) { return a.about.issue.due; }),
        answer("workdays", "发牌时剩余（负数为超过）的工作日", [](A const& a) { return a.about.issue.workdays; }),
        answer("other_reds", "此前30日内本机关的其他红牌", [](A const& a) { return a.about.issue.other_reds; }),
        answer("lifted_on", "事由消除的日期", &Card::lifted_on),
        answer("closed_on", "办结日期", &Card::closed_on),
        answer("revoked_on", "撤销日期", &Card::revoked_on),
        answer(
            "revocation_by",
            "申请撤销的人",
            [](A const& a) { return named_person(pointer_to(a.about.revocation_by), a.view.directory); }
        ),
        answer("steps", "每牌必查的步骤", [](A const& a) { return steps_of_procedure(a.about, a.view); }),
        answer("history", "处理过程", [](A const& a) { return a.history(); })};
}

}  // namespace

CardAddress card_address(std::string_view id) {
    auto const dash = std::min(id.rfind('-'), id.size());
    return {std::string(id.substr(0, dash)), Code{std::string(id.substr(std::min(dash + 1, id.size())))}};
}

void write_card_row(JsonWriter& json, storage::CardRow const& row, View const& view) {
    json.value(CardRowView{row, view});
}

json::object card_row_schema() { return answer_schema<CardRowView>(); }

void write_card_procedure(
    JsonWriter& json,
    storage::StoredCase const& stored,
    Card const& card,
    std::vector<storage::CaseStore::TimelineEntry> const& entries,
    View const& view
) {
    json.members(CardProcedureView{stored, card, entries, view});
}

ObjectSchema card_procedure_members() { return ObjectSchema().members<CardProcedureView>(); }

}  // namespace server::api
