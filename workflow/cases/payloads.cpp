#include "workflow/cases/payloads.hpp"

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
        case Action::GiveCoOpinion:
            return CoOpinion{};
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
        case Action::ConfirmDispatch:
            return Dispatch{};
        case Action::RecordDelivery:
            return DeliveryRecord{};
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
        case Action::AddToRating:
            return RatingAddition{};
        case Action::AssignRating:
            return RatingAssignment{};
        case Action::ContactRater:
            return RatingContact{};
        case Action::RectifyRating:
            return RatingRectification{};
        case Action::CallBackRater:
            return RatingCallback{};
        case Action::AnswerDispute:
            return DisputeAnswer{};
        case Action::ReplyAnew:
            return NewReply{};
        case Action::AnswerSuggestion:
            return SuggestionAnswer{};
        case Action::RequestAmendment:
            return AmendmentRequest{};
        case Action::AnswerAmendment:
            return AmendmentAnswer{};
        case Action::LiftCard:
        case Action::CloseCard:
        case Action::ApproveRevocation:
            return CardRemark{};
        case Action::PlanCard:
        case Action::RevisitCard:
        case Action::CirculateCard:
        case Action::ProposeRevocation:
        case Action::RejectRevocation:
            return CardReport{};
        case Action::ExplainCard:
            return CardExplanation{};
        case Action::InspectCard:
            return CardInspection{};
        case Action::SettleCard:
            return CardSettlement{};
        case Action::EscalateCard:
            return CardEscalation{};
        case Action::Supervise:
            return SupervisionOrder{};
        case Action::Acknowledge:
            return Acknowledgement{};
        case Action::Import:
            return LedgerRecord{};
        case Action::DispatchLetter:
            return NoticeDispatch{};
        case Action::FailDispatch:
            return SendingFailure{};
        case Action::ProposeRejection:
            return RejectionProposal{};
        case Action::Withdraw:
            return Withdrawal{};
        case Action::RejectSubmission:
        case Action::DeclineRejection:
        case Action::ReturnAssignment:
        case Action::RejectExtension:
        case Action::ReturnReply:
        case Action::Remind:
        case Action::Note:
        case Action::SuggestPublication:
            return Reason{};
        case Action::ConfirmReceipt:
            return Remark{};
        case Action::ApproveReply:
            return ReplyApproval{};
        case Action::SubmitReply:
            return ReplySubmission{};
        case Action::Claim:
            return Nothing{};
        case Action::LapseCorrection:
        case Action::LapsePayment:
            return Lapse{};
    }
    return Nothing{};
}

bool concerns_card(Action action) {
    Payload const payload = payload_for(action);
    return named_card(payload) != nullptr;
}

Code* named_card(Payload& payload) {
    return std::visit(
        [](auto& shape) -> Code* {
            if constexpr (requires { shape.card; }) return &shape.card;
            return nullptr;
        },
        payload
    );
}

Code const* named_card(Payload const& payload) {
    return std::visit(
        [](auto const& shape) -> Code const* {
            if constexpr (requires { shape.card; }) return &shape.card;
            return nullptr;
        },
        payload
    );
}

}  // namespace workflow
