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

/// The agency and people of the case of a card.
struct Place {
    Code agency;
    std::optional<Code> department;
    std::optional<Code> assignee;
};

void write_place(JsonWriter& json, Place const& place, storage::Directory const& directory) {
    auto const* agency = directory.agency(place.agency);
    auto const* department = place.department ? directory.department(*place.department) : nullptr;
    json.member("agency", place.agency);
    json.member("agency_name", agency != nullptr ? std::optional(agency->name) : std::nullopt);
    json.member("department", place.department);
    json.member("department_name", department != nullptr ? std::optional(department->name) : std::nullopt);
    write_person(json, "assignee", place.assignee, directory);
}

ObjectSchema& place_members(ObjectSchema& object) {
    object.member_with_name<Code>("agency", "机关");
    object.member_with_name<std::optional<Code>>("department", "承办部门");
    return object.member_with_name<std::optional<Code>>("assignee", "承办人");
}

void write_steps(JsonWriter& json, Card const& card, View const& view) {
    json.key("steps").open_list();
    for (workflow::CardStep const* step : workflow::steps_of(card.issue.level)) {
        auto const done = std::ranges::find(card.steps, step->action, &workflow::CardStepTaken::step);
        bool const taken = done != card.steps.end();
        Date const due = workflow::due_of(*step, card, view.calendar);
        bool const told = std::ranges::find(card.escalated, step->action) != card.escalated.end();
        json.open_object().member("step", step->action).member("due", due).member("source", step->source);
        json.member("done_on", taken ? std::optional(done->on) : std::nullopt);
        write_person(json, "by", taken ? std::optional(done->by) : std::nullopt, view.directory);
        json.member("missed", taken ? done->on > due : view.today > due).member("escalated", told);
        json.close_object();
    }
    json.close_list();
}

json::object card_step_schema() {
    return ObjectSchema()
        .member<Action>("step")
        .member<Date>("due", "最迟")
        .member<std::string>("source", "依据")
        .member<std::optional<Date>>("done_on", "完成日期")
        .member_with_name<std::optional<Code>>("by", "谁完成的")
        .member<bool>("missed", "已过期限，或者过期才完成")
        .member<bool>("escalated", "已报上级机关")
        .named("CardFileStep");
}

bool is_about(workflow::Event const& event, Code const& card) {
    auto const* issue = std::get_if<workflow::CardIssue>(&event.payload);
    auto const* named = workflow::named_card(event.payload);
    return (issue != nullptr && issue->id == card) || (named != nullptr && *named == card);
}

void write_history(
    JsonWriter& json,
    workflow::Case const& facts,
    Code const& card,
    std::vector<storage::CaseStore::TimelineEntry> const& entries,
    View const& view
) {
    json.key("history").open_list();
    for (auto const& [seq, event] : entries) {
        if (!is_about(event, card)) continue;
        json.open_object().member("seq", seq).member("action", event.action).member("role", event.role);
        write_person(json, "by", event.by.empty() ? std::nullopt : std::optional(event.by), view.directory);
        json.member("at", event.at).member("on", event.on).key("facts").open_list();
        FactWriter lines(json, facts, view.directory);
        std::visit([&](auto const& data) { lines.members(data); }, event.payload);
        json.close_list().close_object();
    }
    json.close_list();
}

json::object history_schema() {
    return ObjectSchema()
        .member<std::int64_t>("seq", "日志序号")
        .member<Action>("action")
        .member<workflow::Role>("role", "以什么角色")
        .member_with_name<std::optional<Code>>("by", "谁做的")
        .member<workflow::Instant>("at", "记录的时刻")
        .member<Date>("on", "日期")
        .member("facts", list_of(FactWriter::schema()), "填写的内容")
        .named("CardFileEntry");
}

}  // namespace

CardAddress card_address(std::string_view id) {
    auto const dash = std::min(id.rfind('-'), id.size());
    return {std::string(id.substr(0, dash)), Code{std::string(id.substr(std::min(dash + 1, id.size())))}};
}

void write_card(JsonWriter& json, Card const& card, std::string_view case_id) {
    json.members(card.issue);
    json.member("on", card.on).member("state", card.state()).member("lifted_on", card.lifted_on);
    json.member("file", storage::card_id(case_id, card.issue.id));
}

json::object card_schema() {
    return ObjectSchema()
        .members<workflow::CardIssue>()
        .member<Date>("on", "发出日期")
        .member<workflow::CardState>("state", "处理情况")
        .member<std::optional<Date>>("lifted_on", "事由消除的日期")
        .member<std::string>("file", "GET /supervision/cards/{id} 的 id")
        .named("Card");
}

void write_card_row(JsonWriter& json, storage::CardRow const& row, View const& view) {
    json.open_object().member("id", row.id).member("case_id", row.case_id).member("number", row.number);
    write_place(json, {row.agency, row.department, row.assignee}, view.directory);
    json.member("level", row.level).member("cause", row.cause).member("state", row.state);
    json.member("stage", workflow::rule_of(row.cause).stage);
    json.member("issued_on", row.issued_on).member("due", row.due);
    json.member("lifted", row.lifted).member("escalated", row.escalated).member("next_step", row.next_step);
    std::optional<Date> step_due;
    for (workflow::CardStep const* step : workflow::steps_of(row.level)) {
        if (step->action == row.next_step) step_due = view.calendar.add_workdays(row.issued_on, step->workdays).date;
    }
    json.member("next_step_due", step_due).member("missed", step_due && *step_due < view.today).close_object();
}

json::object card_row_schema() {
    ObjectSchema object;
    object.member<std::string>("id").member<std::string>("case_id").member<Code>("number", "受理编号");
    place_members(object);
    return object.member<workflow::CardLevel>("level", "牌别")
        .member<workflow::CardCause>("cause", "事由")
        .member<workflow::CardState>("state", "处理情况")
        .member<workflow::Stage>("stage", "环节")
        .member<Date>("issued_on", "发出日期")
        .member<Date>("due", "所依据的期限")
        .member<bool>("lifted", "事由已消除")
        .member<bool>("escalated", "已报上级机关")
        .member<std::optional<Action>>("next_step", "下一步")
        .member<std::optional<Date>>("next_step_due", "下一步的期限")
        .member<bool>("missed", "下一步已过期限")
        .named("CardRow");
}

void write_card_file(
    JsonWriter& json,
    storage::StoredCase const& stored,
    Card const& card,
    std::vector<storage::CaseStore::TimelineEntry> const& entries,
    View const& view
) {
    auto const& facts = stored.facts;
    auto const& rule = workflow::rule_of(card.issue.cause);
    json.member("id", storage::card_id(stored.id, card.issue.id)).member("case_id", stored.id);
    json.member("version", facts.version).member("number", facts.number);
    json.member("title", facts.application.items.front().title);
    write_place(json, {facts.application.agency, facts.department, facts.assignee}, view.directory);
    json.member("level", card.issue.level).member("cause", card.issue.cause).member("state", card.state());
    json.member("stage", rule.stage).member("ground", rule.ground).member("source", rule.source);
    json.member("issued_on", card.on).member("due", card.issue.due).member("workdays", card.issue.workdays);
    json.member("other_reds", card.issue.other_reds).member("lifted_on", card.lifted_on);
    json.member("closed_on", card.closed_on).member("revoked_on", card.revoked_on);
    write_person(json, "revocation_by", card.revocation_by, view.directory);
    write_steps(json, card, view);
    write_history(json, facts, card.issue.id, entries, view);
}

ObjectSchema card_file_members() {
    ObjectSchema object;
    object.member<std::string>("id").member<std::string>("case_id").member<std::int64_t>("version", "申请件的版本");
    object.member<Code>("number", "受理编号").member<std::string>("title", "申请的第一项");
    place_members(object);
    object.member<workflow::CardLevel>("level", "牌别").member<workflow::CardCause>("cause", "事由");
    object.member<workflow::CardState>("state", "处理情况").member<workflow::Stage>("stage", "环节");
    object.member<std::string>("ground", "发牌的理由").member<std::string>("source", "依据");
    object.member<Date>("issued_on", "发出日期").member<Date>("due", "所依据的期限");
    object.member<int>("workdays", "发牌时剩余（负数为超过）的工作日");
    object.member<int>("other_reds", "此前30日内本机关的其他红牌");
    object.member<std::optional<Date>>("lifted_on", "事由消除的日期");
    object.member<std::optional<Date>>("closed_on", "办结日期").member<std::optional<Date>>("revoked_on", "撤销日期");
    object.member_with_name<std::optional<Code>>("revocation_by", "申请撤销的人");
    object.member("steps", list_of(card_step_schema()), "每牌必查的步骤");
    object.member("history", list_of(history_schema()), "处理过程");
    return object;
}

}  // namespace server::api
