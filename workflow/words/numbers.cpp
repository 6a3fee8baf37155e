#include "workflow/words/numbers.hpp"

#include <algorithm>
#include <charconv>

#include "workflow/words/ascii.hpp"

namespace workflow {

namespace {

constexpr std::size_t kRegionDigits = 6;
constexpr std::size_t kSerialDigits = 6;  ///< of a case number, at least

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

/// Digits that fit an int; sign and blanks are no digits.
std::optional<int> read_number(std::string_view text) {
    int value = 0;
    if (!all_digits(text)) return std::nullopt;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    return value;
}

/// Cuts the text at the first `mark`: what stood before it, and `text` becomes what follows.
std::optional<std::string_view> cut(std::string_view& text, std::string_view mark) {
    auto const at = text.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    auto const before = text.substr(0, at);
    text.remove_prefix(at + mark.size());
    return before;
}

/// A parsed number counts only if it is written back the same, so that one number has one spelling.
template <typename Number>
std::optional<Number> if_canonical(Number number, std::string_view text) {
    if (number.year < 1000 || number.year > 9999 || number.serial < 1 || to_string(number) != text) return std::nullopt;
    return number;
}

}  // namespace

std::string to_string(DocumentNumber const& number) {
    return number.agency_word + "公开〔" + std::to_string(number.year) + "〕" +
           std::string(label(number.letter_class)) + "第" + std::to_string(number.serial) + "号";
}

std::optional<DocumentNumber> parse_document_number(std::string_view text) {
    std::string_view rest = text;
    auto const word = cut(rest, "公开〔");
    auto const year = cut(rest, "〕");
    auto const letter = cut(rest, "第");
    auto const serial = cut(rest, "号");
    if (!word || word->empty() || !year || !letter || !serial) return std::nullopt;
    auto const letter_class = std::ranges::find(kLetterClasses, *letter, &Term<LetterClass>::label);
    auto const year_number = read_number(*year);
    auto const serial_number = read_number(*serial);
    if (letter_class == kLetterClasses.end() || !year_number || !serial_number) return std::nullopt;
    return if_canonical(DocumentNumber{std::string(*word), *year_number, letter_class->value, *serial_number}, text);
}

std::string to_string(CaseNumber const& number) {
    std::string const serial = std::to_string(number.serial);
    std::string const zeros(kSerialDigits - std::min(serial.size(), kSerialDigits), '0');
    return number.agency + '-' + std::to_string(number.year) + '-' + zeros + serial;
}

std::optional<CaseNumber> parse_case_number(std::string_view text) {
    auto const serial_at = text.rfind('-');
    if (serial_at == std::string_view::npos || serial_at == 0) return std::nullopt;
    auto const year_at = text.rfind('-', serial_at - 1);
    if (year_at == std::string_view::npos) return std::nullopt;
    auto const agency = text.substr(0, year_at);
    auto const year = read_number(text.substr(year_at + 1, serial_at - year_at - 1));
    auto const serial = read_number(text.substr(serial_at + 1));
    if (!is_agency_code(agency) || !year || !serial) return std::nullopt;
    return if_canonical(CaseNumber{std::string(agency), *year, *serial}, text);
}

bool is_agency_code(std::string_view text) {
    if (text.size() < kRegionDigits + 3 || text[kRegionDigits] != '-') return false;
    return all_digits(text.substr(0, kRegionDigits)) && all_digits(text.substr(kRegionDigits + 1));
}

}  // namespace workflow
