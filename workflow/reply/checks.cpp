#include "workflow/reply/checks.hpp"

#include "workflow/cases/policy.hpp"
#include "workflow/people/personal_data.hpp"
#include "workflow/reply/third_parties.hpp"
#include "workflow/words/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace workflow {

namespace {

using Findings = std::vector<FieldError>;

/// The member of one item, as a pointer into the draft.
std::string pointer_to(std::size_t item, std::string_view member) {
    std::string pointer = "/items/";
    return pointer.append(std::to_string(item)).append("/").append(member);
}

void find(Findings& findings, std::string pointer, std::string detail) {
    findings.push_back({std::move(pointer), {}, std::move(detail)});
}

/// Calls judge(item, position) for every item that is answered.
template <typename Judge>
void for_each_item(ReplyDraft const& draft, Judge&& judge) {
    for (std::size_t i = 0; i < draft.items.size(); ++i) judge(draft.items[i], i);
}

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

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool says_it_has_nothing(Outcome outcome) { return outcome == Outcome::NotHeld || outcome == Outcome::NotOurAgency; }

/// The outcome whose article an item rests on: of a partial reply, that of the part withheld.
Outcome ground_of(ItemReply const& item) {
    return item.outcome == Outcome::Partial && item.limb ? rule_of(*item.limb).outcome : item.outcome;
}

// ---- statements ----------------------------------------------------------------------------------------------------

struct StatementRule {
    Outcome outcome;
    Statement statement;
};

/// Which outcome asks for which statement: 条例第十六条第一款 for internal affairs, 第二款 with its exception for
/// papers of a process and of enforcement, 第三十九条第一款 for petitions.
constexpr std::array kStatementRules{
    StatementRule{Outcome::RefusedInternal, Statement::NoOutsideEffect},
    StatementRule{Outcome::RefusedProcess, Statement::ProceedingOpen},
    StatementRule{Outcome::RefusedProcess, Statement::NoLawOrdersDisclosure},
    StatementRule{Outcome::RefusedEnforcement, Statement::NoLawOrdersDisclosure},
    StatementRule{Outcome::Petition, Statement::AsksForNoDocument},
};

constexpr std::array<std::string_view, 5> kConditionalMembers{
    "provided_as", "opened_on", "location", "public_interest", "responsible_agency"};

struct MemberRule {
    std::string_view member;
    Outcome outcome;
};
constexpr std::array kMemberRules{
    MemberRule{"provided_as", Outcome::Disclosed},
    MemberRule{"provided_as", Outcome::Partial},
    MemberRule{"opened_on", Outcome::AlreadyPublic},
    MemberRule{"location", Outcome::SpecialLaw},
    MemberRule{"location", Outcome::Transferred},
    MemberRule{"public_interest", Outcome::RefusedThirdParty},
    MemberRule{"public_interest", Outcome::Partial},
    MemberRule{"responsible_agency", Outcome::NotOurAgency},
};

/// One finding for each item that owes a statement.
Findings unstated(ReplyDraft const& draft, bool (*concerns)(Outcome)) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (!concerns(ground_of(item))) return;
        for (Statement const statement : statements_for(item)) {
            if (std::ranges::find(item.statements, statement) != item.statements.end()) continue;
            std::string detail = "请确认：";
            find(findings, pointer_to(i, "statements"), detail.append(label(statement)).append("。"));
        }
    });
    return findings;
}

// ---- dates ---------------------------------------------------------------------------------------------------------

/// A date written as 2026年4月24日; no value where there is no such day.
struct WrittenDate {
    std::size_t end = 0;  ///< the byte behind it
    std::string_view text;
    std::optional<Date> date;
};

/// The number that begins here, with at most `most` digits, followed by `unit`; 0 where there is none.
int number_before(std::string_view& rest, std::size_t most, std::string_view unit) {
    int number = 0;
    auto const [end, fault] = std::from_chars(rest.data(), rest.data() + std::min(rest.size(), most), number);
    auto const behind = rest.substr(static_cast<std::size_t>(end - rest.data()));
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

// ---- the checks ----------------------------------------------------------------------------------------------------

/// 国办函〔2020〕109号第四条: one matter is not split into several to be charged by the piece.
Findings fee_split(Case const& c, ReplyDraft const&, ReplyBackground const&) {
    Findings findings;
    std::size_t const items = c.application.items.size();
    if (c.fee && c.fee->basis == FeeBasis::PerItem && items > 1)
        find(findings, "/items", "这件申请有" + std::to_string(items) + "项，又按件收取了信息处理费。");
    return findings;
}

/// 条例第三十六条第四项: 信息不存在 is answered only where a search has found nothing.
Findings search_agrees(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    if (std::ranges::none_of(c.searches, &SearchRecord::found)) return findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (says_it_has_nothing(item.outcome))
            find(findings, pointer_to(i, "outcome"), "检索记录里写着找到了信息，答复却说没有或不由本机关负责。");
    });
    return findings;
}

/// 条例第三十六条第一项: of what the agency has published itself, it tells where to get it.
Findings not_in_own_registry(Case const&, ReplyDraft const& draft, ReplyBackground const& background) {
    Findings findings;
    for (SimilarPublication const& like : background.published) {
        if (like.item >= draft.items.size()) continue;
        Outcome const outcome = draft.items[like.item].outcome;
        if (!says_it_has_nothing(outcome) && !refuses(outcome)) continue;
        std::string detail = "本机关公开过“";
        find(
            findings, pointer_to(like.item, "outcome"), detail.append(like.title).append("”，请核对是不是申请人要的。")
        );
    }
    return findings;
}

/// 条例第三十二条: 第三方不同意公开且有合理理由的，行政机关不予公开.
Findings objection_respected(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        bool const well_grounded = std::ranges::any_of(c.consultations, [&](Consultation const& each) {
            return each.letter.kind == ConsultationKind::ThirdParty && concerns(each.letter, i) && each.opinion &&
                   each.opinion->stance != Stance::Agreed && each.opinion->grounds_reasonable == true;
        });
        if (well_grounded && item.outcome == Outcome::Disclosed)
            find(findings, pointer_to(i, "outcome"), "第三方不同意公开，理由已被认定成立，这一项却全部公开。");
    });
    return findings;
}

/// 条例第十六条: each condition of the paragraph is affirmed, and that no law orders the disclosure.
Findings exceptions_considered(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    return unstated(draft, [](Outcome outcome) { return refuses(outcome); });
}

/// 条例第三十九条第一款: a petition asks for no document.
Findings not_a_request(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    return unstated(draft, [](Outcome outcome) { return outcome == Outcome::Petition; });
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

/// 条例第三十六条第六项: 不予重复处理 needs an earlier reply to the same applicant.
Findings answered_before(Case const&, ReplyDraft const& draft, ReplyBackground const& background) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (item.outcome != Outcome::Repeated) return;
        bool const known = std::ranges::any_of(background.earlier, [&](EarlierReply const& each) {
            return item.reference && contains(*item.reference, each.reply_number.value);
        });
        if (!known) find(findings, pointer_to(i, "reference"), "没有找到这位申请人以这个文号得到的答复。");
    });
    return findings;
}

/// 条例第三十六条第七项, 档案法第十五条第二款: what lies in the agency's own archive room falls under the 条例 like any
/// other information; only what has been handed over to a 国家档案馆 is read by the rules for archives.
Findings location_named(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (!has_member(item.outcome, "location")) return;
        bool const transferred = item.location == Location::NationalArchives;
        if (!item.location) {
            find(findings, pointer_to(i, "location"), "请写明信息现在何处。");
        } else if (item.location == Location::OwnArchiveRoom) {
            find(findings, pointer_to(i, "location"), "还在本机关档案室的信息仍然适用条例，不能以档案为由不提供。");
        } else if (transferred != (item.outcome == Outcome::Transferred)) {
            find(
                findings,
                pointer_to(i, "location"),
                "信息所在的地方与办理结果不符：已移交国家档案馆的，选“已移交国家档案馆”。"
            );
        }
    });
    return findings;
}

/// 条例第四十条: 按照申请人要求的形式提供; another form needs a reason.
Findings form_as_asked(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        bool const differs = item.provided_as && *item.provided_as != c.application.provide_as;
        if (!differs || (item.reason && characters(*item.reason) >= kShortestReason)) return;
        std::string detail = "申请人要的是";
        find(
            findings,
            pointer_to(i, "reason"),
            detail.append(label(c.application.provide_as)).append("形式，请说明为什么不能照办。")
        );
    });
    return findings;
}

/// 行政复议法第二十三条: a refusal has to name the 复议机关, so the agency must have one on record.
Findings remedy_known(Case const&, ReplyDraft const&, ReplyBackground const& background) {
    Findings findings;
    if (background.review_body.empty()) find(findings, "", "机关资料里没有登记复议机关。");
    if (background.court.empty()) find(findings, "", "机关资料里没有登记管辖法院。");
    return findings;
}

/// 行政复议法第二十三条: the remedy follows from the outcome (remedy.hpp); one that is typed may contradict it.
Findings remedy_not_typed(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_text(draft, [&](std::string_view text, std::string pointer) {
        if (contains(text, "申请行政复议") || contains(text, "提起行政诉讼"))
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

bool is_address(std::string_view text) { return contains(text, "http://") || contains(text, "https://"); }

/// 条例第三十六条第一项: the address that a reply names must answer.
Findings address_opened(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (item.outcome == Outcome::AlreadyPublic && item.reference && is_address(*item.reference) && !item.opened_on)
            find(findings, pointer_to(i, "opened_on"), "请打开网址，确认能看到这份信息，并填写核实日期。");
    });
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

/// 条例第三十一条: the day of receipt in the text is the one that the clock counts from.
Findings dates_agree(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    Date const received = c.timeline().received;
    for_each_text(draft, [&](std::string_view text, std::string const& pointer) {
        for (WrittenDate const& written : dates_in(text)) {
            std::string detail(written.text);
            bool const of_receipt = text.substr(written.end).starts_with("收到");
            bool const right =
                !of_receipt || written.date == received || (c.corrected && written.date == c.corrected->received_on);
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

constexpr std::string_view kEnclosure = "附件";

/// 条例第三十六条第二项: what the reply says is enclosed goes with it.
Findings enclosures_there(Case const&, ReplyDraft const& draft, ReplyBackground const& background) {
    Findings findings;
    if (!background.enclosed.empty()) return findings;
    for_each_text(draft, [&](std::string_view text, std::string pointer) {
        if (contains(text, kEnclosure)) find(findings, std::move(pointer), "写了“附件”，但没有文件标为“随答复提供”。");
    });
    return findings;
}

/// By which words a reply that encloses no file says what it provides all the same: copies on paper, or the way, the
/// place and the time.
constexpr std::array<std::string_view, 14> kOtherProvision{
    "份", "页", "册", "张", "查阅", "抄录", "领取", "自取", "地址", "地点", "电话", "窗口", "http://", "https://"};

/// 条例第三十六条第二项: 向申请人提供该政府信息，或者告知获取该政府信息的方式、途径和时间.
Findings something_provided(Case const&, ReplyDraft const& draft, ReplyBackground const& background) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (!rule_of(item.outcome).encloses || !background.enclosed.empty() || !item.reference) return;
        bool const told =
            std::ranges::any_of(kOtherProvision, [&](auto word) { return contains(*item.reference, word); });
        if (!told)
            find(findings, pointer_to(i, "reference"), "没有文件标为“随答复提供”，也没有写明提供了什么或者怎样获取。");
    });
    return findings;
}

/// 条例第四十五条: who was asked to help is heard before the reply goes up.
Findings co_opinions_given(Case const& c, ReplyDraft const&, ReplyBackground const&) {
    Findings findings;
    if (auto const awaited = awaited_co_departments(c).size(); awaited > 0)
        find(findings, "", "还有" + std::to_string(awaited) + "个协办部门没有提交意见。");
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

// clang-format off
using enum Check;
constexpr auto kBlock = Severity::Blocking;
constexpr auto kWaive = Severity::Waivable;
constexpr std::array kCheckRules{
    CheckRule{FeeSplit, kWaive, "国办函〔2020〕109号第四条", "一事不得拆成多件收费；确需分开的，说明理由，由公开工作机构负责人把关。", fee_split},
    CheckRule{SearchAgrees, kWaive, "条例第三十六条第四项", "核对检索记录；找到的是别的信息的，说明理由。", search_agrees},
    CheckRule{NotInOwnRegistry, kWaive, "条例第三十六条第一项", "已经公开的，改为告知获取的方式、途径；不是同一信息的，说明理由。", not_in_own_registry},
    CheckRule{ObjectionRespected, kWaive, "条例第三十二条", "改为不予公开或区分处理；不公开会对公共利益造成重大影响的，说明理由。", objection_respected},
    CheckRule{ExceptionsConsidered, kBlock, "条例第十六条", "逐项确认；有一项不能确认的，不能以此为由不予公开。", exceptions_considered},
    CheckRule{ReasonIsSpecific, kWaive, "条例第三十六条第三项", "写明这份信息的内容、所处阶段或者公开后的影响。", reason_is_specific},
    CheckRule{AnsweredBefore, kWaive, "条例第三十六条第六项", "填写首次答复的文号；首次答复不在本系统中的，说明在哪里核对过。", answered_before},
    CheckRule{NotARequest, kBlock, "条例第三十九条第一款", "要求提供具体文件、记录的，按政府信息公开申请答复。", not_a_request},
    CheckRule{LocationNamed, kBlock, "条例第三十六条第七项", "写明信息现在何处；已移交国家档案馆的才适用档案法。", location_named},
    CheckRule{FormAsAsked, kBlock, "条例第四十条", "按申请的形式提供；可能损害载体安全或者成本过高的，写明理由。", form_as_asked},
    CheckRule{RemedyKnown, kBlock, "行政复议法第二十三条", "请系统管理员在机关资料中登记。", remedy_known},
    CheckRule{RemedyNotTyped, kWaive, "行政复议法第二十三条", "从正文中删去，救济途径随文书自动生成。", remedy_not_typed},
    CheckRule{SignedByTheAgency, kWaive, "条例第四条", "从正文中删去落款。", signed_by_the_agency},
    CheckRule{AddressOpened, kBlock, "条例第三十六条第一项", "从外网打开网址核实。", address_opened},
    CheckRule{NoPersonalData, kWaive, "条例第十五条", "删去或者遮盖；确需写明的，说明理由。", no_personal_data},
    CheckRule{DatesAgree, kWaive, "条例第三十一条", "核对日期。", dates_agree},
    CheckRule{OwnJudgement, kWaive, "条例第十五条", "写明第三方的理由为什么成立、公开会造成什么损害。", own_judgement},
    CheckRule{EnclosuresThere, kWaive, "条例第三十六条第二项", "上传文件并标为“随答复提供”；只有纸质原件的，说明怎样附上。", enclosures_there},
    CheckRule{SomethingProvided, kWaive, "条例第三十六条第二项", "上传要提供的文件，或者写明份数页数、获取的方式、途径和时间。", something_provided},
    CheckRule{CoOpinionsGiven, kWaive, "条例第四十五条", "催办协办部门；不再等待的，说明理由。", co_opinions_given},
    CheckRule{ApplicantHidden, kBlock, "条例第三十二条", "删去申请人的姓名、联系方式和原话。", applicant_hidden},
};
// clang-format on

static_assert(kCheckRules.size() == kChecks.size() && is_in_order(kCheckRules, &CheckRule::check));
static_assert(std::ranges::none_of(kCheckRules, [](CheckRule const& rule) { return rule.article.empty(); }));

}  // namespace

std::span<CheckRule const> check_rules() { return kCheckRules; }

CheckRule const& rule_of(Check check) { return kCheckRules[static_cast<std::size_t>(check)]; }

std::vector<CheckResult> check_reply(Case const& c, ReplyDraft const& draft, ReplyBackground const& background) {
    std::vector<CheckResult> results;
    for (CheckRule const& rule : kCheckRules) {
        CheckResult result{&rule, rule.find(c, draft, background)};
        for (FieldError& finding : result.findings) finding.code = code(rule.check);
        results.push_back(std::move(result));
    }
    return results;
}

std::vector<FieldError> unresolved_findings(
    std::vector<CheckResult> const& results, std::vector<Waiver> const& waivers
) {
    std::vector<FieldError> open;
    for (CheckResult const& result : results) {
        Check const check = result.rule->check;
        auto const waiver = std::ranges::find(waivers, check, &Waiver::check);
        bool const waivable = !result.holds() && result.rule->severity == Severity::Waivable;
        if (waiver == waivers.end()) {
            open.insert(open.end(), result.findings.begin(), result.findings.end());
        } else if (!waivable) {
            auto const position = std::to_string(waiver - waivers.begin());
            std::string detail = "“";
            detail.append(label(check))
                .append(result.holds() ? "”已经通过，不需要说明理由。" : "”必须改正，不能只说明理由。");
            open.push_back({"/waivers/" + position + "/check", std::string(code(check)), std::move(detail)});
        }
    }
    return open;
}

std::vector<Statement> statements_for(ItemReply const& item) {
    std::vector<Statement> statements;
    Outcome const ground = ground_of(item);
    for (StatementRule const& rule : kStatementRules) {
        if (rule.outcome == ground) statements.push_back(rule.statement);
    }
    return statements;
}

bool may_state(Outcome outcome, Statement statement) {
    return std::ranges::any_of(kStatementRules, [&](StatementRule const& rule) {
        bool const withheld = outcome == Outcome::Partial && refuses(rule.outcome);
        return rule.statement == statement && (rule.outcome == outcome || withheld);
    });
}

std::span<std::string_view const> conditional_members() { return kConditionalMembers; }

bool has_member(Outcome outcome, std::string_view member) {
    return std::ranges::any_of(kMemberRules, [&](MemberRule const& rule) {
        return rule.outcome == outcome && rule.member == member;
    });
}

}  // namespace workflow
