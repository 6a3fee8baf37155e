#include "workflow/letters/letter_values.hpp"

#include "workflow/reply/fees.hpp"
#include "workflow/reply/third_parties.hpp"
#include "workflow/words/articles.hpp"

#include <algorithm>

namespace workflow {

namespace {

using Words = std::string (*)(LetterKind, LetterFacts const&);
using Part = std::vector<Block> (*)(LetterKind, LetterFacts const&);
using Facts = LetterFacts const&;

std::string date_or_empty(std::optional<Date> date) { return date ? letter_date(*date) : std::string(); }

std::string joined(std::vector<std::string> const& texts, std::string_view between) {
    std::string all;
    for (std::string const& text : texts) {
        if (!all.empty()) all += between;
        all += text;
    }
    return all;
}

/// `{name}` of `text` replaced by `value`; where the value is empty, the whole text is.
std::string with(std::string text, std::string_view name, std::string const& value) {
    auto const at = text.find(name);
    if (at == std::string::npos) return text;
    return value.empty() ? std::string() : text.replace(at, name.size(), value);
}

/// A last day. Where its year has no published calendar, it says that it may still move.
std::string last_day(Date day, bool provisional) {
    if (!provisional) return letter_date(day);
    return letter_date(day) + "（暂定，国家公布" + std::to_string(year_of(day)) + "年放假安排后可能调整）";
}

std::string named_last_day(std::optional<Date> day, Facts facts) {
    return day ? last_day(*day, !facts.calendar.covers(year_of(*day))) : std::string();
}

/// The last day of this kind, as the clock has it on the day of the letter; empty where there is none.
std::string last_day_of(DeadlineKind kind, Case const& c, Facts facts) {
    auto const clock = compute_clock(c.timeline_if_sent(facts.on), facts.on, facts.calendar, Detail::Brief);
    if (!clock) return {};
    auto const found = std::ranges::find(clock->deadlines, kind, &Deadline::kind);
    return found == clock->deadlines.end() ? std::string() : last_day(found->due, found->provisional);
}

std::string address_of(ApplicantKind kind) { return kind == ApplicantKind::NaturalPerson ? "您" : "贵单位"; }

std::string yuan(std::int64_t fen) {
    std::string const cents = std::to_string(fen % 100);
    return std::to_string(fen / 100).append(cents.size() < 2 ? ".0" : ".").append(cents).append("元");
}

template <typename Payload>
Payload const* carried(Facts facts) {
    return std::get_if<Payload>(&facts.step);
}

Consultation const* consultation(Facts facts) {
    return facts.consultation ? find_consultation(facts.c, *facts.consultation) : nullptr;
}

// ---- answers -------------------------------------------------------------------------------------------------------

/// A text without the marks and blanks at its end: the sentence around it has its own.
std::string unended(std::string text) {
    constexpr std::array<std::string_view, 8> kEnds{"。", "；", "，", ".", ";", ",", " ", "\n"};
    auto const ends = [&](std::string_view mark) { return text.ends_with(mark); };
    for (auto mark = std::ranges::find_if(kEnds, ends); mark != kEnds.end(); mark = std::ranges::find_if(kEnds, ends))
        text.resize(text.size() - mark->size());
    return text;
}

/// What the agency cites where the law says nothing expressly and it does not follow our reading; empty otherwise.
std::string_view own_basis(Outcome outcome, Facts facts) {
    auto const* const own = reading_of(outcome, facts.issuer.readings);
    return own != nullptr && own->basis ? std::string_view(*own->basis) : std::string_view();
}

/// The articles that the answer to an item rests on: the general rule for its outcome, then that of its limb; in place
/// of both the agency's own basis.
std::vector<std::string_view> articles_of(ItemReply const& item, Facts facts) {
    if (auto const own = own_basis(item.outcome, facts); !own.empty()) return {own};
    std::vector<std::string_view> articles;
    auto const add = [&](std::string_view article) {
        if (!article.empty() && std::ranges::find(articles, article) == articles.end()) articles.push_back(article);
    };
    add(rule_of(letter_of(item.outcome)).article);
    add(item.limb ? rule_of(*item.limb).article : rule_of(item.outcome).article);
    return articles;
}

/// What the letter says of the limb; of information that is not ours, whose it is (条例第三十六条第五项).
std::string told_of(ItemReply const& item) {
    if (!item.limb) return {};
    LimbRule const& rule = rule_of(*item.limb);
    std::string told = with(std::string(rule.told), "{agency}", item.responsible_agency.value_or("其他行政机关"));
    return with(std::move(told), "{article}", short_citation({&rule.article, 1}));
}

std::string answer_to(ItemReply const& item, Facts facts) {
    auto const given = [](std::optional<std::string> const& text) { return unended(text.value_or("")); };
    std::string const you = address_of(facts.c.application.applicant.kind);
    std::string const law = short_citation(articles_of(item, facts));
    std::string all;
    for (std::string_view const sentence : rule_of(item.outcome).answer) {
        std::string said = with(std::string(sentence), "{limb}", told_of(item));
        said = with(std::move(said), "{reference}", given(item.reference));
        said = with(std::move(said), "{reason}", given(item.reason));
        said = with(std::move(said), "{separation}", given(item.separation));
        said = with(std::move(said), "{public_interest}", given(item.public_interest));
        said = with(std::move(said), "{law}", law);
        while (said.find("{you}") != std::string::npos) said = with(std::move(said), "{you}", you);
        all += said;
    }
    return all;
}

/// Calls visit(position, requested item, its answer) for every item of a drafted reply.
template <typename Visit>
void for_each_answer(Case const& c, Visit&& visit) {
    if (!c.draft) return;
    auto const& items = c.application.items;
    for (std::size_t i = 0; i < std::min(items.size(), c.draft->items.size()); ++i)
        visit(i, items[i], c.draft->items[i]);
}

std::string quoted(std::string const& title) { return "“" + title + "”"; }

std::vector<Block> answers(LetterKind, Facts facts) {
    std::vector<Block> blocks;
    bool const several = facts.c.application.items.size() > 1;
    for_each_answer(facts.c, [&](std::size_t i, RequestedItem const& asked, ItemReply const& item) {
        std::string text;
        if (several) text = "关于第" + std::to_string(i + 1) + "项" + quoted(asked.title) + "：";
        blocks.emplace_back(Paragraph{text + answer_to(item, facts)});
    });
    return blocks;
}

/// What the draft tells the third party that the letter is about; null where the case is older than such notices.
ThirdPartyNotice const* notice(Facts facts) {
    return facts.c.draft && facts.consultation ? notice_for(*facts.c.draft, *facts.consultation) : nullptr;
}

/// 条例第三十二条: 将决定公开的政府信息内容 … 书面告知第三方.
std::vector<Block> disclosed(LetterKind, Facts facts) {
    auto const* const told = notice(facts);
    if (told == nullptr) return {Paragraph{"本机关征求意见书所列的政府信息。"}};
    return {Paragraph{unended(told->content) + "。"}};
}

// ---- law -----------------------------------------------------------------------------------------------------------

/// The articles that a letter rests on, each once.
std::vector<std::string_view> articles_of(LetterKind kind, Facts facts) {
    LetterRule const& rule = rule_of(kind);
    // 第二十九条第二款 says what a form has to hold, 第三十条 that it is corrected.
    auto const& correction = facts.c.correction;
    if (kind == LetterKind::CorrectionNotice && correction && !correction->missing.empty())
        return {"条例第二十九条第二款", rule.article};
    auto const outcome = facts.c.outcome;
    if (!rule.is_reply) return {rule.article.empty() && outcome ? rule_of(*outcome).article : rule.article};
    std::vector<std::string_view> articles;
    for_each_answer(facts.c, [&](std::size_t, RequestedItem const&, ItemReply const& item) {
        for (std::string_view const article : articles_of(item, facts)) {
            if (std::ranges::find(articles, article) == articles.end()) articles.push_back(article);
        }
    });
    return articles;
}

std::vector<Block> law(LetterKind kind, Facts facts) {
    std::vector<Block> blocks;
    for (std::string_view const article : articles_of(kind, facts)) {
        if (article.empty()) continue;
        std::string text = citation(article);
        if (auto const words = text_of_article(article); !words.empty()) text.append("：“").append(words).append("”");
        blocks.emplace_back(Paragraph{std::move(text)});
    }
    return blocks;
}

// ---- other parts ---------------------------------------------------------------------------------------------------

std::vector<Block> items(LetterKind kind, Facts facts) {
    std::vector<Block> blocks;
    // 条例第三十二条: whoever is consulted reads what is at stake, not the words of whoever asks.
    if (rule_of(kind).addressee != Addressee::Applicant) {
        auto const* const asked = consultation(facts);
        if (asked != nullptr && asked->letter.content) return {Quotation{*asked->letter.content}};
    }
    auto const& list = facts.c.application.items;
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::string text = list.size() > 1 ? std::to_string(i + 1) + "." : std::string();
        text += list[i].title;
        if (list[i].document_number) text.append("（").append(*list[i].document_number).append("）");
        blocks.emplace_back(Quotation{text.append("：").append(list[i].description)});
    }
    return blocks;
}

std::string correction_grounds(LetterKind, Facts facts) {
    if (!facts.c.correction) return {};
    std::vector<std::string> grounds;
    if (facts.c.correction->content_unclear)
        grounds.emplace_back("上述申请内容不明确，本机关难以据此确定所指向的政府信息");
    std::vector<std::string> missing;
    for (FormGap const gap : facts.c.correction->missing) missing.emplace_back(label(gap));
    if (!missing.empty())
        grounds.push_back(
            "提交的申请没有" + joined(missing, "、") + "，不符合《中华人民共和国政府信息公开条例》第二十九条的要求"
        );
    return joined(grounds, "；");
}

std::vector<Block> correction_points(LetterKind, Facts facts) {
    std::vector<Block> blocks;
    if (!facts.c.correction) return blocks;
    auto const& points = facts.c.correction->points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        blocks.emplace_back(Paragraph{std::to_string(i + 1).append(".").append(points[i])});
    }
    return blocks;
}

std::vector<Block> consultation_slip(LetterKind, Facts) {
    return {FactTable{
        {{"对公开的意见", "□ 同意公开\n□ 部分同意公开（请写明同意公开的部分）\n□ 不同意公开（请说明理由）"},
         {"意见和理由", "\n\n\n"},
         {"签名或者盖章", "\n"},
         {"联系人和联系电话", ""},
         {"日期", "      年    月    日"}}}};
}

std::vector<Block> reply_text(LetterKind, Facts facts) {
    if (!facts.c.draft || facts.c.draft->text.empty()) return {};
    return {Paragraph{facts.c.draft->text}};
}

std::vector<Block> remedy(LetterKind kind, Facts facts) {
    auto const delivered = facts.c.served_on();
    std::string_view const paper = paper_of(usual_template(kind).title);
    LetterRule const& rule = rule_of(kind);
    std::vector<RemedyGroup> groups{{rule.remedy, {}, std::string("本").append(paper)}};
    if (rule.is_reply)
        groups = facts.c.draft ? remedies_of(facts.c.application, *facts.c.draft, paper) : std::vector<RemedyGroup>();
    std::vector<Block> blocks;
    for (RemedyGroup const& group : groups) {
        auto text = remedy_text(group, paper, facts.issuer.remedy, delivered, facts.calendar);
        if (!text.empty()) blocks.emplace_back(Paragraph{std::move(text)});
    }
    return blocks;
}

// ---- words ---------------------------------------------------------------------------------------------------------

/// Whether the letter says what was searched. Where something is refused under 条例第十四条至第十六条 it does not,
/// unless whoever drafts wants it or 信息不存在 needs it: what was found there is nobody's business.
bool tells_searches(ReplyDraft const& draft) {
    auto const has = [&](auto&& test) { return std::ranges::any_of(draft.items, test, &ItemReply::outcome); };
    bool const needed = has([](Outcome o) { return rule_of(o).evidence.has(Evidence::SearchRecord); });
    return needed || draft.tells_searches.value_or(!has(refuses));
}

std::string searches(LetterKind, Facts facts) {
    std::string all;
    auto const& draft = facts.c.draft;
    if (draft && !tells_searches(*draft)) return all;
    // What was found for an item that is refused is told only where whoever drafts has chosen so.
    bool const chosen = !draft || draft->tells_searches.value_or(false);
    auto const about = [&](SearchRecord const& search, auto&& such) {
        for (std::size_t i = 0; draft && i < draft->items.size(); ++i)
            if (is_about(search.items, i) && such(draft->items[i].outcome)) return true;
        return false;
    };
    for (SearchRecord const& search : facts.c.searches) {
        bool const refused = about(search, refuses);
        if (!chosen && refused && !about(search, [](Outcome outcome) { return !refuses(outcome); })) continue;
        std::vector<std::string> places;
        for (SearchPlace const place : search.places) places.emplace_back(label(place));
        all.append("本机关于").append(letter_date(search.searched_on)).append("检索了").append(joined(places, "、"));
        bool const open_to_all = chosen || !refused || !search.found;
        if (search.statement && open_to_all) all.append("。").append(unended(*search.statement));
        all.append("。");
    }
    return all;
}

/// The answer of the third party in one word, and why the agency discloses all the same (条例第三十二条).
std::string opinion(LetterKind, Facts facts) {
    Consultation const* const asked = consultation(facts);
    if (asked == nullptr || !asked->opinion) return {};
    auto const* const told = notice(facts);
    std::string said = "贵方" + std::string(label(asked->opinion->stance));
    if (told == nullptr) return said.append("。").append(unended(asked->opinion->text));
    return said.append("；经审查，本机关决定公开的理由是：").append(unended(told->reason));
}

/// Which part of the request a consultation is about, where it is not the whole.
std::string consultation_subject(LetterKind, Facts facts) {
    Consultation const* const asked = consultation(facts);
    if (asked == nullptr) return {};
    std::string subject = "该申请";
    auto const& named = asked->letter.items;
    if (named.empty() || named.size() == facts.c.application.items.size()) return subject;
    for (std::size_t i = 0; i < named.size(); ++i)
        subject.append(i == 0 ? "第" : "、第").append(std::to_string(named[i])).append("项");
    return subject;
}

/// "第9件至第13件", "第34件".
std::string from_to(int first, int last, std::string_view unit) {
    auto const numbered = [&](int number) { return "第" + std::to_string(number).append(unit); };
    return first == last ? numbered(first) : numbered(first) + "至" + numbered(last);
}

std::string fee_quantity(LetterKind, Facts facts) {
    if (!facts.c.fee) return {};
    FeeNotice const& fee = *facts.c.fee;
    if (fee.basis == FeeBasis::PerPage) return "共" + std::to_string(fee.quantity) + "页";
    std::string const pieces = "本自然月" + from_to(fee.quantity, fee.last_piece(), "件");
    return fee.pieces ? pieces + "，共" + std::to_string(*fee.pieces) + "件" : pieces;
}

/// Each step of the tariff with what it charges: "第11件至第13件（标准：第11件至第30件）每件100.00元，计300.00元".
std::string fee_steps(LetterKind, Facts facts) {
    if (!facts.c.fee) return {};
    std::string_view const unit = facts.c.fee->basis == FeeBasis::PerItem ? "件" : "页";
    std::vector<std::string> steps;
    for (FeeStep const& step : steps_of(*facts.c.fee)) {
        std::string text = from_to(step.first, step.last, unit) + "（标准：";
        text += step.until == 0 ? "第" + std::to_string(step.from).append(unit).append("以上")
                                : from_to(step.from, step.until, unit);
        text.append("）");
        text += step.each == 0
                    ? "不收费"
                    : "每" + std::string(unit).append(yuan(step.each)).append("，计").append(yuan(step.sum()));
        steps.push_back(std::move(text));
    }
    return joined(steps, "；");
}

/// 109号第六条: from the day after the notice is received. A notice of the first edition of the rules keeps its 30
/// days.
std::string fee_until(LetterKind, Facts facts) {
    if (!facts.c.fee) return {};
    if (facts.c.fee->served_on) return "在" + last_day_of(DeadlineKind::FeePayment, facts.c, facts) + "以前（含当日）";
    auto const& events = facts.c.clock_events;
    auto const notice = std::ranges::find(events, ClockEventType::FeeNotified, &ClockEvent::type);
    bool const first_edition = notice != events.end() && !notice->edition;
    return first_edition ? "自收到本通知书之日起" + std::to_string(kFeePaymentInNaturalDays.length) + "日内"
                         : "自收到本通知书的次日起" + std::to_string(kFeePayment.length) + "个工作日内";
}

/// "书面", "口头（录音或者笔录编号：2026-03）", "在网上".
std::string means_of(Withdrawal const& withdrawal) {
    if (withdrawal.means == WithdrawalMeans::Online) return "在网上";
    std::string text(label(*withdrawal.means));
    if (withdrawal.recording) text.append("（录音或者笔录编号：").append(*withdrawal.recording).append("）");
    return text;
}

/// "于2026年3月3日", where the letter's dispatch is recorded.
std::string sent_on(Case const& c, NoticeKind kind) {
    NoticeLetter const* const letter = find_notice(c, kind);
    return letter != nullptr && letter->dispatch ? "于" + letter_date(letter->dispatch->dispatched_on) : std::string();
}

/// As the clock was told, else as the letter says.
std::optional<Date> last_day_to_correct(Case const& c) {
    auto const& events = c.clock_events;
    auto const asked =
        std::ranges::find(events.rbegin(), events.rend(), ClockEventType::CorrectionRequested, &ClockEvent::type);
    if (asked != events.rend() && asked->reply_by) return asked->reply_by;
    return c.correction ? c.correction->reply_by : std::nullopt;
}

/// How a case ended without a reply, in the words of its letter.
struct Ending {
    Outcome outcome;
    Words words;
};
constexpr std::array kEndings{
    Ending{
        Outcome::Uncorrected,
        [](LetterKind, Facts f) {
            std::string const until = date_or_empty(last_day_to_correct(f.c));
            return "本机关已" + sent_on(f.c, NoticeKind::Correction) + "书面告知申请人补正" +
                   with("，补正期限至{until}", "{until}", until) + "。" + "期满没有收到补正材料，依照" +
                   citation("条例第三十条") + "，视为放弃申请";
        }},
    Ending{
        Outcome::Unpaid,
        [](LetterKind, Facts f) {
            std::string const amount = f.c.fee ? yuan(f.c.fee->amount_fen) : std::string();
            std::string const served = f.c.fee ? date_or_empty(f.c.fee->served_on) : std::string();
            return "本机关已" + sent_on(f.c, NoticeKind::Fee) +
                   with("书面通知缴纳信息处理费{amount}", "{amount}", amount) +
                   with("，通知于{served}送达", "{served}", served) + "。" + "缴费期限届满没有收到缴费，依照" +
                   citation("国办函〔2020〕109号第六条") + "，视为放弃申请";
        }},
    Ending{
        Outcome::Withdrawn,
        [](LetterKind, Facts f) {
            std::string const you = address_of(f.c.application.applicant.kind);
            auto const& withdrawal = f.c.withdrawal;
            Date const on = withdrawal ? *withdrawal->withdrawn_on : *f.c.concluded_on;
            std::string const how = withdrawal ? means_of(*withdrawal) : std::string();
            return you + "于" + letter_date(on) + how + "撤回申请，不再要求本机关提供上述信息";
        }},
    Ending{
        Outcome::Other,
        [](LetterKind, Facts f) -> std::string {
            if (!f.c.rejection) return "所提交的内容不能登记为政府信息公开申请";
            auto const& [ground, double_of, reason] = f.c.rejection->proposal;
            if (!double_of) return "这一件是系统测试时录入的，不是政府信息公开申请";
            return "这一件与受理编号为" + double_of->value + "的申请是同一件申请，系重复录入；" + double_of->value +
                   "号申请照常办理，期限和答复都以该件为准";
        }},
};

static_assert(
    std::ranges::all_of(
        kOutcomeRules,
        [](OutcomeRule const& rule) {
            return rule.drafted || std::ranges::count(kEndings, rule.outcome, &Ending::outcome) == 1;
        }
    ),
    "a case that ends without a reply, and a letter that would not say how"
);

std::string ending(LetterKind kind, Facts facts) {
    auto const found = std::ranges::find(kEndings, facts.c.outcome, &Ending::outcome);
    if (found == kEndings.end()) return {};
    auto const own = own_basis(found->outcome, facts);
    return found->words(kind, facts) + (own.empty() ? "" : "（依照" + citation(own) + "）");
}

std::string ending_reason(LetterKind, Facts facts) {
    if (facts.c.rejection) return unended(facts.c.rejection->proposal.reason);
    if (auto const* withdrawal = carried<Withdrawal>(facts)) return unended(withdrawal->reason);
    auto const* const reason = carried<Reason>(facts);
    return reason != nullptr ? unended(reason->reason) : std::string();
}

template <typename Payload, auto member>
std::string text_of_step(LetterKind, Facts facts) {
    auto const* const payload = carried<Payload>(facts);
    return payload != nullptr ? unended(payload->*member) : std::string();
}

std::string extension_reason(LetterKind, Facts facts) {
    auto const& proposed = facts.before.proposed_extension;
    return proposed ? unended(proposed->proposal.reason) : std::string();
}

struct Punctuation {
    std::string_view plain;
    std::string_view chinese;
};
constexpr std::array<Punctuation, 7> kPunctuation{
    {{",", "，"}, {":", "："}, {";", "；"}, {"(", "（"}, {")", "）"}, {"?", "？"}, {"!", "！"}}};

/// Bytes of the UTF-8 character that begins with this one.
std::size_t character_length(char first) {
    auto const byte = static_cast<unsigned char>(first);
    return byte < 0xC0 ? 1U : byte < 0xE0 ? 2U : byte < 0xF0 ? 3U : 4U;
}

/// Whether the text begins with a character, a mark or a quotation mark that Chinese is written in (U+2018 and up).
bool is_chinese(std::string_view text) { return text.substr(0, 3) >= "\xE2\x80\x98"; }

/// The named day, or the period from the receipt of the letter; both stand before “以前（含当日）”.
std::string correction_until(LetterKind, Facts facts) {
    auto const& asked = facts.c.correction;
    if (!asked) return {};
    if (asked->reply_by) return named_last_day(asked->reply_by, facts);
    return "收到本告知书之日起第" + std::to_string(asked->days) + "个工作日";
}

/// One row for each field: its words, or its part.
struct Value {
    LetterField field;
    Words words = nullptr;
    Part part = nullptr;
};

// clang-format off
using F = LetterField;
constexpr std::array kValues{
    Value{F::AgencyName,         [](LetterKind, Facts f) { return f.issuer.name; }},
    Value{F::AgencyOffice,       [](LetterKind, Facts f) { return f.issuer.office; }},
    Value{F::AgencyAddress,      [](LetterKind, Facts f) { return f.issuer.address; }},
    Value{F::AgencyPhone,        [](LetterKind, Facts f) { return f.issuer.phone; }},
    Value{F::AgencyHours,        [](LetterKind, Facts f) { return f.issuer.hours; }},
    Value{F::QueryAddress,       [](LetterKind, Facts f) { return f.issuer.query_address; }},
    Value{F::CaseNumber,         [](LetterKind, Facts f) { return f.c.number.value; }},
    Value{F::ReceivedOn,         [](LetterKind, Facts f) { return date_or_empty(f.c.received_on); }},
    Value{F::CorrectedOn,        [](LetterKind, Facts f) { return f.c.corrected ? letter_date(f.c.corrected->received_on) : std::string(); }},
    Value{F::Channel,            [](LetterKind, Facts f) { return std::string(label(f.c.channel)); }},
    Value{F::ReplyDue,           [](LetterKind, Facts f) { return last_day_of(DeadlineKind::Reply, f.c, f); }},
    Value{F::You,                [](LetterKind, Facts f) { return address_of(f.c.application.applicant.kind); }},
    Value{F::Items,              nullptr, items},
    Value{F::Law,                nullptr, law},
    Value{F::CorrectionGrounds,  correction_grounds},
    Value{F::CorrectionPoints,   nullptr, correction_points},
    Value{F::CorrectionGuidance, [](LetterKind, Facts f) { return f.c.correction ? unended(f.c.correction->guidance) : std::string(); }},
    Value{F::CorrectionUntil,    correction_until},
    Value{F::ExplanationVolume,  [](LetterKind, Facts f) { return f.c.explanation_request ? unended(f.c.explanation_request->volume) : std::string(); }},
    Value{F::ExplanationUntil,   [](LetterKind, Facts f) { return f.c.explanation_request ? named_last_day(f.c.explanation_request->reply_by, f) : std::string(); }},
    Value{F::ExtensionDays,      [](LetterKind, Facts f) { auto const* p = carried<ExtensionApproval>(f); return p != nullptr ? std::to_string(p->days) : std::string(); }},
    Value{F::ExtensionReason,    extension_reason},
    Value{F::FormerDue,          [](LetterKind, Facts f) { return last_day_of(DeadlineKind::Reply, f.before, f); }},
    Value{F::Question,           [](LetterKind, Facts f) { auto const* p = consultation(f); return p != nullptr ? unended(p->letter.question) : std::string(); }},
    Value{F::ConsultationSide,   [](LetterKind, Facts f) { auto const* p = consultation(f); return p != nullptr ? std::string(label(p->letter.kind)) : std::string(); }},
    Value{F::ConsultationSlip,   nullptr, consultation_slip},
    Value{F::Opinion,            opinion},
    Value{F::ReplyText,          nullptr, reply_text},
    Value{F::Answers,            nullptr, answers},
    Value{F::Searches,           searches},
    Value{F::DisclosedItems,     nullptr, disclosed},
    Value{F::FeeBasis,           [](LetterKind, Facts f) { return f.c.fee ? std::string(label(f.c.fee->basis)) : std::string(); }},
    Value{F::FeeQuantity,        fee_quantity},
    Value{F::FeeSteps,           fee_steps},
    Value{F::FeeAmount,          [](LetterKind, Facts f) { return f.c.fee ? yuan(f.c.fee->amount_fen) : std::string(); }},
    Value{F::FeePayment,         [](LetterKind, Facts f) { return f.issuer.fee_payment; }},
    Value{F::FeeUntil,           fee_until},
    Value{F::FeeAlternative,     [](LetterKind, Facts f) { return f.c.fee ? unended(f.c.fee->alternative) : std::string(); }},
    Value{F::DeferredTo,         [](LetterKind, Facts f) { auto const* p = carried<Deferral>(f); return p != nullptr ? named_last_day(p->to, f) : std::string(); }},
    Value{F::DeferralReason,     text_of_step<Deferral, &Deferral::reason>},
    Value{F::Ending,             ending},
    Value{F::EndingReason,       ending_reason},
    Value{F::Remedy,             nullptr, remedy},
    Value{F::ConsultationSubject, consultation_subject},
    Value{F::ConsultationSentOn, [](LetterKind, Facts f) { auto const* p = consultation(f); return p != nullptr ? letter_date(p->sent_on) : std::string(); }},
};
// clang-format on

constexpr bool every_field_has_a_value() {
    for (std::size_t i = 0; i < kValues.size(); ++i) {
        Value const& row = kValues[i];
        if (static_cast<std::size_t>(row.field) != i || (row.part != nullptr) != is_part(row.field)) return false;
    }
    return true;
}
static_assert(kValues.size() == kLetterFields.size() && every_field_has_a_value());

}  // namespace

std::string words_of(LetterField field, LetterKind kind, LetterFacts const& facts) {
    Words const words = kValues[static_cast<std::size_t>(field)].words;
    return words != nullptr ? words(kind, facts) : std::string();
}

std::vector<Block> part_of(LetterField field, LetterKind kind, LetterFacts const& facts) {
    Part const part = kValues[static_cast<std::size_t>(field)].part;
    return part != nullptr ? part(kind, facts) : std::vector<Block>();
}

std::vector<std::string> enclosures(std::span<EnclosedFile const> files) {
    std::vector<std::string> list;
    for (EnclosedFile const& file : files) {
        list.push_back(file.name);
        if (file.pages) list.back().append("（").append(std::to_string(*file.pages)).append("页）");
    }
    return list;
}

std::string typeset(std::string_view text) {
    std::string all;
    std::vector<bool> opened;  // which brackets were made Chinese, so that their ends are too
    bool after_chinese = false;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = character_length(text[i]);
        std::string_view const character = text.substr(i, length);
        i += length;
        auto const chinese = std::ranges::find(kPunctuation, character, &Punctuation::plain);
        bool turns = chinese != kPunctuation.end() && (after_chinese || is_chinese(text.substr(i)));
        if (character == "(") opened.push_back(turns);
        if (character == ")" && !opened.empty()) {
            turns = opened.back();
            opened.pop_back();
        }
        after_chinese = turns || is_chinese(character);
        bool const ended = all.ends_with("？") || all.ends_with("！");
        if (!(ended && character == "。")) all += turns ? chinese->chinese : character;
    }
    return all;
}

std::string_view paper_of(std::string_view title) {
    constexpr std::array<std::string_view, 4> kPapers{"答复书", "告知书", "通知书", "回执"};
    auto const found = std::ranges::find_if(kPapers, [&](std::string_view paper) { return title.ends_with(paper); });
    return found == kPapers.end() ? std::string_view("文书") : *found;
}

}  // namespace workflow
