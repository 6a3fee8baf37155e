#include "workflow/reply/remedy.hpp"

#include <algorithm>
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

    /// 复议前置 (行政复议法第二十三条第一款第四项、第二款): a refusal goes to review before it can go to court, and the
    /// agency must say so.
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

std::vector<AnsweredPart> parts_of(ReplyDraft const& draft) {
    std::vector<AnsweredPart> parts;
    for (std::size_t i = 0; i < draft.items.size(); ++i) {
        ItemReply const& item = draft.items[i];
        Remedy const remedy = rule_of(item.outcome).remedy;
        if (remedy != Remedy::Split) {
            parts.push_back({i, Portion::Whole, remedy});
            continue;
        }
        // 条例第三十七条: what is withheld is contested as a refusal on its limb would be.
        Remedy const withheld = item.limb ? rule_of(rule_of(*item.limb).outcome).remedy : Remedy::ReviewFirst;
        parts.push_back({i, Portion::Provided, Remedy::Free});
        parts.push_back({i, Portion::Withheld, withheld});
    }
    return parts;
}

namespace {

/// The part in a sentence about the reply as a whole; `several`: the application has several items.
std::string name_of(AnsweredPart const& part, Application const& application, bool several) {
    std::string name;
    if (several) {
        name.append("第").append(std::to_string(part.item + 1)).append("项（“");
        name.append(application.items[part.item].title).append("”）");
    }
    if (part.portion == Portion::Provided) name += "提供的部分";
    if (part.portion == Portion::Withheld) name += "不予公开的部分";
    return name;
}

/// Parts of one item that are contested alike are the item.
std::vector<AnsweredPart> joined(std::vector<AnsweredPart> const& parts) {
    std::vector<AnsweredPart> whole;
    for (AnsweredPart const& part : parts) {
        if (!whole.empty() && whole.back().item == part.item) {
            whole.back().portion = Portion::Whole;
        } else {
            whole.push_back(part);
        }
    }
    return whole;
}

}  // namespace

std::vector<RemedyGroup> remedies_of(Application const& application, ReplyDraft const& draft, std::string_view paper) {
    auto const parts = parts_of(draft);
    std::string const whole = std::string("本").append(paper);
    std::vector<RemedyGroup> groups;
    for (Remedy const remedy : {Remedy::ReviewFirst, Remedy::Free}) {
        RemedyGroup group{remedy, {}, whole};
        std::ranges::copy_if(parts, std::back_inserter(group.parts), [&](auto const& p) { return p.remedy == remedy; });
        if (group.parts.empty()) continue;
        if (group.parts.size() < parts.size()) {
            bool const several = application.items.size() > 1;
            std::string names;
            for (AnsweredPart const& part : joined(group.parts)) {
                if (!names.empty()) names += "、";
                names += name_of(part, application, several);
            }
            group.name += several ? "中关于" + names + "的答复" : "中" + names;
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

std::string remedy_text(
    RemedyGroup const& group,
    std::string_view paper,
    RemedyBodies const& bodies,
    std::optional<Date> delivered,
    WorkdayCalendar const& calendar
) {
    Sentences const say{std::string("本").append(paper), bodies, delivered, calendar};
    if (group.remedy == Remedy::None) return {};
    return group.remedy == Remedy::ReviewFirst ? say.review_first("对" + group.name) : say.free("对" + group.name);
}

namespace {

/// A case that a reply has not ended is told so by a 告知书.
std::vector<RemedyGroup> told_remedies(Case const& c) {
    if (!c.outcome) return {};
    if (c.draft && c.dispatch) return remedies_of(c.application, *c.draft, "答复书");
    return {{rule_of(*c.outcome).remedy, {}, "本告知书"}};
}

}  // namespace

std::vector<StandingRemedy> standing_remedies(
    Case const& c, RemedyBodies const& bodies, Date today, WorkdayCalendar const& calendar
) {
    std::vector<StandingRemedy> standing;
    if (!c.concluded_on || c.ledger) return standing;
    // The days run from the service of the letter. Until that of a reply is recorded they are counted from its
    // dispatch, and none of them is over. The service of a 告知书 is not recorded: its days are counted from the end of
    // the case.
    auto const served = c.served_on();
    bool const runs = served || !c.dispatch;
    Date const from = served.value_or(*c.concluded_on);
    Date const review = last_review_day(from, calendar);
    Date const suit = last_suit_day(from, calendar);
    for (RemedyGroup const& group : told_remedies(c)) {
        bool const first = group.remedy == Remedy::ReviewFirst;
        std::string_view const note = first
                                          ? "应当先申请行政复议；对复议决定仍不服的，自收到复议决定书之日起15日内起诉。"
                                          : "行政复议和行政诉讼可以任选。";
        standing.push_back({RemedyKind::Review, group.name, bodies.review_body, review, note, runs && today > review});
        if (!first) standing.push_back({RemedyKind::Suit, group.name, bodies.court, suit, note, runs && today > suit});
    }
    return standing;
}

}  // namespace workflow
