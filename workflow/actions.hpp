#pragma once

#include "workflow/term.hpp"

#include <array>
#include <cstdint>

namespace workflow {

/// Everything that can be done to a case. An action names the command, the event it leaves in the journal and the line of
/// the timeline alike: one word for one thing.
enum class Action : std::uint8_t {
    Submit, Register, ConfirmReceipt, RejectSubmission, RequestCorrection, RecordCorrection, RequestExplanation,
    RecordExplanation, NotifyFee, RecordPayment, Accept, Assign, Claim, ReturnAssignment, TransferDepartment,
    AddSearchRecord, Consult, RecordOpinion, CloseConsultation, ProposeExtension, ApproveExtension, RejectExtension, Defer,
    DraftReply, SubmitReply, ApproveReply, ReturnReply, DispatchReply, RecordDelivery, Withdraw, Archive, Remind, Note,
    OpenDispute, CloseDispute, OrderNewReply, Rate, SuggestPublication, LapseCorrection, LapsePayment, LapseConsultation,
    IssueCard, Attach, Import, AddToRating, AssignRating, ContactRater, RectifyRating, CallBackRater, AnswerDispute,
    ReplyAnew, AnswerSuggestion, RequestAmendment, AnswerAmendment,
    LiftCard, EscalateCard, PlanCard, ExplainCard, InspectCard, RevisitCard, SettleCard, CirculateCard,
    CloseCard, ProposeRevocation, ApproveRevocation, RejectRevocation, Supervise, Acknowledge
};

// clang-format off
inline constexpr std::array kActions{
    Term{Action::Submit,             "submit",              "提交申请"},
    Term{Action::Register,           "register",            "登记申请"},
    Term{Action::ConfirmReceipt,     "confirm_receipt",     "确认收到"},
    Term{Action::RejectSubmission,   "reject_submission",   "不予登记"},
    Term{Action::RequestCorrection,  "request_correction",  "要求补正"},
    Term{Action::RecordCorrection,   "record_correction",   "收到补正"},
    Term{Action::RequestExplanation, "request_explanation", "要求说明理由"},
    Term{Action::RecordExplanation,  "record_explanation",  "收到理由说明"},
    Term{Action::NotifyFee,          "notify_fee",          "通知缴费"},
    Term{Action::RecordPayment,      "record_payment",      "登记缴费"},
    Term{Action::Accept,             "accept",              "审核分办"},
    Term{Action::Assign,             "assign",              "指派承办人"},
    Term{Action::Claim,              "claim",               "认领"},
    Term{Action::ReturnAssignment,   "return_assignment",   "退回分办"},
    Term{Action::TransferDepartment, "transfer_department", "转办"},
    Term{Action::AddSearchRecord,    "add_search_record",   "登记检索记录"},
    Term{Action::Consult,            "consult",             "征求意见"},
    Term{Action::RecordOpinion,      "record_opinion",      "登记意见"},
    Term{Action::CloseConsultation,  "close_consultation",  "结束征求意见"},
    Term{Action::ProposeExtension,   "propose_extension",   "申请延期"},
    Term{Action::ApproveExtension,   "approve_extension",   "批准延期"},
    Term{Action::RejectExtension,    "reject_extension",    "不批准延期"},
    Term{Action::Defer,              "defer",               "延迟答复"},
    Term{Action::DraftReply,         "draft_reply",         "拟写答复"},
    Term{Action::SubmitReply,        "submit_reply",        "提交审批"},
    Term{Action::ApproveReply,       "approve_reply",       "审批通过"},
    Term{Action::ReturnReply,        "return_reply",        "退回修改"},
    Term{Action::DispatchReply,      "dispatch_reply",      "送出答复"},
    Term{Action::RecordDelivery,     "record_delivery",     "登记送达"},
    Term{Action::Withdraw,           "withdraw",            "撤回申请"},
    Term{Action::Archive,            "archive",             "归档"},
    Term{Action::Remind,             "remind",              "催办"},
    Term{Action::Note,               "note",                "备注"},
    Term{Action::OpenDispute,        "open_dispute",        "登记复议诉讼"},
    Term{Action::CloseDispute,       "close_dispute",       "登记复议诉讼结果"},
    Term{Action::OrderNewReply,      "order_new_reply",     "责令重新答复"},
    Term{Action::Rate,               "rate",                "评价"},
    Term{Action::SuggestPublication, "suggest_publication", "建议主动公开"},
    Term{Action::LapseCorrection,    "lapse_correction",    "逾期未补正"},
    Term{Action::LapsePayment,       "lapse_payment",       "逾期未缴费"},
    Term{Action::LapseConsultation,  "lapse_consultation",  "征求意见期满"},
    Term{Action::IssueCard,          "issue_card",          "发出红黄牌"},
    Term{Action::Attach,             "attach",              "上传材料"},
    Term{Action::Import,             "import",              "从台账导入"},
    Term{Action::AddToRating,        "add_to_rating",       "追加评价"},
    Term{Action::AssignRating,       "assign_rating",       "指派差评核实"},
    Term{Action::ContactRater,       "contact_rater",       "联系评价人核实"},
    Term{Action::RectifyRating,      "rectify_rating",      "登记差评整改"},
    Term{Action::CallBackRater,      "call_back_rater",     "回访评价人"},
    Term{Action::AnswerDispute,      "answer_dispute",      "提交复议答复或答辩"},
    Term{Action::ReplyAnew,          "reply_anew",          "重新答复立件"},
    Term{Action::AnswerSuggestion,   "answer_suggestion",   "答复公开建议"},
    Term{Action::RequestAmendment,   "request_amendment",   "申请更正"},
    Term{Action::AnswerAmendment,    "answer_amendment",    "答复更正申请"},
    Term{Action::LiftCard,           "lift_card",           "红黄牌事由消除"},
    Term{Action::EscalateCard,       "escalate_card",       "红黄牌逾期报上级机关"},
    Term{Action::PlanCard,           "plan_card",           "填写办理计划"},
    Term{Action::ExplainCard,        "explain_card",        "说明原因、责任人和措施"},
    Term{Action::InspectCard,        "inspect_card",        "核查"},
    Term{Action::RevisitCard,        "revisit_card",        "复核回访"},
    Term{Action::SettleCard,         "settle_card",         "登记处理结果"},
    Term{Action::CirculateCard,      "circulate_card",      "通报"},
    Term{Action::CloseCard,          "close_card",          "办结销牌"},
    Term{Action::ProposeRevocation,  "propose_revocation",  "申请撤销红黄牌"},
    Term{Action::ApproveRevocation,  "approve_revocation",  "批准撤销红黄牌"},
    Term{Action::RejectRevocation,   "reject_revocation",   "不批准撤销红黄牌"},
    Term{Action::Supervise,          "supervise",           "督办"},
    Term{Action::Acknowledge,        "acknowledge",         "签收催办督办"},
};
// clang-format on
constexpr auto const& terms(Action) { return kActions; }
static_assert(is_well_formed<Action>());

}  // namespace workflow
