#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/pages/kit/form.hpp"
#include "workflow/people/application.hpp"

/// The form of an application as the pages ask for it, one question a page: who asks for what, and whether what was
/// typed will do. The rules themselves are those of the API and of workflow/.
namespace server::pages {

/// One page of questions, and the members of the form it asks for, with all below them.
struct FormStep {
    std::string_view name;  ///< "/apply/want" is the address, "apply/want" the template
    std::string_view text;  ///< its key
    std::array<std::string_view, 9> asks;
};
std::span<FormStep const> steps();

/// Null when there is none of that name.
FormStep const* step_called(std::string_view name);
bool asks_for(FormStep const& step, std::string_view pointer);
std::string address_of(FormStep const& step);

struct Judged {
    workflow::Application application;
    std::vector<workflow::FieldError> errors;
};

/// Reads the answers by the rules of the form, first its shape and then the law; one complaint for each field.
Judged judge(Answers const& answers, workflow::Date today);

/// Those that the page of this step shows.
std::vector<workflow::FieldError> errors_of(FormStep const& step, std::vector<workflow::FieldError> const& all);
/// The first step that still has something wrong; null when all of them are done.
FormStep const* first_unfinished(std::vector<workflow::FieldError> const& errors);

/// The steps from the first question to the receipt, as the list on top of each page shows them; `current` from 0.
json::array steps_view(Texts const& texts, std::size_t current);
inline constexpr std::size_t kReceiptStep = 4;

}  // namespace server::pages
