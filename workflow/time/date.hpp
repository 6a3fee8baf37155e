#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workflow {

/// A legal day: a local date in Asia/Shanghai, without a time of day. Its own type, so an instant cannot pass for one.
using Date = std::chrono::local_days;

/// A point in time, UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// As databases keep it: since 1970, in UTC.
constexpr std::int64_t to_milliseconds(Instant at) { return at.time_since_epoch().count(); }

/// Asia/Shanghai has kept UTC+8 without summer time since 1991; every date of this system is later.
inline constexpr std::chrono::hours kShanghaiOffset{8};

/// The legal day on which `at` falls.
Date local_date(Instant at);

/// Midnight at which `date` begins.
Instant start_of(Date date);

/// "2026-04-24". Only real dates from 1900-01-01 to 2199-12-31; anything else is nullopt.
std::optional<Date> parse_date(std::string_view text);
std::string to_string(Date date);

/// "2026-04-24T09:30:00.123+08:00" (RFC 3339). Parsing takes any offset and 0 to 9 decimals.
std::optional<Instant> parse_instant(std::string_view text);
std::string to_string(Instant at);

/// "2026年4月24日", as letters write it.
std::string letter_date(Date date);

/// "2026年4月24日（周五）", as people read it.
std::string to_chinese(Date date);

int year_of(Date date);
std::chrono::weekday weekday_of(Date date);

/// Natural days later; the first day is not counted (民法典第二百零一条).
inline Date add_days(Date date, int days) { return date + std::chrono::days{days}; }

/// The corresponding day n months later, or the last day of that month (民法典第二百零二条).
Date add_months(Date date, int months);

}  // namespace workflow
