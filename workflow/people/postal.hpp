#pragma once

#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// Numbers of posted letters. A reply goes by the post office alone, EMS or registered (国办公开办函〔2016〕235号
/// 第二条): only there does the day of posting count as the day of the reply.
namespace workflow {

/// What is wrong with a number. The label is a sentence for the person who typed it.
enum class PostalFault : std::uint8_t { PrivateCourier, WrongLength, WrongCharacter, WrongCheckDigit };
// clang-format off
inline constexpr std::array kPostalFaults{
    Term{PostalFault::PrivateCourier,  "private_courier",  "这是快递企业的单号。答复应当交邮政企业（EMS 或挂号信）寄送，不能用其他快递。"},
    Term{PostalFault::WrongLength,     "wrong_length",     "邮政单号是13位，请核对是否多填或漏填。"},
    Term{PostalFault::WrongCharacter,  "wrong_character",  "邮政单号只有半角数字和大写字母，请核对。"},
    Term{PostalFault::WrongCheckDigit, "wrong_check_digit", "邮政单号的校验位不对，请逐位核对。"},
};
// clang-format on
constexpr auto const& terms(PostalFault) { return kPostalFaults; }
static_assert(is_well_formed<PostalFault>());

/// The first fault of a number as normalise_number leaves it, or null. Thirteen digits and letters; one in the form of
/// UPU S10 (EE 123456785 CN) must have the right check digit. Private couriers are known by the letters they begin
/// with.
std::optional<PostalFault> check_postal_number(std::string_view number);

}  // namespace workflow
