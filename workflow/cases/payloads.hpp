#pragma once

#include "workflow/cases/follow_up_payloads.hpp"
#include "workflow/cases/handling_payloads.hpp"
#include "workflow/cases/intake_payloads.hpp"
#include "workflow/cases/notices.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/cases/reply_payloads.hpp"
#include "workflow/cases/supervision_payloads.hpp"
#include "workflow/words/actions.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// What each action takes, and what its event carries: one shape for the form, the command and the journal entry. The
/// shapes stand by subject in the headers above; those of several subjects stand here.
namespace workflow {

struct Nothing {
    bool operator==(Nothing const&) const = default;
};

constexpr auto fields(std::type_identity<Nothing>) { return std::tuple{}; }

struct Reason {
    std::string reason;
    bool operator==(Reason const&) const = default;
};

constexpr auto fields(std::type_identity<Reason>) {
    return std::tuple{field("reason", &Reason::reason, "理由", {4, kLongText})};
}

struct Remark {
    std::optional<std::string> remark;
    bool operator==(Remark const&) const = default;
};

constexpr auto fields(std::type_identity<Remark>) {
    return std::tuple{field("remark", &Remark::remark, "说明", {1, kLongText})};
}

/// A limit that the applicant let pass: the day after its last day.
struct Lapse {
    Date lapsed_on{};
    bool operator==(Lapse const&) const = default;
};

constexpr auto fields(std::type_identity<Lapse>) {
    return std::tuple{field("lapsed_on", &Lapse::lapsed_on, "终止日期", {.when = When::Effect})};
}

/// A file handed in with the case. Its bytes are stored in the data folder under their hash.
struct Attachment {
    std::string name;  ///< as the uploader called it; used for display only
    Code media_type;
    std::int64_t size = 0;  ///< bytes
    Code sha256;            ///< lower-case hex
    bool operator==(Attachment const&) const = default;
};

constexpr auto fields(std::type_identity<Attachment>) {
    using T = Attachment;
    return std::tuple{
        field("name", &T::name, "文件名", {.given = true}),
        field("media_type", &T::media_type, "类型", {.given = true}),
        field("size", &T::size, "字节数", {.given = true}),
        field("sha256", &T::sha256, "校验值", {.given = true})};
}

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
    ReplyApproval,
    CardRemark,
    CardReport,
    CardExplanation,
    CardInspection,
    CardSettlement,
    CardEscalation,
    SupervisionOrder,
    Acknowledgement,
    LedgerRecord,
    NoticeDispatch,
    SendingFailure,
    RejectionProposal,
    Withdrawal>;

/// The empty payload of the shape that `action` takes.
Payload payload_for(Action action);

/// Whether the action concerns one card of the case, which its payload names.
bool concerns_card(Action action);

/// The card that the payload names; null where its shape names none.
Code const* named_card(Payload const& payload);
Code* named_card(Payload& payload);

}  // namespace workflow
