#include "server/demo/script.hpp"

#include "workflow/reply/third_parties.hpp"

#include <fmt/format.h>

#include "server/demo/people.hpp"

namespace server::demo {
namespace {

using namespace workflow;

// ---- what each step carries
// ------------------------------------------------------------------------------------------

std::string text_about(std::string_view text, Scene const& scene) {
    return fmt::format(fmt::runtime(text), scene.topic.title);
}

/// People come back: some applicants have several cases.
constexpr std::size_t kApplicants = 160;

Application application(Scene const& scene) {
    constexpr std::array kWays{ObtainBy::Post, ObtainBy::Email, ObtainBy::PickUp, ObtainBy::Post, ObtainBy::Download};
    Application form;
    form.agency = Code{std::string(scene.topic.agency)};
    form.applicant = make_applicant(scene.number % kApplicants, scene.today);
    RequestedItem item;
    item.title = scene.topic.title;
    item.description = scene.topic.description;
    if (!scene.topic.document_number.empty()) item.document_number = scene.topic.document_number;
    form.items.push_back(item);
    form.obtain_by = kWays[scene.number % kWays.size()];
    form.provide_as = form.obtain_by == ObtainBy::Email || form.obtain_by == ObtainBy::Download ? ProvideAs::Electronic
                                                                                                : ProvideAs::Paper;
    form.accept_other_form = scene.number % 3 != 0;
    form.needs_assistance = scene.number % 40 == 7;
    if (form.needs_assistance) form.assistance_note = "视力不便，请提供大字版本。";
    return form;
}

Payload nothing(Scene const&) { return Nothing{}; }
Payload no_remark(Scene const&) { return Remark{}; }
Payload submission(Scene const& scene) {
    return Submission{application(scene), scene.number % 9 == 0 ? Channel::App : Channel::Online, {}};
}
Payload registration(Scene const& scene) {
    struct Intake {
        Channel channel;
        std::string_view evidence;
    };
    constexpr std::array kIntakes{
        Intake{Channel::Counter, "申请人当面提交，登记员核对身份证件后出具回执"},
        Intake{Channel::RegisteredMail, "邮政挂号信，收发室签收，信封已扫描存档"},
        Intake{Channel::OrdinaryMail, "平信，收到当日与申请人电话确认"},
        Intake{Channel::Fax, "传真，与申请人电话双方确认"},
        Intake{Channel::Email, "电子邮件，回复确认函后双方确认"},
    };
    Intake const& intake = kIntakes[scene.number % kIntakes.size()];
    return Registration{application(scene), intake.channel, scene.today, std::string(intake.evidence), {}};
}
Payload test_entry(Scene const&) {
    return RejectionProposal{
        RejectionGround::TestEntry, {}, "开通网上申请时，本机关工作人员试填的一件，没有实际的申请人。"};
}
Payload entry_checked(Scene const&) { return Reason{"已核对：试填的时间和内容属实。"}; }
Payload correction_request(Scene const& scene) {
    return CorrectionRequest{
        {"请写明所需信息的名称、文号或者形成时间", "请说明所需信息涉及的具体地点或者项目"},
        text_about("“{}”在本机关对应多份文件，请补充能够指向特定信息的特征描述。", scene),
        true,
        {}};
}
Payload supplement(Scene const& scene) {
    return Supplement{scene.today, text_about("补充说明：所需信息为{}，形成于2024年以后。", scene), {}};
}
Payload late_supplement(Scene const& scene) {
    return Supplement{scene.today, "因住院治疗未能按期补正，现补充如下。", "申请人提交了住院证明，期间确实无法补正。"};
}
Payload explanation_request(Scene const& scene) {
    return ExplanationRequest{"本月已就同类事项提交申请四十二件，明显超过合理范围", add_days(scene.today, 14)};
}
Payload explanation(Scene const& scene) {
    return Supplement{scene.today, "各件申请涉及不同年份和不同地块，均与本人的补偿争议有关。", {}};
}
Payload fee_notice(Scene const&) {
    return FeeNotice{FeeBasis::PerItem, 34, "可以到本机关档案室查阅、抄录，也可以缩小申请范围", {}, 0};
}
Payload fee_served(Scene const& scene) { return DeliveryRecord{{}, DeliveryResult::Signed, scene.today, "本人"}; }
Payload payment(Scene const& scene) {
    return Payment{scene.today, Code{fmt::format("4300{:08}", 70000 + scene.number)}, {}};
}
Payload late_payment(Scene const& scene) {
    return Payment{
        scene.today, Code{fmt::format("4300{:08}", 70000 + scene.number)}, "缴款专户升级停用，申请人无法按期缴费。"};
}
Payload acceptance(Scene const& scene) {
    Acceptance acceptance{Code{fmt::format("{}-d{}", scene.topic.agency, scene.topic.department)}, {}, {}};
    if (scene.number % 6 == 0) {
        acceptance.co_departments.push_back(Code{fmt::format("{}-d{}", scene.topic.agency, 3 - scene.topic.department)}
        );
    }
    acceptance.remark = "请按期提出办理意见。";
    return acceptance;
}
Payload assignment(Scene const& scene) { return Assignment{scene.handler}; }
Payload transfer(Scene const& scene) {
    return Transfer{
        Code{fmt::format("{}-d{}", scene.topic.agency, 3 - scene.topic.department)},
        "经核实，该信息由另一内设机构保管。"};
}
Payload hand_back(Scene const&) { return Reason{"该事项不属于本人承办范围，请重新分办。"}; }
Payload search(Scene const& scene) {
    bool const found = scene.outcome != Outcome::NotHeld && scene.outcome != Outcome::NotOurAgency;
    return SearchRecord{
        {SearchPlace::BusinessUnit, SearchPlace::ArchiveRoom, SearchPlace::OfficeSystem},
        {std::string(scene.topic.keyword), std::string(scene.topic.title)},
        "承办人、档案管理员",
        scene.today,
        found,
        found ? "在业务科室和档案室检索到相关材料。" : "三处检索均未发现相关材料。",
        found ? "检索到与申请内容相符的材料" : "没有发现与申请内容相符的信息"};
}

ConsultationLetter letter(Scene const& scene, ConsultationKind kind) {
    ConsultationLetter letter;
    letter.kind = kind;
    letter.addressee = scene.topic.third_party.empty() ? "相关权利人" : scene.topic.third_party;
    letter.question = "是否同意公开，不同意的请说明理由。";
    letter.content = text_about("“{}”中涉及贵方的内容", scene);
    letter.items = {1};
    return letter;
}
Payload third_party_letter(Scene const& scene) { return letter(scene, ConsultationKind::ThirdParty); }
Payload joint_agency_letter(Scene const& scene) { return letter(scene, ConsultationKind::JointAgency); }
Payload letter_served(Scene const& scene) {
    return DeliveryRecord{scene.facts.consultations.back().letter.id, DeliveryResult::Signed, scene.today, "收发室"};
}
Opinion opinion(Scene const& scene, Stance stance) {
    Opinion opinion;
    opinion.consultation = scene.facts.consultations.back().letter.id;
    opinion.received_on = scene.today;
    opinion.stance = stance;
    return opinion;
}
Payload consent(Scene const& scene) {
    auto given = opinion(scene, Stance::Agreed);
    given.text = "来函收悉，同意公开。";
    return given;
}
Payload partial_consent(Scene const& scene) {
    auto given = opinion(scene, Stance::PartlyAgreed);
    given.text = "同意公开正文，个人信息部分请隐去。";
    given.judgement = "所指的内容确属个人信息，理由成立。";
    given.grounds_reasonable = true;
    return given;
}
Payload objection(Scene const& scene) {
    auto given = opinion(scene, Stance::Objected);
    given.text = "涉及技术方案和报价，不同意公开。";
    given.judgement = "技术方案和报价构成没有公开过，属于商业秘密，理由成立。";
    given.grounds_reasonable = true;
    return given;
}
Payload undeliverable(Scene const& scene) {
    return ConsultationEnd{
        scene.facts.consultations.back().letter.id, NoOpinion::Undeliverable, scene.today, "两次投递均被退回"};
}
Payload extension(Scene const&) { return ExtensionProposal{10, "材料涉及多个年度，检索和审查工作量大。"}; }
Payload extension_opinion(Scene const&) { return ExtensionApproval{"同意延长，请告知申请人。", 0}; }
Payload extension_refusal(Scene const&) { return Reason{"材料已经齐备，请按期答复。"}; }
Payload deferral(Scene const& scene) {
    return Deferral{scene.calendar.add_workdays(scene.today, 45).date, "申请数量大但理由合理，逐件审查需要较长时间。"};
}
Payload reminder(Scene const&) { return Reason{"答复期限临近，请抓紧办理。"}; }

ItemReply item_reply(Outcome outcome) {
    Answer const& answer = answer_for(outcome);
    ItemReply item;
    item.outcome = outcome;
    item.limb = answer.limb;
    if (!answer.reference.empty()) item.reference = answer.reference;
    if (!answer.reason.empty()) item.reason = answer.reason;
    if (rule_of(outcome).evidence.has(Evidence::Separation)) item.separation = kInseparable;
    return item;
}
/// Fills in everything the outcome requires of an item beside its reasons.
void complete(ItemReply& item, Date today) {
    item.statements = statements_for(item);
    if (has_member(item.outcome, "opened_on")) item.opened_on = today;
    if (has_member(item.outcome, "location"))
        item.location = item.outcome == Outcome::Transferred ? Location::NationalArchives : Location::OtherBody;
    if (has_member(item.outcome, "public_interest"))
        item.public_interest = "该内容只涉及第三方自身，不公开不会对公共利益造成重大影响";
}
Payload draft(Scene const& scene) {
    auto item = item_reply(scene.outcome);
    complete(item, scene.today);
    ReplyDraft reply{scene.outcome, {std::move(item)}, std::string(kUsualReplyText)};
    for (auto const& party : overruled_parties(scene.facts, reply)) {
        auto const& letter = find_consultation(scene.facts, party)->letter;
        reply.third_party_notices.push_back(
            {party, letter.content.value_or(letter.question), "该内容是财政资金的使用情况，依法应当接受社会监督"}
        );
    }
    return reply;
}
/// Waives every check of the draft that may be waived.
Payload reply_submission(Scene const& scene) {
    ReplySubmission submission;
    for (auto const& result : check_reply(scene.facts, scene.facts.draft.value(), scene.background)) {
        if (result.holds() || result.rule->severity != Severity::Waivable) continue;
        submission.waivers.push_back({result.rule->check, "已与纸质案卷和业务科室核对，情况属实。"});
    }
    return submission;
}
Payload agreement(Scene const&) { return ReplyApproval{"同意。"}; }
Payload objection_to_draft(Scene const&) { return Reason{"请补充检索过程，并核对附件页数。"}; }
Payload dispatch(Scene const& scene) {
    Dispatch dispatch;
    dispatch.method = scene.facts.application.obtain_by;
    dispatch.dispatched_on = scene.today;
    if (dispatch.method == ObtainBy::Post) {
        dispatch.tracking_number = Code{fmt::format("1164{:09}", 30'000'000 + scene.number)};
        dispatch.recipient = scene.facts.application.applicant.address;
    } else {
        dispatch.recipient = scene.facts.application.applicant.name;
    }
    if (dispatch.method == ObtainBy::Fax) dispatch.fax_report = fmt::format("发送报告第{}号", scene.number);
    return dispatch;
}
Payload delivery(Scene const& scene) {
    auto const by = scene.facts.application.obtain_by;
    bool const by_network = by == ObtainBy::Email || by == ObtainBy::Download;
    auto const result = by_network                                       ? DeliveryResult::Accepted
                        : by == ObtainBy::Post && scene.number % 17 == 0 ? DeliveryResult::Left
                                                                         : DeliveryResult::Signed;
    auto const witness =
        result == DeliveryResult::Left ? std::optional<std::string>("社区居民委员会工作人员见证") : std::nullopt;
    return DeliveryRecord{{}, result, scene.today, witness};
}
Payload withdrawal(Scene const&) { return Withdrawal{.reason = "所需信息已通过其他途径获得，申请撤回。"}; }
Payload withdrawal_by_phone(Scene const& scene) {
    return Withdrawal{
        .reason = "申请人来电，所需信息已通过其他途径获得。",
        .means = WithdrawalMeans::Oral,
        .withdrawn_on = scene.today,
        .recording = "电话录音0312"};
}
struct Voice {
    int score;
    std::string_view text;
};
RatingGiven given(Voice const& voice) {
    RatingGiven rating{voice.score, {}};
    if (!voice.text.empty()) rating.text = voice.text;
    return rating;
}
Payload rating(Scene const& scene) {
    constexpr std::array kVoices{
        Voice{5, "答复及时，材料齐全。"},
        Voice{4, "流程清楚，进度可查。"},
        Voice{5, "工作人员态度很好。"},
        Voice{3, "内容基本满足需要。"},
        Voice{4, ""},
    };
    return given(kVoices[scene.number % kVoices.size()]);
}
Payload bad_rating(Scene const& scene) {
    constexpr std::array kVoices{
        Voice{2, "附件扫描不清楚，希望改进。"},
        Voice{1, "等了很久，答复过于简单。"},
    };
    return given(kVoices[scene.number % kVoices.size()]);
}
Payload added_rating(Scene const&) { return RatingAddition{"已经补发了清楚的扫描件，谢谢。"}; }
Payload investigation(Scene const& scene) { return RatingAssignment{scene.investigator, RatingGravity::Ordinary}; }
Payload contact(Scene const& scene) {
    return RatingContact{scene.today, RatingFinding::Founded, "电话联系评价人，反映的情况属实。"};
}
Payload rectification(Scene const& scene) {
    return RatingRectification{scene.today, "补发清晰的附件，并完善了复印件检查步骤。"};
}
Payload callback(Scene const& scene) { return RatingCallback{scene.today, true, "评价人表示满意。"}; }
Payload suggestion(Scene const&) { return Reason{"该信息涉及面广，建议主动公开。"}; }
Payload declined(Scene const&) {
    return SuggestionAnswer{SuggestionDecision::Declined, {}, "材料含有个人信息，遮盖后不再具有公开意义。"};
}
Payload amendment(Scene const&) {
    return AmendmentRequest{"材料中本人的住址登记有误，应为石桥路1号。", "不动产权证书复印件。"};
}
Payload amended(Scene const&) { return AmendmentAnswer{AmendmentResult::Amended, "经核实，已经更正登记的住址。"}; }
Payload filing(Scene const& scene) { return ArchiveNote{scene.facts.disputes.empty() ? 10 : 30, {}}; }

Payload review_opened(Scene const& scene) {
    return DisputeOpening{
        DisputeKind::Review,
        "湖南省人民政府行政复议办公室",
        scene.today,
        Code{fmt::format("FY-2025-{:03}", scene.number)},
        {}};
}
Payload suit_opened(Scene const& scene) {
    return DisputeOpening{
        DisputeKind::DirectSuit,
        "示范市东塔区人民法院",
        scene.today,
        Code{fmt::format("XC-0502-{:03}", scene.number)},
        {}};
}
Payload dispute_answer(Scene const& scene) {
    return DisputeAnswer{scene.facts.disputes.back().opening.id, scene.today};
}
DisputeEnd dispute_end(Scene const& scene, DisputeResult result) {
    return {scene.facts.disputes.back().opening.id, result, scene.today};
}
Payload upheld(Scene const& scene) { return dispute_end(scene, DisputeResult::Upheld); }
Payload corrected(Scene const& scene) { return dispute_end(scene, DisputeResult::Corrected); }
Payload new_reply(Scene const& scene) { return NewReplyOrder{scene.facts.disputes.back().opening.id, scene.today, {}}; }

// ---- legs
// ------------------------------------------------------------------------------------------------------------

using A = Action;
using R = Role;

// clang-format off
constexpr Step kSubmitted[]{{A::Submit, R::Applicant, 0, submission}};
constexpr Step kOnline[]{{A::Submit, R::Applicant, 0, submission}, {A::ConfirmReceipt, R::Registrar, 1, no_remark}};
constexpr Step kCounter[]{{A::Register, R::Registrar, 0, registration}};
constexpr Step kRejected[]{{A::ProposeRejection, R::Registrar, 1, test_entry}, {A::RejectSubmission, R::Reviewer, 0, entry_checked}};

constexpr Step kCorrectionAsked[]{{A::RequestCorrection, R::Reviewer, 2, correction_request}};
constexpr Step kCorrected[]{{A::RecordCorrection, R::Applicant, 6, supplement}};
constexpr Step kCorrectedLate[]{{A::RecordCorrection, R::Reviewer, 20, late_supplement}};
constexpr Step kExplanationAsked[]{{A::RequestExplanation, R::Reviewer, 1, explanation_request}};
constexpr Step kExplained[]{{A::RecordExplanation, R::Applicant, 4, explanation}};
constexpr Step kFeeAsked[]{{A::NotifyFee, R::OfficeHead, 2, fee_notice}, {A::RecordDelivery, R::Registrar, 2, fee_served}};
constexpr Step kPaid[]{{A::RecordPayment, R::Registrar, 5, payment}};
constexpr Step kPaidLate[]{{A::RecordPayment, R::Reviewer, 28, late_payment}};

constexpr Step kAccepted[]{{A::Accept, R::Reviewer, 1, acceptance}};
constexpr Step kClaimed[]{{A::Accept, R::Reviewer, 1, acceptance}, {A::Claim, R::Handler, 1, nothing}};
constexpr Step kAssigned[]{{A::Accept, R::Reviewer, 1, acceptance}, {A::Assign, R::DepartmentHead, 1, assignment}};
constexpr Step kTransferred[]{{A::ReturnAssignment, R::Handler, 1, hand_back}, {A::TransferDepartment, R::Reviewer, 1, transfer}, {A::Claim, R::Handler, 1, nothing}};
constexpr Step kSearched[]{{A::AddSearchRecord, R::Handler, 2, search}};
constexpr Step kThirdParty[]{{A::Consult, R::Handler, 1, third_party_letter}, {A::RecordDelivery, R::Handler, 1, letter_served}};
constexpr Step kJointAgency[]{{A::Consult, R::Handler, 1, joint_agency_letter}, {A::RecordDelivery, R::Handler, 1, letter_served}, {A::RecordOpinion, R::Handler, 5, consent}};
constexpr Step kPartlyAgreed[]{{A::RecordOpinion, R::Handler, 6, partial_consent}};
constexpr Step kObjected[]{{A::RecordOpinion, R::Handler, 8, objection}};
constexpr Step kUndeliverable[]{{A::Consult, R::Handler, 1, third_party_letter}, {A::CloseConsultation, R::Handler, 8, undeliverable}};
constexpr Step kStaysSilent[]{{A::AddSearchRecord, R::Handler, 18, search}};
constexpr Step kExtensionAsked[]{{A::ProposeExtension, R::Handler, 6, extension}};
constexpr Step kExtended[]{{A::ProposeExtension, R::Handler, 6, extension}, {A::ApproveExtension, R::OfficeHead, 1, extension_opinion}};
constexpr Step kNotExtended[]{{A::ProposeExtension, R::Handler, 2, extension}, {A::RejectExtension, R::OfficeHead, 1, extension_refusal}};
constexpr Step kLongSearch[]{{A::AddSearchRecord, R::Handler, 10, search}};
constexpr Step kDeferred[]{{A::Defer, R::OfficeHead, 2, deferral}};
constexpr Step kReminded[]{{A::Remind, R::Supervisor, 16, reminder}};

constexpr Step kDrafted[]{{A::DraftReply, R::Handler, 2, draft}, {A::SubmitReply, R::Handler, 0, reply_submission}};
constexpr Step kReturned[]{{A::DraftReply, R::Handler, 1, draft}, {A::SubmitReply, R::Handler, 0, reply_submission}, {A::ReturnReply, R::DepartmentHead, 1, objection_to_draft}};
constexpr Step kHeadAgreed[]{{A::ApproveReply, R::DepartmentHead, 1, agreement}};
constexpr Step kSecrecyAgreed[]{{A::ApproveReply, R::DepartmentHead, 1, agreement}, {A::ApproveReply, R::SecrecyReviewer, 1, agreement}};
constexpr Step kLegalAgreed[]{{A::ApproveReply, R::DepartmentHead, 1, agreement}, {A::ApproveReply, R::SecrecyReviewer, 1, agreement}, {A::ApproveReply, R::LegalReviewer, 1, agreement}};
constexpr Step kSigned[]{
    {A::DraftReply, R::Handler, 2, draft}, {A::SubmitReply, R::Handler, 0, reply_submission},
    {A::ApproveReply, R::DepartmentHead, 1, agreement}, {A::ApproveReply, R::SecrecyReviewer, 1, agreement},
    {A::ApproveReply, R::LegalReviewer, 1, agreement}, {A::ApproveReply, R::OfficeHead, 1, agreement}};
constexpr Step kServed[]{{A::DispatchReply, R::Registrar, 1, dispatch}, {A::RecordDelivery, R::Registrar, 3, delivery}};
constexpr Step kFiled[]{{A::DispatchReply, R::Registrar, 1, dispatch}, {A::RecordDelivery, R::Registrar, 3, delivery}, {A::Archive, R::Registrar, 6, filing}};
constexpr Step kRated[]{{A::DispatchReply, R::Registrar, 1, dispatch}, {A::RecordDelivery, R::Registrar, 2, delivery}, {A::Rate, R::Applicant, 3, rating}, {A::Archive, R::Registrar, 6, filing}};
constexpr Step kRatedBadly[]{
    {A::DispatchReply, R::Registrar, 1, dispatch}, {A::RecordDelivery, R::Registrar, 2, delivery}, {A::Rate, R::Applicant, 3, bad_rating},
    {A::AssignRating, R::OfficeHead, 1, investigation}, {A::ContactRater, R::LegalReviewer, 1, contact}, {A::RectifyRating, R::LegalReviewer, 3, rectification},
    {A::CallBackRater, R::LegalReviewer, 1, callback}, {A::AddToRating, R::Applicant, 1, added_rating}, {A::Archive, R::Registrar, 6, filing}};
constexpr Step kJustRatedBadly[]{{A::Rate, R::Applicant, 1, bad_rating}};
constexpr Step kSuggested[]{{A::SuggestPublication, R::Applicant, 4, suggestion}};
constexpr Step kSuggestionDeclined[]{{A::SuggestPublication, R::Applicant, 4, suggestion}, {A::AnswerSuggestion, R::OfficeHead, 9, declined}};
constexpr Step kAmended[]{{A::RequestAmendment, R::Applicant, 8, amendment}, {A::AnswerAmendment, R::Handler, 12, amended}};
constexpr Step kWithdrawn[]{{A::Withdraw, R::Applicant, 2, withdrawal}};
constexpr Step kWithdrawnAtCounter[]{{A::Withdraw, R::Registrar, 3, withdrawal_by_phone}};
constexpr Step kLapsedAndFiled[]{{A::Archive, R::Registrar, 30, filing}};
constexpr Step kReviewUpheld[]{{A::OpenDispute, R::LegalReviewer, 15, review_opened}, {A::AnswerDispute, R::LegalReviewer, 6, dispute_answer}, {A::CloseDispute, R::LegalReviewer, 34, upheld}};
constexpr Step kReviewCorrected[]{{A::OpenDispute, R::LegalReviewer, 15, review_opened}, {A::AnswerDispute, R::LegalReviewer, 6, dispute_answer}, {A::CloseDispute, R::LegalReviewer, 34, corrected}, {A::OrderNewReply, R::OfficeHead, 1, new_reply}};
constexpr Step kSuit[]{{A::OpenDispute, R::LegalReviewer, 25, suit_opened}, {A::AnswerDispute, R::LegalReviewer, 7, dispute_answer}};
constexpr Step kJustSued[]{{A::OpenDispute, R::LegalReviewer, 5, suit_opened}};

// ---- paths -----------------------------------------------------------------------------------------------------------

using O = Outcome;
constexpr std::string_view kChargesFees = "430500-02";
constexpr std::string_view kPrintedAccounts = "430500-01";  // has open work for its accounts
constexpr std::string_view kConfirmsByStaff = "430500-05";

constexpr Path kPaths[]{
    // long over, one line for each way that ends in each outcome
    { 7, O::Disclosed,          0, {kOnline, kClaimed, kSearched, kSigned, kRated}},
    { 3, O::Disclosed,          0, {kOnline, kClaimed, kSearched, kSigned, kRatedBadly}},
    { 7, O::Disclosed,          0, {kCounter, kClaimed, kSearched, kSigned, kFiled}},
    { 4, O::Disclosed,          0, {kOnline, kAssigned, kJointAgency, kSigned, kRated}},
    { 4, O::Disclosed,          0, {kCounter, kClaimed, kExtended, kLongSearch, kSigned, kFiled}},
    { 3, O::Disclosed,          0, {kOnline, kClaimed, kReminded, kSearched, kSigned, kFiled}},  // late
    { 4, O::Disclosed,          0, {kOnline, kCorrectionAsked, kCorrected, kClaimed, kSearched, kSigned, kFiled}},
    { 1, O::Disclosed,          0, {kOnline, kCorrectionAsked, kCorrectedLate, kClaimed, kSearched, kSigned, kFiled}},
    { 2, O::Disclosed,          0, {kCounter, kFeeAsked, kPaid, kClaimed, kSearched, kSigned, kFiled}, kChargesFees},
    { 1, O::Disclosed,          0, {kCounter, kFeeAsked, kPaidLate, kClaimed, kSearched, kSigned, kFiled}, kChargesFees},
    { 3, O::Disclosed,          0, {kCounter, kAssigned, kReturned, kSigned, kFiled}},
    { 3, O::Disclosed,          0, {kOnline, kClaimed, kThirdParty, kStaysSilent, kSigned, kFiled}},
    { 2, O::Disclosed,          0, {kOnline, kExplanationAsked, kExplained, kClaimed, kDeferred, kSigned, kFiled}},
    { 2, O::Disclosed,          0, {kOnline, kClaimed, kTransferred, kSearched, kSigned, kServed, kSuggestionDeclined}},
    { 6, O::AlreadyPublic,      0, {kOnline, kClaimed, kSigned, kRated}},
    { 5, O::AlreadyPublic,      0, {kCounter, kAssigned, kNotExtended, kSigned, kFiled}},
    { 5, O::Partial,            0, {kOnline, kClaimed, kThirdParty, kPartlyAgreed, kSigned, kRated}},
    { 3, O::Partial,            0, {kCounter, kClaimed, kThirdParty, kPartlyAgreed, kSigned, kFiled}},
    { 1, O::Disclosed,          0, {kCounter, kClaimed, kSearched, kSigned, kFiled, kAmended}},
    { 2, O::RefusedSecret,      0, {kOnline, kClaimed, kSearched, kSigned, kFiled}},
    { 2, O::RefusedLaw,         0, {kCounter, kClaimed, kSearched, kSigned, kFiled}},
    { 2, O::RefusedSafety,      0, {kOnline, kAssigned, kSearched, kSigned, kFiled}},
    { 3, O::RefusedThirdParty,  0, {kOnline, kClaimed, kThirdParty, kObjected, kSigned, kFiled}},
    { 2, O::RefusedThirdParty,  0, {kCounter, kClaimed, kUndeliverable, kSigned, kFiled, kReviewUpheld}},
    { 3, O::RefusedInternal,    0, {kOnline, kClaimed, kSearched, kSigned, kRated}},
    { 3, O::RefusedProcess,     0, {kCounter, kClaimed, kSearched, kSigned, kFiled}},
    { 2, O::RefusedProcess,    85, {kOnline, kClaimed, kSearched, kSigned, kFiled, kReviewCorrected}},  // a new reply is under way
    { 3, O::RefusedEnforcement, 0, {kOnline, kClaimed, kSearched, kSigned, kFiled}},
    { 4, O::SpecialLaw,         0, {kOnline, kClaimed, kSigned, kRated}},
    { 8, O::NotHeld,            0, {kCounter, kClaimed, kSearched, kSigned, kFiled}},
    { 2, O::Transferred,        0, {kCounter, kClaimed, kSearched, kSigned, kFiled}},
    { 2, O::NotHeld,            0, {kOnline, kClaimed, kSearched, kSigned, kFiled, kSuit}},
    { 8, O::NotOurAgency,       0, {kOnline, kClaimed, kSigned, kFiled}},
    { 3, O::NeedsProcessing,    0, {kOnline, kClaimed, kSearched, kSigned, kFiled}},
    { 3, O::StillUnclear,       0, {kOnline, kCorrectionAsked, kCorrected, kClaimed, kSigned, kFiled}},
    { 4, O::Petition,           0, {kOnline, kClaimed, kSigned, kRated}},
    { 3, O::Repeated,           0, {kOnline, kClaimed, kSigned, kFiled}},
    { 3, O::Publication,        0, {kOnline, kClaimed, kSigned, kFiled}},
    { 2, O::Abusive,            0, {kOnline, kExplanationAsked, kExplained, kClaimed, kSigned, kFiled}},
    { 3, O::Reissue,            0, {kCounter, kClaimed, kSigned, kFiled}},
    { 4, O::Uncorrected,        0, {kOnline, kCorrectionAsked, kLapsedAndFiled}},
    { 2, O::Unpaid,             0, {kOnline, kFeeAsked, kLapsedAndFiled}, kChargesFees},
    { 3, O::Withdrawn,          0, {kOnline, kClaimed, kWithdrawn, kLapsedAndFiled}},
    { 2, O::Withdrawn,          0, {kCounter, kWithdrawnAtCounter, kLapsedAndFiled}},
    { 2, O::Other,              0, {kCounter, kClaimed, kSigned, kFiled}},
    { 1, O::Other,              0, {kSubmitted, kRejected, kLapsedAndFiled}},
    // under way
    { 4, O::Disclosed,          1, {kSubmitted}},
    { 1, O::Disclosed,          2, {kSubmitted}, kConfirmsByStaff},  // a shadow deadline runs
    { 1, O::Disclosed,         17, {kSubmitted}, kConfirmsByStaff},
    { 2, O::Disclosed,          1, {kCounter}},
    { 2, O::NotHeld,            3, {kOnline}},
    { 3, O::Disclosed,          5, {kOnline, kCorrectionAsked}},
    { 2, O::Abusive,            4, {kOnline, kExplanationAsked}},
    { 2, O::Disclosed,          6, {kCounter, kFeeAsked}, kChargesFees},
    { 4, O::Disclosed,          3, {kOnline, kAccepted}},
    { 4, O::NotHeld,            6, {kOnline, kClaimed}},
    { 3, O::Disclosed,         18, {kCounter, kClaimed, kSearched}},  // due in 2 working days
    { 1, O::NotHeld,           20, {kCounter, kClaimed, kSearched}},  // due today
    { 3, O::NotHeld,           26, {kOnline, kClaimed, kReminded}},   // overdue
    { 3, O::Partial,            9, {kOnline, kClaimed, kThirdParty}},
    { 1, O::Disclosed,         15, {kOnline, kCorrectionAsked, kCorrected, kClaimed}},
    { 2, O::Disclosed,         23, {kCounter, kClaimed, kExtended}},
    { 1, O::Disclosed,         12, {kCounter, kClaimed, kExtensionAsked}},
    { 1, O::AlreadyPublic,      9, {kOnline, kClaimed, kDrafted}, kPrintedAccounts},
    { 1, O::NotOurAgency,       9, {kOnline, kClaimed, kDrafted, kHeadAgreed}},
    { 1, O::RefusedProcess,    12, {kCounter, kClaimed, kSearched, kDrafted, kSecrecyAgreed}},
    { 1, O::Disclosed,          9, {kOnline, kClaimed, kSearched, kReturned}, kPrintedAccounts},
    { 1, O::RefusedInternal,   14, {kCounter, kClaimed, kSearched, kDrafted, kLegalAgreed}},
    { 1, O::NotHeld,           24, {kCounter, kClaimed, kSearched, kDrafted, kSecrecyAgreed}},  // overdue
    { 2, O::Disclosed,         13, {kOnline, kClaimed, kSearched, kSigned}},
    { 1, O::AlreadyPublic,     16, {kOnline, kClaimed, kSearched, kSigned, kServed}},
    { 1, O::AlreadyPublic,     20, {kOnline, kClaimed, kSearched, kSigned, kServed, kJustRatedBadly}, kPrintedAccounts},
    { 1, O::AlreadyPublic,     24, {kOnline, kClaimed, kSearched, kSigned, kServed, kSuggested}, kPrintedAccounts},
    { 1, O::AlreadyPublic,     28, {kOnline, kClaimed, kSearched, kSigned, kServed, kJustSued}, kPrintedAccounts},
    { 1, O::Uncorrected,       25, {kOnline, kCorrectionAsked}},
    { 1, O::Withdrawn,          6, {kOnline, kClaimed, kWithdrawn}},
};
// clang-format on

constexpr int cases() {
    int total = 0;
    for (Path const& path : kPaths) total += path.count;
    return total;
}
static_assert(cases() == 200);

}  // namespace

std::span<Path const> paths() { return kPaths; }

}  // namespace server::demo
