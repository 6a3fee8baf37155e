#pragma once

#include "workflow/words/fields.hpp"
#include "workflow/words/term.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The answer kinds of 条例第三十六条至第三十九条 and the endings beside them: what each rests on, where it is counted,
/// which remedy its letter names, what the case must hold first and what the reply says. Which letter carries it says
/// LetterRule (letters.hpp).
namespace workflow {

enum class Outcome : std::uint8_t {
    Disclosed,
    AlreadyPublic,
    Partial,
    RefusedSecret,
    RefusedLaw,
    RefusedSafety,
    RefusedThirdParty,
    RefusedInternal,
    RefusedProcess,
    RefusedEnforcement,
    SpecialLaw,
    NotHeld,
    NotOurAgency,
    NeedsProcessing,
    StillUnclear,
    Petition,
    Repeated,
    Publication,
    Abusive,
    Reissue,
    Uncorrected,
    Unpaid,
    Withdrawn,
    Other,
    Transferred
};

/// The limb of an article a decision rests on: "第十六条" alone loses in court (余穗珠诉三亚案).
enum class Limb : std::uint8_t {
    StateSecret,
    ForbiddenByLaw,
    NationalSecurity,
    PublicSecurity,
    EconomicSecurity,
    SocialStability,
    TradeSecret,
    PersonalPrivacy,
    OtherThirdParty,
    Personnel,
    Logistics,
    InternalWorkflow,
    DiscussionRecord,
    Draft,
    ConsultationLetter,
    RequestReport,
    EnforcementFile,
    MadeByOther,
    ObtainedFromAgency,
    JointLeadElsewhere,
    NotWithinDuties,
    NotMade,
    NotObtained,
    NotKept,
    NotGovernmentInformation,
    Inquiry
};

/// Where an applicant can turn against one part of a reply (行政复议法第二十三条; 法释〔2025〕8号第一条).
enum class Remedy : std::uint8_t {
    None,
    ReviewFirst,  ///< 复议前置: refusals under 条例第十四条至第十六条
    Free,         ///< review or suit, as the applicant chooses
    Split         ///< what is disclosed Free, what is withheld as its limb says (remedy.hpp)
};

/// What the case must hold before a reply with this outcome can be submitted.
enum class Evidence : std::uint8_t {
    Limb,
    Reference,
    Reason,
    Separation,
    SearchRecord,
    ThirdPartyConsulted,
    Corrected,
    ReasonsAsked,
    PublicInterest
};

// clang-format off
inline constexpr std::array kOutcomes{
    Term{Outcome::Disclosed,          "disclosed",           "予以公开"},
    Term{Outcome::AlreadyPublic,      "already_public",      "已主动公开"},
    Term{Outcome::Partial,            "partial",             "部分公开"},
    Term{Outcome::RefusedSecret,      "refused_secret",      "不予公开：国家秘密"},
    Term{Outcome::RefusedLaw,         "refused_law",         "不予公开：法律行政法规禁止"},
    Term{Outcome::RefusedSafety,      "refused_safety",      "不予公开：危及“三安全一稳定”"},
    Term{Outcome::RefusedThirdParty,  "refused_third_party", "不予公开：保护第三方合法权益"},
    Term{Outcome::RefusedInternal,    "refused_internal",    "不予公开：内部事务信息"},
    Term{Outcome::RefusedProcess,     "refused_process",     "不予公开：过程性信息"},
    Term{Outcome::RefusedEnforcement, "refused_enforcement", "不予公开：行政执法案卷"},
    Term{Outcome::SpecialLaw,         "special_law",         "行政查询事项"},
    Term{Outcome::NotHeld,            "not_held",            "信息不存在"},
    Term{Outcome::NotOurAgency,       "not_our_agency",      "非本机关负责公开"},
    Term{Outcome::NeedsProcessing,    "needs_processing",    "需要加工分析"},
    Term{Outcome::StillUnclear,       "still_unclear",       "补正后仍不明确"},
    Term{Outcome::Petition,           "petition",            "信访投诉举报"},
    Term{Outcome::Repeated,           "repeated",            "重复申请"},
    Term{Outcome::Publication,        "publication",         "公开出版物"},
    Term{Outcome::Abusive,            "abusive",             "无正当理由大量反复申请"},
    Term{Outcome::Reissue,            "reissue",             "要求确认或重新出具"},
    Term{Outcome::Uncorrected,        "uncorrected",         "逾期不补正"},
    Term{Outcome::Unpaid,             "unpaid",              "逾期未缴费"},
    Term{Outcome::Withdrawn,          "withdrawn",           "申请人撤回"},
    Term{Outcome::Other,              "other",               "其他处理"},
    Term{Outcome::Transferred,        "transferred",         "已移交国家档案馆"},
};
constexpr auto const& terms(Outcome) { return kOutcomes; }

inline constexpr std::array kRemedies{
    Term{Remedy::None,        "none",         "无"},
    Term{Remedy::ReviewFirst, "review_first", "先申请行政复议"},
    Term{Remedy::Free,        "free",         "可申请行政复议或提起行政诉讼"},
    Term{Remedy::Split,       "split",        "提供的部分与不予公开的部分分别告知"},
};
constexpr auto const& terms(Remedy) { return kRemedies; }

inline constexpr std::array kEvidence{
    Term{Evidence::Limb,                "limb",                  "选定适用的具体情形"},
    Term{Evidence::Reference,           "reference",             "填写所依据的材料或去向"},
    Term{Evidence::Reason,              "reason",                "说明理由（不少于10个字）"},
    Term{Evidence::Separation,          "separation",            "说明为何不能区分处理（不少于10个字）"},
    Term{Evidence::SearchRecord,        "search_record",         "登记检索记录：业务科室、档案室和办公系统都要查过"},
    Term{Evidence::ThirdPartyConsulted, "third_party_consulted", "书面征求第三方意见，并判断其理由是否成立"},
    Term{Evidence::Corrected,           "corrected",             "已要求补正并收到补正材料"},
    Term{Evidence::ReasonsAsked,        "reasons_asked",         "已要求申请人说明理由"},
    Term{Evidence::PublicInterest,      "public_interest",       "判断不公开是否会对公共利益造成重大影响（不少于10个字）"},
};
constexpr auto const& terms(Evidence) { return kEvidence; }

/// A set of Evidence.
class EvidenceSet {
public:
    constexpr EvidenceSet(std::initializer_list<Evidence> list) {
        for (Evidence const e : list) bits_ |= std::uint32_t{1} << static_cast<unsigned>(e);
    }
    constexpr bool has(Evidence e) const { return (bits_ >> static_cast<unsigned>(e) & 1U) != 0; }

private:
    std::uint32_t bits_ = 0;
};

/// What the letter says of one item under an outcome, sentence by sentence; a sentence that names what the item does not
/// give is left out. {you} is the applicant, {law} the articles of the item as a letter names them, {limb} what
/// LimbRule::told says; {reference}, {reason}, {separation} and {public_interest} are members of the item.
using AnswerSentences = std::array<std::string_view, 4>;

struct OutcomeRule {
    Outcome outcome;
    std::string_view article;    ///< what the decision rests on; empty where it is the applicant's own act
    int table3_row;              ///< 1-based row of 年度报告表三 (国办公开办函〔2021〕30号)
    Remedy remedy;
    bool drafted;                ///< an officer may choose it in a reply; the others come from the procedure itself
    EvidenceSet evidence;
    std::string_view reference;  ///< what `reference` means for this outcome; empty where it has none
    bool encloses = false;       ///< the information itself goes with the letter
    AnswerSentences answer = {};
    bool reading = false;        ///< no article says so expressly: article and row are a reading that an agency may replace
};

/// 答复正文 to begin with, for whoever drafts: what is decided about each item follows in sentences of its own.
inline constexpr std::string_view kUsualReplyText = "经审查，现答复如下：";

namespace answer_sentences {
inline constexpr std::string_view kReason = "理由：{reason}。";
inline constexpr std::string_view kRemark = "说明：{reason}。";
inline constexpr std::string_view kInseparable = "经审查，该信息不能作区分处理：{separation}。";
}  // namespace answer_sentences

inline constexpr auto kOutcomeRules = [] {
    using namespace answer_sentences;
    return std::array{
    OutcomeRule{Outcome::Disclosed, "条例第三十六条第二项", 3, Remedy::Free, true, {Evidence::Reference}, "提供的材料，或者获取该信息的方式、途径和时间",
                true, {"{you}申请的信息可以公开。依照{law}，现提供给{you}：{reference}。", kRemark}},
    OutcomeRule{Outcome::AlreadyPublic, "条例第三十六条第一项", 3, Remedy::Free, true, {Evidence::Reference}, "公开的网址或者地点",
                false, {"{you}申请的信息已经主动公开。依照{law}，现告知获取的方式和途径：{reference}。", kRemark}},
    OutcomeRule{Outcome::Partial, "条例第三十七条", 4, Remedy::Split, true, {Evidence::Limb, Evidence::Reason, Evidence::Reference}, "提供的部分（不予公开的是什么，写在理由里）",
                true, {"{you}申请的信息中含有不应当公开或者不属于政府信息的内容，能够作区分处理。依照{law}，本机关决定部分公开，现提供给{you}：{reference}。",
                       "不予公开的内容{limb}。", kReason, "关于公共利益：{public_interest}。"}},
    OutcomeRule{Outcome::RefusedSecret, "条例第十四条", 5, Remedy::ReviewFirst, true, {Evidence::Limb, Evidence::Reference, Evidence::Reason, Evidence::Separation}, "密级、保密期限和定密依据（内部记录，不印在答复书里；只填编号，严禁填写涉密内容）",
                false, {"{you}申请的信息{limb}。依照{law}，本机关决定不予公开。", kReason, kInseparable}},
    OutcomeRule{Outcome::RefusedLaw, "条例第十四条", 6, Remedy::ReviewFirst, true, {Evidence::Limb, Evidence::Reference, Evidence::Reason, Evidence::Separation}, "禁止公开的法律、行政法规名称和条款",
                false, {"{you}申请的信息{limb}，禁止公开的规定是：{reference}。", "依照{law}，本机关决定不予公开。", kReason, kInseparable}},
    OutcomeRule{Outcome::RefusedSafety, "条例第十四条", 7, Remedy::ReviewFirst, true, {Evidence::Limb, Evidence::Reason, Evidence::Separation}, "",
                false, {"{you}申请的信息{limb}。依照{law}，本机关决定不予公开。", kReason, kInseparable}},
    // 条例第十五条: the agency judges itself whether the third party's grounds hold, and whether the public interest outweighs them.
    OutcomeRule{Outcome::RefusedThirdParty, "条例第十五条", 8, Remedy::ReviewFirst, true, {Evidence::Limb, Evidence::Reason, Evidence::PublicInterest, Evidence::Separation, Evidence::ThirdPartyConsulted}, "",
                false, {"{you}申请的信息{limb}，本机关已书面征求第三方意见。经审查，依照{law}，本机关决定不予公开。", kReason, "关于公共利益：{public_interest}。", kInseparable}},
    OutcomeRule{Outcome::RefusedInternal, "条例第十六条第一款", 9, Remedy::ReviewFirst, true, {Evidence::Limb, Evidence::Reason, Evidence::Separation}, "",
                false, {"{you}申请的信息{limb}。依照{law}，本机关决定不予公开。", kReason, kInseparable}},
    OutcomeRule{Outcome::RefusedProcess, "条例第十六条第二款", 10, Remedy::ReviewFirst, true, {Evidence::Limb, Evidence::Reference, Evidence::Reason, Evidence::Separation}, "所处的程序和阶段",
                false, {"{you}申请的信息{limb}，所处的程序和阶段是：{reference}。", "依照{law}，本机关决定不予公开。", kReason, kInseparable}},
    OutcomeRule{Outcome::RefusedEnforcement, "条例第十六条第二款", 11, Remedy::ReviewFirst, true, {Evidence::Limb, Evidence::Reference, Evidence::Reason, Evidence::Separation}, "案号和内容类型",
                false, {"{you}申请的信息{limb}：{reference}。", "依照{law}，本机关决定不予公开。", kReason, kInseparable}},
    OutcomeRule{Outcome::SpecialLaw, "条例第三十六条第七项", 12, Remedy::Free, true, {Evidence::Reference}, "适用的法律、行政法规和办理窗口",
                false, {"法律、行政法规对{you}申请的信息的获取有特别规定。依照{law}，请按照该规定办理：{reference}。", kRemark}},
    OutcomeRule{Outcome::NotHeld, "条例第三十六条第四项", 13, Remedy::Free, true, {Evidence::Limb, Evidence::Reason, Evidence::SearchRecord}, "",
                false, {"经检索，本机关{limb}{you}申请的信息。依照{law}，现告知{you}该政府信息不存在。", kReason}},
    OutcomeRule{Outcome::NotOurAgency, "条例第三十六条第五项", 13, Remedy::Free, true, {Evidence::Limb, Evidence::Reason}, "负责公开的机关的联系方式（能够确定的）",
                false, {"{you}申请的信息{limb}，不属于本机关负责公开。", kReason, "负责公开的机关的联系方式：{reference}。"}},
    OutcomeRule{Outcome::NeedsProcessing, "条例第三十八条", 14, Remedy::Free, true, {Evidence::Reason}, "可以提供的现有信息",
                false, {"提供{you}申请的信息需要对现有政府信息进行加工、分析。依照{law}，本机关不予提供。", kReason, "可以提供的现有信息：{reference}。"}},
    OutcomeRule{Outcome::StillUnclear, "条例第三十条", 15, Remedy::Free, true, {Evidence::Reason, Evidence::Corrected}, "",
                false, {"本机关已经依照{law}一次性告知{you}补正，补正后的申请内容仍不明确，本机关无法提供。", kReason}},
    OutcomeRule{Outcome::Petition, "条例第三十九条第一款", 16, Remedy::Free, true, {Evidence::Reason, Evidence::Reference}, "可以反映的渠道",
                false, {"{you}所提事项属于信访、投诉、举报。依照{law}，本机关不作为政府信息公开申请处理。", kReason, "{you}可以通过下列渠道提出：{reference}。"}},
    OutcomeRule{Outcome::Repeated, "条例第三十六条第六项", 17, Remedy::Free, true, {Evidence::Reference}, "首次答复的文号和日期",
                false, {"{you}曾申请公开相同的政府信息，本机关已经答复（{reference}）。依照{law}，本机关不予重复处理。", kRemark}},
    OutcomeRule{Outcome::Publication, "条例第三十九条第二款", 18, Remedy::Free, true, {Evidence::Reference}, "获取该出版物的途径",
                false, {"{you}申请的信息是公开出版物。依照{law}，现告知获取的途径：{reference}。", kRemark}},
    OutcomeRule{Outcome::Abusive, "条例第三十五条", 19, Remedy::Free, true, {Evidence::Reason, Evidence::ReasonsAsked}, "",
                false, {"{you}申请公开政府信息的数量、频次明显超过合理范围，所说明的理由不合理。依照{law}，本机关不予处理。", kReason}},
    // 条例第二条: what was obtained already has been got; to confirm it or to issue it again is not to obtain it.
    OutcomeRule{Outcome::Reissue, "条例第二条", 20, Remedy::Free, true, {Evidence::Reason, Evidence::Reference}, "申请人已获取的信息及其来源",
                false, {"{you}已经获取的信息及其来源是：{reference}。", "要求确认或者重新出具已经获取的信息，不是申请获取政府信息（{law}），本机关不予处理。", kReason}, true},
    OutcomeRule{Outcome::Uncorrected, "条例第三十条", 21, Remedy::Free, false, {}, ""},
    OutcomeRule{Outcome::Unpaid, "条例第四十二条", 22, Remedy::Free, false, {}, ""},
    OutcomeRule{Outcome::Withdrawn, "", 23, Remedy::Free, false, {}, "", false, {}, true},
    OutcomeRule{Outcome::Other, "条例第二条", 23, Remedy::Free, true, {Evidence::Limb, Evidence::Reason}, "",
                false, {"{you}所提事项{limb}。依照{law}，本机关不作为政府信息公开申请处理。", kReason}, true},
    // 档案法第十五条第二款: what has been handed over when its time had come is read by the rules for archives.
    OutcomeRule{Outcome::Transferred, "档案法第十五条第二款", 12, Remedy::Free, true, {Evidence::Reference}, "档案馆的名称、地址、电话和移交的时间",
                false, {"{you}申请的信息所在的档案已经移交国家档案馆。依照{law}，请按照档案利用的规定向下列档案馆查询：{reference}。", kRemark}, true},
    };
}();
constexpr OutcomeRule const& rule_of(Outcome outcome) { return kOutcomeRules[static_cast<std::size_t>(outcome)]; }

inline constexpr std::array kLimbs{
    Term{Limb::StateSecret,        "state_secret",         "依法确定为国家秘密"},
    Term{Limb::ForbiddenByLaw,     "forbidden_by_law",     "法律、行政法规禁止公开"},
    Term{Limb::NationalSecurity,   "national_security",    "公开后可能危及国家安全"},
    Term{Limb::PublicSecurity,     "public_security",      "公开后可能危及公共安全"},
    Term{Limb::EconomicSecurity,   "economic_security",    "公开后可能危及经济安全"},
    Term{Limb::SocialStability,    "social_stability",     "公开后可能危及社会稳定"},
    Term{Limb::TradeSecret,        "trade_secret",         "涉及商业秘密"},
    Term{Limb::PersonalPrivacy,    "personal_privacy",     "涉及个人隐私"},
    Term{Limb::OtherThirdParty,    "other_third_party",    "涉及第三方其他合法权益"},
    Term{Limb::Personnel,          "personnel",            "人事管理信息"},
    Term{Limb::Logistics,          "logistics",            "后勤管理信息"},
    Term{Limb::InternalWorkflow,   "internal_workflow",    "内部工作流程信息"},
    Term{Limb::DiscussionRecord,   "discussion_record",    "讨论记录"},
    Term{Limb::Draft,              "draft",                "过程稿"},
    Term{Limb::ConsultationLetter, "consultation_letter",  "磋商信函"},
    Term{Limb::RequestReport,      "request_report",       "请示报告"},
    Term{Limb::EnforcementFile,    "enforcement_file",     "行政执法案卷信息"},
    Term{Limb::MadeByOther,        "made_by_other",        "由其他机关制作"},
    Term{Limb::ObtainedFromAgency, "obtained_from_agency", "从其他行政机关获取，由制作或最初获取的机关公开"},
    Term{Limb::JointLeadElsewhere, "joint_lead_elsewhere", "共同制作，由牵头制作的机关公开"},
    Term{Limb::NotWithinDuties,    "not_within_duties",    "不属于本机关职责范围"},
    Term{Limb::NotMade,            "not_made",             "没有制作"},
    Term{Limb::NotObtained,        "not_obtained",         "没有获取"},
    Term{Limb::NotKept,            "not_kept",             "制作或者获取过，但没有保存"},
    Term{Limb::NotGovernmentInformation, "not_government_information", "不属于政府信息"},
    Term{Limb::Inquiry,            "inquiry",              "咨询"},
};
constexpr auto const& terms(Limb) { return kLimbs; }

struct LimbRule {
    Limb limb;
    Outcome outcome;          ///< the outcome it carries
    std::string_view article;
    std::string_view told;    ///< what the letter says of the information; {agency}: whose it is, {article}: its article
    bool withholds = false;   ///< the withheld part of a partial reply (条例第三十七条) may rest on it too
};

inline constexpr std::array kLimbRules{
    LimbRule{Limb::StateSecret,        Outcome::RefusedSecret,      "条例第十四条", "依法确定为国家秘密", true},
    LimbRule{Limb::ForbiddenByLaw,     Outcome::RefusedLaw,         "条例第十四条", "属于法律、行政法规禁止公开的信息", true},
    LimbRule{Limb::NationalSecurity,   Outcome::RefusedSafety,      "条例第十四条", "公开后可能危及国家安全", true},
    LimbRule{Limb::PublicSecurity,     Outcome::RefusedSafety,      "条例第十四条", "公开后可能危及公共安全", true},
    LimbRule{Limb::EconomicSecurity,   Outcome::RefusedSafety,      "条例第十四条", "公开后可能危及经济安全", true},
    LimbRule{Limb::SocialStability,    Outcome::RefusedSafety,      "条例第十四条", "公开后可能危及社会稳定", true},
    LimbRule{Limb::TradeSecret,        Outcome::RefusedThirdParty,  "条例第十五条", "涉及商业秘密，公开会对第三方合法权益造成损害", true},
    LimbRule{Limb::PersonalPrivacy,    Outcome::RefusedThirdParty,  "条例第十五条", "涉及个人隐私，公开会对第三方合法权益造成损害", true},
    LimbRule{Limb::OtherThirdParty,    Outcome::RefusedThirdParty,  "条例第十五条", "公开会对第三方合法权益造成损害", true},
    LimbRule{Limb::Personnel,          Outcome::RefusedInternal,    "条例第十六条第一款", "是行政机关内部事务信息中的人事管理信息", true},
    LimbRule{Limb::Logistics,          Outcome::RefusedInternal,    "条例第十六条第一款", "是行政机关内部事务信息中的后勤管理信息", true},
    LimbRule{Limb::InternalWorkflow,   Outcome::RefusedInternal,    "条例第十六条第一款", "是行政机关内部事务信息中的内部工作流程信息", true},
    LimbRule{Limb::DiscussionRecord,   Outcome::RefusedProcess,     "条例第十六条第二款", "是行政机关在履行行政管理职能过程中形成的讨论记录，属于过程性信息", true},
    LimbRule{Limb::Draft,              Outcome::RefusedProcess,     "条例第十六条第二款", "是行政机关在履行行政管理职能过程中形成的过程稿，属于过程性信息", true},
    LimbRule{Limb::ConsultationLetter, Outcome::RefusedProcess,     "条例第十六条第二款", "是行政机关在履行行政管理职能过程中形成的磋商信函，属于过程性信息", true},
    LimbRule{Limb::RequestReport,      Outcome::RefusedProcess,     "条例第十六条第二款", "是行政机关在履行行政管理职能过程中形成的请示报告，属于过程性信息", true},
    LimbRule{Limb::EnforcementFile,    Outcome::RefusedEnforcement, "条例第十六条第二款", "属于行政执法案卷信息", true},
    LimbRule{Limb::MadeByOther,        Outcome::NotOurAgency,       "条例第十条第一款", "由{agency}制作，依照{article}由其负责公开"},
    LimbRule{Limb::ObtainedFromAgency, Outcome::NotOurAgency,       "条例第十条第一款", "是本机关从{agency}获取的，依照{article}由其负责公开"},
    LimbRule{Limb::JointLeadElsewhere, Outcome::NotOurAgency,       "条例第十条第三款", "由{agency}牵头与本机关共同制作，依照{article}由其负责公开"},
    LimbRule{Limb::NotWithinDuties,    Outcome::NotOurAgency,       "条例第十条", "不是本机关在履行职责中制作或者获取的，依照{article}由{agency}负责公开"},
    LimbRule{Limb::NotMade,            Outcome::NotHeld,            "条例第三十六条第四项", "没有制作"},
    LimbRule{Limb::NotObtained,        Outcome::NotHeld,            "条例第三十六条第四项", "没有获取"},
    LimbRule{Limb::NotKept,            Outcome::NotHeld,            "条例第三十六条第四项", "没有保存"},
    LimbRule{Limb::NotGovernmentInformation, Outcome::Other,        "条例第二条", "不属于行政机关在履行行政管理职能过程中制作或者获取、以一定形式记录和保存的政府信息", true},
    LimbRule{Limb::Inquiry,            Outcome::Other,              "条例第二条", "属于咨询，没有要求提供以一定形式记录、保存的政府信息"},
};
constexpr LimbRule const& rule_of(Limb limb) { return kLimbRules[static_cast<std::size_t>(limb)]; }
// clang-format on

/// Whether the applicant gets information under this outcome (parts （一） and （二） of 表三).
constexpr bool discloses(Outcome outcome) { return rule_of(outcome).table3_row <= 4; }

/// A refusal under 条例第十四条至第十六条.
constexpr bool refuses(Outcome outcome) { return rule_of(outcome).remedy == Remedy::ReviewFirst; }

/// Whether `limb` may carry `outcome`.
constexpr bool fits(Limb limb, Outcome outcome) {
    LimbRule const& rule = rule_of(limb);
    return rule.outcome == outcome || (outcome == Outcome::Partial && rule.withholds);
}

/// How an agency reads the law where it says nothing expressly (OutcomeRule::reading): what its letters cite in place
/// of our article, and the row of 表三 in which it counts.
struct OutcomeReading {
    Outcome outcome{};
    std::optional<std::string> basis = {};
    std::optional<int> table3_row = {};
    bool operator==(OutcomeReading const&) const = default;
};
inline constexpr int kFirstResultRow = 3;  ///< of 表三, 1-based: （一）予以公开
inline constexpr int kLastResultRow = 23;  ///< （六）3.其他

constexpr auto fields(std::type_identity<OutcomeReading>) {
    using T = OutcomeReading;
    return std::tuple{
        field("outcome", &T::outcome, "办理结果"),
        field("basis", &T::basis, "文书中引用的依据", {2, kLongText}),
        field("table3_row", &T::table3_row, "年度报告表三的行，从1起", {kFirstResultRow, kLastResultRow})};
}

/// The agency's own reading; null where it follows ours.
constexpr OutcomeReading const* reading_of(Outcome outcome, std::span<OutcomeReading const> readings) {
    auto const found = std::ranges::find(readings, outcome, &OutcomeReading::outcome);
    return found == readings.end() ? nullptr : &*found;
}

constexpr int table3_row_of(Outcome outcome, std::span<OutcomeReading const> readings) {
    auto const* const own = reading_of(outcome, readings);
    return own != nullptr && own->table3_row ? *own->table3_row : rule_of(outcome).table3_row;
}

constexpr bool outcome_tables_agree() {
    for (std::size_t i = 0; i < kOutcomeRules.size(); ++i) {
        OutcomeRule const& rule = kOutcomeRules[i];
        if (static_cast<std::size_t>(rule.outcome) != i || rule.table3_row < kFirstResultRow ||
            rule.table3_row > kLastResultRow)
            return false;
        if (rule.evidence.has(Evidence::Reference) && rule.reference.empty()) return false;
        if (rule.answer.front().empty() == rule.drafted || (rule.article.empty() && !rule.reading)) return false;
        bool limb_found = !rule.evidence.has(Evidence::Limb);
        for (LimbRule const& limb : kLimbRules) limb_found = limb_found || fits(limb.limb, rule.outcome);
        if (!limb_found) return false;
    }
    return is_in_order(kLimbRules, &LimbRule::limb);
}
static_assert(kOutcomes.size() == kOutcomeRules.size() && kLimbs.size() == kLimbRules.size());
static_assert(
    is_well_formed<Outcome>() && is_well_formed<Limb>() && is_well_formed<Remedy>() && is_well_formed<Evidence>()
);
static_assert(
    outcome_tables_agree(),
    "a row out of order, a 表三 row out of range, evidence nobody can give, or a reply that would say nothing"
);

}  // namespace workflow
