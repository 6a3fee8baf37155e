#include "workflow/time/date.hpp"

#include <array>
#include <cstddef>

#include "workflow/words/ascii.hpp"

namespace workflow {

namespace {

using namespace std::chrono;

/// Reads fields of fixed width from the front of a text. After the first mismatch everything else fails too.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    /// A number of exactly `digits` digits.
    int number(std::size_t digits) {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) value = value * 10 + digit();
        return value;
    }

    /// One of the characters of `allowed`.
    char one_of(std::string_view allowed) {
        if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) {
            good_ = false;
            return '\0';
        }
        return take();
    }

    bool next_is(char c) const { return good_ && !rest_.empty() && rest_.front() == c; }
    bool next_is_digit() const { return good_ && !rest_.empty() && is_digit(rest_.front()); }
    bool finished() const { return good_ && rest_.empty(); }

private:
    int digit() {
        char const c = one_of("0123456789");
        return good_ ? c - '0' : 0;
    }

    char take() {
        char const c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    std::string_view rest_;
    bool good_ = true;
};

year_month_day read_date(Scanner& scanner) {
    int const y = scanner.number(4);
    scanner.one_of("-");
    int const m = scanner.number(2);
    scanner.one_of("-");
    int const d = scanner.number(2);
    return year{y} / month{static_cast<unsigned>(m)} / day{static_cast<unsigned>(d)};
}

bool is_legal(year_month_day date) { return date.ok() && date.year() >= 1900y && date.year() <= 2199y; }

/// At most 9 decimals of a second, cut to milliseconds.
milliseconds read_decimals(Scanner& scanner) {
    scanner.one_of(".");
    int value = scanner.number(1) * 100;
    int weight = 10;
    for (int i = 1; i < 9 && scanner.next_is_digit(); ++i, weight /= 10) value += scanner.number(1) * weight;
    return milliseconds{value};
}

/// "Z" or "+08:00".
std::optional<minutes> read_offset(Scanner& scanner) {
    char const sign = scanner.one_of("+-Zz");
    if (sign == 'Z' || sign == 'z') return minutes{0};
    int const h = scanner.number(2);
    scanner.one_of(":");
    int const m = scanner.number(2);
    if (h > 23 || m > 59) return std::nullopt;
    minutes const offset = hours{h} + minutes{m};
    return sign == '-' ? -offset : offset;
}

std::string padded(long long value, std::size_t width) {
    std::string digits = std::to_string(value);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

}  // namespace

Date local_date(Instant at) { return Date{floor<days>(at.time_since_epoch() + kShanghaiOffset)}; }

Instant start_of(Date date) { return Instant{date.time_since_epoch() - kShanghaiOffset}; }

std::optional<Date> parse_date(std::string_view text) {
    Scanner scanner(text);
    auto const date = read_date(scanner);
    if (!scanner.finished() || !is_legal(date)) return std::nullopt;
    return local_days{date};
}

std::string to_string(Date date) {
    year_month_day const ymd{date};
    return padded(int{ymd.year()}, 4) + '-' + padded(unsigned{ymd.month()}, 2) + '-' + padded(unsigned{ymd.day()}, 2);
}

std::optional<Instant> parse_instant(std::string_view text) {
    Scanner scanner(text);
    auto const date = read_date(scanner);
    scanner.one_of("Tt");
    int const h = scanner.number(2);
    scanner.one_of(":");
    int const m = scanner.number(2);
    scanner.one_of(":");
    int const s = scanner.number(2);
    auto const decimals = scanner.next_is('.') ? read_decimals(scanner) : milliseconds{0};
    auto const offset = read_offset(scanner);
    if (!scanner.finished() || !offset || !is_legal(date) || h > 23 || m > 59 || s > 59) return std::nullopt;
    return sys_days{date} + hours{h} + minutes{m} + seconds{s} + decimals - *offset;
}

std::string to_string(Instant at) {
    Date const date = local_date(at);
    hh_mm_ss const time{at - start_of(date)};
    return to_string(date) + 'T' + padded(time.hours().count(), 2) + ':' + padded(time.minutes().count(), 2) + ':' +
           padded(time.seconds().count(), 2) + '.' + padded(time.subseconds().count(), 3) + "+08:00";
}

std::string letter_date(Date date) {
    year_month_day const ymd{date};
    return std::to_string(int{ymd.year()}) + "年" + std::to_string(unsigned{ymd.month()}) + "月" +
           std::to_string(unsigned{ymd.day()}) + "日";
}

std::string to_chinese(Date date) {
    constexpr std::array<std::string_view, 7> kNames{"日", "一", "二", "三", "四", "五", "六"};
    return letter_date(date) + "（周" + std::string(kNames[weekday_of(date).c_encoding()]) + "）";
}

int year_of(Date date) { return int{year_month_day{date}.year()}; }

std::chrono::weekday weekday_of(Date date) { return std::chrono::weekday{date}; }

Date add_months(Date date, int months) {
    auto const target = year_month_day{date} + std::chrono::months{months};
    return local_days{target.ok() ? target : target.year() / target.month() / last};
}

}  // namespace workflow
