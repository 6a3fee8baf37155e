#pragma once

#include "workflow/cases/follow_up_payloads.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/people/application.hpp"
#include "workflow/time/clock.hpp"
#include "workflow/words/actions.hpp"
#include "workflow/words/card_words.hpp"
#include "workflow/words/outcomes.hpp"
#include "workflow/words/reply_words.hpp"

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What each action takes, and what its event carries: one shape for the form, the command and the journal entry.
namespace workflow {

struct Nothing {
    bool operator==(Nothing const&) const = default;
};

struct Submission {
    Application application;
    Channel channel = Channel::Online;  ///< one of the two by which applicants hand in themselves: online or app
    std::optional<Date> received_on;    ///< where the agency takes the day of submission for the day of receipt
    bool operator==(Submission const&) const = default;
};

/// An offline request, entered by a registrar with the evidence of its day of receipt (条例第三十一条).
struct Registration {
    Application application;
    Channel channel{};
    Date received_on{};
    std::string evidence;  ///< signer and tracking number, contact attempts, the clerk at the counter
    std::optional<std::string> id_exception;  ///< why an identity number with a wrong check digit was accepted
    bool operator==(Registration const&) const = default;
};

/// Where a case came from that was not handed in here: one line of the ledger (台账) that an agency kept before.
struct LedgerSource {
    Code batch;                         ///< the import that brought it
    std::optional<std::string> number;  ///< 受理编号 in that ledger
    std::optional<std::string> remark;
    bool operator==(LedgerSource const&) const = default;
};

/// A request with its dates and its end as the ledger has them.
struct LedgerRecord {
    Application application;
    Channel channel{};
    Date received_on{};
    State state{};  ///< in hand, or how far it had come after its end
    std::optional<Code> department;
    std::optional<Outcome> outcome;
    std::optional<Date> concluded_on;
    std::optional<Code> reply_number;  ///< 文号 of the reply
    LedgerSource source;
    bool operator==(LedgerRecord const&) const = default;
};

/// The day after the last day of a limit that the applicant let pass.
struct Lapse {
    Date lapsed_on{};
    bool operator==(Lapse const&) const = default;
};

struct Reason {
    std::string reason;
    bool operator==(Reason const&) const = default;
};

struct Remark {
    std::optional<std::string> remark;
    bool operator==(Remark const&) const = default;
};

struct CorrectionRequest {
    std::vector<std::string> points;  ///< every point at once: 一次性告知
    std::string guidance;             ///< 指导和释明
    bool content_unclear = false;     ///< the reviewer confirms 内容确不明确
    std::optional<Date> reply_by;     ///< default: the agency's number of working days from today
    bool operator==(CorrectionRequest const&) const = default;
};

/// What an applicant hands in later: a correction (30) or reasons for the volume (35).
struct Supplement {
    Date received_on{};  ///< today where the applicant does it
    std::string text;
    std::optional<std::string> excuse;  ///< 正当理由 of a late one, found to be so by a reviewer
    bool operator==(Supplement const&) const = default;
};

struct ExplanationRequest {
    std::string volume;  ///< the figures that make number or frequency clearly unreasonable
    Date reply_by{};
    bool operator==(ExplanationRequest const&) const = default;
};

struct FeeNotice {
    FeeBasis basis{};
    int quantity = 0;         ///< per_item: which piece of the month it is, from 1; per_page: pages of this piece
    std::string alternative;  ///< 查阅、抄录 or a narrower request
    std::optional<Date> served_on;
    std::int64_t amount_fen = 0;  ///< computed from the tariff, never typed
    bool operator==(FeeNotice const&) const = default;
};

struct Payment {
    Date paid_on{};
    Code receipt_number;
    std::optional<std::string> excuse;
    bool operator==(Payment const&) const = default;
};

struct Acceptance {
    Code department;
    std::vector<Code> co_departments;
    std::optional<std::string> remark;
    bool operator==(Acceptance const&) const = default;
};

struct Assignment {
    Code assignee;
    bool operator==(Assignment const&) const = default;
};

struct Transfer {
    Code department;
    std::string reason;
    bool operator==(Transfer const&) const = default;
};

/// 检索记录 (D29): a refusal as 信息不存在 stands only on a real search.
/// What a department that helps has to say.
struct CoOpinion {
    Code department;  ///< of whoever writes it
    std::string text;
    bool operator==(CoOpinion const&) const = default;
};

struct SearchRecord {
    std::vector<SearchPlace> places;
    std::vector<std::string> keywords;
    std::string searchers;
    Date searched_on{};
    bool found = false;
    std::string result;
    bool operator==(SearchRecord const&) const = default;
};

struct ConsultationLetter {
    ConsultationKind kind{};
    std::string addressee;
    std::string question;
    std::optional<Date> served_on;
    Code id;  ///< "c1", "c2", … given by the procedure
    bool operator==(ConsultationLetter const&) const = default;
};

struct Opinion {
    Code consultation;
    Date received_on{};
    Stance stance{};
    std::optional<bool> grounds_reasonable;  ///< required where the other side objects (32)
    std::string text;
    bool operator==(Opinion const&) const = default;
};

struct ConsultationEnd {
    Code consultation;
    NoOpinion why{};
    Date ended_on{};
    std::optional<std::string> remark;
    bool operator==(ConsultationEnd const&) const = default;
};

struct ExtensionProposal {
    int days = 0;  ///< working days
    std::string reason;
    bool operator==(ExtensionProposal const&) const = default;
};

/// The head of the office approves; the days are those of the open proposal, written in by the procedure.
struct ExtensionApproval {
    std::optional<std::string> opinion;
    int days = 0;
    bool operator==(ExtensionApproval const&) const = default;
};

struct Deferral {
    Date to{};
    std::string reason;
    bool operator==(Deferral const&) const = default;
};

/// The answer to one requested item.
struct ItemReply {
    Outcome outcome{};
    std::optional<Limb> limb;
    std::optional<std::string> reference;  ///< as OutcomeRule::reference says
    std::optional<std::string> reason;
    std::optional<std::string> separation;      ///< why the item cannot be separated (37)
    std::optional<ProvideAs> provided_as = {};  ///< where it differs from what was asked for (40)
    std::optional<Date> opened_on = {};         ///< the day on which somebody saw that the address answers
    std::optional<Location> location = {};
    std::vector<Statement> statements = {};
    bool operator==(ItemReply const&) const = default;
};

struct ReplyDraft {
    Outcome outcome{};             ///< the case's one outcome
    std::vector<ItemReply> items;  ///< in the order of the application
    std::string text;
    bool operator==(ReplyDraft const&) const = default;
};

/// Why a reply goes up for approval although this check does not hold.
struct Waiver {
    Check check{};
    std::string reason;
    bool operator==(Waiver const&) const = default;
};

struct ReplySubmission {
    std::vector<Waiver> waivers;
    bool operator==(ReplySubmission const&) const = default;
};

struct Dispatch {
    ObtainBy method{};
    Date dispatched_on{};
    std::optional<Code> tracking_number;  ///< required by post: 邮政企业 only (国办公开办函〔2016〕235号)
    std::optional<std::string> recipient;
    bool operator==(Dispatch const&) const = default;
};

/// Service of a letter. It is the reply's, the fee notice's while payment is awaited, or that of the consultation
/// named.
struct DeliveryRecord {
    std::optional<Code> consultation;
    DeliveryResult result{};
    Date delivered_on{};
    std::optional<std::string> signer;
    bool operator==(DeliveryRecord const&) const = default;
};

struct ArchiveNote {
    int retention_years = 0;
    std::optional<std::string> remark;
    bool operator==(ArchiveNote const&) const = default;
};

struct DisputeOpening {
    DisputeKind kind{};
    std::string authority;
    Date received_on{};  ///< the day the copy reached the agency
    Code reference;
    Code id;                                         ///< "d1", "d2", … given by the procedure
    std::optional<DisputeProcedure> procedure = {};  ///< of a 复议; ordinary where nothing is said
    bool operator==(DisputeOpening const&) const = default;
};

struct DisputeEnd {
    Code dispute;
    DisputeResult result{};
    Date decided_on{};
    bool operator==(DisputeEnd const&) const = default;
};

struct NewReplyOrder {
    Code dispute;
    Date received_on{};
    std::optional<Date> due;  ///< as ordered; else the period that courts usually set
    bool operator==(NewReplyOrder const&) const = default;
};

struct RatingGiven {
    int score = 0;  ///< 1 非常不满意 to 5 非常满意
    std::optional<std::string> text;
    bool operator==(RatingGiven const&) const = default;
};

struct CardIssue {
    CardLevel level{};
    CardCause cause{};
    Date due{};          ///< the last day that is measured against
    int workdays = 0;    ///< on the day of issue: left until `due`, or below zero late
    int other_reds = 0;  ///< a red card: how many others the agency got in the 30 days before; written in by the store
    Code id;             ///< "k1", "k2", … given by the procedure
    bool operator==(CardIssue const&) const = default;
};

/// What is done with one card; `card` is its id.
struct CardRemark {
    Code card;
    std::optional<std::string> remark;
    bool operator==(CardRemark const&) const = default;
};

struct CardReport {
    Code card;
    std::string text;
    bool operator==(CardReport const&) const = default;
};

struct CardExplanation {
    Code card;
    std::string reason;
    std::string responsible;
    std::string measures;
    bool operator==(CardExplanation const&) const = default;
};

struct CardInspection {
    Code card;
    bool substantiated = false;
    std::string text;
    bool operator==(CardInspection const&) const = default;
};

struct CardSettlement {
    Code card;
    CardResult result{};
    std::string text;
    bool operator==(CardSettlement const&) const = default;
};

/// A step was not done by its day: the agency above is told.
struct CardEscalation {
    Code card;
    Action step{};
    bool operator==(CardEscalation const&) const = default;
};

/// 督办: an order of the agency above.
struct SupervisionOrder {
    std::string requirement;
    Date due{};
    bool operator==(SupervisionOrder const&) const = default;
};

/// 签收 of a reminder or an order.
struct Acknowledgement {
    Code reminder;
    bool operator==(Acknowledgement const&) const = default;
};

/// A file that has been stored; its bytes lie in the data folder under their hash.
struct Attachment {
    std::string name;  ///< as the uploader called it; never trusted
    Code media_type;
    std::int64_t size = 0;  ///< bytes
    Code sha256;            ///< lower-case hex
    bool operator==(Attachment const&) const = default;
};

using Payload = std::variant<
    Nothing,
    Submission,
    Registration,
    Lapse,
    Reason,
    Remark,
    CorrectionRequest,
    Supplement,
    ExplanationRequest,
    FeeNotice,
    Payment,
    Acceptance,
    Assignment,
    Transfer,
    CoOpinion,
    SearchRecord,
    ConsultationLetter,
    Opinion,
    ConsultationEnd,
    ExtensionProposal,
    ExtensionApproval,
    Deferral,
    ReplyDraft,
    ReplySubmission,
    Dispatch,
    DeliveryRecord,
    ArchiveNote,
    DisputeOpening,
    DisputeEnd,
    NewReplyOrder,
    RatingGiven,
    CardIssue,
    Attachment,
    RatingAddition,
    RatingAssignment,
    RatingContact,
    RatingRectification,
    RatingCallback,
    DisputeAnswer,
    NewReply,
    SuggestionAnswer,
    AmendmentRequest,
    AmendmentAnswer,
    CardRemark,
    CardReport,
    CardExplanation,
    CardInspection,
    CardSettlement,
    CardEscalation,
    SupervisionOrder,
    Acknowledgement,
    LedgerRecord>;

/// The empty payload of the shape that `action` takes.
Payload payload_for(Action action);

/// Whether what the action is done to is one card of the case.
bool concerns_card(Action action);

/// The card that the payload names; null where its shape names none.
Code const* named_card(Payload const& payload);
Code* named_card(Payload& payload);

// clang-format off
constexpr auto fields(std::type_identity<Nothing>) { return std::tuple{}; }

constexpr auto fields(std::type_identity<Submission>) {
    using T = Submission;
    return std::tuple{
        field("application", &T::application, "申请表"),
        field("channel", &T::channel, "渠道"),
        field("received_on", &T::received_on, "收到日期", {.given = true})};
}

constexpr auto fields(std::type_identity<Registration>) {
    using T = Registration;
    return std::tuple{
        field("application", &T::application, "申请表"),
        field("channel", &T::channel, "渠道"),
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("evidence", &T::evidence, "收到日期的凭据", {2, kLongText}),
        field("id_exception", &T::id_exception, "证件号码校验不符仍予登记的理由", {4, kLongText})};
}

constexpr auto fields(std::type_identity<Lapse>) {
    return std::tuple{field("lapsed_on", &Lapse::lapsed_on, "终止日期", {.when = When::Effect})};
}

constexpr auto fields(std::type_identity<Reason>) {
    return std::tuple{field("reason", &Reason::reason, "理由", {4, kLongText})};
}

constexpr auto fields(std::type_identity<Remark>) {
    return std::tuple{field("remark", &Remark::remark, "说明", {1, kLongText})};
}

constexpr auto fields(std::type_identity<CorrectionRequest>) {
    using T = CorrectionRequest;
    return std::tuple{
        field("points", &T::points, "需要补正的内容(一次性列全)", {1, 20}),
        field("guidance", &T::guidance, "指导和释明", {4, kLongText}),
        field("content_unclear", &T::content_unclear, "确认申请内容确不明确"),
        field("reply_by", &T::reply_by, "补正期限", {.when = When::Limit})};
}

constexpr auto fields(std::type_identity<Supplement>) {
    using T = Supplement;
    return std::tuple{
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("text", &T::text, "内容", {1, kLongText}),
        field("excuse", &T::excuse, "逾期的正当理由", {4, kLongText})};
}

constexpr auto fields(std::type_identity<ExplanationRequest>) {
    using T = ExplanationRequest;
    return std::tuple{
        field("volume", &T::volume, "数量、频次情况", {4, kLongText}),
        field("reply_by", &T::reply_by, "说明理由的期限", {.when = When::Limit})};
}

constexpr auto fields(std::type_identity<FeeNotice>) {
    using T = FeeNotice;
    return std::tuple{
        field("basis", &T::basis, "收费方式"),
        field("quantity", &T::quantity, "当月第几件,或页数", {1, 1'000'000}),
        field("alternative", &T::alternative, "可替代的方式(查阅、抄录或缩小范围)", {4, kLongText}),
        field("served_on", &T::served_on, "通知送达日期", {.when = When::Fact}),
        field("amount_fen", &T::amount_fen, "金额(分)", {.given = true})};
}

constexpr auto fields(std::type_identity<Payment>) {
    using T = Payment;
    return std::tuple{
        field("paid_on", &T::paid_on, "缴费日期", {.when = When::Effect}),
        field("receipt_number", &T::receipt_number, "票据号码", {1, 60}),
        field("excuse", &T::excuse, "逾期的正当理由", {4, kLongText})};
}

constexpr auto fields(std::type_identity<Acceptance>) {
    using T = Acceptance;
    return std::tuple{
        field("department", &T::department, "主办部门", {1, 60}),
        field("co_departments", &T::co_departments, "协办部门", {0, 10}),
        field("remark", &T::remark, "分办意见", {1, kLongText})};
}

constexpr auto fields(std::type_identity<Assignment>) {
    return std::tuple{field("assignee", &Assignment::assignee, "承办人", {1, 60})};
}

constexpr auto fields(std::type_identity<Transfer>) {
    using T = Transfer;
    return std::tuple{
        field("department", &T::department, "转往部门", {1, 60}),
        field("reason", &T::reason, "理由", {4, kLongText})};
}

constexpr auto fields(std::type_identity<CoOpinion>) {
    using T = CoOpinion;
    return std::tuple{
        field("department", &T::department, "协办部门", {.given = true}),
        field("text", &T::text, "协办意见", {4, kLongText})};
}

constexpr auto fields(std::type_identity<SearchRecord>) {
    using T = SearchRecord;
    return std::tuple{
        field("places", &T::places, "查过的地方", {1, 4}),
        field("keywords", &T::keywords, "检索词", {1, 20}),
        field("searchers", &T::searchers, "检索人", {2, kShortText}),
        field("searched_on", &T::searched_on, "检索日期", {.when = When::Fact}),
        field("found", &T::found, "是否找到"),
        field("result", &T::result, "检索结果", {4, kLongText})};
}

constexpr auto fields(std::type_identity<ConsultationLetter>) {
    using T = ConsultationLetter;
    return std::tuple{
        field("kind", &T::kind, "征求对象类别"),
        field("addressee", &T::addressee, "征求对象", {2, kShortText}),
        field("question", &T::question, "征求意见的内容(不写明申请人)", {4, kLongText}),
        field("served_on", &T::served_on, "送达日期", {.when = When::Fact}),
        field("id", &T::id, "编号", {.given = true})};
}

constexpr auto fields(std::type_identity<Opinion>) {
    using T = Opinion;
    return std::tuple{
        field("consultation", &T::consultation, "征求意见编号", {1, 10}),
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("stance", &T::stance, "意见"),
        field("grounds_reasonable", &T::grounds_reasonable, "不同意的理由是否成立"),
        field("text", &T::text, "意见内容和判断", {2, kLongText})};
}

constexpr auto fields(std::type_identity<ConsultationEnd>) {
    using T = ConsultationEnd;
    return std::tuple{
        field("consultation", &T::consultation, "征求意见编号", {1, 10}),
        field("why", &T::why, "原因"),
        field("ended_on", &T::ended_on, "结束日期", {.when = When::Effect}),
        field("remark", &T::remark, "说明", {1, kLongText})};
}

constexpr auto fields(std::type_identity<ExtensionProposal>) {
    using T = ExtensionProposal;
    return std::tuple{
        field("days", &T::days, "延长的工作日", {1, kLongestExtension.length}),
        field("reason", &T::reason, "理由", {4, kLongText})};
}

constexpr auto fields(std::type_identity<ExtensionApproval>) {
    using T = ExtensionApproval;
    return std::tuple{
        field("opinion", &T::opinion, "意见", {1, kLongText}),
        field("days", &T::days, "延长的工作日", {.given = true})};
}

constexpr auto fields(std::type_identity<Deferral>) {
    using T = Deferral;
    return std::tuple{
        field("to", &T::to, "延迟答复至", {.when = When::Limit}),
        field("reason", &T::reason, "理由", {4, kLongText})};
}

constexpr auto fields(std::type_identity<ItemReply>) {
    using T = ItemReply;
    return std::tuple{
        field("outcome", &T::outcome, "办理结果"),
        field("limb", &T::limb, "具体情形"),
        field("reference", &T::reference, "依据的材料或去向", {1, kLongText}),
        field("reason", &T::reason, "理由", {1, kLongText}),
        field("separation", &T::separation, "不能区分处理的说明", {1, kLongText}),
        field("provided_as", &T::provided_as, "实际提供的形式(与申请不同时填写)"),
        field("opened_on", &T::opened_on, "打开网址核实的日期", {.when = When::Fact}),
        field("location", &T::location, "信息现在何处"),
        field("statements", &T::statements, "已逐项确认", {0, std::ssize(kStatements)})};
}

constexpr auto fields(std::type_identity<ReplyDraft>) {
    using T = ReplyDraft;
    return std::tuple{
        field("outcome", &T::outcome, "办理结果"),
        field("items", &T::items, "逐项答复", {1, 20}),
        field("text", &T::text, "答复正文", {4, 20000})};
}

constexpr auto fields(std::type_identity<Waiver>) {
    using T = Waiver;
    return std::tuple{
        field("check", &T::check, "检查项"),
        field("reason", &T::reason, "理由", {kShortestReason, kLongText})};
}

constexpr auto fields(std::type_identity<ReplySubmission>) {
    return std::tuple{field("waivers", &ReplySubmission::waivers, "没有通过的检查和理由", {0, std::ssize(kChecks)})};
}

constexpr auto fields(std::type_identity<Dispatch>) {
    using T = Dispatch;
    return std::tuple{
        field("method", &T::method, "送达方式"),
        field("dispatched_on", &T::dispatched_on, "送出日期", {.when = When::Effect}),
        field("tracking_number", &T::tracking_number, "邮政单号", {6, 40}),
        field("recipient", &T::recipient, "收件人或签收人", {2, kShortText})};
}

constexpr auto fields(std::type_identity<DeliveryRecord>) {
    using T = DeliveryRecord;
    return std::tuple{
        field("consultation", &T::consultation, "征求意见编号", {1, 10}),
        field("result", &T::result, "送达结果"),
        field("delivered_on", &T::delivered_on, "日期", {.when = When::Fact}),
        field("signer", &T::signer, "签收人", {1, kShortText})};
}

constexpr auto fields(std::type_identity<ArchiveNote>) {
    using T = ArchiveNote;
    return std::tuple{
        field("retention_years", &T::retention_years, "保管年限", {10, 100}),
        field("remark", &T::remark, "说明", {1, kLongText})};
}

constexpr auto fields(std::type_identity<DisputeOpening>) {
    using T = DisputeOpening;
    return std::tuple{
        field("kind", &T::kind, "类别"),
        field("authority", &T::authority, "复议机关或法院", {2, kShortText}),
        field("received_on", &T::received_on, "收到副本日期", {.when = When::Fact}),
        field("reference", &T::reference, "案号", {1, 60}),
        field("procedure", &T::procedure, "复议适用的程序(没有填写的按普通程序)"),
        field("id", &T::id, "编号", {.given = true})};
}

constexpr auto fields(std::type_identity<DisputeEnd>) {
    using T = DisputeEnd;
    return std::tuple{
        field("dispute", &T::dispute, "复议诉讼编号", {1, 10}),
        field("result", &T::result, "结果"),
        field("decided_on", &T::decided_on, "决定日期", {.when = When::Fact})};
}

constexpr auto fields(std::type_identity<NewReplyOrder>) {
    using T = NewReplyOrder;
    return std::tuple{
        field("dispute", &T::dispute, "复议诉讼编号", {1, 10}),
        field("received_on", &T::received_on, "收到决定日期", {.when = When::Fact}),
        field("due", &T::due, "责令的重新答复期限(没有写明的按20个工作日)", {.when = When::Limit})};
}

constexpr auto fields(std::type_identity<RatingGiven>) {
    using T = RatingGiven;
    return std::tuple{
        field("score", &T::score, "评分(5 非常满意,1 非常不满意)", {1, 5}),
        field("text", &T::text, "评价内容", {1, kLongText})};
}

constexpr auto fields(std::type_identity<CardIssue>) {
    using T = CardIssue;
    return std::tuple{
        field("level", &T::level, "牌别"),
        field("cause", &T::cause, "事由"),
        field("due", &T::due, "所依据的期限"),
        field("workdays", &T::workdays, "发牌时剩余(负数为超过)的工作日", {.given = true}),
        field("other_reds", &T::other_reds, "此前30日内本机关的其他红牌", {.given = true}),
        field("id", &T::id, "编号", {.given = true})};
}

constexpr auto fields(std::type_identity<CardRemark>) {
    using T = CardRemark;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("remark", &T::remark, "说明", {1, kLongText})};
}

constexpr auto fields(std::type_identity<CardReport>) {
    using T = CardReport;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("text", &T::text, "内容", {4, kLongText})};
}

constexpr auto fields(std::type_identity<CardExplanation>) {
    using T = CardExplanation;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("reason", &T::reason, "原因", {4, kLongText}),
        field("responsible", &T::responsible, "责任人", {2, kShortText}),
        field("measures", &T::measures, "整改措施", {4, kLongText})};
}

constexpr auto fields(std::type_identity<CardInspection>) {
    using T = CardInspection;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("substantiated", &T::substantiated, "核查属实"),
        field("text", &T::text, "核查情况", {4, kLongText})};
}

constexpr auto fields(std::type_identity<CardSettlement>) {
    using T = CardSettlement;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("result", &T::result, "处理结果"),
        field("text", &T::text, "处理情况", {4, kLongText})};
}

constexpr auto fields(std::type_identity<CardEscalation>) {
    using T = CardEscalation;
    return std::tuple{
        field("card", &T::card, "红黄牌", {.given = true}),
        field("step", &T::step, "逾期的步骤", {.given = true})};
}

constexpr auto fields(std::type_identity<SupervisionOrder>) {
    using T = SupervisionOrder;
    return std::tuple{
        field("requirement", &T::requirement, "督办要求", {4, kLongText}),
        field("due", &T::due, "完成期限", {.when = When::Limit})};
}

constexpr auto fields(std::type_identity<Acknowledgement>) {
    return std::tuple{field("urging", &Acknowledgement::reminder, "签收哪一件", {1, 10})};
}

constexpr auto fields(std::type_identity<Attachment>) {
    using T = Attachment;
    return std::tuple{
        field("name", &T::name, "文件名", {.given = true}),
        field("media_type", &T::media_type, "类型", {.given = true}),
        field("size", &T::size, "字节数", {.given = true}),
        field("sha256", &T::sha256, "校验值", {.given = true})};
}

constexpr auto fields(std::type_identity<LedgerSource>) {
    using T = LedgerSource;
    return std::tuple{
        field("batch", &T::batch, "导入批次", {1, 60}),
        field("number", &T::number, "原受理编号", {1, 60}),
        field("remark", &T::remark, "备注", {1, kLongText})};
}

constexpr auto fields(std::type_identity<LedgerRecord>) {
    using T = LedgerRecord;
    return std::tuple{
        field("application", &T::application, "申请表"),
        field("channel", &T::channel, "渠道"),
        field("received_on", &T::received_on, "收到日期", {.when = When::Effect}),
        field("state", &T::state, "状态"),
        field("department", &T::department, "承办部门", {1, 60}),
        field("outcome", &T::outcome, "办理结果"),
        field("concluded_on", &T::concluded_on, "答复日期", {.when = When::Fact}),
        field("reply_number", &T::reply_number, "答复文号", {1, 60}),
        field("source", &T::source, "来源")};
}
// clang-format on

}  // namespace workflow
