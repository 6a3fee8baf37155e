#pragma once

#include "workflow/event.hpp"

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

struct Approval {
    ApprovalStep step{};
    Code by;
    Date on{};
    bool operator==(Approval const&) const = default;
};

struct Consultation {
    ConsultationLetter letter;
    Date sent_on{};
    std::optional<Opinion> opinion;
    std::optional<ConsultationEnd> end;
    bool open() const { return !opinion && !end; }
    bool operator==(Consultation const&) const = default;
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
    bool operator==(Dispute const&) const = default;
};

struct Card {
    CardIssue issue;
    Date on{};
    bool operator==(Card const&) const = default;
};

/// One request, the fold of its events. Holds facts only: whether it is paused, late or due is always reckoned.
struct Case {
    std::int64_t version = 0;  ///< how many events have made it; the ETag of the case
    State state{};
    Code number;
    Channel channel{};
    Application application;
    Date submitted_on{};
    std::optional<Date> received_on;  ///< day of receipt (31); null while an online request awaits confirmation
    std::optional<std::string> evidence;
    std::optional<std::string> id_exception;

    std::vector<ClockEvent> clock_events;

    std::optional<Code> department;
    std::vector<Code> co_departments;
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
    std::vector<Approval> approvals;
    std::optional<Code> reply_number;  ///< 文号 given when the reply is signed
    std::optional<Date> signed_on;
    std::optional<Dispatch> dispatch;
    std::optional<Delivery> delivery;

    std::optional<Outcome> outcome;  ///< exactly one, from the day the case is concluded
    std::optional<Date> concluded_on;
    std::optional<ArchiveNote> archive;
    std::vector<Dispute> disputes;
    std::optional<RatingGiven> rating;
    std::vector<Card> cards;
    std::vector<Attachment> attachments;

    bool operator==(Case const&) const = default;

    /// The clock of this case. While receipt is unconfirmed it is the shadow clock that runs from the submission.
    Timeline timeline() const { return {received_on.value_or(submitted_on), clock_events}; }
    bool shadow() const { return !received_on; }

    /// The step of the approval chain that is next; meaningful while the reply is in approval.
    ApprovalStep next_approval() const { return static_cast<ApprovalStep>(approvals.size()); }
};

Consultation const* find_consultation(Case const& c, Code const& id);
Dispute const* find_dispute(Case const& c, Code const& id);

/// Whose turn it is: the role whose next step the case waits for. Nullopt once it is archived.
std::optional<Role> awaited_role(Case const& c);

/// The case after `event`. Total: an event in the journal is a fact, decide() has already refused what may not happen.
Case evolve(Case c, Event const& event);

// Described for the snapshot that queries read; the journal holds events only.

constexpr auto fields(std::type_identity<ClockEvent>) {
    using T = ClockEvent;
    return std::tuple{
        field("type", &T::type, ""),
        field("on", &T::on, ""),
        field("reply_by", &T::reply_by, ""),
        field("served", &T::served, ""),
        field("to", &T::to, ""),
        field("id", &T::id, ""),
        field("kind", &T::kind, ""),
        field("days", &T::days, ""),
        field("excused", &T::excused, "")};
}

constexpr auto fields(std::type_identity<Approval>) {
    using T = Approval;
    return std::tuple{field("step", &T::step, ""), field("by", &T::by, ""), field("on", &T::on, "")};
}

constexpr auto fields(std::type_identity<Consultation>) {
    using T = Consultation;
    return std::tuple{
        field("letter", &T::letter, ""),
        field("sent_on", &T::sent_on, ""),
        field("opinion", &T::opinion, ""),
        field("end", &T::end, "")};
}

constexpr auto fields(std::type_identity<ProposedExtension>) {
    using T = ProposedExtension;
    return std::tuple{field("proposal", &T::proposal, ""), field("by", &T::by, "")};
}

constexpr auto fields(std::type_identity<Dispute>) {
    using T = Dispute;
    return std::tuple{field("opening", &T::opening, ""), field("end", &T::end, ""), field("order", &T::order, "")};
}

constexpr auto fields(std::type_identity<Card>) {
    using T = Card;
    return std::tuple{field("issue", &T::issue, ""), field("on", &T::on, "")};
}

constexpr auto fields(std::type_identity<Case>) {
    using T = Case;
    return std::tuple{
        field("version", &T::version, ""),
        field("state", &T::state, ""),
        field("number", &T::number, ""),
        field("channel", &T::channel, ""),
        field("application", &T::application, ""),
        field("submitted_on", &T::submitted_on, ""),
        field("received_on", &T::received_on, ""),
        field("evidence", &T::evidence, ""),
        field("id_exception", &T::id_exception, ""),
        field("clock_events", &T::clock_events, ""),
        field("department", &T::department, ""),
        field("co_departments", &T::co_departments, ""),
        field("assignee", &T::assignee, ""),
        field("correction", &T::correction, ""),
        field("corrected", &T::corrected, ""),
        field("explanation_request", &T::explanation_request, ""),
        field("explained", &T::explained, ""),
        field("fee", &T::fee, ""),
        field("payment", &T::payment, ""),
        field("searches", &T::searches, ""),
        field("consultations", &T::consultations, ""),
        field("proposed_extension", &T::proposed_extension, ""),
        field("draft", &T::draft, ""),
        field("drafted_by", &T::drafted_by, ""),
        field("approvals", &T::approvals, ""),
        field("reply_number", &T::reply_number, ""),
        field("signed_on", &T::signed_on, ""),
        field("dispatch", &T::dispatch, ""),
        field("delivery", &T::delivery, ""),
        field("outcome", &T::outcome, ""),
        field("concluded_on", &T::concluded_on, ""),
        field("archive", &T::archive, ""),
        field("disputes", &T::disputes, ""),
        field("rating", &T::rating, ""),
        field("cards", &T::cards, ""),
        field("attachments", &T::attachments, "")};
}

}  // namespace workflow
