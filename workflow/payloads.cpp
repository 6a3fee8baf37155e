#include "workflow/payloads.hpp"

namespace workflow {

Payload payload_for(Action action) {
    switch (action) {
        case Action::Submit:
            return Submission{};
        case Action::Register:
            return Registration{};
        case Action::RequestCorrection:
            return CorrectionRequest{};
        case Action::RecordCorrection:
        case Action::RecordExplanation:
            return Supplement{};
        case Action::RequestExplanation:
            return ExplanationRequest{};
        case Action::NotifyFee:
            return FeeNotice{};
        case Action::RecordPayment:
            return Payment{};
        case Action::Accept:
            return Acceptance{};
        case Action::Assign:
            return Assignment{};
        case Action::TransferDepartment:
            return Transfer{};
        case Action::AddSearchRecord:
            return SearchRecord{};
        case Action::Consult:
            return ConsultationLetter{};
        case Action::RecordOpinion:
            return Opinion{};
        case Action::CloseConsultation:
        case Action::LapseConsultation:
            return ConsultationEnd{};
        case Action::ProposeExtension:
            return ExtensionProposal{};
        case Action::ApproveExtension:
            return ExtensionApproval{};
        case Action::Defer:
            return Deferral{};
        case Action::DraftReply:
            return ReplyDraft{};
        case Action::DispatchReply:
            return Dispatch{};
        case Action::RecordDelivery:
            return Delivery{};
        case Action::Archive:
            return ArchiveNote{};
        case Action::OpenDispute:
            return DisputeOpening{};
        case Action::CloseDispute:
            return DisputeEnd{};
        case Action::OrderNewReply:
            return NewReplyOrder{};
        case Action::Rate:
            return RatingGiven{};
        case Action::IssueCard:
            return CardIssue{};
        case Action::Attach:
            return Attachment{};
        case Action::RejectSubmission:
        case Action::ReturnAssignment:
        case Action::RejectExtension:
        case Action::ReturnReply:
        case Action::Withdraw:
        case Action::Remind:
        case Action::Note:
        case Action::SuggestPublication:
            return Reason{};
        case Action::ConfirmReceipt:
        case Action::ApproveReply:
            return Remark{};
        case Action::Claim:
        case Action::SubmitReply:
            return Nothing{};
        case Action::LapseCorrection:
        case Action::LapsePayment:
            return Lapse{};
    }
    return Nothing{};
}

}  // namespace workflow
