#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/time/calendar.hpp"
#include "workflow/time/clock.hpp"
#include "workflow/words/outcomes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// 救济途径 (行政复议法, 行政诉讼法; 法释〔2025〕8号): never typed, always made from the outcome of each item and from
/// the agency's master data. Natural days and months; a last day that is a day off moves on (民法典第二百零三条).
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

/// What of a reply is contested by itself: an item, or of a partial reply (条例第三十七条) what it provides and what it
/// withholds.
enum class Portion : std::uint8_t { Whole, Provided, Withheld };

struct AnsweredPart {
    std::size_t item;  ///< in the order of the application
    Portion portion;
    Remedy remedy;  ///< ReviewFirst or Free
    bool operator==(AnsweredPart const&) const = default;
};

/// Every part of the reply once, item by item.
std::vector<AnsweredPart> parts_of(ReplyDraft const& draft);

/// The parts that share a remedy, and their name in a sentence.
struct RemedyGroup {
    Remedy remedy;
    std::vector<AnsweredPart> parts;  ///< empty: a letter that answers no items
    std::string name;                 ///< "本答复书", "本答复书中关于第2项（“…”）的答复"
};

/// At most two: what goes to review first, then what is free. `paper` is what the letter calls itself (答复书, 告知书).
std::vector<RemedyGroup> remedies_of(Application const& application, ReplyDraft const& draft, std::string_view paper);

/// The sentence of one group; with the last days where the day of delivery is known. Empty for Remedy::None.
std::string remedy_text(
    RemedyGroup const& group,
    std::string_view paper,
    RemedyBodies const& bodies,
    std::optional<Date> delivered,
    WorkdayCalendar const& calendar
);

enum class RemedyKind : std::uint8_t { Review, Suit };
inline constexpr std::array kRemedyKinds{
    Term{RemedyKind::Review, "review", "行政复议"},
    Term{RemedyKind::Suit, "suit", "行政诉讼"},
};
constexpr auto const& terms(RemedyKind) { return kRemedyKinds; }
static_assert(is_well_formed<RemedyKind>());

/// One way to object, to all of a letter that ended the case or to a part of it.
struct StandingRemedy {
    RemedyKind kind;
    std::string about;      ///< RemedyGroup::name
    std::string authority;  ///< where to
    Date last_day;
    std::string_view note;  ///< in which order
    bool over = false;      ///< its last day has passed
};

/// What its letter has told: of a reply that went out, or of the end of a case without one. The days count from the
/// delivery; until that is known, from the day on which the case was concluded.
std::vector<StandingRemedy> standing_remedies(
    Case const& c, RemedyBodies const& bodies, Date today, WorkdayCalendar const& calendar
);

}  // namespace workflow
