#include "workflow/time/festivals.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace workflow {

namespace {

using namespace std::chrono;

/// The days of one year that follow the moon and the sun.
struct LunarRow {
    int year;
    month_day eve;          ///< 除夕, the day before 正月初一
    month_day qingming;     ///< 清明
    month_day dragon_boat;  ///< 端午, 五月初五
    month_day mid_autumn;   ///< 中秋, 八月十五
};

// From lunar-javascript 1.7.7 (6tail, MIT), 除夕 2027-02-05 also from the notice of 2024-11-12. Checked against the new
// moons after Meeus, Astronomical Algorithms, chapter 49, in Beijing time: each month begins on the day of its new
// moon, also those a few minutes from midnight (2027-02-06 23:56, 2030-02-03 00:07, 2034-09-13 00:14).
// clang-format off
constexpr std::array kLunarDates{
    LunarRow{2027, February / 5,  April / 5, June / 9,  September / 15},
    LunarRow{2028, January / 25,  April / 4, May / 28,  October / 3},
    LunarRow{2029, February / 12, April / 4, June / 16, September / 22},
    LunarRow{2030, February / 2,  April / 5, June / 5,  September / 12},
    LunarRow{2031, January / 22,  April / 5, June / 24, October / 1},
    LunarRow{2032, February / 10, April / 4, June / 12, September / 19},
    LunarRow{2033, January / 30,  April / 4, June / 1,  September / 8},
    LunarRow{2034, February / 18, April / 5, June / 20, September / 27},
    LunarRow{2035, February / 7,  April / 5, June / 10, September / 16},
};
// clang-format on
static_assert(kLunarDates.front().year == kFirstFestivalYear && kLunarDates.back().year == kLastFestivalYear);

}  // namespace

std::vector<SpecialDay> statutory_days(int of_year) {
    auto const row = std::ranges::find(kLunarDates, of_year, &LunarRow::year);
    bool const known = row != kLunarDates.end();  // 元旦, 劳动节 and 国庆节 need no lunar table
    if (!known && of_year < kLunarDates.front().year) return {};

    std::vector<SpecialDay> list;
    auto const add = [&](std::string_view festival, month_day first, int length) {
        Date const from{local_days{year{of_year} / first}};
        for (Date date = from; date < from + days{length}; date += days{1}) {
            // 中秋 may fall into 国庆节; then the day is named after both.
            auto const same = std::ranges::find(list, date, &SpecialDay::date);
            if (same == list.end())
                list.push_back({date, std::string(festival)});
            else
                same->festival.append("、").append(festival);
        }
    };
    // 第二条:
    // 元旦放假1天；春节放假4天（除夕、正月初一至初三）；清明节、端午节、中秋节各放假1天；劳动节放假2天；国庆节放假3天.
    add("元旦", January / 1, 1);
    add("劳动节", May / 1, 2);
    add("国庆节", October / 1, 3);
    if (known) {
        add("春节", row->eve, 4);
        add("清明节", row->qingming, 1);
        add("端午节", row->dragon_boat, 1);
        add("中秋节", row->mid_autumn, 1);
    }
    std::ranges::sort(list, {}, &SpecialDay::date);
    return list;
}

}  // namespace workflow
