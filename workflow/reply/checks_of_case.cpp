#include "workflow/cases/policy.hpp"
#include "workflow/reply/check_findings.hpp"
#include "workflow/reply/third_parties.hpp"
#include "workflow/words/ascii.hpp"
#include "workflow/words/text.hpp"

#include <algorithm>
#include <array>

namespace workflow::checks {
namespace {

bool says_it_has_nothing(Outcome outcome) { return outcome == Outcome::NotHeld || outcome == Outcome::NotOurAgency; }

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

bool is_address(std::string_view text) { return contains(text, "http://") || contains(text, "https://"); }

/// By which words a reply that encloses no file says what it provides all the same: the way, the place and the time.
constexpr std::array<std::string_view, 10> kOtherProvision{
    "查阅", "抄录", "领取", "自取", "地址", "地点", "电话", "窗口", "http://", "https://"};

/// Copies on paper, counted: "复印件3份", "共十二页"; not 月份, 身份.
bool counts_copies(std::string_view text) {
    constexpr std::array<std::string_view, 13> kNumerals{
        "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"};
    for (std::string_view const unit : {"份", "页", "册", "张"}) {
        for (auto at = text.find(unit); at != std::string_view::npos; at = text.find(unit, at + unit.size())) {
            auto const before = text.substr(0, at);
            if (!before.empty() && is_digit(before.back())) return true;
            if (std::ranges::any_of(kNumerals, [&](auto numeral) { return before.ends_with(numeral); })) return true;
        }
    }
    return false;
}

}  // namespace

/// 国办函〔2020〕109号第四条: a form that asks for several matters may be charged for each; one matter is not split.
Findings fee_split(Case const& c, ReplyDraft const&, ReplyBackground const&) {
    Findings findings;
    auto const items = std::ssize(c.application.items);
    int const pieces = c.fee ? c.fee->pieces.value_or(1) : 1;
    if (pieces > items) {
        std::string detail = "这件申请有" + std::to_string(items) + "项，却按" + std::to_string(pieces);
        find(findings, "/items", detail.append("件收取了信息处理费。"));
    }
    return findings;
}

/// 条例第三十六条第四项: 信息不存在 is answered only where a search has found nothing.
Findings search_agrees(Case const& c, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        bool const found = std::ranges::any_of(c.searches, [&](SearchRecord const& search) {
            return search.found && is_about(search.items, i);
        });
        if (found && says_it_has_nothing(item.outcome))
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

/// 条例第三十九条第一款: a petition asks for no document.
Findings not_a_request(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    return unstated(draft, [](Outcome outcome) { return outcome == Outcome::Petition; });
}

/// 条例第三十六条第七项, 档案法第十五条第二款: what lies in the agency's own archive room falls under the 条例 like any
/// other information; only what has been handed over to a 国家档案馆 is read by the rules for archives, and what was
/// handed over before its term is still answered by whoever made or kept it.
Findings location_named(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    auto findings = unstated(draft, [](Outcome ground) { return ground == Outcome::Transferred; });
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

/// 条例第三十六条第一项: the address that a reply names must answer.
Findings address_opened(Case const&, ReplyDraft const& draft, ReplyBackground const&) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (item.outcome == Outcome::AlreadyPublic && item.reference && is_address(*item.reference) && !item.opened_on)
            find(findings, pointer_to(i, "opened_on"), "请打开网址，确认能看到这份信息，并填写核实日期。");
    });
    return findings;
}

/// 条例第三十六条第二项: 向申请人提供该政府信息，或者告知获取该政府信息的方式、途径和时间.
Findings something_provided(Case const&, ReplyDraft const& draft, ReplyBackground const& background) {
    Findings findings;
    for_each_item(draft, [&](ItemReply const& item, std::size_t i) {
        if (!rule_of(item.outcome).encloses || !background.enclosed.empty() || !item.reference) return;
        bool const told = counts_copies(*item.reference) || std::ranges::any_of(kOtherProvision, [&](auto word) {
                              return contains(*item.reference, word);
                          });
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

}  // namespace workflow::checks
