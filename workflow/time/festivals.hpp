#pragma once

#include "workflow/time/calendar.hpp"

#include <vector>

namespace workflow {

/// The holidays of one year that need no notice (全国年节及纪念日放假办法第二条, as 国务院令第795号 has it since 2025),
/// in order: 元旦 1 January; 春节 from 除夕 to 初三; 清明节; 劳动节 1 and 2 May; 端午节; 中秋节; 国庆节 1 to 3 October.
/// Which days are swapped (调休), and which take the place of one on a weekend (补假), only the notice says. Empty
/// before 2027; after the table of lunar dates, which ends in 2035, without the festivals that follow the moon.
std::vector<SpecialDay> statutory_days(int year);

/// The years of that table, and the last one that is counted at all.
inline constexpr int kFirstFestivalYear = 2027;
inline constexpr int kLastFestivalYear = 2035;
inline constexpr int kLastStatutoryYear = 2199;

}  // namespace workflow
