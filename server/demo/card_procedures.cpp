#include "server/demo/card_procedures.hpp"

#include "storage/cases/cards.hpp"
#include "workflow/supervision/cards.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "server/demo/city.hpp"

namespace server::demo {
namespace {

using storage::CardRow;
using workflow::Action;
using workflow::Code;
using workflow::Role;

constexpr int kNeglectedWorkdays = 4;  ///< after the last day, where a file is left lying

/// The texts that people enter in each step.
struct Words {
    Action action;
    std::string_view text;
};
constexpr std::array kWords{
    Words{Action::PlanCard, "材料已收齐，今天完成拟稿送审，期限届满前寄出。"},
    Words{Action::InspectCard, "已调阅案卷和办理记录，超期属实，未发现故意拖延。"},
    Words{Action::RevisitCard, "已电话回访申请人并复核案卷，答复已经送达，申请人表示知悉。"},
    Words{Action::SettleCard, "已督促整改，建立期限台账，由专人每日核对。"},
    Words{Action::CirculateCard, "已在本季度政务公开工作通报中列明。"},
};

workflow::Payload payload_of(Action action, Code const& card) {
    workflow::Payload payload = workflow::payload_for(action);
    auto const words = std::ranges::find(kWords, action, &Words::action);
    std::string_view const text = words != kWords.end() ? words->text : std::string_view();
    std::visit(
        [&](auto& shape) {
            if constexpr (requires { shape.text; }) shape.text = text;
            if constexpr (requires { shape.substantiated; }) shape.substantiated = true;
            if constexpr (requires { shape.responsible; }) {
                shape.reason = "承办人参加集中学习，交接不及时，没有按期送审。";
                shape.responsible = "承办科室负责人";
                shape.measures = "指定副职顶岗，答复稿当日送审，并检查同期办理的其他申请。";
            }
        },
        payload
    );
    *workflow::named_card(payload) = card;
    return payload;
}

/// Who may take the step, as the procedure says; the first of them.
Role role_for(Action action) {
    auto const row = std::ranges::find(workflow::kProcedure, action, &workflow::Transition::action);
    return std::ranges::find_if(workflow::kRoles, [&](auto const& role) { return row->by.has(role.value); })->value;
}

/// The step that is due for the card today; nullopt: none.
std::optional<Action> step_for(CardRow const& row, workflow::Date today, workflow::WorkdayCalendar const& calendar) {
    if (!row.next_step) {
        return row.level >= workflow::CardLevel::Red ? std::optional(Action::CloseCard) : std::nullopt;
    }
    bool const neglected = row.number.value.ends_with('7');
    for (workflow::CardStep const* step : workflow::steps_of(row.level)) {
        if (step->action != *row.next_step) continue;
        int const wait = step->workdays - 1 + (neglected ? 1 + kNeglectedWorkdays : 0);
        if (calendar.workdays_between(row.issued_on, today) >= wait) return step->action;
    }
    return std::nullopt;
}

}  // namespace

workflow::Result<void> advance_card_procedures(
    storage::Store& store, storage::Connection& connection, workflow::Instant at
) {
    auto const directory = store.directory().current();
    auto const calendar = store.calendar().current();
    workflow::Date const today = workflow::local_date(at);
    if (!calendar->is_workday(today)) return {};
    storage::CardFilter const open{
        .levels = {workflow::CardLevel::Yellow, workflow::CardLevel::Red, workflow::CardLevel::SevereRed},
        .states = {workflow::CardState::Open},
        .sort = storage::CardSort::Due,
        .limit = 200};
    storage::CaseScope city;
    city.everything = true;
    auto const page = storage::list_cards(connection, city, open);
    if (!page) return page.error();
    for (CardRow const& row : page->items) {
        auto const action = step_for(row, today, *calendar);
        if (!action) continue;
        // 出错必改: neither settled as put right nor closed before the request is answered.
        bool const ends = *action == Action::SettleCard || *action == Action::CloseCard;
        if (ends && !store.cases().find(connection, row.case_id)->facts.concluded_on) continue;
        Role const role = role_for(*action);
        if (workflow::scope_of(role) == workflow::Scope::OwnDepartment && !row.department) continue;
        auto const actor = actor_for(*directory, row.agency, role, row.department.value_or(Code{}), 0);
        Code const card{row.id.substr(row.case_id.size() + 1)};
        workflow::Command const command{*action, payload_of(*action, card)};
        auto const done = store.cases().act(connection, row.case_id, std::nullopt, command, actor, at);
        if (!done) return done.error();
    }
    return {};
}

}  // namespace server::demo
