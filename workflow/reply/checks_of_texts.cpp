#include "workflow/people/personal_data.hpp"
#include "workflow/reply/check_findings.hpp"
#include "workflow/reply/third_parties.hpp"
#include "workflow/words/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace workflow::checks {
namespace {

/// Every text that third parties are told, with its pointer.
template <typename Read>
void for_each_notice(ReplyDraft const& draft, Read&& read) {
    for (std::size_t i = 0; i < draft.third_party_notices.size(); ++i) {
        std::string const pointer = "/third_party_notices/" + std::to_string(i);
        read(draft.third_party_notices[i].content, pointer + "/content");
        read(draft.third_party_notices[i].reason, pointer + "/reason");
    }
}

/// Every text that goes out with the reply, with its pointer.
template <typename Read>
void for_each_text(ReplyDraft const& draft, Read&& read) {
    read(draft.text, std::string("/text"));
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (item.reference) read(*item.reference, pointer_to(i, "reference"));
        if (item.reason) read(*item.reason, pointer_to(i, "reason"));
        if (item.separation) read(*item.separation, pointer_to(i, "separation"));
        if (item.public_interest) read(*item.public_interest, pointer_to(i, "public_interest"));
    });
    for_each_notice(draft, read);
}

/// A date written as 2026年4月24日; no value where there is no such day.
struct WrittenDate {
    std::size_t end = 0;  ///< the byte behind it
    std::string_view text;
    std::optional<Date> date;
};

/// The number that begins here, with at most `most` digits, followed by `unit`; 0 where there is none.
int number_before(std::string_view& rest, std::size_t most, std::string_view unit) {
    int number = 0;
    auto const first = rest.substr(0, most);
    auto const [end, fault] = std::from_chars(first.data(), first.data() + first.size(), number);
    auto const behind = rest.substr(static_cast<std::size_t>(end - first.data()));
    if (fault != std::errc() || !behind.starts_with(unit)) return 0;
    rest = behind.substr(unit.size());
    return number;
}

std::vector<WrittenDate> dates_in(std::string_view text) {
    std::vector<WrittenDate> dates;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const starts = text[at] >= '1' && text[at] <= '2' && (at == 0 || text[at - 1] < '0' || text[at - 1] > '9');
        if (!starts) continue;
        std::string_view rest = text.substr(at);
        int const year = number_before(rest, 4, "年");
        int const month = year == 0 ? 0 : number_before(rest, 2, "月");
        int const day = month == 0 ? 0 : number_before(rest, 2, "日");
        if (day == 0) continue;
        auto const written = std::chrono::year{year} / month / day;
        std::size_t const end = text.size() - rest.size();
        std::optional<Date> date;
        if (written.ok()) date = std::chrono::local_days{written};
        dates.push_back({end, text.substr(at, end - at), date});
        at = end - 1;
    }
    return dates;
}

std::string_view last_line(std::string_view text) {
    constexpr std::string_view kBlank = " \n\t";
    auto const last = text.find_last_not_of(kBlank);
    if (last == std::string_view::npos) return {};
    text = text.substr(0, last + 1);
    auto const line = text.substr(text.find_last_of('\n') + 1);
    return line.substr(line.find_first_not_of(kBlank));
}

/// What every such reply says, and so explains nothing.
constexpr std::array<std::string_view, 22> kStockPhrases{
    "《中华人民共和国政府信息公开条例》",
    "《政府信息公开条例》",
    "政府信息公开条例",
    "中华人民共和国",
    "第十四条",
    "第十五条",
    "第十六条",
    "第一款",
    "第二款",
    "的规定",
    "之规定",
    "规定",
    "根据",
    "依据",
    "依照",
    "依法",
    "属于",
    "不予公开",
    "政府信息",
    "该信息",
    "信息",
    "条例"};

/// The characters of a reason that are left when the law's own words are taken out.
std::int64_t own_characters(std::string reason, ItemReply const& item) {
    auto const drop = [&](std::string_view phrase) {
        for (auto at = reason.find(phrase); at != std::string::npos; at = reason.find(phrase))
            reason.erase(at, phrase.size());
    };
    if (item.limb) drop(label(*item.limb));
    for (std::string_view const phrase : kStockPhrases) drop(phrase);
    for (std::string_view const mark : {"，", "。", "、", "；", ",", ".", "“", "”", " "}) drop(mark);
    return characters(reason);
}

/// The text without what it repeats of another, clause by clause.
std::string without_clauses(std::string text, std::string_view other) {
    constexpr std::array<std::string_view, 8> kMarks{"。", "，", "；", "：", "、", ",", ";", "\n"};
    constexpr std::size_t kShortestClause = 6;  // bytes: two characters
    while (!other.empty()) {
        std::size_t end = other.size();
        std::size_t mark = 0;
        for (std::string_view const each : kMarks) {
            if (auto const at = other.find(each); at < end) end = at, mark = each.size();
        }
        auto const clause = other.substr(0, end);
        for (auto at = text.find(clause); clause.size() >= kShortestClause && at != std::string::npos;)
            at = text.erase(at, clause.size()).find(clause);
        other.remove_prefix(std::min(end + mark, other.size()));
    }
    return text;
}

/// Characters of its own that a reason needs; with fewer it says no more than the article does.
constexpr int kShortestOwnReason = 5;

constexpr std::string_view kEnclosure = "附件";

}  // namespace

/// 条例第三十六条第三项: 告知不予公开并说明理由. Repeating the article is no reason.
Findings reason_is_specific(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        bool const demanded =
            rule_of(item.outcome).evidence.has(Evidence::Reason) && item.reason && !item.reason->empty();
        if (demanded && own_characters(*item.reason, item) < kShortestOwnReason)
            find(findings, pointer_to(i, "reason"), "理由只重复了条文，没有说明这份信息为什么适用。");
    });
    return findings;
}

/// Whether a law or regulation of this name may be one of the nation: 法律 or 行政法规. Those of a place carry its
/// name; a 规定 or 办法 is one of a ministry unless it says otherwise.
bool is_national(std::string_view name) {
    if (contains(name, "中华人民共和国") || contains(name, "国务院")) return true;
    if (name.ends_with("法") && !name.ends_with("办法")) return true;
    if (!name.ends_with("条例")) return false;
    constexpr std::array<std::string_view, 6> kPlaces{"省", "自治区", "自治州", "市", "县", "区"};
    return name.starts_with("城市") || std::ranges::none_of(kPlaces, [&](auto place) {
               auto const at = name.find(place);
               return at != std::string_view::npos && at > 0;  // 市场 is no place
           });
}

/// 条例第十四条: 法律、行政法规禁止公开的. The letter names the law and its article; a local regulation or a 规章
/// forbids nothing in the sense of this article.
Findings prohibition_named(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (ground_of(item) != Outcome::RefusedLaw) return;
        std::string_view const member = item.outcome == Outcome::RefusedLaw ? "reference" : "reason";
        auto const& text = item.outcome == Outcome::RefusedLaw ? item.reference : item.reason;
        if (!text || text->empty()) return;
        constexpr std::string_view kOpen = "《";
        std::string_view rest = *text;
        bool named = !contains(rest, kOpen) && is_national(rest.substr(0, rest.find("第")));  // 统计法第二十八条
        for (auto at = rest.find(kOpen); at != std::string_view::npos; at = rest.find(kOpen)) {
            rest.remove_prefix(at + kOpen.size());
            named = named || is_national(rest.substr(0, rest.find("》")));
        }
        if (!named)
            find(
                findings,
                pointer_to(i, member),
                "没有写明是哪一部法律或者行政法规禁止公开，请用书名号写出它的名称和条款。"
            );
    });
    return findings;
}

/// Words of one who tells how to object; a judgment or a review that the information is about is something else.
bool speaks_of_remedies(std::string_view text) {
    for (std::string_view const words :
         {"申请行政复议", "申请复议", "提起行政诉讼", "提起诉讼", "向人民法院起诉", "向法院起诉", "依法起诉"}) {
        if (contains(text, words)) return true;
    }
    bool const objects = contains(text, "不服本") || contains(text, "不服的") || contains(text, "如不服");
    return objects && (contains(text, "复议") || contains(text, "诉讼") || contains(text, "起诉"));
}

/// 行政复议法第二十三条: the remedy follows from the outcome (remedy.hpp); one that is typed may contradict it.
Findings remedy_not_typed(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_text(draft, [&](std::string_view text, std::string pointer) {
        if (speaks_of_remedies(text))
            find(findings, std::move(pointer), "正文里自己写了救济途径，可能与系统生成的不一致。");
    });
    return findings;
}

/// 条例第四条: the office acts in the name of its agency, which alone signs.
Findings signed_by_the_agency(Case const&, ReplyDraft const& draft, ReplyBackground const& background) {
    Findings findings;
    std::string_view const line = last_line(draft.text);
    bool const by_department = !background.department.empty() && line == background.department;
    auto const dates = dates_in(line);
    bool const dated = dates.size() == 1 && dates.front().text == line;
    if (by_department || dated) find(findings, "/text", "正文末尾自己写了落款；落款、日期和印章由系统按本机关生成。");
    return findings;
}

/// 条例第十五条: the reply reveals nobody's personal data.
Findings no_personal_data(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_text(draft, [&](std::string_view text, std::string const& pointer) {
        for (PersonalDatum const& datum : find_personal_data(text)) {
            std::string detail = "有疑似";
            find(
                findings,
                pointer,
                detail.append(label(datum.kind))
                    .append("：")
                    .append(masked(text.substr(datum.begin, datum.size), {{datum.kind, 0, datum.size}}))
                    .append("。")
            );
        }
    });
    return findings;
}

constexpr std::size_t kShortSentence = 60;  // bytes, twenty characters

/// 条例第三十一条: the day of receipt in the text is the one that the clock counts from, and the request was made on
/// the day that is said.
Findings dates_agree(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    Date const received = c.timeline().received;
    for_each_text(draft, [&](std::string_view text, std::string const& pointer) {
        for (WrittenDate const& written : dates_in(text)) {
            std::string detail(written.text);
            auto const behind = text.substr(written.end);
            bool const of_request = (behind.starts_with("提出") || behind.starts_with("提交")) &&
                                    contains(behind.substr(0, kShortSentence), "申请");
            bool const of_receipt = behind.starts_with("收到") || of_request;
            bool const right = !of_receipt || written.date == received ||
                               (of_request && written.date == c.submitted_on) ||
                               (c.corrected && written.date == c.corrected->received_on);
            if (!written.date)
                find(findings, pointer, detail.append("不是真实的日期。"));
            else if (!right)
                find(
                    findings, pointer, detail.append("不是收到申请的日期（").append(to_string(received)).append("）。")
                );
        }
    });
    return findings;
}

/// 条例第十五条、第三十二条: whether the grounds of the third party hold is for the agency to judge; its word alone is
/// no reason.
Findings own_judgement(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (ground_of(item) != Outcome::RefusedThirdParty || !item.reason) return;
        std::string own = *item.reason;
        for (Consultation const& each : c.consultations) {
            if (each.opinion && concerns(each.letter, i)) own = without_clauses(std::move(own), each.opinion->text);
        }
        if (own_characters(std::move(own), item) < kShortestOwnReason)
            find(findings, pointer_to(i, "reason"), "理由只是第三方的意见，请写明本机关对它的判断。");
    });
    return findings;
}

/// 条例第三十六条第二项: what the reply says is enclosed goes with it.
Findings enclosures_there(Case const&, ReplyDraft const& draft, ReplyBackground const& background) {
    Findings findings;
    if (!background.enclosed.empty()) return findings;
    for_each_text(draft, [&](std::string_view text, std::string pointer) {
        if (contains(text, kEnclosure)) find(findings, std::move(pointer), "写了“附件”，但没有文件标为“随答复提供”。");
    });
    return findings;
}

/// 条例第三十二条: the third party is told what is disclosed and why, not who asked.
Findings applicant_hidden(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_notice(draft, [&](std::string_view text, std::string pointer) {
        auto const revealed = revealed_by(text, c.application);
        if (!revealed.empty())
            find(findings, std::move(pointer), std::string("给第三方的告知里写了").append(revealed).append("。"));
    });
    return findings;
}

}  // namespace workflow::checks
