#include "server/pages/apply/application_form.hpp"

#include <algorithm>

namespace server::pages {
namespace {

using workflow::FieldError;

constexpr std::array kSteps{
    FormStep{"want", "apply.steps.want", {"/agency", "/items"}},
    FormStep{
        "who",
        "apply.steps.who",
        {"/applicant/kind",
         "/applicant/name",
         "/applicant/id_type",
         "/applicant/id_number",
         "/applicant/employer",
         "/applicant/uscc",
         "/applicant/legal_representative",
         "/applicant/contact_name",
         "/agent"}},
    FormStep{
        "how",
        "apply.steps.how",
        {"/provide_as",
         "/obtain_by",
         "/applicant/phone",
         "/applicant/email",
         "/applicant/address",
         "/applicant/postcode",
         "/accept_other_form",
         "/needs_assistance",
         "/assistance_note"}},
};
/// Members that only a person, or only an organisation, is asked for; answers of the other kind are kept, but not
/// submitted.
constexpr std::array<std::string_view, 3> kOfPersons{"id_type", "id_number", "employer"};
constexpr std::array<std::string_view, 3> kOfOrganisations{"uscc", "legal_representative", "contact_name"};

/// These two decide what else the law requires; while one of them is wrong, missing members are not reported.
constexpr std::array<std::string_view, 2> kDeciding{"/applicant/kind", "/obtain_by"};

json::object application_json(Answers const& answers) {
    auto form = answers_json<workflow::Application>(answers, "");
    auto* applicant = form.contains("applicant") ? form.at("applicant").if_object() : nullptr;
    if (applicant == nullptr) return form;
    bool const person = answer_at(answers, "/applicant/kind") == workflow::code(workflow::ApplicantKind::NaturalPerson);
    for (auto const& member : person ? kOfOrganisations : kOfPersons) applicant->erase(member);
    return form;
}

}  // namespace

std::span<FormStep const> steps() { return kSteps; }

FormStep const* step_called(std::string_view name) {
    auto const found = std::ranges::find(kSteps, name, &FormStep::name);
    return found == kSteps.end() ? nullptr : &*found;
}

bool asks_for(FormStep const& step, std::string_view pointer) {
    return std::ranges::any_of(step.asks, [&](std::string_view asked) {
        return !asked.empty() && pointer.starts_with(asked) &&
               (pointer.size() == asked.size() || pointer[asked.size()] == '/');
    });
}

std::string address_of(FormStep const& step) { return "/apply/" + std::string(step.name); }

std::vector<FieldError> errors_of(FormStep const& step, std::vector<FieldError> const& all) {
    std::vector<FieldError> own;
    std::ranges::copy_if(all, std::back_inserter(own), [&](auto const& error) {
        return asks_for(step, error.pointer);
    });
    return own;
}

Judged judge(Answers const& answers, workflow::Date today) {
    Judged judged;
    api::InputReader reader;
    reader.read(json::value(application_json(answers)), judged.application, "");
    judged.errors = std::move(reader.errors());
    auto const is_wrong = [&](std::string_view pointer) {
        return std::ranges::find(judged.errors, pointer, &FieldError::pointer) != judged.errors.end();
    };
    auto const undecided = [&](FieldError const& error) {
        return std::ranges::any_of(kSteps, [&](FormStep const& step) {
            return asks_for(step, error.pointer) && std::ranges::any_of(kDeciding, [&](std::string_view deciding) {
                       return asks_for(step, deciding) && is_wrong(deciding);
                   });
        });
    };
    for (auto& error : check_application(judged.application, workflow::Intake::Online, false, today)) {
        if (!is_wrong(error.pointer) && !undecided(error)) judged.errors.push_back(std::move(error));
    }
    return judged;
}

FormStep const* first_unfinished(std::vector<FieldError> const& errors) {
    auto const found =
        std::ranges::find_if(kSteps, [&](FormStep const& step) { return !errors_of(step, errors).empty(); });
    return found == kSteps.end() ? nullptr : &*found;
}

json::array steps_view(Texts const& texts, std::size_t current) {
    json::array steps;
    auto const add = [&](std::string_view text) {
        auto const number = steps.size();
        bool const done = number < current;
        steps.push_back(
            {{"number", number + 1}, {"text", texts.at(text)}, {"done", done}, {"current", number == current}}
        );
    };
    for (auto const& step : kSteps) add(step.text);
    add("apply.steps.check");
    add("apply.steps.receipt");
    return steps;
}

}  // namespace server::pages
