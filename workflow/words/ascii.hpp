#pragma once

/// Classes of ASCII characters, whatever the locale.
namespace workflow {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace workflow
