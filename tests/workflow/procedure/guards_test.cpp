#include "workflow/procedure/guards.hpp"

#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

#include <array>
#include <ostream>

namespace workflow {
namespace {

/// One guard: a story after which the step is lawful, and the least that makes it unlawful for just this guard.
struct GuardCase {
    Guard guard;
    Role role;
    Action action;
    void (*story)(Office&);
    void (*spoil)(Office&, Actor&, Payload&);
};

using A = Action;
using G = Guard;
using R = Role;

/// Every way of spoiling that changes only the form.
template <typename T, void (*Change)(T&)>
void form(Office&, Actor&, Payload& payload) {
    Change(std::get<T>(payload));
}

template <Role role>
void same_person(Office& office, Actor& actor, Payload&) {
    actor.id = office.person(role).id;
}

// clang-format off
constexpr std::array kGuardCases{
    GuardCase{G::HandedInOnline, R::Applicant, A::Submit, [](Office&) {},
        form<Submission, [](Submission& p) { p.channel = Channel::Counter; }>},
    GuardCase{G::HandedInOffline, R::Registrar, A::Register, [](Office&) {},
        form<Registration, [](Registration& p) { p.channel = Channel::Online; }>},
    GuardCase{G::NotTakenUpYet, R::Registrar, A::ProposeRejection, [](Office& o) { o.registered(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Reviewer, A::RequestCorrection); o.hand_over(); o.must(R::Registrar, A::RecordCorrection); }},
    GuardCase{G::NoRejectionProposed, R::Registrar, A::ProposeRejection, [](Office& o) { o.submitted(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Registrar, A::ProposeRejection); }},
    GuardCase{G::DoubleNamed, R::Registrar, A::ProposeRejection, [](Office& o) { o.registered(); },
        form<RejectionProposal, [](RejectionProposal& p) { p.ground = RejectionGround::DoubleEntry; }>},
    GuardCase{G::RejectionProposed, R::Reviewer, A::RejectSubmission, [](Office& o) { o.rejection_proposed(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Reviewer, A::DeclineRejection); }},
    GuardCase{G::RejectionByAnother, R::Reviewer, A::RejectSubmission, [](Office& o) { o.rejection_proposed(); },
        [](Office& o, Actor& who, Payload&) { who.id = o.c.rejection->by; }},
    GuardCase{G::WithdrawalProved, R::Registrar, A::Withdraw, [](Office& o) { o.handling(); },
        form<Withdrawal, [](Withdrawal& p) { p.recording.reset(); }>},
    GuardCase{G::FirstCorrection, R::Reviewer, A::RequestCorrection, [](Office& o) { o.registered(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Reviewer, A::RequestCorrection); o.hand_over(); o.must(R::Applicant, A::RecordCorrection); }},
    GuardCase{G::CorrectionWindow, R::Reviewer, A::RequestCorrection, [](Office& o) { o.registered(); o.today = day("2026-03-11"); },
        [](Office& o, Actor&, Payload&) { o.today = day("2026-03-12"); }},
    GuardCase{G::ContentUnclear, R::Reviewer, A::RequestCorrection, [](Office& o) { o.registered(); },
        form<CorrectionRequest, [](CorrectionRequest& p) { p.content_unclear = false; }>},
    GuardCase{G::CorrectionPeriod, R::Reviewer, A::RequestCorrection, [](Office& o) { o.registered(); },
        form<CorrectionRequest, [](CorrectionRequest& p) { p.reply_by = day("2026-03-06"); }>},
    GuardCase{G::MissingIndeed, R::Reviewer, A::RequestCorrection, [](Office& o) { o.registered(); },
        form<CorrectionRequest, [](CorrectionRequest& p) { p.missing = {FormGap::Contact}; }>},
    GuardCase{G::CorrectionOverdue, R::System, A::LapseCorrection, [](Office& o) { o.correcting(); o.today = day("2026-03-24"); },
        [](Office& o, Actor&, Payload& p) { o.today = day("2026-03-23"); p = Lapse{o.today}; }},
    GuardCase{G::LapsedUncorrected, R::Reviewer, A::RecordCorrection, [](Office& o) { o.lapsed_uncorrected(); },
        [](Office& o, Actor&, Payload&) { o = Office(); o.lapsed_unpaid(); }},
    GuardCase{G::ExcuseByReviewer, R::Registrar, A::RecordCorrection, [](Office& o) { o.correcting(); },
        form<Supplement, [](Supplement& p) { p.excuse = "申请人住院"; }>},
    GuardCase{G::FirstExplanation, R::Reviewer, A::RequestExplanation, [](Office& o) { o.registered(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Reviewer, A::RequestExplanation); o.hand_over(); o.must(R::Applicant, A::RecordExplanation); }},
    GuardCase{G::ExplanationPeriod, R::Reviewer, A::RequestExplanation, [](Office& o) { o.registered(); },
        form<ExplanationRequest, [](ExplanationRequest& p) { p.reply_by = day("2199-12-31"); }>},
    GuardCase{G::ExplanationOverdue, R::Reviewer, A::Accept, [](Office& o) { o.explaining(); o.today = day("2026-03-13"); },
        [](Office& o, Actor&, Payload&) { o.today = day("2026-03-12"); }},
    GuardCase{G::Explained, R::OfficeHead, A::Defer, [](Office& o) { o.explaining(); o.must(R::Applicant, A::RecordExplanation); },
        [](Office& o, Actor&, Payload&) { o.c.explained.reset(); }},
    GuardCase{G::DeferralReasonable, R::OfficeHead, A::Defer, [](Office& o) { o.explaining(); o.must(R::Applicant, A::RecordExplanation); },
        form<Deferral, [](Deferral& p) { p.to = day("2099-12-31"); }>},
    GuardCase{G::FeesEnabled, R::OfficeHead, A::NotifyFee, [](Office& o) { o.handling(); },
        [](Office& o, Actor&, Payload&) { o.policy.fees_enabled = false; }},
    GuardCase{G::FirstFeeNotice, R::OfficeHead, A::NotifyFee, [](Office& o) { o.handling(); },
        [](Office& o, Actor&, Payload&) { o.must(R::OfficeHead, A::NotifyFee); o.hand_over(); o.must(R::Registrar, A::RecordPayment); }},
    GuardCase{G::PaymentPossible, R::OfficeHead, A::NotifyFee, [](Office& o) { o.handling(); },
        [](Office& o, Actor&, Payload&) { o.policy.fee_account.reset(); }},
    GuardCase{G::PiecesByItem, R::OfficeHead, A::NotifyFee, [](Office& o) { o.handling(); },
        form<FeeNotice, [](FeeNotice& p) { p.pieces = 2; }>},
    GuardCase{G::FeeIsDue, R::OfficeHead, A::NotifyFee, [](Office& o) { o.handling(); },
        form<FeeNotice, [](FeeNotice& p) { p.quantity = 30; }>},
    GuardCase{G::FeeNoticeUnserved, R::Registrar, A::RecordDelivery, [](Office& o) { o.awaiting_payment(); },
        [](Office& o, Actor&, Payload&) { o.c.notices.clear(); o.c.fee->served_on = o.today; }},
    GuardCase{G::PaymentOverdue, R::System, A::LapsePayment, [](Office& o) { o.awaiting_payment(); o.today = day("2026-04-02"); },
        [](Office& o, Actor&, Payload& p) { o.today = day("2026-04-01"); p = Lapse{o.today}; }},
    GuardCase{G::LapsedUnpaid, R::Reviewer, A::RecordPayment, [](Office& o) { o.lapsed_unpaid(); },
        [](Office& o, Actor&, Payload&) { o = Office(); o.lapsed_uncorrected(); }},
    GuardCase{G::NotYetAccepted, R::Registrar, A::RecordPayment, [](Office& o) { o.registered(); o.must(R::OfficeHead, A::NotifyFee); o.hand_over(); },
        [](Office& o, Actor&, Payload&) { o = Office(); o.awaiting_payment(); }},
    GuardCase{G::AlreadyAccepted, R::Registrar, A::RecordPayment, [](Office& o) { o.awaiting_payment(); },
        [](Office& o, Actor&, Payload&) { o = Office(); o.registered(); o.must(R::OfficeHead, A::NotifyFee); o.hand_over(); }},
    GuardCase{G::Unassigned, R::Handler, A::Claim, [](Office& o) { o.accepted(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Handler, A::Claim); }},
    GuardCase{G::IsAssignee, R::Handler, A::Consult, [](Office& o) { o.handling(); },
        [](Office&, Actor& actor, Payload&) { actor.id = Code{"another"}; }},
    GuardCase{G::CoOpinionAwaited, R::Handler, A::GiveCoOpinion, [](Office& o) { o.handling(); o.c.department = Code{"d2"}; o.c.co_departments = {Office::kDepartment}; },
        [](Office& o, Actor&, Payload&) { o.must(R::Handler, A::GiveCoOpinion); }},
    GuardCase{G::SearchedItemsExist, R::Handler, A::AddSearchRecord, [](Office& o) { o.handling(); },
        form<SearchRecord, [](SearchRecord& p) { p.items = {2}; }>},
    GuardCase{G::ConsultedItemsNamed, R::Handler, A::Consult, [](Office& o) { o.handling(); },
        form<ConsultationLetter, [](ConsultationLetter& p) { p.items = {1, 2}; }>},
    GuardCase{G::ConsultedContentStated, R::Handler, A::Consult, [](Office& o) { o.handling(); },
        form<ConsultationLetter, [](ConsultationLetter& p) { p.content.reset(); }>},
    GuardCase{G::ApplicantHidden, R::Handler, A::Consult, [](Office& o) { o.handling(); },
        form<ConsultationLetter, [](ConsultationLetter& p) { p.question = "张三申请公开，是否同意"; }>},
    GuardCase{G::ConsultationOpen, R::Handler, A::RecordOpinion, [](Office& o) { o.consulting(); },
        form<Opinion, [](Opinion& p) { p.consultation = Code{"c2"}; }>},
    GuardCase{G::ConsultationUnserved, R::Registrar, A::RecordDelivery, [](Office& o) { o.consulting(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Registrar, A::RecordDelivery); }},
    GuardCase{G::ConsultationSentFirst, R::Registrar, A::RecordDelivery, [](Office& o) { o.consulting(); },
        [](Office& o, Actor&, Payload& p) { o.today = add_days(o.today, 1); std::get<DeliveryRecord>(p).sent_on = o.today; }},
    GuardCase{G::ConsultationOverdue, R::System, A::LapseConsultation, [](Office& o) { o.consulting(); o.today = day("2026-04-15"); },
        [](Office& o, Actor&, Payload&) { o.today = day("2026-04-14"); }},
    GuardCase{G::NoOpenConsultation, R::DepartmentHead, A::ReturnAssignment, [](Office& o) { o.handling(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Handler, A::Consult); }},
    GuardCase{G::ObjectionJudged, R::Handler, A::RecordOpinion, [](Office& o) { o.consulting(); },
        form<Opinion, [](Opinion& p) { p.stance = Stance::Objected; }>},
    GuardCase{G::SilenceBySystemOnly, R::Handler, A::CloseConsultation, [](Office& o) { o.consulting(); },
        form<ConsultationEnd, [](ConsultationEnd& p) { p.why = NoOpinion::Silent; }>},
    GuardCase{G::NamesNoConsultation, R::Registrar, A::RecordDelivery, [](Office& o) { o.replied(); },
        form<DeliveryRecord, [](DeliveryRecord& p) { p.consultation = Code{"c1"}; }>},
    GuardCase{G::BeforeDeadline, R::Handler, A::ProposeExtension, [](Office& o) { o.handling(); o.today = day("2026-03-30"); },
        [](Office& o, Actor&, Payload&) { o.today = day("2026-03-31"); }},
    GuardCase{G::ExtensionUnused, R::Handler, A::ProposeExtension, [](Office& o) { o.handling(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Handler, A::ProposeExtension); o.must(R::OfficeHead, A::ApproveExtension); }},
    GuardCase{G::NoExtensionProposed, R::Handler, A::ProposeExtension, [](Office& o) { o.handling(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Handler, A::ProposeExtension); }},
    GuardCase{G::ExtensionProposed, R::OfficeHead, A::ApproveExtension, [](Office& o) { o.extension_proposed(); },
        [](Office& o, Actor&, Payload&) { o.must(R::OfficeHead, A::RejectExtension); }},
    GuardCase{G::ProposedByAnother, R::OfficeHead, A::ApproveExtension, [](Office& o) { o.extension_proposed(); }, same_person<R::Handler>},
    GuardCase{G::OutcomesForReply, R::Handler, A::DraftReply, [](Office& o) { o.handling(); },
        form<ReplyDraft, [](ReplyDraft& p) { p.items[0].outcome = p.outcome = Outcome::Withdrawn; }>},
    GuardCase{G::EveryItemAnswered, R::Handler, A::DraftReply, [](Office& o) { o.handling(); },
        form<ReplyDraft, [](ReplyDraft& p) { p.items.push_back(p.items[0]); }>},
    GuardCase{G::LimbsFit, R::Handler, A::DraftReply, [](Office& o) { o.handling(); },
        form<ReplyDraft, [](ReplyDraft& p) { p.items[0].limb = Limb::StateSecret; }>},
    GuardCase{G::MainOutcomeFits, R::Handler, A::DraftReply, [](Office& o) { o.handling(); },
        form<ReplyDraft, [](ReplyDraft& p) { p.outcome = Outcome::NotHeld; }>},
    GuardCase{G::ReplyDrafted, R::Handler, A::SubmitReply, [](Office& o) { o.drafted(); },
        [](Office& o, Actor&, Payload&) { o.c.draft.reset(); }},
    GuardCase{G::EvidenceComplete, R::Handler, A::SubmitReply, [](Office& o) { o.drafted(); },
        [](Office& o, Actor&, Payload&) { o.c.draft->items[0].reference.reset(); }},
    GuardCase{G::ChecksHold, R::Handler, A::SubmitReply, [](Office& o) { o.drafted(); },
        [](Office& o, Actor&, Payload&) { o.c.draft->text = "请与13800000000联系领取。"; }},
    GuardCase{G::LegalReviewerExplains, R::LegalReviewer, A::ApproveReply, [](Office& o) { o.approving(ApprovalStep::Legal); },
        [](Office& o, Actor&, Payload&) { o.c.draft->items[0].outcome = Outcome::Petition; }},
    GuardCase{G::SeenAsItStands, R::SecrecyReviewer, A::ApproveReply, [](Office& o) { o.approving(ApprovalStep::Secrecy); },
        form<ReplyApproval, [](ReplyApproval& p) { p.seen_round = 2; }>},
    GuardCase{G::StepDepartment, R::DepartmentHead, A::ApproveReply, [](Office& o) { o.approving(ApprovalStep::Department); },
        [](Office& o, Actor&, Payload&) { o.must(R::DepartmentHead, A::ApproveReply); }},
    GuardCase{G::StepSecrecy, R::SecrecyReviewer, A::ApproveReply, [](Office& o) { o.approving(ApprovalStep::Secrecy); },
        [](Office& o, Actor&, Payload&) { o.must(R::SecrecyReviewer, A::ApproveReply); }},
    GuardCase{G::StepLegal, R::LegalReviewer, A::ReturnReply, [](Office& o) { o.approving(ApprovalStep::Legal); },
        [](Office& o, Actor&, Payload&) { o.must(R::LegalReviewer, A::ApproveReply); }},
    GuardCase{G::StepSign, R::OfficeHead, A::ApproveReply, [](Office& o) { o.approving(ApprovalStep::Sign); },
        [](Office& o, Actor&, Payload&) { o.c.approvals.pop_back(); }},
    GuardCase{G::NotTheHandler, R::DepartmentHead, A::ApproveReply, [](Office& o) { o.approving(ApprovalStep::Department); }, same_person<R::Handler>},
    GuardCase{G::NotAnEarlierApprover, R::OfficeHead, A::ApproveReply, [](Office& o) { o.approving(ApprovalStep::Sign); }, same_person<R::LegalReviewer>},
    GuardCase{G::PostIsTracked, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); },
        form<Dispatch, [](Dispatch& p) { p.tracking_number.reset(); }>},
    GuardCase{G::ThirdPartyHadTime, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); },
        [](Office& o, Actor&, Payload&) {
            Opinion objection;
            objection.stance = Stance::Objected;
            objection.grounds_reasonable = false;
            o.c.consultations.push_back({ConsultationLetter{}, o.today, objection, {}});
        }},
    GuardCase{G::PostalNumber, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); },
        form<Dispatch, [](Dispatch& p) { p.tracking_number = Code{"SF1234567890123"}; }>},
    GuardCase{G::RecipientNamed, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); },
        form<Dispatch, [](Dispatch& p) { p.method = ObtainBy::PickUp; }>},
    GuardCase{G::EmailKnown, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); o.c.application.applicant.email.reset(); },
        form<Dispatch, [](Dispatch& p) { p.method = ObtainBy::Email; }>},
    GuardCase{G::ReplyDispatched, R::Registrar, A::RecordDelivery, [](Office& o) { o.replied(); },
        [](Office& o, Actor&, Payload&) { o = Office(); o.registered(); o.must(R::Applicant, A::Withdraw); o.must(R::Registrar, A::Archive); }},
    GuardCase{G::DatesInOrder, R::Registrar, A::DispatchReply, [](Office& o) { o.registered(); o.today = day("2026-03-05"); o.must(R::Reviewer, A::Accept); o.must(R::Handler, A::Claim); o.must(R::Handler, A::DraftReply); o.must(R::Handler, A::SubmitReply); for (Role r : {R::DepartmentHead, R::SecrecyReviewer, R::LegalReviewer, R::OfficeHead}) o.must(r, A::ApproveReply); },
        form<Dispatch, [](Dispatch& p) { p.dispatched_on = day("2026-03-04"); }>},
    GuardCase{G::ServiceProved, R::Registrar, A::RecordDelivery, [](Office& o) { o.replied(); },
        form<DeliveryRecord, [](DeliveryRecord& p) { p.result = DeliveryResult::Announced; }>},
    GuardCase{G::LetterUnsent, R::Registrar, A::DispatchLetter, [](Office& o) { o.registered(); o.must(R::Reviewer, A::RequestCorrection); },
        [](Office& o, Actor&, Payload&) { o.hand_over(); }},
    GuardCase{G::LetterHandedOver, R::Applicant, A::RecordCorrection, [](Office& o) { o.correcting(); },
        [](Office& o, Actor&, Payload&) { o.c.notices[0].dispatch.reset(); }},
    GuardCase{G::NothingAwaited, R::Reviewer, A::Accept, [](Office& o) { o.registered(); o.must(R::Reviewer, A::RequestCorrection); },
        [](Office& o, Actor&, Payload&) { o.hand_over(); }},
    GuardCase{G::NamesNotice, R::Registrar, A::RecordDelivery, [](Office& o) { o.correcting(); },
        [](Office& o, Actor&, Payload&) { o.c.notices.clear(); }},
    GuardCase{G::NamesNoNotice, R::Registrar, A::RecordDelivery, [](Office& o) { o.replied(); },
        form<DeliveryRecord, [](DeliveryRecord& p) { p.letter = NoticeKind::Extension; }>},
    GuardCase{G::ReplyUnserved, R::Registrar, A::RecordDelivery, [](Office& o) { o.replied(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Registrar, A::RecordDelivery); }},
    GuardCase{G::GoesOutByHand, R::Registrar, A::DispatchLetter, [](Office& o) { o.registered(); o.must(R::Reviewer, A::RequestCorrection); },
        form<NoticeDispatch, [](NoticeDispatch& p) { p.method = ObtainBy::Download; }>},
    GuardCase{G::NoticeUnserved, R::Registrar, A::RecordDelivery, [](Office& o) { o.correcting(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Registrar, A::RecordDelivery); }},
    GuardCase{G::FaxReported, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); },
        form<Dispatch, [](Dispatch& p) { p.method = ObtainBy::Fax; p.recipient = "0739-5550000"; }>},
    GuardCase{G::GoesElectronically, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); },
        form<Dispatch, [](Dispatch& p) { p.method = ObtainBy::Download; }>},
    GuardCase{G::GoesByHand, R::Registrar, A::DispatchReply, [](Office& o) { o.dispatching(); },
        form<Dispatch, [](Dispatch& p) { p.method = ObtainBy::Download; }>},
    GuardCase{G::NothingUnderWay, R::Registrar, A::DispatchReply, [](Office& o) { o.sending(); },
        form<Dispatch, [](Dispatch& p) { p.method = ObtainBy::Download; }>},
    GuardCase{G::UnderWay, R::System, A::ConfirmDispatch, [](Office& o) { o.sending(); },
        [](Office& o, Actor&, Payload&) { o.must(R::System, A::FailDispatch); }},
    GuardCase{G::ReplyDelivered, R::Registrar, A::Archive, [](Office& o) { o.delivered(); },
        [](Office& o, Actor&, Payload&) { o.c.delivery->result = DeliveryResult::Returned; }},
    GuardCase{G::NoDeliveryOpen, R::Registrar, A::Archive, [](Office& o) { o.delivered(); },
        [](Office& o, Actor&, Payload&) { o.open_deliveries = {"打印送达：再次送达答复"}; }},
    GuardCase{G::DisputeOpen, R::LegalReviewer, A::CloseDispute, [](Office& o) { o.disputed(); },
        [](Office& o, Actor&, Payload&) { o.must(R::LegalReviewer, A::CloseDispute); }},
    GuardCase{G::DisputeLost, R::LegalReviewer, A::OrderNewReply, [](Office& o) { o.dispute_lost(); },
        [](Office& o, Actor&, Payload&) { o.c.disputes[0].end->result = DisputeResult::Upheld; }},
    GuardCase{G::NotRated, R::Applicant, A::Rate, [](Office& o) { o.replied(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Applicant, A::Rate); }},
    GuardCase{G::WithinRatingWindow, R::Applicant, A::Rate, [](Office& o) { o.replied(); o.today = day("2026-04-01"); },
        [](Office& o, Actor&, Payload&) { o.today = day("2026-04-02"); }},
    GuardCase{G::FileStored, R::Applicant, A::Attach, [](Office& o) { o.submitted(); },
        form<Attachment, [](Attachment& p) { p.sha256 = {}; }>},
    GuardCase{G::NotTheRated, R::LegalReviewer, A::ContactRater, [](Office& o) { o.investigated(); },
        [](Office& o, Actor& actor, Payload&) { o.c.drafted_by = actor.id; }},
    GuardCase{G::Rated, R::Applicant, A::AddToRating, [](Office& o) { o.rated_badly(); },
        [](Office& o, Actor&, Payload&) { o.c.rating.reset(); }},
    GuardCase{G::AdditionUnused, R::Applicant, A::AddToRating, [](Office& o) { o.rated_badly(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Applicant, A::AddToRating); }},
    GuardCase{G::WithinAdditionWindow, R::Applicant, A::AddToRating, [](Office& o) { o.rated_badly(); o.today = day("2026-04-01"); },
        [](Office& o, Actor&, Payload&) { o.today = day("2026-04-02"); }},
    GuardCase{G::RatingProcedureOpen, R::OfficeHead, A::AssignRating, [](Office& o) { o.rated_badly(); },
        [](Office& o, Actor&, Payload&) { o.c.rating->score = 3; }},
    GuardCase{G::InvestigatorNotRated, R::OfficeHead, A::AssignRating, [](Office& o) { o.rated_badly(); },
        form<RatingAssignment, [](RatingAssignment& p) { p.investigator = Code{"handler"}; }>},
    GuardCase{G::IsInvestigator, R::LegalReviewer, A::ContactRater, [](Office& o) { o.investigated(); },
        [](Office&, Actor& actor, Payload&) { actor.id = Code{"another"}; }},
    GuardCase{G::RatingToContact, R::LegalReviewer, A::ContactRater, [](Office& o) { o.investigated(); },
        [](Office& o, Actor&, Payload&) { o.must(R::LegalReviewer, A::ContactRater); }},
    GuardCase{G::RatingToRectify, R::LegalReviewer, A::RectifyRating, [](Office& o) { o.contacted(); },
        [](Office& o, Actor&, Payload&) { o.c.rating_procedure.contact->finding = RatingFinding::Mistaken; }},
    GuardCase{G::RatingToCallBack, R::LegalReviewer, A::CallBackRater, [](Office& o) { o.rectified(); },
        [](Office& o, Actor&, Payload&) { o.c.rating_procedure.rectification.reset(); }},
    GuardCase{G::DisputeUnanswered, R::LegalReviewer, A::AnswerDispute, [](Office& o) { o.disputed(); },
        [](Office& o, Actor&, Payload&) { o.must(R::LegalReviewer, A::AnswerDispute); }},
    GuardCase{G::NoOpenSuggestion, R::Applicant, A::SuggestPublication, [](Office& o) { o.replied(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Applicant, A::SuggestPublication); }},
    GuardCase{G::SuggestionOpen, R::OfficeHead, A::AnswerSuggestion, [](Office& o) { o.suggested(); },
        [](Office& o, Actor&, Payload&) { o.must(R::OfficeHead, A::AnswerSuggestion); }},
    GuardCase{G::SuggestionDecided, R::OfficeHead, A::AnswerSuggestion, [](Office& o) { o.suggested(); },
        form<SuggestionAnswer, [](SuggestionAnswer& p) { p.decision = SuggestionDecision::Declined; }>},
    GuardCase{G::NoOpenAmendment, R::Applicant, A::RequestAmendment, [](Office& o) { o.replied(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Applicant, A::RequestAmendment); }},
    GuardCase{G::AmendmentOpen, R::OfficeHead, A::AnswerAmendment, [](Office& o) { o.amendment_asked(); },
        [](Office& o, Actor&, Payload&) { o.must(R::OfficeHead, A::AnswerAmendment); }},
    GuardCase{G::LedgerStateFits, R::Registrar, A::Import, [](Office&) {},
        form<LedgerRecord, [](LedgerRecord& p) { p.concluded_on = {}; }>},
    GuardCase{G::CardStands, R::OfficeHead, A::ExplainCard, [](Office& o) { o.late(); },
        [](Office& o, Actor&, Payload&) { o.c.cards[0].revoked_on = o.today; }},
    GuardCase{G::CardStepIsNext, R::Supervisor, A::InspectCard, [](Office& o) { o.explained_card(); },
        [](Office& o, Actor&, Payload&) { o.c.cards[0].steps.clear(); }},
    GuardCase{G::CardStepsDone, R::Supervisor, A::CloseCard, [](Office& o) { o.complete_card(); },
        [](Office& o, Actor&, Payload&) { o.c.cards[0].steps.pop_back(); }},
    GuardCase{G::RequestAnswered, R::Supervisor, A::CloseCard, [](Office& o) { o.complete_card(); },
        [](Office& o, Actor&, Payload&) { o.c.concluded_on.reset(); }},
    GuardCase{G::RectifiedIndeed, R::Supervisor, A::SettleCard, [](Office& o) { o.revisited_card(); },
        [](Office& o, Actor&, Payload&) { o.c.concluded_on.reset(); }},
    GuardCase{G::NoRevocationProposed, R::Supervisor, A::ProposeRevocation, [](Office& o) { o.late(); },
        [](Office& o, Actor&, Payload&) { o.must(R::OfficeHead, A::ProposeRevocation); }},
    GuardCase{G::RevocationProposed, R::Supervisor, A::ApproveRevocation, [](Office& o) { o.revocation_proposed(); },
        [](Office& o, Actor&, Payload&) { o.must(R::Supervisor, A::RejectRevocation); }},
    GuardCase{G::RevokedByAnother, R::Supervisor, A::ApproveRevocation, [](Office& o) { o.revocation_proposed(); }, same_person<R::OfficeHead>},
    GuardCase{G::FromAbove, R::Supervisor, A::Supervise, [](Office& o) { o.handling(); },
        [](Office&, Actor& actor, Payload&) { actor.agency = Office::kAgency; }},
    GuardCase{G::ReminderOpen, R::Handler, A::Acknowledge, [](Office& o) { o.reminded(); },
        [](Office& o, Actor&, Payload&) { o.must(R::OfficeHead, A::Acknowledge); }},
};
// clang-format on

void PrintTo(GuardCase const& guard, std::ostream* out) { *out << rule_of(guard.guard).code; }

class GuardTest : public testing::TestWithParam<GuardCase> {
protected:
    GuardTest() {
        GetParam().story(office_);
        actor_ = office_.person(GetParam().role);
        payload_ = office_.sample(GetParam().action);
    }
    Result<Decision> ask() const { return office_.ask(actor_, GetParam().action, payload_); }
    void spoil() { GetParam().spoil(office_, actor_, payload_); }

    Office office_;
    Actor actor_;
    Payload payload_;
};

TEST_P(GuardTest, LetsPassWhatIsLawful) {
    auto const decision = ask();
    ASSERT_TRUE(decision) << decision.error().code << ": " << decision.error().detail;
}

TEST_P(GuardTest, RefusesByItsName) {
    GuardRule const& rule = rule_of(GetParam().guard);
    auto const lawful = ask();
    spoil();
    auto const decision = ask();
    // Between them they choose the way back; those that look at the input choose the way on.
    bool const on_the_case = rule.guard == G::NotYetAccepted || rule.guard == G::AlreadyAccepted;
    if (rule.chooses && !decision) {
        EXPECT_NE(decision.error().code, rule.code) << "another row is meant, or none";
        return;
    }
    if (on_the_case || rule.chooses) {
        EXPECT_NE(lawful.value().event.to, decision.value().event.to);
        return;
    }
    ASSERT_FALSE(decision) << rule.detail;
    EXPECT_EQ(decision.error().code, rule.code) << decision.error().detail;
    EXPECT_EQ(decision.error().kind, rule.kind);
    EXPECT_EQ(decision.error().article, rule.article);
}

INSTANTIATE_TEST_SUITE_P(Every, GuardTest, testing::ValuesIn(kGuardCases), [](auto const& each) {
    return "Guard" + std::to_string(static_cast<int>(each.param.guard));
});

TEST(Guards, EachHasItsCase) {
    for (std::size_t i = 0; i < kGuardCount; ++i) {
        auto const guard = static_cast<Guard>(i);
        EXPECT_EQ(std::ranges::count(kGuardCases, guard, &GuardCase::guard), 1) << rule_of(guard).code;
    }
}

TEST(Guards, EachStandsInTheTable) {
    for (std::size_t i = 0; i < kGuardCount; ++i) {
        auto const guard = static_cast<Guard>(i);
        EXPECT_TRUE(std::ranges::any_of(kProcedure, [&](Transition const& row) { return row.guards.has(guard); }))
            << rule_of(guard).code;
    }
}

TEST(Guards, SayWhyAndByWhichArticle) {
    for (std::size_t i = 0; i < kGuardCount; ++i) {
        GuardRule const& rule = rule_of(static_cast<Guard>(i));
        EXPECT_FALSE(rule.code.empty() || rule.article.empty()) << i;
        EXPECT_TRUE(rule.detail.ends_with("。")) << rule.code;
        EXPECT_TRUE(rule.field.empty() || rule.field.starts_with('/')) << rule.code;
    }
}

}  // namespace
}  // namespace workflow
