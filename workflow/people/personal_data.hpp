#pragma once

#include "workflow/words/term.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Personal data in running text, to be seen before a paper goes out (个人信息保护法第二十五条).
namespace workflow {

enum class PersonalKind : std::uint8_t { IdNumber, Phone, BankCard, Address };
inline constexpr std::array kPersonalKinds{
    Term{PersonalKind::IdNumber, "id_number", "公民身份号码"},
    Term{PersonalKind::Phone, "phone", "手机号码"},
    Term{PersonalKind::BankCard, "bank_card", "银行卡号"},
    Term{PersonalKind::Address, "address", "住址"},
};
constexpr auto const& terms(PersonalKind) { return kPersonalKinds; }
static_assert(is_well_formed<PersonalKind>());

/// One place in a text; offsets are bytes.
struct PersonalDatum {
    PersonalKind kind{};
    std::size_t begin = 0;
    std::size_t size = 0;
    bool operator==(PersonalDatum const&) const = default;
};

/// In the order of the text; they do not overlap. Numbers count only with their check digit (GB 11643, Luhn) or their
/// known shape, and not within a longer number.
std::vector<PersonalDatum> find_personal_data(std::string_view text);

/// The text with these places covered: of a number its middle, of an address the house number.
std::string masked(std::string_view text, std::vector<PersonalDatum> const& places);

}  // namespace workflow
