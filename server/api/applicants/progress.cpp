#include "server/api/applicants/progress.hpp"

#include "storage/cases/follow_ups.hpp"

#include <algorithm>

#include "server/api/applicants/contact_check.hpp"
#include "server/api/letters/letter_json.hpp"
#include "server/config/issuer.hpp"

namespace server::api {
namespace {

using workflow::Case;

std::array<ProgressStep, workflow::kStages.size()> steps_of(Case const& c) {
    auto const now = workflow::stage_of(c.state);
    std::array<ProgressStep, workflow::kStages.size()> steps{};
    std::ranges::transform(workflow::kStages, steps.begin(), [&](auto const& stage) {
        auto const status = stage.value < now    ? StepStatus::Done
                            : stage.value == now ? StepStatus::Current
                                                 : StepStatus::Waiting;
        return ProgressStep{stage.value, status};
    });
    return steps;
}

std::optional<workflow::ClockResult> clock_of(Case const& c, View const& view) {
    auto clock = workflow::compute_clock(c.timeline(), view.today, view.calendar);
    return clock ? std::optional(std::move(*clock)) : std::nullopt;
}

std::vector<OwnAction> actions_of(Case const& c, workflow::Context const& context) {
    std::vector<OwnAction> allowed;
    for (auto const& permission : workflow::permissions(c, context)) {
        auto const own = std::ranges::find(kOwnActions, permission.action, &OwnAction::action);
        if (permission.allowed && own != kOwnActions.end()) allowed.push_back(*own);
    }
    return allowed;
}

std::vector<storage::StoredCase> new_replies_of(Services& services, Case const& c) {
    std::vector<storage::StoredCase> found;
    for (auto const& id : storage::new_replies_to(services.reader, c.number)) {
        found.push_back(services.store.cases().find(services.reader, id).value());
    }
    return found;
}

std::vector<storage::Publication> published_for(Services& services, Case const& c) {
    std::vector<storage::Publication> found;
    for (auto const& suggestion : c.suggestions) {
        if (!suggestion.answer || !suggestion.answer->publication) continue;
        auto const& id = suggestion.answer->publication->value;
        auto publication = services.store.publications().find(services.reader, id);
        if (publication && !publication->withdrawn_at) found.push_back(*std::move(publication));
    }
    return found;
}

}  // namespace

OwnAction const* own_action(std::string_view name) {
    auto const own = std::ranges::find(kOwnActions, name, &OwnAction::name);
    return own == kOwnActions.end() ? nullptr : &*own;
}

std::vector<std::string_view> own_action_names() {
    std::vector<std::string_view> names;
    for (auto const& own : kOwnActions) names.push_back(own.name);
    return names;
}

Progress progress_of(
    Services& services, Call const& call, VisibleCase const& found, storage::StoredCase const& stored
) {
    Case const& c = stored.facts;
    auto files = applicants_files(services, services.reader, stored);
    std::vector<workflow::FileState> file_states;
    for (auto const number : files) {
        storage::FileRef const file{stored.id, static_cast<std::int64_t>(number)};
        file_states.push_back(services.store.case_files().state(services.reader, file));
    }
    return {
        .stored = stored,
        .agency = *found.agency,
        .department = c.department ? call.directory->department(*c.department) : nullptr,
        .steps = steps_of(c),
        .clock = clock_of(c, found.view(call)),
        .remedies = workflow::standing_remedies(c, remedy_bodies_of(*found.agency), call.today(), *found.calendar),
        .actions = actions_of(c, found.context(call)),
        .files = std::move(files),
        .file_states = std::move(file_states),
        .letters = applicants_letters(services.store.letters(), services.reader, stored),
        .new_replies = new_replies_of(services, c),
        .published = published_for(services, c),
        .contact_unchecked = services.store.contact_checks().is_open(services.reader, stored.id),
        .takes_files = !refuses_files(services, services.reader, call, found)};
}

}  // namespace server::api
