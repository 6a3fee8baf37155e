#include "workflow/people/identity.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace workflow {

namespace {

using MaybeFault = std::optional<IdentityFault>;

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool only(std::string_view allowed, std::string_view text) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

int digit(char c) { return c - '0'; }

// GB 11643.
constexpr std::size_t kResidentIdLength = 18;
constexpr std::array kResidentIdWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kResidentIdChecks = "10X98765432";
constexpr int kOldestAge = 130;  ///< years

/// The first two digits: provinces, 71 台湾, 81 香港, 82 澳门, 83 台湾居民居住证, 91 abroad.
constexpr std::array kProvinces{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                                44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91};

// GB 32100: the symbols in order of their values; I, O, Z, S and V are left out.
constexpr std::size_t kUsccLength = 18;
constexpr std::string_view kUsccSymbols = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array kUsccWeights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

// GB 11714.
constexpr std::size_t kOrganisationCodeLength = 9;
constexpr std::array kOrganisationWeights{3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kOrganisationChecks = "0X987654321";  ///< by the sum modulo 11

/// The weighted sum of the characters before the check character, each worth its place in `symbols`.
template <std::size_t N>
int weighted_sum(std::string_view text, std::array<int, N> const& weights, std::string_view symbols) {
    int sum = 0;
    for (std::size_t i = 0; i < N; ++i) sum += weights[i] * static_cast<int>(symbols.find(text[i]));
    return sum;
}

/// The birth date in "YYYYMMDD", which may lie before 1900.
std::optional<Date> read_birth_date(std::string_view digits) {
    auto const number = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (char const c : digits.substr(at, count)) value = value * 10 + digit(c);
        return value;
    };
    std::chrono::year_month_day const date{
        std::chrono::year{number(0, 4)},
        std::chrono::month{static_cast<unsigned>(number(4, 2))},
        std::chrono::day{static_cast<unsigned>(number(6, 2))}};
    return date.ok() ? std::optional<Date>(date) : std::nullopt;
}

MaybeFault check_shape(bool shape) { return shape ? MaybeFault{} : IdentityFault::WrongShape; }

/// The characters of a UTF-8 text.
std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> result;
    for (std::size_t at = 0, next = 0; at < text.size(); at = next) {
        next = at + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
        result.push_back(text.substr(at, next - at));
    }
    return result;
}

/// Keeps `head` and `tail` characters and puts a star in the place of each between; hides all where nothing would be
/// hidden.
std::string mask_middle(std::string_view text, std::size_t head, std::size_t tail) {
    auto const all = characters_of(text);
    if (all.size() <= head + tail) return std::string(all.size(), '*');
    std::string masked;
    for (std::size_t i = 0; i < all.size(); ++i) {
        bool const shown = i < head || i >= all.size() - tail;
        masked += shown ? all[i] : "*";
    }
    return masked;
}

bool one_of(std::string_view character, std::string_view set) {
    auto const all = characters_of(set);
    return std::ranges::find(all, character) != all.end();
}

}  // namespace

std::string normalise_number(std::string_view number) {
    constexpr std::string_view kBlanks = " \t\r\n";
    auto const first = number.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    std::string result(number.substr(first, number.find_last_not_of(kBlanks) - first + 1));
    for (char& c : result)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return result;
}

MaybeFault check_resident_id(std::string_view number, Date today) {
    if (number.size() != kResidentIdLength) return IdentityFault::WrongLength;
    if (!only(kDigits, number.substr(0, kResidentIdLength - 1)) ||
        !only("0123456789X", number.substr(kResidentIdLength - 1)))
        return IdentityFault::WrongCharacter;
    if (!std::ranges::binary_search(kProvinces, digit(number[0]) * 10 + digit(number[1])))
        return IdentityFault::UnknownRegion;
    auto const born = read_birth_date(number.substr(6, 8));
    if (!born || *born > today || *born < add_months(today, -12 * kOldestAge))
        return IdentityFault::ImpossibleBirthDate;
    auto const remainder = static_cast<std::size_t>(weighted_sum(number, kResidentIdWeights, kDigits) % 11);
    if (number.back() != kResidentIdChecks[remainder]) return IdentityFault::WrongCheckCharacter;
    return std::nullopt;
}

MaybeFault check_uscc(std::string_view code) {
    if (code.size() != kUsccLength) return IdentityFault::WrongLength;
    if (!only(kUsccSymbols, code)) return IdentityFault::WrongCharacter;
    auto const check = static_cast<std::size_t>((31 - weighted_sum(code, kUsccWeights, kUsccSymbols) % 31) % 31);
    if (code.back() != kUsccSymbols[check]) return IdentityFault::WrongCheckCharacter;
    return std::nullopt;
}

MaybeFault check_organisation_code(std::string_view code) {
    std::string plain(code);
    if (plain.size() == kOrganisationCodeLength + 1 && plain[kOrganisationCodeLength - 1] == '-')
        plain.erase(kOrganisationCodeLength - 1, 1);
    if (plain.size() != kOrganisationCodeLength) return IdentityFault::WrongLength;
    constexpr std::string_view kSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (!only(kSymbols, plain)) return IdentityFault::WrongCharacter;
    auto const remainder = static_cast<std::size_t>(weighted_sum(plain, kOrganisationWeights, kSymbols) % 11);
    if (plain.back() != kOrganisationChecks[remainder]) return IdentityFault::WrongCheckCharacter;
    return std::nullopt;
}

MaybeFault check_document(IdType type, std::string_view number, Date today) {
    auto const is = [&](std::size_t letters, std::string_view allowed, std::size_t digits) {
        return number.size() == letters + digits && only(allowed, number.substr(0, letters)) &&
               only(kDigits, number.substr(letters));
    };
    switch (type) {
        case IdType::ResidentId:
            return check_resident_id(number, today);
        case IdType::Passport:
            return check_shape(
                number.size() >= 5 && number.size() <= 20 && only("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", number)
            );
        case IdType::HkMacauPermit:
            return check_shape(is(1, "HM", 8));
        case IdType::TaiwanPermit:
            return check_shape(is(0, "", 8));
        case IdType::ForeignResidentId:  // 3 letters and 12 digits; since 2023 18 characters in the manner of GB 11643,
                                         // from 9
            return check_shape(
                is(3, kCapitals, 12) || (number.size() == kResidentIdLength && number.front() == '9' &&
                                         only(kDigits, number.substr(0, kResidentIdLength - 1)) &&
                                         only("0123456789X", number.substr(kResidentIdLength - 1)))
            );
        case IdType::Other: {
            auto const length = characters_of(number).size();
            return check_shape(length >= 1 && length <= 40);
        }
    }
    return IdentityFault::WrongShape;
}

std::string mask_id_number(std::string_view number) {
    return number.size() == kResidentIdLength ? mask_middle(number, 6, 4) : mask_middle(number, 1, 2);
}

std::string mask_name(std::string_view name) {
    auto const all = characters_of(name);
    if (all.empty()) return {};
    return std::string(all.front()) + (all.size() > 2 ? "**" : "*");
}

std::string mask_phone(std::string_view phone) {
    return phone.size() >= 11 ? mask_middle(phone, 3, 4) : mask_middle(phone, 0, 2);
}

std::string mask_email(std::string_view email) {
    auto const at = email.rfind('@');
    if (at == std::string_view::npos || at == 0) return "***";
    return std::string(characters_of(email).front()) + "***" + std::string(email.substr(at));
}

std::string mask_address(std::string_view address) {
    // Names of regions are read one after the other, each up to its last character: 省 and the like lead to a smaller
    // region, 区, 县 and 旗 are the smallest shown, and so is a 市 within a 市. A street or a village ends the reading
    // before.
    constexpr std::string_view kRegionEnds = "省市州盟区县旗";
    constexpr std::string_view kSmallerPlaces = "街路镇乡村道巷号弄栋组";
    auto const all = characters_of(address);
    std::size_t shown = 0;
    bool in_city = false;
    for (std::size_t i = 1; i < all.size(); ++i) {
        bool const first_of_name = i == shown;
        bool const before_end = i + 1 < all.size() && one_of(all[i + 1], "市区县旗");
        if (first_of_name || before_end) continue;  // 市 in 沙市区, 乡 in 宁乡市
        if (one_of(all[i], kSmallerPlaces)) break;
        if (!one_of(all[i], kRegionEnds)) continue;
        bool const autonomous = i >= 2 && all[i - 2] == "自" && all[i - 1] == "治";
        if (all[i] == "州" && !autonomous) continue;  // 郴州市
        bool const prefecture = all[i] == "区" && (autonomous || all[i - 1] == "地");
        bool const smallest = one_of(all[i], "区县旗") && !prefecture;
        shown = i + 1;
        if (smallest || (all[i] == "市" && in_city)) break;
        in_city |= one_of(all[i], "市州盟") || (prefecture && !autonomous);
    }
    if (shown == 0) return "***";
    std::string result;
    for (std::size_t i = 0; i < shown; ++i) result += all[i];
    return result;
}

}  // namespace workflow
