#pragma once

#include "workflow/time/calendar.hpp"
#include "workflow/time/clock.hpp"
#include "workflow/words/outcomes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// 救济途径 (行政复议法, 行政诉讼法; 法释〔2025〕8号): never typed, always made from the outcome and from the agency's
/// master data. Natural days and months; a last day that is a day off moves on (民法典第二百零三条).
namespace workflow {

inline constexpr Period kReviewInNaturalDays{60, "行政复议法第二十条"};
inline constexpr Period kSuitInMonths{6, "行政诉讼法第四十六条"};
inline constexpr Period kSuitAfterReviewInNaturalDays{15, "行政诉讼法第四十五条"};

/// Where somebody who is not content can turn to; of the agency that answered.
struct RemedyBodies {
    std::string review_body;  ///< 复议机关
    std::string review_address;
    std::string review_url;  ///< where a review can be applied for online; empty: nowhere
    std::string court;       ///< 管辖法院
    std::string court_address;
};

Date last_review_day(Date delivered, WorkdayCalendar const& calendar);
Date last_suit_day(Date delivered, WorkdayCalendar const& calendar);

/// The paragraphs of `remedy` for the letter called `paper` (答复书, 告知书); with the last days where the day of
/// delivery is known. Empty for Remedy::None.
std::vector<std::string> remedy_text(
    Remedy remedy,
    std::string_view paper,
    RemedyBodies const& bodies,
    std::optional<Date> delivered,
    WorkdayCalendar const& calendar
);

}  // namespace workflow
