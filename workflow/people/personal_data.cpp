#include "workflow/people/personal_data.hpp"

#include <algorithm>
#include <optional>

#include "workflow/people/identity.hpp"
#include "workflow/words/ascii.hpp"

namespace workflow {
namespace {

/// ISO/IEC 7812-1, annex B.
bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int const digit = digits[digits.size() - 1 - i] - '0';
        int const counted = i % 2 == 0 ? digit : digit * 2;
        sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
}

bool is_phone(std::string_view digits) { return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3'; }

/// 发卡行标识 of Chinese cards: 62 (UnionPay), and the schemes 4, 5 and 35.
bool is_bank_card(std::string_view digits) {
    bool const issued = digits.starts_with("62") || digits[0] == '4' || digits[0] == '5' || digits.starts_with("35");
    return digits.size() >= 16 && digits.size() <= 19 && issued && passes_luhn(digits);
}

/// An identity number with its check digit and a birth date that exists; any birth date will do.
bool is_id_number(std::string_view number) {
    if (number.size() != 18) return false;
    int year = 0;
    for (char const digit : number.substr(6, 4)) year = year * 10 + (digit - '0');
    Date const year_after{std::chrono::local_days{std::chrono::year{year + 1} / 1 / 1}};
    return !check_resident_id(normalise_number(number), year_after);
}

/// A number with its blanks and hyphens, as people write card numbers: what it covers and its bare digits.
struct Number {
    std::size_t size;
    std::string digits;
};

Number number_at(std::string_view text) {
    Number number{0, {}};
    std::size_t at = 0;
    while (at < text.size()) {
        if (is_digit(text[at])) {
            number.digits += text[at++];
            number.size = at;
        } else if ((text[at] == ' ' || text[at] == '-') && at + 1 < text.size() && is_digit(text[at + 1])) {
            ++at;
        } else {
            break;
        }
    }
    return number;
}

/// The first run of digits alone, with the X that may end an id number.
std::string_view run_at(std::string_view text) {
    auto const end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    bool const with_x = end == 17 && end < text.size() && (text[end] == 'X' || text[end] == 'x');
    return text.substr(0, end + (with_x ? 1 : 0));
}

/// 石桥路12号, 幸福小区3栋: a number between a word for a place and a word for a house.
bool is_house_number(std::string_view before, std::string_view after) {
    constexpr std::array<std::string_view, 9> kPlaces{"路", "街", "巷", "道", "村", "弄", "里", "区", "组"};
    constexpr std::array<std::string_view, 5> kHouses{"号", "栋", "幢", "座", "室"};
    return std::ranges::any_of(kPlaces, [&](auto place) { return before.ends_with(place); }) &&
           std::ranges::any_of(kHouses, [&](auto house) { return after.starts_with(house); });
}

std::optional<PersonalDatum> datum_at(std::string_view text, std::size_t begin) {
    auto const rest = text.substr(begin);
    auto const run = run_at(rest);
    if (is_id_number(run)) return PersonalDatum{PersonalKind::IdNumber, begin, run.size()};
    if (run.size() <= 5 && is_house_number(text.substr(0, begin), rest.substr(run.size()))) {
        return PersonalDatum{PersonalKind::Address, begin, run.size()};
    }
    if (is_phone(run)) return PersonalDatum{PersonalKind::Phone, begin, run.size()};
    auto const number = number_at(rest);
    if (is_bank_card(number.digits)) return PersonalDatum{PersonalKind::BankCard, begin, number.size};
    if (is_phone(number.digits)) return PersonalDatum{PersonalKind::Phone, begin, number.size};
    return std::nullopt;
}

}  // namespace

std::vector<PersonalDatum> find_personal_data(std::string_view text) {
    std::vector<PersonalDatum> found;
    std::size_t at = 0;
    while (at < text.size()) {
        if (!is_digit(text[at])) {
            ++at;
        } else if (auto const datum = datum_at(text, at)) {
            found.push_back(*datum);
            at = datum->begin + datum->size;
        } else {
            at += run_at(text.substr(at)).size();
        }
    }
    return found;
}

std::string masked(std::string_view text, std::vector<PersonalDatum> const& places) {
    std::string result(text);
    for (auto const& place : places) {
        bool const short_one = place.kind == PersonalKind::Address;
        std::size_t const kept_before = short_one ? 0 : place.kind == PersonalKind::Phone ? 3 : 6;
        std::size_t const kept_after = short_one ? 0 : 4;
        for (std::size_t i = kept_before; i + kept_after < place.size; ++i) result[place.begin + i] = '*';
    }
    return result;
}

}  // namespace workflow
