#pragma once

#include "workflow/time/date.hpp"
#include "workflow/words/outcomes.hpp"
#include "workflow/words/vocabulary.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Reads the cells of a ledger: codes of this system and their Chinese words, and dates in the forms that people and
/// spreadsheets write.
namespace server::ledger {

/// 2026-01-02, 2026/1/2, 2026.1.2, 2026年1月2日, each with or without a time behind it, or a spreadsheet's serial
/// number.
std::optional<workflow::Date> parse_day(std::string_view text);

/// The code, the label of the outcome, or the label of its row in 表三 with or without its number.
std::optional<workflow::Outcome> parse_outcome(std::string_view text);
std::optional<workflow::ApplicantKind> parse_applicant_kind(std::string_view text);
std::optional<workflow::Channel> parse_channel(std::string_view text);
std::optional<workflow::State> parse_state(std::string_view text);

/// Without the blanks around it.
std::string_view trim(std::string_view text);

}  // namespace server::ledger
