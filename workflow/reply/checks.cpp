#include "workflow/reply/checks.hpp"

#include "workflow/reply/check_findings.hpp"

#include <algorithm>
#include <array>

namespace workflow {
namespace {

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
    StatementRule{Outcome::Transferred, Statement::TransferTermOver},
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

// ---- the checks ----------------------------------------------------------------------------------------------------

// clang-format off
using enum Check;
constexpr auto kBlock = Severity::Blocking;
constexpr auto kWaive = Severity::Waivable;
constexpr std::array kCheckRules{
    CheckRule{FeeSplit, kWaive, "国办函〔2020〕109号第四条", "一事不得拆成多件收费；确需分开的，说明理由，由公开工作机构负责人把关。", checks::fee_split},
    CheckRule{SearchAgrees, kWaive, "条例第三十六条第四项", "核对检索记录；找到的是别的信息的，说明理由。", checks::search_agrees},
    CheckRule{NotInOwnRegistry, kWaive, "条例第三十六条第一项", "已经公开的，改为告知获取的方式、途径；不是同一信息的，说明理由。", checks::not_in_own_registry},
    CheckRule{ObjectionRespected, kWaive, "条例第三十二条", "改为不予公开或区分处理；不公开会对公共利益造成重大影响的，说明理由。", checks::objection_respected},
    CheckRule{ExceptionsConsidered, kBlock, "条例第十六条", "逐项确认；有一项不能确认的，不能以此为由不予公开。", checks::exceptions_considered},
    CheckRule{ReasonIsSpecific, kWaive, "条例第三十六条第三项", "写明这份信息的内容、所处阶段或者公开后的影响。", checks::reason_is_specific},
    CheckRule{AnsweredBefore, kWaive, "条例第三十六条第六项", "填写首次答复的文号；首次答复不在本系统中的，说明在哪里核对过。", checks::answered_before},
    CheckRule{NotARequest, kBlock, "条例第三十九条第一款", "要求提供具体文件、记录的，按政府信息公开申请答复。", checks::not_a_request},
    CheckRule{LocationNamed, kBlock, "条例第三十六条第七项", "写明信息现在何处；已移交国家档案馆的才适用档案法。", checks::location_named},
    CheckRule{FormAsAsked, kBlock, "条例第四十条", "按申请的形式提供；可能损害载体安全或者成本过高的，写明理由。", checks::form_as_asked},
    CheckRule{RemedyKnown, kBlock, "行政复议法第二十三条", "请系统管理员在机关资料中登记。", checks::remedy_known},
    CheckRule{RemedyNotTyped, kWaive, "行政复议法第二十三条", "从正文中删去，救济途径随文书自动生成。", checks::remedy_not_typed},
    CheckRule{SignedByTheAgency, kWaive, "条例第四条", "从正文中删去落款。", checks::signed_by_the_agency},
    CheckRule{AddressOpened, kBlock, "条例第三十六条第一项", "从外网打开网址核实。", checks::address_opened},
    CheckRule{NoPersonalData, kWaive, "条例第十五条", "删去或者遮盖；确需写明的，说明理由。", checks::no_personal_data},
    CheckRule{DatesAgree, kWaive, "条例第三十一条", "核对日期。", checks::dates_agree},
    CheckRule{OwnJudgement, kWaive, "条例第十五条", "写明第三方的理由为什么成立、公开会造成什么损害。", checks::own_judgement},
    CheckRule{EnclosuresThere, kWaive, "条例第三十六条第二项", "上传文件并标为“随答复提供”；只有纸质原件的，说明怎样附上。", checks::enclosures_there},
    CheckRule{SomethingProvided, kWaive, "条例第三十六条第二项", "上传要提供的文件，或者写明份数页数、获取的方式、途径和时间。", checks::something_provided},
    CheckRule{CoOpinionsGiven, kWaive, "条例第四十五条", "催办协办部门；不再等待的，说明理由。", checks::co_opinions_given},
    CheckRule{ApplicantHidden, kBlock, "条例第三十二条", "删去申请人的姓名、联系方式和原话。", checks::applicant_hidden},
    CheckRule{ProhibitionNamed, kWaive, "条例第十四条", "写明法律或者行政法规的名称和条款；地方性法规、规章不能作为依据。", checks::prohibition_named},
};
// clang-format on

static_assert(kCheckRules.size() == kChecks.size() && is_in_order(kCheckRules, &CheckRule::check));
static_assert(std::ranges::none_of(kCheckRules, [](CheckRule const& rule) { return rule.article.empty(); }));

}  // namespace

namespace checks {

Outcome ground_of(ItemReply const& item) {
    return item.outcome == Outcome::Partial && item.limb ? rule_of(*item.limb).outcome : item.outcome;
}

}  // namespace checks

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
    Outcome const ground = checks::ground_of(item);
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
