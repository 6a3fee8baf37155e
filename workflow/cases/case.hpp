#pragma once

#include "workflow/cases/event.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace workflow {

/// The chain a reply passes before it is signed: 部门 → 保密审查 (条例第十七条) → 法制审核 → 签发.
enum class ApprovalStep : std::uint8_t { Department, Secrecy, Legal, Sign };
inline constexpr std::array kApprovalSteps{
    Term{ApprovalStep::Department, "department", "部门负责人审核"},
    Term{ApprovalStep::Secrecy, "secrecy", "保密审查"},
    Term{ApprovalStep::Legal, "legal", "法制审核"},
    Term{ApprovalStep::Sign, "sign", "签发"},
};
constexpr auto const& terms(ApprovalStep) { return kApprovalSteps; }
static_assert(is_well_formed<ApprovalStep>());

/// 协办意见, and who gave it when.
struct CoOpinionGiven {
    CoOpinion given;
    Code by;
    Date on{};
    bool operator==(CoOpinionGiven const&) const = default;
};

struct Approval {
    ApprovalStep step{};
    Code by;
    Date on{};
    bool operator==(Approval const&) const = default;
};

/// 退回修改: the round of the chain that ended with the reply going back to its handler.
struct ReplyReturn {
    ApprovalStep step{};  ///< at which it was sent back
    Code by;
    Date on{};
    std::string reason;
    std::vector<Approval> approvals;  ///< of this round, before that
    bool operator==(ReplyReturn const&) const = default;
};

struct Consultation {
    ConsultationLetter letter;
    Date sent_on{};
    std::optional<Opinion> opinion;
    std::optional<ConsultationEnd> end;
    std::optional<Date> returned_on = {};  ///< the letter came back, and has not been served since
    bool open() const { return !opinion && !end; }
    bool operator==(Consultation const&) const = default;
};

/// A letter that counts from its dispatch (notices.hpp), and how far it has come.
struct NoticeLetter {
    NoticeKind kind{};
    std::optional<Code> number;  ///< 文号
    Date decided_on{};
    std::optional<ClockEvent> effect;  ///< what the clock is told once it goes out, on the day on which it does
    std::optional<NoticeDispatch> dispatch;
    std::optional<DeliveryRecord> delivery;

    /// The applicant was told, and in time.
    bool counts() const { return dispatch && !dispatch->late; }
    bool served() const { return delivery && is_service(delivery->result); }
    /// It has not gone out yet, or came back.
    bool waits_to_go_out() const { return !dispatch || (delivery && !served()); }
    bool operator==(NoticeLetter const&) const = default;
};

struct ProposedExtension {
    ExtensionProposal proposal;
    Code by;
    bool operator==(ProposedExtension const&) const = default;
};

struct Dispute {
    DisputeOpening opening;
    std::optional<DisputeEnd> end;
    std::optional<NewReplyOrder> order;
    std::optional<DisputeAnswer> answer = {};
    bool operator==(Dispute const&) const = default;
};

/// What was done about a rating; a bad mark opens a procedure of its own (国办发〔2019〕51号).
struct RatingProcedure {
    std::optional<Date> rated_on;
    std::optional<RatingAddition> addition;
    std::optional<RatingAssignment> assignment;
    std::optional<Date> assigned_on;
    std::optional<RatingContact> contact;
    std::optional<RatingRectification> rectification;
    std::optional<RatingCallback> callback;
    bool operator==(RatingProcedure const&) const = default;
};

/// 建议主动公开 (条例第四十四条), and what was decided about it.
struct PublicationSuggestion {
    Reason suggestion;
    Date on{};
    std::optional<SuggestionAnswer> answer;
    std::optional<Date> answered_on;
    bool operator==(PublicationSuggestion const&) const = default;
};

/// 更正申请 (条例第四十一条).
struct Amendment {
    AmendmentRequest request;
    Date on{};
    std::optional<AmendmentAnswer> answer;
    std::optional<Date> answered_on;
    bool operator==(Amendment const&) const = default;
};

/// Where a case comes from in which a reply is made anew.
struct Origin {
    Code number;   ///< of the case whose reply did not stand
    Code dispute;  ///< the dispute of that case which ordered it
    bool operator==(Origin const&) const = default;
};

/// A step of a card's procedure that has been taken; what it says stands in its event.
struct CardStepTaken {
    Action step{};
    Code by;
    Date on{};
    bool operator==(CardStepTaken const&) const = default;
};

/// 红黄牌: issued by the system, never deleted. A red card opens a procedure with steps of its own (cards.hpp).
struct Card {
    CardIssue issue;
    Date on{};
    std::optional<Date> lifted_on;  ///< its cause no longer holds
    std::vector<CardStepTaken> steps;
    std::vector<Action> escalated;      ///< steps missed, of which the agency above has been told
    std::optional<Code> revocation_by;  ///< who has proposed to revoke it
    std::optional<Date> closed_on;
    std::optional<Date> revoked_on;

    bool has_procedure() const { return issue.level >= CardLevel::Red; }
    CardState state() const;
    bool operator==(Card const&) const = default;
};

/// 催办 or 督办, and who has signed for it.
struct Reminder {
    Code id;  ///< "u1", "u2", …
    Action action{};
    std::string text;
    std::optional<Date> due;
    Code by;
    Date on{};
    std::optional<Code> received_by;
    std::optional<Date> received_on;
    bool operator==(Reminder const&) const = default;
};

/// 不予登记: proposed, and carried out where the case has ended by it.
struct ProposedRejection {
    RejectionProposal proposal;
    Code by;
    Role role{};  ///< in which role it was proposed
    bool operator==(ProposedRejection const&) const = default;
};

/// One request: the fold of its events. Holds facts only; whether it is paused, late or due is always computed.
struct Case {
    std::int64_t version = 0;  ///< the number of its events; the ETag of the case
    State state{};
    Code number;
    Channel channel{};
    Application application;
    Date submitted_on{};
    std::optional<Date> received_on;  ///< 条例第三十一条; null while nobody has confirmed an online request
    std::optional<std::string> evidence;
    std::optional<std::string> id_exception;

    std::vector<ClockEvent> clock_events;

    std::optional<Code> department;
    std::vector<Code> co_departments;
    std::vector<CoOpinionGiven> co_opinions;
    std::optional<Code> assignee;

    std::optional<CorrectionRequest> correction;
    std::optional<Supplement> corrected;
    std::optional<ExplanationRequest> explanation_request;
    std::optional<Supplement> explained;
    std::optional<FeeNotice> fee;
    std::optional<Payment> payment;

    std::vector<SearchRecord> searches;
    std::vector<Consultation> consultations;
    std::optional<ProposedExtension> proposed_extension;

    std::optional<ReplyDraft> draft;
    Code drafted_by;
    std::vector<Waiver> waivers;  ///< with which the reply was submitted; whoever drafted it answers for them
    std::vector<Approval> approvals;
    std::vector<ReplyReturn> returns;  ///< the earlier rounds, from edition 2 on
    std::optional<Code> reply_number;  ///< 文号 given when the reply is signed
    std::optional<Date> signed_on;
    std::optional<Dispatch> dispatch;
    std::optional<DeliveryRecord> delivery;

    std::optional<Outcome> outcome;  ///< exactly one, from the day the case is concluded
    std::optional<Date> concluded_on;
    std::optional<ArchiveNote> archive;
    std::vector<Dispute> disputes;
    std::optional<RatingGiven> rating;
    std::vector<Card> cards;
    std::vector<Attachment> attachments;
    RatingProcedure rating_procedure;
    std::vector<PublicationSuggestion> suggestions;
    std::vector<Amendment> amendments;
    std::optional<Origin> origin;
    std::vector<Reminder> reminders;
    std::optional<LedgerSource> ledger;  ///< where it came from an earlier ledger
    /// The day on which the reply was served; none while it is on its way, or came back.
    std::optional<Date> served_on() const {
        return delivery && is_service(delivery->result) ? std::optional(delivery->delivered_on) : std::nullopt;
    }

    std::vector<NoticeLetter> notices;              ///< those decided since kDispatchCountsEdition
    std::optional<Dispatch> sending;                ///< the reply is on its way and not yet accepted by the other side
    std::optional<SendingFailure> sending_failure;  ///< it came back to the handler
    std::optional<ProposedRejection> rejection;
    std::optional<Withdrawal> withdrawal;  ///< null also where how and when were not recorded yet

    bool operator==(Case const&) const = default;

    /// What the clock of this case is computed from. While nobody has confirmed the receipt it runs from the day of
    /// submission, as it would if that were the day of receipt.
    Timeline timeline() const { return {received_on.value_or(submitted_on), clock_events}; }
    bool receipt_unconfirmed() const { return !received_on; }
    /// The same as if the notices that wait for their dispatch went out on that day.
    Timeline timeline_if_sent(Date on) const;

    /// The step of the approval chain that is next; meaningful while the reply is in approval.
    ApprovalStep next_approval() const { return static_cast<ApprovalStep>(approvals.size()); }
    /// How often the reply goes through the chain, this time included. Within a round the draft stands still.
    int round() const { return static_cast<int>(returns.size()) + 1; }
    /// Whether the reply was sent back and has not gone up again.
    bool is_returned() const { return state == State::Handling && !returns.empty(); }
};

Consultation const* find_consultation(Case const& c, Code const& id);
Dispute const* find_dispute(Case const& c, Code const& id);
Card const* find_card(Case const& c, Code const& id);
/// The newest notice of this kind; null where there is none, as in cases from before kDispatchCountsEdition.
NoticeLetter const* find_notice(Case const& c, NoticeKind kind);
NoticeLetter* find_notice(Case& c, NoticeKind kind);
/// Whether the letter with which this limit of the applicant began came back: then nobody lets it pass.
bool came_back(Case const& c, DeadlineKind kind);
/// Whether the applicant has been asked for reasons (条例第三十五条): the letter has gone out.
bool reasons_asked(Case const& c);
/// The last day on which a notice can go out and count; `clock` is that of the case while it has not.
std::optional<Date> last_day_to_send(
    Case const& c, NoticeKind kind, ClockResult const& clock, WorkdayCalendar const& calendar
);
/// The notices of an open case that have not gone out yet or came back, oldest first: 文书待送出.
std::vector<NoticeLetter const*> unsent_notices(Case const& c);

/// Whose turn it is: the role that takes the next step. Nullopt once the case is archived.
std::optional<Role> awaited_role(Case const& c);

/// The helping departments that still owe their 协办意见 while the case is handled.
std::vector<Code> awaited_co_departments(Case const& c);
inline bool awaits_co_opinions(Case const& c) { return !awaited_co_departments(c).empty(); }

/// The case after `event`. Total: an event in the journal is a fact, decide() has already refused what may not happen.
Case evolve(Case c, Event const& event);

// Described for the stored case that queries read. The journal holds events only.

constexpr auto fields(std::type_identity<ClockEvent>) {
    using T = ClockEvent;
    return std::tuple{
        field("type", &T::type),
        field("on", &T::on),
        field("reply_by", &T::reply_by),
        field("served", &T::served),
        field("to", &T::to),
        field("id", &T::id),
        field("kind", &T::kind),
        field("days", &T::days),
        field("excused", &T::excused),
        field("late", &T::late),
        field("edition", &T::edition)};
}

constexpr auto fields(std::type_identity<CoOpinionGiven>) {
    using T = CoOpinionGiven;
    return std::tuple{field("given", &T::given), field("by", &T::by), field("on", &T::on)};
}

constexpr auto fields(std::type_identity<Approval>) {
    using T = Approval;
    return std::tuple{field("step", &T::step), field("by", &T::by), field("on", &T::on)};
}

constexpr auto fields(std::type_identity<ReplyReturn>) {
    using T = ReplyReturn;
    return std::tuple{
        field("step", &T::step),
        field("by", &T::by),
        field("on", &T::on),
        field("reason", &T::reason),
        field("approvals", &T::approvals)};
}

constexpr auto fields(std::type_identity<Consultation>) {
    using T = Consultation;
    return std::tuple{
        field("letter", &T::letter),
        field("sent_on", &T::sent_on),
        field("opinion", &T::opinion),
        field("end", &T::end),
        field("returned_on", &T::returned_on)};
}

constexpr auto fields(std::type_identity<NoticeLetter>) {
    using T = NoticeLetter;
    return std::tuple{
        field("kind", &T::kind, "文书"),
        field("number", &T::number, "文号"),
        field("decided_on", &T::decided_on, "作出日期"),
        field("effect", &T::effect),
        field("dispatch", &T::dispatch, "送出"),
        field("delivery", &T::delivery, "送达")};
}

constexpr auto fields(std::type_identity<ProposedRejection>) {
    using T = ProposedRejection;
    return std::tuple{field("proposal", &T::proposal), field("by", &T::by), field("role", &T::role)};
}

constexpr auto fields(std::type_identity<ProposedExtension>) {
    using T = ProposedExtension;
    return std::tuple{field("proposal", &T::proposal), field("by", &T::by)};
}

constexpr auto fields(std::type_identity<Dispute>) {
    using T = Dispute;
    return std::tuple{
        field("opening", &T::opening), field("end", &T::end), field("order", &T::order), field("answer", &T::answer)};
}

constexpr auto fields(std::type_identity<RatingProcedure>) {
    using T = RatingProcedure;
    return std::tuple{
        field("rated_on", &T::rated_on),
        field("addition", &T::addition),
        field("assignment", &T::assignment),
        field("assigned_on", &T::assigned_on),
        field("contact", &T::contact),
        field("rectification", &T::rectification),
        field("callback", &T::callback)};
}

constexpr auto fields(std::type_identity<PublicationSuggestion>) {
    using T = PublicationSuggestion;
    return std::tuple{
        field("suggestion", &T::suggestion),
        field("on", &T::on),
        field("answer", &T::answer),
        field("answered_on", &T::answered_on)};
}

constexpr auto fields(std::type_identity<Amendment>) {
    using T = Amendment;
    return std::tuple{
        field("request", &T::request),
        field("on", &T::on),
        field("answer", &T::answer),
        field("answered_on", &T::answered_on)};
}

constexpr auto fields(std::type_identity<Origin>) {
    using T = Origin;
    return std::tuple{field("number", &T::number), field("dispute", &T::dispute)};
}

constexpr auto fields(std::type_identity<CardStepTaken>) {
    using T = CardStepTaken;
    return std::tuple{field("step", &T::step, "步骤"), field("by", &T::by, "谁做的"), field("on", &T::on, "日期")};
}

constexpr auto fields(std::type_identity<Card>) {
    using T = Card;
    return std::tuple{
        field("issue", &T::issue),
        field("on", &T::on),
        field("lifted_on", &T::lifted_on),
        field("steps", &T::steps),
        field("escalated", &T::escalated),
        field("revocation_by", &T::revocation_by),
        field("closed_on", &T::closed_on),
        field("revoked_on", &T::revoked_on)};
}

constexpr auto fields(std::type_identity<Reminder>) {
    using T = Reminder;
    return std::tuple{
        field("id", &T::id, "编号"),
        field("action", &T::action, "催办或督办"),
        field("text", &T::text, "要求"),
        field("due", &T::due, "完成期限"),
        field("by", &T::by, "发出的人"),
        field("on", &T::on, "发出日期"),
        field("received_by", &T::received_by, "签收人"),
        field("received_on", &T::received_on, "签收日期")};
}

constexpr auto fields(std::type_identity<Case>) {
    using T = Case;
    return std::tuple{
        field("version", &T::version),
        field("state", &T::state),
        field("number", &T::number),
        field("channel", &T::channel),
        field("application", &T::application),
        field("submitted_on", &T::submitted_on),
        field("received_on", &T::received_on),
        field("evidence", &T::evidence),
        field("id_exception", &T::id_exception),
        field("clock_events", &T::clock_events),
        field("department", &T::department),
        field("co_departments", &T::co_departments),
        field("co_opinions", &T::co_opinions),
        field("assignee", &T::assignee),
        field("correction", &T::correction),
        field("corrected", &T::corrected),
        field("explanation_request", &T::explanation_request),
        field("explained", &T::explained),
        field("fee", &T::fee),
        field("payment", &T::payment),
        field("searches", &T::searches),
        field("consultations", &T::consultations),
        field("proposed_extension", &T::proposed_extension),
        field("draft", &T::draft),
        field("drafted_by", &T::drafted_by),
        field("waivers", &T::waivers),
        field("approvals", &T::approvals),
        field("returns", &T::returns),
        field("reply_number", &T::reply_number),
        field("signed_on", &T::signed_on),
        field("dispatch", &T::dispatch),
        field("delivery", &T::delivery),
        field("outcome", &T::outcome),
        field("concluded_on", &T::concluded_on),
        field("archive", &T::archive),
        field("disputes", &T::disputes),
        field("rating", &T::rating),
        field("cards", &T::cards),
        field("attachments", &T::attachments),
        field("rating_file", &T::rating_procedure),
        field("suggestions", &T::suggestions),
        field("amendments", &T::amendments),
        field("origin", &T::origin),
        field("urgings", &T::reminders),
        field("ledger", &T::ledger),
        field("notices", &T::notices),
        field("sending", &T::sending),
        field("sending_failure", &T::sending_failure),
        field("rejection", &T::rejection),
        field("withdrawal", &T::withdrawal)};
}

}  // namespace workflow
