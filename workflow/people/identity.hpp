#pragma once

#include "workflow/time/date.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workflow {

// clang-format off

enum class IdType : std::uint8_t { ResidentId, Passport, HkMacauPermit, TaiwanPermit, ForeignResidentId, Other };
inline constexpr std::array kIdTypes{
    Term{IdType::ResidentId,        "resident_id",         "居民身份证"},
    Term{IdType::Passport,          "passport",            "护照"},
    Term{IdType::HkMacauPermit,     "hk_macau_permit",     "港澳居民来往内地通行证"},
    Term{IdType::TaiwanPermit,      "taiwan_permit",       "台湾居民来往大陆通行证"},
    Term{IdType::ForeignResidentId, "foreign_resident_id", "外国人永久居留身份证"},
    Term{IdType::Other,             "other",               "其他证件"},
};
constexpr auto const& terms(IdType) { return kIdTypes; }

/// What is wrong with a number. The label is a sentence for the person who typed it.
enum class IdentityFault : std::uint8_t { WrongLength, WrongCharacter, UnknownRegion, ImpossibleBirthDate, WrongCheckCharacter, WrongShape };
inline constexpr std::array kIdentityFaults{
    Term{IdentityFault::WrongLength,         "wrong_length",          "号码的位数不对，请核对是否多填或漏填。"},
    Term{IdentityFault::WrongCharacter,      "wrong_character",       "号码中有不应出现的字符，请使用半角数字和大写字母填写。"},
    Term{IdentityFault::UnknownRegion,       "unknown_region",        "号码开头的地区代码不存在，请核对。"},
    Term{IdentityFault::ImpossibleBirthDate, "impossible_birth_date", "号码中的出生日期不存在或不合理，请核对。"},
    Term{IdentityFault::WrongCheckCharacter, "wrong_check_character", "号码的校验位不对，请逐位核对。"},
    Term{IdentityFault::WrongShape,          "wrong_shape",           "号码的格式与所选证件不符，请核对证件名称和号码。"},
};
constexpr auto const& terms(IdentityFault) { return kIdentityFaults; }

// clang-format on

static_assert(is_well_formed<IdType>() && is_well_formed<IdentityFault>());

/// How a number is stored and compared: without blanks around it, letters in upper case (x → X).
std::string normalise_number(std::string_view number);

/// The checks take a number as normalise_number leaves it and return the first fault, or null.

/// 公民身份号码 (GB 11643), also of a 港澳台居民居住证. `today` bounds the birth date: not later, at most 130 years
/// ago.
std::optional<IdentityFault> check_resident_id(std::string_view number, Date today);

/// 统一社会信用代码 (GB 32100). Codes with a wrong check character exist in real life, so the caller may let a reason
/// excuse one.
std::optional<IdentityFault> check_uscc(std::string_view code);

/// The 9-character 组织机构代码 (GB 11714) of old paper forms, with or without its hyphen.
std::optional<IdentityFault> check_organisation_code(std::string_view code);

/// The number of a natural person's document; beside the resident id only its shape can be checked.
std::optional<IdentityFault> check_document(IdType type, std::string_view number, Date today);

/// How personal data is shown to those who do not need it whole. Text is UTF-8 and is cut between
/// characters.
std::string mask_id_number(std::string_view number);  ///< 430502********0014
std::string mask_name(std::string_view name);         ///< 张*, 欧**: no surname table needed, the length stays hidden
std::string mask_phone(std::string_view phone);       ///< 138****1234
std::string mask_email(std::string_view email);       ///< a***@x.cn
std::string mask_address(std::string_view address);   ///< down to the 区 or 县: 湖南省邵阳市双清区

}  // namespace workflow
