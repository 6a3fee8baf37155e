#include "workflow/people/postal.hpp"

#include <algorithm>

#include "workflow/words/ascii.hpp"

namespace workflow {
namespace {

constexpr std::size_t kPostalLength = 13;

/// The letters that numbers of the large private couriers begin with.
constexpr std::array<std::string_view, 11> kPrivateCouriers{
    "SF",   // 顺丰
    "YT",   // 圆通
    "ZT",   // 中通
    "STO",  // 申通
    "YD",   // 韵达
    "JT",   // 极兔
    "JD",   // 京东
    "DP",   // 德邦
    "HT",   // 百世
    "KY",   // 跨越
    "UC",   // 优速
};

/// Two letters of the service, eight digits and a check digit, two letters of the country.
bool has_s10_form(std::string_view number) {
    return number.size() == kPostalLength && std::ranges::all_of(number.substr(0, 2), is_capital) &&
           std::ranges::all_of(number.substr(2, 9), is_digit) && std::ranges::all_of(number.substr(11), is_capital);
}

/// UPU S10, 5.5: 11 − (Σ digit × weight mod 11), where 10 is written 0 and 11 is written 5.
bool has_s10_check_digit(std::string_view number) {
    constexpr std::array kWeights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (number[2 + i] - '0') * kWeights[i];
    int const check = 11 - sum % 11;
    int const written = check == 10 ? 0 : check == 11 ? 5 : check;
    return number[10] - '0' == written;
}

}  // namespace

std::optional<PostalFault> check_postal_number(std::string_view number) {
    if (has_s10_form(number)) {
        return has_s10_check_digit(number) ? std::nullopt : std::optional(PostalFault::WrongCheckDigit);
    }
    if (std::ranges::any_of(kPrivateCouriers, [&](auto letters) { return number.starts_with(letters); })) {
        return PostalFault::PrivateCourier;
    }
    if (!std::ranges::all_of(number, [](char c) { return is_digit(c) || is_capital(c); })) {
        return PostalFault::WrongCharacter;
    }
    return number.size() == kPostalLength ? std::nullopt : std::optional(PostalFault::WrongLength);
}

}  // namespace workflow
