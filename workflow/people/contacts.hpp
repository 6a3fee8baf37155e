#pragma once

#include <string_view>

/// What can be written to and phoned. One rule for every form, ledger and setting, and for the envelope itself: an
/// address that passes here can stand in any header.
namespace workflow {

/// One @, with a name before it and a host of two labels or more behind it (RFC 5321, without quoted names): letters,
/// digits and a few signs of ASCII, at most 254 of them. Nothing that ends an address or a line: no blank, comma,
/// semicolon, bracket, quotation mark or control character.
bool is_mail_address(std::string_view text);
inline constexpr std::string_view kNoMailAddress =
    "电子邮箱的格式不对，例如 name@example.cn；只写一个地址，不含空格、逗号、尖括号和中文。";

/// Seven digits or more, parted by blanks, hyphens, brackets and plus signs at most.
bool is_phone_number(std::string_view text);
inline constexpr std::string_view kNoPhoneNumber = "联系电话的格式不对，例如 13800000000 或 0739-5000000。";

}  // namespace workflow
