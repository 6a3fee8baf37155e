#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/letters/document.hpp"
#include "workflow/reply/checks.hpp"
#include "workflow/reply/remedy.hpp"
#include "workflow/words/inline_set.hpp"
#include "workflow/words/numbers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The letters that the agency sends: which there are, which step makes which, what each must say, on what it rests and
/// which remedy it names. compose() makes the paper from a case, an agency and a template.
///
/// For a preview of a reply: `letter_of(draft.outcome)` is its kind, `usual_template(kind)` or the agency's own its
/// text, `facts.c` a case with the draft in it; missing_fields() says what the paper still lacks, compose() makes it.
/// Everything here is pure: any thread.
namespace workflow {

enum class LetterKind : std::uint8_t {
    Receipt,
    CorrectionNotice,
    ExplanationNotice,
    ExtensionNotice,
    ThirdPartyConsultation,
    ConsultationNotice,
    JointAgencyConsultation,
    AuthorityConsultation,
    DisclosureDecision,
    Disclosed,
    AlreadyPublic,
    Refused,
    Partial,
    NotHeld,
    NotOurAgency,
    Repeated,
    SpecialLaw,
    NeedsProcessing,
    StillUnclear,
    Petition,
    Reissue,
    Publication,
    Abusive,
    Deferral,
    FeeNotice,
    Termination,
    Other,
    Transferred
};

// clang-format off
inline constexpr std::array kLetterKinds{
    Term{LetterKind::Receipt,                 "receipt",                   "登记回执"},
    Term{LetterKind::CorrectionNotice,        "correction_notice",         "补正告知书"},
    Term{LetterKind::ExplanationNotice,       "explanation_notice",        "说明理由告知书"},
    Term{LetterKind::ExtensionNotice,         "extension_notice",          "延期答复告知书"},
    Term{LetterKind::ThirdPartyConsultation,  "third_party_consultation",  "第三方意见征询书"},
    Term{LetterKind::ConsultationNotice,      "consultation_notice",       "征求意见情况告知书"},
    Term{LetterKind::JointAgencyConsultation, "joint_agency_consultation", "共同制作机关征求意见书"},
    Term{LetterKind::AuthorityConsultation,   "authority_consultation",    "主管部门征求意见函"},
    Term{LetterKind::DisclosureDecision,      "disclosure_decision",       "决定公开告知书（第三方）"},
    Term{LetterKind::Disclosed,               "disclosed",                 "答复书：予以公开"},
    Term{LetterKind::AlreadyPublic,           "already_public",            "答复书：已主动公开"},
    Term{LetterKind::Refused,                 "refused",                   "答复书：不予公开"},
    Term{LetterKind::Partial,                 "partial",                   "答复书：部分公开"},
    Term{LetterKind::NotHeld,                 "not_held",                  "答复书：信息不存在"},
    Term{LetterKind::NotOurAgency,            "not_our_agency",            "答复书：非本机关负责公开"},
    Term{LetterKind::Repeated,                "repeated",                  "答复书：不予重复处理"},
    Term{LetterKind::SpecialLaw,              "special_law",               "答复书：依特别规定办理"},
    Term{LetterKind::NeedsProcessing,         "needs_processing",          "答复书：需加工分析不予提供"},
    Term{LetterKind::StillUnclear,            "still_unclear",             "答复书：补正后仍不明确"},
    Term{LetterKind::Petition,                "petition",                  "告知书：信访投诉举报"},
    Term{LetterKind::Reissue,                 "reissue",                   "告知书：要求确认或重新出具"},
    Term{LetterKind::Publication,             "publication",               "告知书：公开出版物"},
    Term{LetterKind::Abusive,                 "abusive",                   "不予处理告知书"},
    Term{LetterKind::Deferral,                "deferral",                  "延迟答复告知书"},
    Term{LetterKind::FeeNotice,               "fee_notice",                "收费通知书"},
    Term{LetterKind::Termination,             "termination",               "终止办理告知书"},
    Term{LetterKind::Other,                   "other",                     "告知书：其他处理"},
    Term{LetterKind::Transferred,             "transferred",               "告知书：已移交国家档案馆"},
};
constexpr auto const& terms(LetterKind) { return kLetterKinds; }

enum class Addressee : std::uint8_t { Applicant, ThirdParty, Agency };
inline constexpr std::array kAddressees{
    Term{Addressee::Applicant,  "applicant",   "申请人"},
    Term{Addressee::ThirdParty, "third_party", "第三方"},
    Term{Addressee::Agency,     "agency",      "其他机关"},
};
constexpr auto const& terms(Addressee) { return kAddressees; }

/// What a template can name in braces. Words stand anywhere in a line, parts alone on theirs (is_part).
enum class LetterField : std::uint8_t {
    AgencyName, AgencyOffice, AgencyAddress, AgencyPhone, AgencyHours, QueryAddress, CaseNumber, ReceivedOn, CorrectedOn,
    Channel, ReplyDue, You, Items, Law, CorrectionGrounds, CorrectionPoints, CorrectionGuidance, CorrectionUntil, ExplanationVolume,
    ExplanationUntil, ExtensionDays, ExtensionReason, FormerDue, Question, ConsultationSide, ConsultationSlip, Opinion,
    ReplyText, Answers, Searches, DisclosedItems, FeeBasis, FeeQuantity, FeeSteps, FeeAmount, FeePayment, FeeUntil, FeeAlternative, DeferredTo,
    DeferralReason, Ending, EndingReason, Remedy, ConsultationSubject, ConsultationSentOn
};
inline constexpr std::array kLetterFields{
    Term{LetterField::AgencyName,         "agency.name",         "机关名称"},
    Term{LetterField::AgencyOffice,       "agency.office",       "政府信息公开工作机构"},
    Term{LetterField::AgencyAddress,      "agency.address",      "机关地址"},
    Term{LetterField::AgencyPhone,        "agency.phone",        "联系电话"},
    Term{LetterField::AgencyHours,        "agency.hours",        "办公时间"},
    Term{LetterField::QueryAddress,       "query.address",       "查询网址"},
    Term{LetterField::CaseNumber,         "case.number",         "受理编号"},
    Term{LetterField::ReceivedOn,         "case.received_on",    "收到申请的日期"},
    Term{LetterField::CorrectedOn,        "case.corrected_on",   "收到补正材料的日期"},
    Term{LetterField::Channel,            "case.channel",        "提交渠道"},
    Term{LetterField::ReplyDue,           "case.reply_due",      "答复期限"},
    Term{LetterField::You,                "you",                 "您或贵单位"},
    Term{LetterField::Items,              "case.items",          "申请内容（逐项引用）；给第三方和其他机关的，是征求意见的信息内容"},
    Term{LetterField::Law,                "law",                 "法律依据（条文全文）"},
    Term{LetterField::CorrectionGrounds,  "correction.grounds",  "要求补正的原因"},
    Term{LetterField::CorrectionPoints,   "correction.points",   "需要补正的内容（逐项）"},
    Term{LetterField::CorrectionGuidance, "correction.guidance", "指导和释明"},
    Term{LetterField::CorrectionUntil,    "correction.until",    "补正期限"},
    Term{LetterField::ExplanationVolume,  "explanation.volume",  "数量、频次情况"},
    Term{LetterField::ExplanationUntil,   "explanation.until",   "说明理由的期限"},
    Term{LetterField::ExtensionDays,      "extension.days",      "延长的工作日数"},
    Term{LetterField::ExtensionReason,    "extension.reason",    "延长的理由"},
    Term{LetterField::FormerDue,          "former_due",          "原答复期限"},
    Term{LetterField::Question,           "consultation.question", "征求意见的内容"},
    Term{LetterField::ConsultationSide,   "consultation.side",   "征求意见的对象类别"},
    Term{LetterField::ConsultationSlip,   "consultation.slip",   "回执表"},
    Term{LetterField::Opinion,            "consultation.opinion", "第三方是否同意，本机关决定公开的理由"},
    Term{LetterField::ReplyText,          "reply.text",          "答复正文（承办人拟写）"},
    Term{LetterField::Answers,            "reply.answers",       "逐项答复内容"},
    Term{LetterField::Searches,           "reply.searches",      "检索情况"},
    Term{LetterField::DisclosedItems,     "reply.disclosed",     "决定公开的内容"},
    Term{LetterField::FeeBasis,           "fee.basis",           "收费方式"},
    Term{LetterField::FeeQuantity,        "fee.quantity",        "计费数量"},
    Term{LetterField::FeeSteps,           "fee.steps",           "按收费标准逐档计算"},
    Term{LetterField::FeeAmount,          "fee.amount",          "金额"},
    Term{LetterField::FeePayment,         "fee.payment",         "缴纳方式"},
    Term{LetterField::FeeUntil,           "fee.until",           "缴费期限"},
    Term{LetterField::FeeAlternative,     "fee.alternative",     "可替代的方式"},
    Term{LetterField::DeferredTo,         "deferral.to",         "延迟答复的期限"},
    Term{LetterField::DeferralReason,     "deferral.reason",     "延迟答复的理由"},
    Term{LetterField::Ending,             "ending",              "终止办理的情形"},
    Term{LetterField::EndingReason,       "ending.reason",       "终止办理的说明"},
    Term{LetterField::Remedy,             "remedy",              "救济途径"},
    Term{LetterField::ConsultationSubject, "consultation.subject", "征求意见涉及的申请事项"},
    Term{LetterField::ConsultationSentOn, "consultation.sent_on", "发出征求意见书的日期"},
};
constexpr auto const& terms(LetterField) { return kLetterFields; }

/// A set of LetterField.
class LetterFields {
public:
    constexpr LetterFields(std::initializer_list<LetterField> list) {
        for (LetterField const each : list) bits_ |= bit(each);
    }
    constexpr bool has(LetterField field) const { return (bits_ & bit(field)) != 0; }
    constexpr bool intersects(LetterFields other) const { return (bits_ & other.bits_) != 0; }
    constexpr LetterFields operator|(LetterFields other) const {
        other.bits_ |= bits_;
        return other;
    }

private:
    static constexpr std::uint64_t bit(LetterField field) {
        return std::uint64_t{1} << static_cast<unsigned>(field);
    }
    std::uint64_t bits_ = 0;
};

/// Parts become paragraphs, quotations or tables of their own.
inline constexpr LetterFields kParts{
    LetterField::Items, LetterField::Law, LetterField::CorrectionPoints, LetterField::ConsultationSlip, LetterField::ReplyText,
    LetterField::Answers, LetterField::DisclosedItems, LetterField::Remedy};
constexpr bool is_part(LetterField field) { return kParts.has(field); }

/// Every letter may name these.
inline constexpr LetterFields kCommonFields{
    LetterField::AgencyName, LetterField::AgencyOffice, LetterField::AgencyAddress, LetterField::AgencyPhone,
    LetterField::AgencyHours, LetterField::ReceivedOn, LetterField::CorrectedOn, LetterField::Items, LetterField::Law};
/// Those to others than the applicant do without these: they are not to reveal who asks (条例第三十二条).
inline constexpr LetterFields kApplicantsFields{
    LetterField::You, LetterField::CaseNumber, LetterField::Channel, LetterField::ReplyDue, LetterField::QueryAddress};
inline constexpr LetterFields kReplyFields{
    LetterField::Items, LetterField::ReplyText, LetterField::Answers, LetterField::Law, LetterField::Remedy};

struct LetterRule {
    LetterKind kind;
    std::string_view document;  ///< its number in the list of documents, as the API shows it: "D02" to "D25"
    Addressee addressee;
    bool is_reply;              ///< frozen when the reply is signed, goes out when it is dispatched; the others go out at once
    LetterFields required;      ///< a template must name them and none may be empty
    LetterFields optional;
    Remedy remedy;              ///< of a letter that is no reply; that of a reply follows from its items (remedy.hpp)
    std::string_view article;   ///< of a reply: the general rule for its outcomes; empty: what its outcome rests on
    InlineSet<Outcome, 7> carries;  ///< which outcomes it tells
    std::string_view proof;     ///< 证明目的: what it proves in a dispute
};

namespace letter_table {
using K = LetterKind;
using F = LetterField;
using T = Addressee;
using O = Outcome;
inline constexpr LetterFields kNone{};
inline constexpr InlineSet<Outcome, 7> kNoOutcome{};
inline constexpr std::string_view kReplyProof = "答复的内容、事实根据、法律依据和告知的救济途径";
}  // namespace letter_table

inline constexpr auto kLetterRules = [] {
    using namespace letter_table;
    return std::array{
    LetterRule{K::Receipt, "D02", T::Applicant, false, {F::You, F::CaseNumber, F::ReceivedOn, F::Items, F::ReplyDue}, kNone, Remedy::None, "条例第三十三条第二款", kNoOutcome, "收到申请的日期和申请的内容，答复期限的起算"},
    LetterRule{K::CorrectionNotice, "D03", T::Applicant, false, {F::You, F::CaseNumber, F::ReceivedOn, F::Items, F::CorrectionPoints, F::CorrectionGuidance, F::CorrectionUntil, F::Law}, {F::CorrectionGrounds}, Remedy::None, "条例第三十条", kNoOutcome, "申请需要补正的原因，已在7个工作日内一次性告知补正事项和期限"},
    LetterRule{K::ExplanationNotice, "D04", T::Applicant, false, {F::You, F::CaseNumber, F::ReceivedOn, F::ExplanationVolume, F::ExplanationUntil, F::Law}, kNone, Remedy::None, "条例第三十五条", kNoOutcome, "申请的数量、频次明显超过合理范围，已要求说明理由"},
    LetterRule{K::ExtensionNotice, "D05", T::Applicant, false, {F::You, F::CaseNumber, F::ReceivedOn, F::ExtensionDays, F::ExtensionReason, F::FormerDue, F::ReplyDue, F::Law}, kNone, Remedy::None, "条例第三十三条第二款", kNoOutcome, "延长答复期限经负责人同意，并已告知申请人"},
    LetterRule{K::ThirdPartyConsultation, "D06", T::ThirdParty, false, {F::Items, F::Question, F::ConsultationSlip, F::Law}, kNone, Remedy::None, "条例第三十二条", kNoOutcome, "已依法征求意见，征求意见所需时间不计入答复期限"},
    LetterRule{K::ConsultationNotice, "D07", T::Applicant, false, {F::You, F::CaseNumber, F::ReceivedOn, F::ConsultationSide, F::Law}, {F::ConsultationSubject, F::ConsultationSentOn}, Remedy::None, "条例第三十三条第三款", kNoOutcome, "已告知申请人征求意见和不计入期限的情况"},
    LetterRule{K::JointAgencyConsultation, "D08", T::Agency, false, {F::Items, F::Question, F::ConsultationSlip, F::Law}, kNone, Remedy::None, "条例第三十四条", kNoOutcome, "已依法征求意见，征求意见所需时间不计入答复期限"},
    LetterRule{K::AuthorityConsultation, "D08", T::Agency, false, {F::Items, F::Question, F::ConsultationSlip}, kNone, Remedy::None, "条例第三十三条第三款", kNoOutcome, "已依法征求意见，征求意见所需时间不计入答复期限"},
    LetterRule{K::DisclosureDecision, "D10", T::ThirdParty, false, {F::DisclosedItems, F::Opinion, F::Law, F::Remedy}, kNone, Remedy::Free, "条例第三十二条", kNoOutcome, "决定公开，并已将决定和理由告知第三方"},
    LetterRule{K::Disclosed, "D11", T::Applicant, true, kReplyFields, {F::Searches}, Remedy::None, "条例第三十六条第二项", {O::Disclosed}, kReplyProof},
    LetterRule{K::AlreadyPublic, "D12", T::Applicant, true, kReplyFields, {F::Searches}, Remedy::None, "条例第三十六条第一项", {O::AlreadyPublic}, kReplyProof},
    LetterRule{K::Refused, "D13", T::Applicant, true, kReplyFields, {F::Searches}, Remedy::None, "条例第三十六条第三项", {O::RefusedSecret, O::RefusedLaw, O::RefusedSafety, O::RefusedThirdParty, O::RefusedInternal, O::RefusedProcess, O::RefusedEnforcement}, kReplyProof},
    LetterRule{K::Partial, "D14", T::Applicant, true, kReplyFields, {F::Searches}, Remedy::None, "条例第三十七条", {O::Partial}, kReplyProof},
    LetterRule{K::NotHeld, "D15", T::Applicant, true, kReplyFields | LetterFields{F::Searches}, kNone, Remedy::None, "条例第三十六条第四项", {O::NotHeld}, kReplyProof},
    LetterRule{K::NotOurAgency, "D16", T::Applicant, true, kReplyFields, {F::Searches}, Remedy::None, "条例第三十六条第五项", {O::NotOurAgency}, kReplyProof},
    LetterRule{K::Repeated, "D17", T::Applicant, true, kReplyFields, kNone, Remedy::None, "条例第三十六条第六项", {O::Repeated}, kReplyProof},
    LetterRule{K::SpecialLaw, "D18", T::Applicant, true, kReplyFields, kNone, Remedy::None, "条例第三十六条第七项", {O::SpecialLaw}, kReplyProof},
    LetterRule{K::NeedsProcessing, "D19", T::Applicant, true, kReplyFields, {F::Searches}, Remedy::None, "条例第三十八条", {O::NeedsProcessing}, kReplyProof},
    LetterRule{K::StillUnclear, "D20", T::Applicant, true, kReplyFields | LetterFields{F::CorrectedOn}, kNone, Remedy::None, "条例第三十条", {O::StillUnclear}, kReplyProof},
    LetterRule{K::Petition, "D21", T::Applicant, true, kReplyFields, kNone, Remedy::None, "条例第三十九条第一款", {O::Petition}, kReplyProof},
    LetterRule{K::Reissue, "D21", T::Applicant, true, {F::Items, F::ReplyText, F::Answers, F::Remedy}, kNone, Remedy::None, "条例第二条", {O::Reissue}, kReplyProof},
    LetterRule{K::Publication, "D22", T::Applicant, true, kReplyFields, kNone, Remedy::None, "条例第三十九条第二款", {O::Publication}, kReplyProof},
    LetterRule{K::Abusive, "D23", T::Applicant, true, kReplyFields, kNone, Remedy::None, "条例第三十五条", {O::Abusive}, kReplyProof},
    LetterRule{K::Deferral, "D23", T::Applicant, false, {F::You, F::CaseNumber, F::ReceivedOn, F::DeferredTo, F::DeferralReason, F::Law}, {F::FormerDue}, Remedy::None, "条例第三十五条", kNoOutcome, "已告知申请人延迟答复的期限和理由"},
    LetterRule{K::FeeNotice, "D24", T::Applicant, false, {F::You, F::CaseNumber, F::ReceivedOn, F::FeeBasis, F::FeeQuantity, F::FeeSteps, F::FeeAmount, F::FeePayment, F::FeeUntil, F::FeeAlternative, F::Law}, kNone, Remedy::None, "条例第四十二条", kNoOutcome, "信息处理费的依据、标准和金额，缴费前不计入期限"},
    LetterRule{K::Termination, "D25", T::Applicant, false, {F::You, F::CaseNumber, F::Ending, F::Remedy}, {F::EndingReason}, Remedy::Free, "", {O::Uncorrected, O::Unpaid, O::Withdrawn}, "办理终止的事实和依据"},
    LetterRule{K::Other, "D25", T::Applicant, true, {F::Items, F::ReplyText, F::Answers, F::Remedy}, kNone, Remedy::None, "条例第二条", {O::Other}, kReplyProof},
    LetterRule{K::Transferred, "D18", T::Applicant, true, kReplyFields, {F::Searches}, Remedy::None, "档案法第十五条第二款", {O::Transferred}, kReplyProof},
    };
}();
constexpr LetterRule const& rule_of(LetterKind kind) { return kLetterRules[static_cast<std::size_t>(kind)]; }

/// The letter that carries an outcome.
constexpr LetterKind letter_of(Outcome outcome) {
    return std::ranges::find_if(kLetterRules, [&](LetterRule const& rule) { return rule.carries.has(outcome); })->kind;
}
// clang-format on

/// What a template of this kind may name.
constexpr LetterFields fields_of(LetterRule const& rule) {
    LetterFields const offered = kCommonFields | rule.required | rule.optional;
    return rule.addressee == Addressee::Applicant ? offered | kApplicantsFields : offered;
}

constexpr bool letter_tables_agree() {
    for (std::size_t i = 0; i < kLetterRules.size(); ++i) {
        LetterRule const& rule = kLetterRules[i];
        if (static_cast<std::size_t>(rule.kind) != i || (rule.article.empty() && rule.carries.empty())) return false;
        bool const has_remedy = rule.is_reply || rule.remedy != Remedy::None;
        if (rule.required.has(LetterField::Remedy) != has_remedy) return false;
        bool const reveals = (rule.required | rule.optional).intersects(kApplicantsFields);
        if (rule.addressee != Addressee::Applicant && reveals) return false;
    }
    return true;
}

/// Each outcome has one letter; a reply, where an officer may choose it.
constexpr bool every_outcome_has_its_letter() {
    return std::ranges::all_of(kOutcomeRules, [](OutcomeRule const& outcome) {
        auto const carries_it = [&](LetterRule const& rule) { return rule.carries.has(outcome.outcome); };
        if (std::ranges::count_if(kLetterRules, carries_it) != 1) return false;
        return rule_of(letter_of(outcome.outcome)).is_reply == outcome.drafted;
    });
}
static_assert(kLetterRules.size() == kLetterKinds.size());
static_assert(every_outcome_has_its_letter(), "an outcome in the row of no letter or of two, or of one that differs");
static_assert(is_well_formed<LetterKind>() && is_well_formed<Addressee>() && is_well_formed<LetterField>());
static_assert(
    letter_tables_agree(),
    "a row out of order, without its article or with a remedy that nobody names, or an applicant revealed"
);

/// Whether what a letter tells counts from its dispatch (国办公开办函〔2016〕235号; cases/notices.hpp says how).
constexpr bool counts_from_dispatch(LetterKind kind) {
    return std::ranges::any_of(kNoticeKinds, [&](auto const& notice) { return notice.code == code(kind); });
}
static_assert(
    std::ranges::all_of(
        kNoticeKinds,
        [](auto const& notice) {
            auto const same = [&](auto const& letter) { return letter.code == notice.code; };
            auto const letter = std::ranges::find_if(kLetterKinds, same);
            return letter != kLetterKinds.end() && rule_of(letter->value).addressee == Addressee::Applicant;
        }
    ),
    "a notice that is no letter to the applicant"
);

// ---- which step makes which ----------------------------------------------------------------------------------------

/// A letter that a step has made.
struct DueLetter {
    LetterKind kind{};
    std::optional<LetterClass> own_class;  ///< it takes a 文号 of its own; else it bears that of the event
    std::optional<Code> consultation;      ///< which it is about
    bool operator==(DueLetter const&) const = default;
};

/// The letters that `event` makes: it turns `before` into `after`.
std::vector<DueLetter> letters_of(Case const& before, Event const& event, Case const& after);

/// Whether an action can make letters at all.
bool makes_letters(Action action);

/// Whether the letter can be read by its addressee: a reply goes with its dispatch, one that is to be fetched before
/// it.
inline bool is_sent(LetterRule const& rule, Case const& c) {
    bool const to_be_fetched = c.sending && c.sending->method == ObtainBy::Download;
    return !rule.is_reply || c.dispatch || to_be_fetched;
}

// ---- composing -----------------------------------------------------------------------------------------------------

/// The text of a letter as an administrator may change it. Every line of `body` is a paragraph; one that begins with
/// "# " is a heading, one with "> " a quotation. `{name}` stands for a field. A line that names an empty field is left
/// out, and so is a heading with nothing under it.
struct LetterTemplate {
    std::string title;
    std::string body;
    bool operator==(LetterTemplate const&) const = default;
};

/// The text in the program, until an administrator writes another.
LetterTemplate usual_template(LetterKind kind);

/// Faults of a template: an unknown field or one that this kind does not offer, a part that does not stand alone, a
/// required field that is not named. Pointers /title and /body.
std::vector<FieldError> check_template(LetterKind kind, LetterTemplate const& text);

/// Of the agency that writes.
struct Issuer {
    std::string name;
    std::string office;
    std::string address;
    std::string phone;
    std::string hours;
    std::string query_address;  ///< where an applicant follows the case; empty: nowhere online
    std::string fee_payment;    ///< 缴纳方式 of the 信息处理费; empty while the agency does not say
    RemedyBodies remedy;
    std::vector<OutcomeReading> readings = {};  ///< AgencyPolicy::outcome_readings: what it cites in place of ours
};

/// What a letter is composed from. Borrowed for the time of the call.
struct LetterFacts {
    Case const& c;        ///< right after the step that makes the letter; in a preview with the draft in it
    Case const& before;   ///< right before it; in a preview the same as `c`
    Payload const& step;  ///< what the step carried; in a preview Nothing
    Issuer const& issuer;
    WorkdayCalendar const& calendar;
    Date on{};                                    ///< 成文日期
    std::optional<Code> number = {};              ///< 文号; none yet in a preview
    std::optional<Code> consultation = {};        ///< which it is about, for those that are about one
    std::span<EnclosedFile const> enclosed = {};  ///< what goes with a reply (随答复提供)
};

/// The required fields that are empty; pointers are the names of the fields after a slash.
std::vector<FieldError> missing_fields(LetterKind kind, LetterFacts const& facts);

/// The paper. Refused as invalid while a required field is empty; the template is expected to be checked.
Result<Document> compose(LetterKind kind, LetterTemplate const& text, LetterFacts const& facts);

/// The same with what is there, for a preview.
Document compose_preview(LetterKind kind, LetterTemplate const& text, LetterFacts const& facts);

constexpr auto fields(std::type_identity<LetterTemplate>) {
    using T = LetterTemplate;
    return std::tuple{
        field("title", &T::title, "标题", {2, kShortText}), field("body", &T::body, "正文", {10, kLongText})};
}

}  // namespace workflow
