#include "workflow/people/contacts.hpp"

#include <algorithm>

#include "workflow/words/ascii.hpp"

namespace workflow {

namespace {

constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestLabel = 63;

bool is_letter_or_digit(char c) { return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z'); }

/// Words of the characters that RFC 5321 calls atext, parted by single dots.
bool is_local_name(std::string_view name) {
    constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~";
    bool after_dot = true;
    for (char const c : name) {
        bool const dot = c == '.';
        if (dot ? after_dot : !is_letter_or_digit(c) && kSigns.find(c) == std::string_view::npos) return false;
        after_dot = dot;
    }
    return !after_dot && name.size() <= kLongestName;
}

bool is_label(std::string_view label) {
    auto const fits = [](char c) { return is_letter_or_digit(c) || c == '-'; };
    return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, fits);
}

bool is_host(std::string_view host) {
    int labels = 0;
    for (bool last = false; !last; ++labels) {
        auto const dot = host.find('.');
        last = dot == std::string_view::npos;
        if (!is_label(host.substr(0, dot))) return false;
        if (!last) host.remove_prefix(dot + 1);
    }
    return labels > 1;
}

}  // namespace

bool is_mail_address(std::string_view text) {
    auto const at = text.find('@');
    return text.size() <= kLongestAddress && at != std::string_view::npos && is_local_name(text.substr(0, at)) &&
           is_host(text.substr(at + 1));
}

bool is_phone_number(std::string_view text) {
    auto const digits = std::ranges::count_if(text, is_digit);
    return digits >= 7 && text.find_first_not_of("0123456789-+() ") == std::string_view::npos;
}

}  // namespace workflow
