#include "server/api/cases/action_form.hpp"

#include "storage/engine/shape_json.hpp"
#include "workflow/cases/payloads.hpp"
#include "workflow/cases/retention.hpp"
#include "workflow/procedure/guards.hpp"
#include "workflow/procedure/next_step.hpp"
#include "workflow/reply/checks.hpp"
#include "workflow/reports/table3.hpp"
#include "workflow/words/outcomes.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "server/api/shapes/references.hpp"
#include "server/api/shapes/schema.hpp"

namespace server::api {
namespace {

using workflow::Action;
using workflow::Case;
using workflow::Code;
using workflow::Date;
using workflow::Evidence;
using workflow::OutcomeRule;
using workflow::When;

json::object choice(std::string_view code, std::string_view title, std::string_view description = {}) {
    json::object made{{"const", code}, {"title", title}};
    if (!description.empty()) made.emplace("description", description);
    return made;
}

/// Leaves only the checks that may be waived with a reason.
void narrow_waivers(json::object& form) {
    json::array checks;
    for (auto const& rule : workflow::check_rules()) {
        if (rule.severity != workflow::Severity::Waivable) continue;
        checks.push_back(choice(workflow::code(rule.check), workflow::label(rule.check), rule.article));
    }
    auto& waiver = form.at("properties").at("waivers").at("items").as_object();
    waiver.at("properties").at("check").as_object()["oneOf"] = std::move(checks);
}

json::object form_of(Action action) {
    auto const payload = workflow::payload_for(action);
    auto form = std::visit([]<typename T>(T const&) { return shape_schema<T>(); }, payload);
    if (std::holds_alternative<workflow::ReplySubmission>(payload)) narrow_waivers(form);
    return form;
}

// ---- what one case narrows, whatever the form ----------------------------------------------------------------------

/// Limits a date to the days that workflow/cases/form.cpp accepts.
void narrow_date(json::object& property, bool required, When when, Case const& c, View const& view) {
    if (when == When::Limit) {
        property["formatMinimum"] = workflow::to_string(workflow::add_days(view.today, 1));
    } else if (when != When::Any) {
        property["formatMinimum"] = workflow::to_string(c.timeline().received);
        property["formatMaximum"] = workflow::to_string(view.today);
        if (required) property["default"] = workflow::to_string(view.today);
    }
}

/// Limits a reference to what exists in this case; false when nothing is left to choose from.
bool narrow_reference(json::object& property, Reference const& reference, Case const& c, View const& view) {
    json::array choices;
    for (auto const& [code, name] : reference.choices(c, view.directory)) choices.push_back(choice(code, name));
    if (choices.empty()) {
        property["enum"] = json::array{};
        return false;
    }
    if (property.at("type").is_array()) choices.push_back(json::object{{"const", nullptr}});
    property["oneOf"] = std::move(choices);
    return true;
}

template <workflow::Shape T>
void narrow(json::object& form, Case const& c, View const& view) {
    auto& properties = form.at("properties").as_object();
    workflow::for_each_field<T>([&]<typename S, typename M>(workflow::Field<S, M> const& field) {
        if (!properties.contains(field.name)) return;
        auto& property = properties[field.name].as_object();
        bool const required = is_required<M>(field.bounds);
        if constexpr (std::is_same_v<M, Date> || std::is_same_v<M, std::optional<Date>>) {
            narrow_date(property, required, field.bounds.when, c, view);
        }
        auto const* reference = reference_of(field.name);
        if (reference == nullptr || reference->choices == nullptr) return;
        auto& coded = workflow::kIsList<M> ? property.at("items").as_object() : property;
        bool const some = narrow_reference(coded, *reference, c, view);
        if (!some && !required) properties.stable_erase(properties.find(field.name));
    });
}

// ---- the reply -----------------------------------------------------------------------------------------------------

std::string before_approval(Evidence evidence) {
    return "提交审批前须：" + std::string(workflow::label(evidence)) + "。";
}

/// The evidence that is given in the item itself; other evidence is elsewhere in the case.
constexpr std::array kAskedInTheItem{
    Evidence::Limb, Evidence::Reference, Evidence::Reason, Evidence::Separation, Evidence::PublicInterest};

std::string what_it_rests_on(OutcomeRule const& rule) {
    std::string text(rule.article);
    for (auto const& evidence : workflow::kEvidence) {
        bool const here = std::ranges::find(kAskedInTheItem, evidence.value) != kAskedInTheItem.end();
        if (!here && rule.evidence.has(evidence.value)) text += "；" + before_approval(evidence.value);
    }
    return text;
}

/// The outcomes an officer may choose, by the parts of 表三: a choice of choices.
json::array outcome_choices() {
    json::array parts;
    int first_row = 1;
    for (auto const& part : workflow::kTable3Parts) {
        json::array outcomes;
        for (OutcomeRule const& rule : workflow::kOutcomeRules) {
            if (!rule.drafted || rule.table3_row < first_row || rule.table3_row > part.last_row) continue;
            auto const outcome = rule.outcome;
            outcomes.push_back(choice(workflow::code(outcome), workflow::label(outcome), what_it_rests_on(rule)));
        }
        parts.push_back(json::object{{"title", part.label}, {"oneOf", std::move(outcomes)}});
        first_row = part.last_row + 1;
    }
    return parts;
}

json::value limb_schema(OutcomeRule const& rule) {
    json::array limbs;
    for (auto const& limb : workflow::kLimbRules) {
        if (!workflow::fits(limb.limb, rule.outcome)) continue;
        limbs.push_back(choice(workflow::code(limb.limb), workflow::label(limb.limb), limb.article));
    }
    if (limbs.empty()) return false;
    limbs.push_back(json::object{{"const", nullptr}});
    return json::object{{"oneOf", std::move(limbs)}};
}

/// What the handler affirms under one outcome.
json::value statements_schema(OutcomeRule const& rule) {
    json::array statements;
    for (auto const& statement : workflow::kStatements) {
        if (workflow::may_state(rule.outcome, statement.value))
            statements.push_back(choice(statement.code, statement.label));
    }
    if (statements.empty()) return false;
    return json::object{{"items", {{"oneOf", std::move(statements)}}}};
}

/// Something that has no outcome yet.
json::object undecided() { return {{"not", {{"required", json::array{"outcome"}}}}}; }

/// Under the condition nothing of the form is asked for but this member.
json::object ask_only(std::string_view wanted, json::object const& form, json::object condition) {
    json::object others;
    for (auto const& member : form.at("properties").as_object()) {
        if (member.key() != wanted) others.emplace(member.key(), false);
    }
    return {{"if", std::move(condition)}, {"then", {{"properties", std::move(others)}}}};
}

/// What the members of an item mean under one outcome; `false`: nothing is to be said there.
json::object item_members(OutcomeRule const& rule) {
    json::object members{{"limb", limb_schema(rule)}, {"reference", false}, {"separation", false}};
    members.emplace("statements", statements_schema(rule));
    for (auto const& member : workflow::conditional_members()) {
        if (!workflow::has_member(rule.outcome, member)) members.emplace(member, false);
    }
    if (!rule.reference.empty()) members["reference"] = json::object{{"title", rule.reference}};
    for (Evidence const evidence : kAskedInTheItem) {
        if (!rule.evidence.has(evidence)) continue;
        auto& member = members[workflow::code(evidence)];
        if (!member.is_object()) member = json::object();
        member.as_object().emplace("description", before_approval(evidence));
    }
    return members;
}

json::object item_schema() {
    auto schema = shape_schema<workflow::ItemReply>();
    schema["properties"].at("outcome").as_object()["oneOf"] = outcome_choices();
    json::array cases{ask_only("outcome", schema, undecided())};
    for (OutcomeRule const& rule : workflow::kOutcomeRules) {
        if (!rule.drafted) continue;
        json::object const is_this{{"outcome", {{"const", workflow::code(rule.outcome)}}}};
        cases.push_back(json::object{{"if", {{"properties", is_this}}}, {"then", {{"properties", item_members(rule)}}}}
        );
    }
    schema["allOf"] = std::move(cases);
    return schema;
}

void propose_retention(json::object& form, Case const& c) {
    auto& years = form.at("properties").as_object().at("retention_years").as_object();
    years["default"] = workflow::proposed_retention(c);
    years["description"] = "有复议、诉讼的" + std::to_string(workflow::kDisputedRetention) + "年，其他" +
                           std::to_string(workflow::kUsualRetention) + "年；本机关的保管期限表另有规定的，从其规定。";
}

/// The letters that wait to go out; a single one is the one that is meant.
void narrow_dispatch(json::object& form, Case const& c) {
    json::array waiting;
    for (workflow::NoticeLetter const* each : workflow::unsent_notices(c))
        waiting.push_back(choice(workflow::code(each->kind), workflow::label(each->kind)));
    if (waiting.empty()) return;
    auto& letter = form.at("properties").as_object().at("letter").as_object();
    if (waiting.size() == 1) letter["default"] = waiting.front().at("const");
    letter["oneOf"] = std::move(waiting);
}

/// The member comes first.
void put_first(std::string_view member, json::object& properties) {
    json::object ordered{{member, std::move(properties.at(member))}};
    for (auto& [name, schema] : properties) {
        if (name != member) ordered.emplace(name, std::move(schema));
    }
    properties = std::move(ordered);
}

/// One entry for each requested item, under its title, and the draft there is. The outcomes come first, and nothing
/// else is asked for before each item has one. Where there is only one item, its outcome is that of the case.
void narrow_reply(json::object& form, Case const& c) {
    static json::object const item = item_schema();
    json::array entries;
    for (auto const& asked : c.application.items) {
        auto entry = item;
        entry["title"] = asked.title;
        entries.push_back(std::move(entry));
    }
    auto& properties = form.at("properties").as_object();
    if (entries.size() == 1) {
        properties.at("outcome") = json::object{{"const", {{"$data", "/items/0/outcome"}}}};
    } else {
        auto& outcome = properties.at("outcome").as_object();
        outcome["oneOf"] = outcome_choices();
        outcome.emplace("description", workflow::rule_of(workflow::Guard::MainOutcomeFits).detail);
    }
    auto& items = properties.at("items").as_object();
    items["minItems"] = items["maxItems"] = entries.size();
    items["prefixItems"] = std::move(entries);
    items["items"] = false;
    put_first("items", properties);
    json::object const some_undecided{{"properties", {{"items", {{"contains", undecided()}}}}}};
    form["allOf"] = json::array{ask_only("items", form, some_undecided)};
    if (c.draft) form["default"] = storage::to_json(*c.draft);
}

}  // namespace

std::string const& action_form(Action action) {
    static std::vector<std::string> const forms = [] {
        std::vector<std::string> all;
        for (auto const& each : workflow::kActions) all.push_back(json::serialize(form_of(each.value)));
        return all;
    }();
    return forms[static_cast<std::size_t>(action)];
}

json::object action_form(Action action, Case const& facts, View const& view) {
    auto form = form_of(action);
    auto const payload = workflow::payload_for(action);
    std::visit([&]<typename T>(T const&) { narrow<T>(form, facts, view); }, payload);
    if (std::holds_alternative<workflow::ReplyDraft>(payload)) narrow_reply(form, facts);
    if (std::holds_alternative<workflow::ArchiveNote>(payload)) propose_retention(form, facts);
    if (std::holds_alternative<workflow::NoticeDispatch>(payload)) narrow_dispatch(form, facts);
    return form;
}

std::optional<Action> main_step(
    Case const& facts, workflow::RoleSet roles, std::span<workflow::Permission const> permissions
) {
    auto const allowed = [&](Action action) {
        return std::ranges::any_of(permissions, [&](auto const& each) {
            return each.action == action && each.allowed;
        });
    };
    if (allowed(Action::Claim)) return Action::Claim;
    if (allowed(Action::DispatchLetter)) return Action::DispatchLetter;  // before it has gone out nothing counts
    if (facts.is_returned() && allowed(Action::DraftReply)) return Action::DraftReply;  // before it goes up again
    auto const awaited = workflow::awaited_role(facts);
    if (!awaited || !roles.has(*awaited)) return std::nullopt;
    auto const found = std::ranges::find_if(workflow::kForwardSteps, allowed);
    return found == workflow::kForwardSteps.end() ? std::nullopt : std::optional(*found);
}

}  // namespace server::api
