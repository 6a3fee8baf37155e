#pragma once

#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workflow {

/// The class of a letter in its document number. The label is the character itself.
// clang-format off
enum class LetterClass : std::uint8_t { Receipt, Correction, Extension, Consultation, Notice, Reply, Fee, Termination, Rectification };
inline constexpr std::array kLetterClasses{
    Term{LetterClass::Receipt,       "receipt",       "收"},
    Term{LetterClass::Correction,    "correction",    "补"},
    Term{LetterClass::Extension,     "extension",     "延"},
    Term{LetterClass::Consultation,  "consultation",  "征"},
    Term{LetterClass::Notice,        "notice",        "告"},
    Term{LetterClass::Reply,         "reply",         "答"},
    Term{LetterClass::Fee,           "fee",           "费"},
    Term{LetterClass::Termination,   "termination",   "终"},
    Term{LetterClass::Rectification, "rectification", "更"},
};
constexpr auto const& terms(LetterClass) { return kLetterClasses; }
// clang-format on

static_assert(is_well_formed<LetterClass>());

/// 文号. Serials start at 1 and have no gap within one agency, year and class.
struct DocumentNumber {
    std::string agency_word;  ///< 机关代字: "邵政"
    int year;
    LetterClass letter_class;
    int serial;

    bool operator==(DocumentNumber const&) const = default;
};

/// "邵政公开〔2026〕答第12号". Parsing takes exactly what to_string writes.
std::string to_string(DocumentNumber const& number);
std::optional<DocumentNumber> parse_document_number(std::string_view text);

/// 受理编号. Serials start at 1 and have no gap within one agency and year.
struct CaseNumber {
    std::string agency;  ///< agency code: "430500-01"
    int year;
    int serial;

    bool operator==(CaseNumber const&) const = default;
};

/// "430500-01-2026-000123"; a serial above 999999 just grows longer. Parsing takes exactly what to_string writes.
std::string to_string(CaseNumber const& number);
std::optional<CaseNumber> parse_case_number(std::string_view text);

/// A region code of 6 digits and a number of at least 2: "430500-01".
bool is_agency_code(std::string_view text);

}  // namespace workflow
