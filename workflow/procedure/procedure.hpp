#pragma once

#include "workflow/words/actions.hpp"
#include "workflow/words/inline_set.hpp"
#include "workflow/words/numbers.hpp"
#include "workflow/words/roles.hpp"
#include "workflow/words/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The transition table: every lawful step of 登记、审核、办理、答复、归档 (条例第四十五条). What is not a row cannot
/// happen. What may be done next, who may do it, why something may not be done, the diagram and the table in README.md
/// and the authorization matrix all come from here.
namespace workflow {

/// A condition that the law or good order puts on the case, on the person or on the input. guards.cpp has one row for
/// each: article, sentence, predicate.
enum class Guard : std::uint8_t {
    HandedInOnline,
    HandedInOffline,
    NotTakenUpYet,
    NoRejectionProposed,
    DoubleNamed,
    RejectionProposed,
    RejectionByAnother,
    WithdrawalProved,
    FirstCorrection,
    CorrectionWindow,
    ContentUnclear,
    CorrectionPeriod,
    MissingIndeed,
    CorrectionOverdue,
    LapsedUncorrected,
    ExcuseByReviewer,
    FirstExplanation,
    ExplanationPeriod,
    ExplanationOverdue,
    Explained,
    DeferralReasonable,
    FeesEnabled,
    FirstFeeNotice,
    PaymentPossible,
    PiecesByItem,
    FeeIsDue,
    FeeNoticeUnserved,
    PaymentOverdue,
    LapsedUnpaid,
    NotYetAccepted,
    AlreadyAccepted,
    Unassigned,
    IsAssignee,
    CoOpinionAwaited,
    SearchedItemsExist,
    ConsultedItemsNamed,
    ConsultedContentStated,
    ApplicantHidden,
    ConsultationOpen,
    ConsultationUnserved,
    ConsultationSentFirst,
    ConsultationOverdue,
    NoOpenConsultation,
    ObjectionJudged,
    SilenceBySystemOnly,
    NamesNoConsultation,
    BeforeDeadline,
    ExtensionUnused,
    NoExtensionProposed,
    ExtensionProposed,
    ProposedByAnother,
    OutcomesForReply,
    EveryItemAnswered,
    LimbsFit,
    MainOutcomeFits,
    ReplyDrafted,
    EvidenceComplete,
    ChecksHold,
    LegalReviewerExplains,
    SeenAsItStands,
    StepDepartment,
    StepSecrecy,
    StepLegal,
    StepSign,
    NotTheHandler,
    NotAnEarlierApprover,
    PostIsTracked,
    ThirdPartyHadTime,
    PostalNumber,
    RecipientNamed,
    EmailKnown,
    ReplyDispatched,
    DatesInOrder,
    ServiceProved,
    LetterUnsent,
    LetterHandedOver,
    NothingAwaited,
    NamesNotice,
    NamesNoNotice,
    ReplyUnserved,
    GoesOutByHand,
    NoticeUnserved,
    FaxReported,
    GoesElectronically,
    GoesByHand,
    NothingUnderWay,
    UnderWay,
    ReplyDelivered,
    NoDeliveryOpen,
    DisputeOpen,
    DisputeLost,
    NotRated,
    WithinRatingWindow,
    FileStored,
    NotTheRated,
    Rated,
    AdditionUnused,
    WithinAdditionWindow,
    RatingProcedureOpen,
    InvestigatorNotRated,
    IsInvestigator,
    RatingToContact,
    RatingToRectify,
    RatingToCallBack,
    DisputeUnanswered,
    NoOpenSuggestion,
    SuggestionOpen,
    SuggestionDecided,
    NoOpenAmendment,
    AmendmentOpen,
    CardStands,
    CardStepIsNext,
    CardStepsDone,
    RequestAnswered,
    RectifiedIndeed,
    NoRevocationProposed,
    RevocationProposed,
    RevokedByAnother,
    FromAbove,
    ReminderOpen,
    LedgerStateFits
};
inline constexpr std::size_t kGuardCount = static_cast<std::size_t>(Guard::LedgerStateFits) + 1;

using States = InlineSet<State, kStates.size()>;

constexpr States states_where(bool (*such)(StateRule const&)) {
    States found{};
    for (StateRule const& rule : kStateRules) {
        if (such(rule)) found.add(rule.state);
    }
    return found;
}

/// The state in which every case ends; nothing need ever happen to it again.
inline constexpr State kFinalState = State::Archived;

struct Transition {
    Action action;
    States from;  ///< empty: it makes a new case
    RoleSet by;
    InlineSet<Guard, 9> guards;         ///< all must hold; where two rows fit, the first whose guards hold is taken
    std::optional<State> to;            ///< nullopt: the case stays where it is, or where an earlier ledger had it
    std::optional<LetterClass> letter;  ///< the class of 文号 given to the letter this step sends
    std::string_view article;
};

// clang-format off
namespace table {
using A = Action;
using S = State;
using G = Guard;
using L = LetterClass;
using R = Role;
inline constexpr std::nullopt_t stays = std::nullopt;
inline constexpr std::nullopt_t none = std::nullopt;

inline constexpr States kNew{};
inline constexpr States kOpen = states_where([](StateRule const& rule) { return !rule.concluded; });
inline constexpr States kConcluded = states_where([](StateRule const& rule) { return rule.concluded; });
inline constexpr States kAll = states_where([](StateRule const&) { return true; });
inline constexpr States kBeforeArchive = states_where([](StateRule const& rule) { return rule.state != kFinalState; });
inline constexpr RoleSet kIntake{R::Registrar, R::Reviewer};
inline constexpr RoleSet kCaseRoles{R::Registrar, R::Reviewer, R::Handler, R::DepartmentHead, R::SecrecyReviewer, R::LegalReviewer, R::OfficeHead};
inline constexpr RoleSet kGivesCoOpinions{R::Handler, R::DepartmentHead};  ///< each for the own department
inline constexpr RoleSet kCaseRolesAndApplicant = kCaseRoles | RoleSet{R::Applicant};
}  // namespace table

inline constexpr auto kProcedure = [] {
    using namespace table;
    return std::array{
    //         action                 from                          by                                         guards                                                                                       to                  letter           article
    // 登记
    Transition{A::Submit,             kNew,                         {R::Applicant},                            {G::HandedInOnline},                                                                         S::Submitted,       none,            "条例第二十九条"},
    Transition{A::Register,           kNew,                         {R::Registrar},                            {G::HandedInOffline},                                                                        S::Registered,      none,            "条例第三十一条"},
    Transition{A::Import,             kNew,                         {R::Registrar, R::Supervisor, R::System},  {G::LedgerStateFits, G::DatesInOrder},                                                       stays,              none,            "条例第四十五条"},
    Transition{A::ConfirmReceipt,     {S::Submitted},               kIntake,                                   {},                                                                                          S::Registered,      none,            "条例第三十一条"},
    Transition{A::ProposeRejection,   {S::Submitted, S::Registered}, kIntake,                                  {G::NotTakenUpYet, G::NoRejectionProposed, G::DoubleNamed},                                  stays,              none,            "条例第二十九条"},
    Transition{A::RejectSubmission,   {S::Submitted, S::Registered}, {R::Reviewer, R::OfficeHead},             {G::NotTakenUpYet, G::RejectionProposed, G::RejectionByAnother},                             S::Lapsed,          L::Notice,       "条例第二十九条"},
    Transition{A::DeclineRejection,   {S::Submitted, S::Registered}, {R::Reviewer, R::OfficeHead},             {G::RejectionProposed, G::RejectionByAnother},                                               stays,              none,            "条例第二十九条"},
    // 审核
    Transition{A::RequestCorrection,  {S::Registered},              {R::Reviewer},                             {G::FirstCorrection, G::CorrectionWindow, G::ContentUnclear, G::CorrectionPeriod, G::MissingIndeed}, S::Correcting, L::Correction, "条例第三十条"},
    Transition{A::RecordCorrection,   {S::Correcting},              {R::Registrar, R::Reviewer, R::Applicant}, {G::LetterHandedOver, G::ExcuseByReviewer},                                                  S::Registered,      none,            "条例第三十条"},
    Transition{A::RecordCorrection,   {S::Lapsed},                  {R::Reviewer},                             {G::LapsedUncorrected},                                                                      S::Registered,      none,            "条例第三十条"},
    Transition{A::LapseCorrection,    {S::Correcting},              {R::System},                               {G::CorrectionOverdue},                                                                      S::Lapsed,          L::Termination,  "条例第三十条"},
    Transition{A::RequestExplanation, {S::Registered},              {R::Reviewer},                             {G::FirstExplanation, G::BeforeDeadline, G::ExplanationPeriod},                              S::Explaining,      L::Notice,       "条例第三十五条"},
    Transition{A::RecordExplanation,  {S::Explaining},              {R::Registrar, R::Reviewer, R::Applicant}, {G::LetterHandedOver},                                                                       S::Registered,      none,            "条例第三十五条"},
    Transition{A::NotifyFee,          {S::Registered, S::Handling}, {R::OfficeHead},                           {G::FeesEnabled, G::FirstFeeNotice, G::PaymentPossible, G::NoOpenConsultation, G::BeforeDeadline, G::PiecesByItem, G::FeeIsDue}, S::AwaitingPayment, L::Fee, "条例第四十二条"},
    Transition{A::RecordPayment,      {S::AwaitingPayment},         kIntake,                                   {G::LetterHandedOver, G::AlreadyAccepted, G::ExcuseByReviewer},                              S::Handling,        none,            "条例第四十二条"},
    Transition{A::RecordPayment,      {S::AwaitingPayment},         kIntake,                                   {G::LetterHandedOver, G::NotYetAccepted, G::ExcuseByReviewer},                               S::Registered,      none,            "条例第四十二条"},
    Transition{A::RecordPayment,      {S::Lapsed},                  {R::Reviewer},                             {G::LapsedUnpaid, G::AlreadyAccepted},                                                       S::Handling,        none,            "条例第四十二条"},
    Transition{A::RecordPayment,      {S::Lapsed},                  {R::Reviewer},                             {G::LapsedUnpaid, G::NotYetAccepted},                                                        S::Registered,      none,            "条例第四十二条"},
    Transition{A::LapsePayment,       {S::AwaitingPayment},         {R::System},                               {G::PaymentOverdue},                                                                         S::Lapsed,          L::Termination,  "条例第四十二条"},
    Transition{A::Accept,             {S::Registered},              {R::Reviewer},                             {},                                                                                          S::Handling,        none,            "条例第四十五条"},
    Transition{A::Accept,             {S::Explaining},              {R::Reviewer},                             {G::ExplanationOverdue},                                                                     S::Handling,        none,            "条例第三十五条"},
    Transition{A::Accept,             {S::Correcting, S::AwaitingPayment}, {R::Reviewer},                      {G::NothingAwaited},                                                                         S::Handling,        none,            "国办公开办函〔2016〕235号"},
    // 办理
    Transition{A::Assign,             {S::Handling},                {R::DepartmentHead, R::Reviewer},          {},                                                                                          stays,              none,            "条例第四十五条"},
    Transition{A::Claim,              {S::Handling},                {R::Handler},                              {G::Unassigned},                                                                             stays,              none,            "条例第四十五条"},
    Transition{A::ReturnAssignment,   {S::Handling},                {R::Handler},                              {G::IsAssignee},                                                                             stays,              none,            "条例第四十五条"},
    Transition{A::ReturnAssignment,   {S::Handling},                {R::DepartmentHead},                       {G::NoOpenConsultation},                                                                     S::Registered,      none,            "条例第四十五条"},
    Transition{A::TransferDepartment, {S::Handling},                {R::Reviewer, R::OfficeHead},              {},                                                                                          stays,              none,            "条例第四十五条"},
    Transition{A::GiveCoOpinion,      {S::Handling},                kGivesCoOpinions,                          {G::CoOpinionAwaited},                                                                       stays,              none,            "条例第四十五条"},
    Transition{A::AddSearchRecord,    {S::Handling},                {R::Handler},                              {G::IsAssignee, G::SearchedItemsExist},                                                      stays,              none,            "条例第三十六条第四项"},
    Transition{A::Consult,            {S::Handling},                {R::Handler},                              {G::IsAssignee, G::ConsultedItemsNamed, G::ConsultedContentStated, G::ApplicantHidden},      stays,              L::Consultation, "条例第三十二条、第三十四条"},
    Transition{A::RecordOpinion,      {S::Handling},                {R::Handler, R::Registrar},                {G::ConsultationOpen, G::ObjectionJudged},                                                   stays,              none,            "条例第三十二条、第三十四条"},
    Transition{A::CloseConsultation,  {S::Handling},                {R::Handler},                              {G::ConsultationOpen, G::SilenceBySystemOnly},                                               stays,              none,            "条例第三十二条、第三十四条"},
    Transition{A::LapseConsultation,  {S::Handling},                {R::System},                               {G::ConsultationOpen, G::ConsultationOverdue},                                               stays,              none,            "条例第三十二条、第三十四条"},
    Transition{A::ProposeExtension,   {S::Handling},                {R::Handler},                              {G::IsAssignee, G::ExtensionUnused, G::NoExtensionProposed, G::BeforeDeadline},              stays,              none,            "条例第三十三条"},
    Transition{A::ApproveExtension,   {S::Handling},                {R::OfficeHead},                           {G::ExtensionProposed, G::ProposedByAnother, G::ExtensionUnused, G::BeforeDeadline},         stays,              L::Extension,    "条例第三十三条"},
    Transition{A::RejectExtension,    {S::Handling},                {R::OfficeHead},                           {G::ExtensionProposed, G::ProposedByAnother},                                                stays,              none,            "条例第三十三条"},
    Transition{A::Defer,              {S::Registered, S::Handling}, {R::OfficeHead},                           {G::Explained, G::BeforeDeadline, G::DeferralReasonable},                                    stays,              L::Extension,    "条例第三十五条"},
    Transition{A::DraftReply,         {S::Handling},                {R::Handler},                              {G::IsAssignee, G::OutcomesForReply, G::EveryItemAnswered, G::LimbsFit, G::MainOutcomeFits}, stays,              none,            "条例第三十六条"},
    Transition{A::SubmitReply,        {S::Handling},                {R::Handler},                              {G::IsAssignee, G::ReplyDrafted, G::NoOpenConsultation, G::EvidenceComplete, G::ChecksHold}, S::Approving,       none,            "条例第三十六条"},
    Transition{A::ApproveReply,       {S::Approving},               {R::DepartmentHead},                       {G::StepDepartment, G::NotTheHandler, G::SeenAsItStands},                                    stays,              none,            "条例第四十五条"},
    Transition{A::ApproveReply,       {S::Approving},               {R::SecrecyReviewer},                      {G::StepSecrecy, G::NotTheHandler, G::SeenAsItStands},                                       stays,              none,            "条例第十七条"},
    Transition{A::ApproveReply,       {S::Approving},               {R::LegalReviewer},                        {G::StepLegal, G::NotTheHandler, G::LegalReviewerExplains, G::SeenAsItStands},               stays,              none,            "条例第四十五条"},
    Transition{A::ApproveReply,       {S::Approving},               {R::OfficeHead},                           {G::StepSign, G::NotTheHandler, G::NotAnEarlierApprover, G::SeenAsItStands},                 S::Dispatching,     L::Reply,        "条例第三十六条"},
    Transition{A::ReturnReply,        {S::Approving},               {R::DepartmentHead},                       {G::StepDepartment},                                                                         S::Handling,        none,            "条例第四十五条"},
    Transition{A::ReturnReply,        {S::Approving},               {R::SecrecyReviewer},                      {G::StepSecrecy},                                                                            S::Handling,        none,            "条例第十七条"},
    Transition{A::ReturnReply,        {S::Approving},               {R::LegalReviewer},                        {G::StepLegal},                                                                              S::Handling,        none,            "条例第四十五条"},
    Transition{A::ReturnReply,        {S::Approving},               {R::OfficeHead},                           {G::StepSign},                                                                               S::Handling,        none,            "条例第四十五条"},
    // 送出文书
    Transition{A::DispatchLetter,     kOpen,                        {R::Registrar, R::Reviewer, R::Handler, R::System}, {G::LetterUnsent, G::GoesOutByHand, G::DatesInOrder, G::PostIsTracked, G::PostalNumber, G::RecipientNamed, G::FaxReported, G::EmailKnown}, stays, none, "国办公开办函〔2016〕235号"},
    Transition{A::RecordDelivery,     kBeforeArchive,               {R::Registrar, R::Handler, R::System},     {G::NamesNotice, G::NoticeUnserved, G::DatesInOrder, G::ServiceProved},                      stays,              none,            "国办公开办函〔2016〕235号"},
    // 答复
    Transition{A::DispatchReply,      {S::Dispatching},             {R::Registrar, R::Handler},                {G::GoesElectronically, G::NothingUnderWay, G::DatesInOrder, G::EmailKnown, G::ThirdPartyHadTime}, stays,        none,            "国办公开办函〔2016〕235号"},
    Transition{A::ConfirmDispatch,    {S::Dispatching},             {R::System},                               {G::UnderWay},                                                                               S::Replied,         none,            "国办公开办函〔2016〕235号"},
    Transition{A::FailDispatch,       {S::Dispatching},             {R::System},                               {G::UnderWay},                                                                               stays,              none,            "国办公开办函〔2016〕235号"},
    Transition{A::DispatchReply,      {S::Dispatching},             {R::Registrar, R::Handler},                {G::GoesByHand, G::DatesInOrder, G::PostIsTracked, G::PostalNumber, G::RecipientNamed, G::FaxReported, G::ThirdPartyHadTime}, S::Replied, none, "国办公开办函〔2016〕235号"},
    Transition{A::RecordDelivery,     {S::Handling},                {R::Registrar, R::Handler},                {G::NamesNoNotice, G::ConsultationUnserved, G::ConsultationSentFirst, G::ServiceProved},     stays,              none,            "国办公开办函〔2016〕235号"},
    Transition{A::RecordDelivery,     {S::AwaitingPayment},         {R::Registrar, R::Handler, R::System},     {G::NamesNoNotice, G::FeeNoticeUnserved, G::NamesNoConsultation},                            stays,              none,            "国办公开办函〔2016〕235号"},
    Transition{A::RecordDelivery,     {S::Replied, S::Archived},    {R::Registrar, R::Handler, R::System},     {G::NamesNoNotice, G::ReplyDispatched, G::ReplyUnserved, G::NamesNoConsultation, G::DatesInOrder, G::ServiceProved}, stays, none, "国办公开办函〔2016〕235号"},
    Transition{A::Withdraw,           kOpen,                        {R::Applicant, R::Registrar},              {G::WithdrawalProved},                                                                       S::Lapsed,          L::Termination,  "条例第二十七条"},
    Transition{A::Rate,               kConcluded,                   {R::Applicant},                            {G::NotRated, G::WithinRatingWindow},                                                        stays,              none,            "国办发〔2019〕51号"},
    Transition{A::AddToRating,        kConcluded,                   {R::Applicant},                            {G::Rated, G::AdditionUnused, G::WithinAdditionWindow},                                      stays,              none,            "国办发〔2019〕51号"},
    Transition{A::AssignRating,       kConcluded,                   {R::Reviewer, R::OfficeHead},              {G::NotTheRated, G::RatingProcedureOpen, G::InvestigatorNotRated},                           stays,              none,            "国办发〔2019〕51号"},
    Transition{A::ContactRater,       kConcluded,                   kRatingInvestigators,                      {G::NotTheRated, G::RatingToContact, G::IsInvestigator, G::DatesInOrder},                    stays,              none,            "国办发〔2019〕51号"},
    Transition{A::RectifyRating,      kConcluded,                   kRatingInvestigators,                      {G::NotTheRated, G::RatingToRectify, G::IsInvestigator, G::DatesInOrder},                    stays,              none,            "国办发〔2019〕51号"},
    Transition{A::CallBackRater,      kConcluded,                   kRatingInvestigators,                      {G::NotTheRated, G::RatingToCallBack, G::IsInvestigator, G::DatesInOrder},                   stays,              none,            "国办发〔2019〕51号"},
    Transition{A::SuggestPublication, kConcluded,                   {R::Applicant},                            {G::NoOpenSuggestion},                                                                       stays,              none,            "条例第四十四条"},
    Transition{A::AnswerSuggestion,   kConcluded,                   {R::OfficeHead},                           {G::SuggestionOpen, G::NotTheHandler, G::SuggestionDecided},                                 stays,              none,            "条例第四十四条"},
    Transition{A::RequestAmendment,   {S::Replied, S::Archived},    {R::Applicant, R::Registrar},              {G::NoOpenAmendment},                                                                        stays,              none,            "条例第四十一条"},
    Transition{A::AnswerAmendment,    {S::Replied, S::Archived},    {R::Handler, R::OfficeHead},               {G::AmendmentOpen},                                                                          stays,              none,            "条例第四十一条"},
    // 归档
    Transition{A::Archive,            {S::Replied, S::Lapsed},      {R::Registrar, R::Handler},                {G::ReplyDelivered, G::NoDeliveryOpen},                                                      S::Archived,        none,            "条例第四十五条"},
    // 监督与救济
    Transition{A::Remind,             kOpen,                        {R::Supervisor, R::OfficeHead},            {},                                                                                          stays,              none,            "条例第四十七条"},
    Transition{A::Note,               kAll,                         kCaseRoles,                                {},                                                                                          stays,              none,            "条例第四十五条"},
    Transition{A::Attach,             kBeforeArchive,               kCaseRolesAndApplicant,                    {G::FileStored},                                                                             stays,              none,            "条例第四十五条"},
    Transition{A::IssueCard,          kOpen,                        {R::System},                               {},                                                                                          stays,              none,            "条例第四十七条"},
    Transition{A::LiftCard,           kAll,                         {R::System},                               {G::CardStands},                                                                             stays,              none,            "条例第四十七条"},
    Transition{A::EscalateCard,       kAll,                         {R::System},                               {G::CardStands},                                                                             stays,              none,            "条例第四十七条"},
    Transition{A::PlanCard,           kAll,                         {R::Handler, R::DepartmentHead},           {G::CardStands, G::CardStepIsNext},                                                          stays,              none,            "条例第四十七条"},
    Transition{A::ExplainCard,        kAll,                         {R::OfficeHead},                           {G::CardStands, G::CardStepIsNext},                                                          stays,              none,            "条例第四十七条"},
    Transition{A::InspectCard,        kAll,                         {R::Supervisor},                           {G::CardStands, G::CardStepIsNext},                                                          stays,              none,            "条例第四十七条"},
    Transition{A::RevisitCard,        kAll,                         {R::Supervisor},                           {G::CardStands, G::CardStepIsNext},                                                          stays,              none,            "条例第四十七条"},
    Transition{A::SettleCard,         kAll,                         {R::Supervisor},                           {G::CardStands, G::CardStepIsNext, G::RectifiedIndeed},                                      stays,              none,            "条例第四十七条"},
    Transition{A::CirculateCard,      kAll,                         {R::Supervisor},                           {G::CardStands, G::CardStepIsNext},                                                          stays,              none,            "条例第四十七条"},
    Transition{A::CloseCard,          kAll,                         {R::Supervisor},                           {G::CardStands, G::CardStepsDone, G::RequestAnswered},                                       stays,              none,            "条例第四十七条"},
    Transition{A::ProposeRevocation,  kAll,                         {R::OfficeHead, R::Supervisor},            {G::CardStands, G::NoRevocationProposed},                                                    stays,              none,            "条例第四十七条"},
    Transition{A::ApproveRevocation,  kAll,                         {R::Supervisor},                           {G::CardStands, G::RevocationProposed, G::RevokedByAnother},                                 stays,              none,            "条例第四十七条"},
    Transition{A::RejectRevocation,   kAll,                         {R::Supervisor},                           {G::CardStands, G::RevocationProposed, G::RevokedByAnother},                                 stays,              none,            "条例第四十七条"},
    Transition{A::Supervise,          kOpen,                        {R::Supervisor},                           {G::FromAbove},                                                                              stays,              none,            "条例第四十七条"},
    Transition{A::Acknowledge,        kAll,                         {R::Handler, R::DepartmentHead, R::OfficeHead}, {G::ReminderOpen},                                                                      stays,              none,            "条例第四十七条"},
    Transition{A::OpenDispute,        kAll,                         {R::LegalReviewer, R::OfficeHead},         {},                                                                                          stays,              none,            "条例第五十一条"},
    Transition{A::AnswerDispute,      kAll,                         {R::LegalReviewer, R::OfficeHead},         {G::DisputeUnanswered, G::DatesInOrder},                                                     stays,              none,            "行政复议法第四十八条、行政诉讼法第六十七条"},
    Transition{A::CloseDispute,       kAll,                         {R::LegalReviewer, R::OfficeHead},         {G::DisputeOpen, G::DatesInOrder},                                                           stays,              none,            "条例第五十一条"},
    Transition{A::OrderNewReply,      kConcluded,                   {R::LegalReviewer, R::OfficeHead},         {G::DisputeLost, G::DatesInOrder},                                                           stays,              none,            "法释〔2025〕8号"},
    Transition{A::ReplyAnew,          kNew,                         {R::System},                               {},                                                                                          S::Registered,      none,            "法释〔2025〕8号"},
    };
}();
// clang-format on

// What the compiler holds the table to.

constexpr bool no_two_rows_compete() {
    for (auto const& a : kProcedure) {
        for (auto const& b : kProcedure) {
            if (&a == &b || a.action != b.action || a.guards != b.guards || !a.by.intersects(b.by)) continue;
            if (a.from.empty() && b.from.empty()) return false;
            for (State const s : a.from) {
                if (b.from.has(s)) return false;
            }
        }
    }
    return true;
}

constexpr bool every_action_has_a_row() {
    return std::ranges::all_of(kActions, [](auto const& action) {
        return std::ranges::any_of(kProcedure, [&](auto const& row) { return row.action == action.value; });
    });
}

constexpr bool every_state_is_reachable() {
    std::array<bool, kStates.size()> reached{};
    for (bool grew = true; grew;) {
        grew = false;
        for (auto const& row : kProcedure) {
            bool const starts = row.from.empty() || std::ranges::any_of(row.from, [&](State s) {
                                    return reached[static_cast<std::size_t>(s)];
                                });
            if (!starts || !row.to || reached[static_cast<std::size_t>(*row.to)]) continue;
            reached[static_cast<std::size_t>(*row.to)] = true;
            grew = true;
        }
    }
    return std::ranges::all_of(reached, [](bool r) { return r; });
}

constexpr bool every_open_state_has_a_way_out() {
    return std::ranges::all_of(kStates, [](auto const& state) {
        return state.value == kFinalState || std::ranges::any_of(kProcedure, [&](auto const& row) {
                   return row.from.has(state.value) && row.to && *row.to != state.value;
               });
    });
}

static_assert(no_two_rows_compete(), "two rows answer the same action, state and role under the same guards");
static_assert(every_action_has_a_row(), "an action of the vocabulary can never happen");
static_assert(every_state_is_reachable(), "a state of the vocabulary can never be entered");
static_assert(every_open_state_has_a_way_out(), "a case could be stuck for ever");

/// The table as Markdown and the states as a Mermaid diagram: what README.md shows, kept equal by a test.
std::string procedure_as_markdown();
std::string procedure_as_mermaid();

}  // namespace workflow
