#include "workflow/reply/remedy.hpp"

#include <utility>

namespace workflow {

namespace {

/// What the sentences of one letter share.
struct Sentences {
    std::string paper;
    RemedyBodies const& bodies;
    std::optional<Date> delivered;
    WorkdayCalendar const& calendar;

    std::string review_limit() const {
        std::string text = "自收到" + paper + "之日起" + std::to_string(kReviewInNaturalDays.length) + "日内";
        if (delivered)
            text.append("（最后一日为").append(letter_date(last_review_day(*delivered, calendar))).append("）");
        return text;
    }

    std::string suit_limit() const {
        std::string text = "自收到" + paper + "之日起" + std::to_string(kSuitInMonths.length) + "个月内";
        if (delivered)
            text.append("（最后一日为").append(letter_date(last_suit_day(*delivered, calendar))).append("）");
        return text;
    }

    std::string review_body() const {
        std::string where = bodies.review_address.empty() ? "" : "地址：" + bodies.review_address;
        if (!bodies.review_url.empty()) {
            if (!where.empty()) where += "；";
            where.append("网上申请：").append(bodies.review_url);
        }
        return where.empty() ? bodies.review_body : bodies.review_body + "（" + where + "）";
    }

    std::string court() const {
        return bodies.court_address.empty() ? bodies.court : bodies.court + "（地址：" + bodies.court_address + "）";
    }

    /// 复议前置 (行政复议法第二十三条): a refusal goes to review before it can go to court, and the agency must say so.
    std::string review_first(std::string what) const {
        return std::move(what)
            .append("不服的，应当依照《中华人民共和国行政复议法》第二十三条，")
            .append(review_limit())
            .append("先向")
            .append(review_body())
            .append("申请行政复议；对行政复议决定仍不服的，可以自收到行政复议决定书之日起")
            .append(std::to_string(kSuitAfterReviewInNaturalDays.length))
            .append("日内向")
            .append(court())
            .append("提起行政诉讼。");
    }

    /// The applicant chooses between review and suit (法释〔2025〕8号第一条).
    std::string free(std::string what) const {
        return std::move(what)
            .append("不服的，可以")
            .append(review_limit())
            .append("向")
            .append(review_body())
            .append("申请行政复议，或者")
            .append(suit_limit())
            .append("向")
            .append(court())
            .append("提起行政诉讼。");
    }
};

}  // namespace

/// 行政复议法第二十条: 60日内. A last day that is a day off moves on (民法典第二百零三条).
Date last_review_day(Date delivered, WorkdayCalendar const& calendar) {
    return calendar.next_workday_on_or_after(add_days(delivered, kReviewInNaturalDays.length)).date;
}

/// 行政诉讼法第四十六条: 六个月内.
Date last_suit_day(Date delivered, WorkdayCalendar const& calendar) {
    return calendar.next_workday_on_or_after(add_months(delivered, kSuitInMonths.length)).date;
}

std::vector<std::string> remedy_text(
    Remedy remedy,
    std::string_view paper,
    RemedyBodies const& bodies,
    std::optional<Date> delivered,
    WorkdayCalendar const& calendar
) {
    std::string const whole = std::string("本").append(paper);
    Sentences const say{whole, bodies, delivered, calendar};
    switch (remedy) {
        case Remedy::None:
            return {};
        case Remedy::ReviewFirst:
            return {say.review_first("对" + whole)};
        case Remedy::Free:
            return {say.free("对" + whole)};
        case Remedy::Split:
            return {say.review_first("对" + whole + "中不予公开的部分"), say.free("对" + whole + "的其余部分")};
    }
    return {};
}

}  // namespace workflow
