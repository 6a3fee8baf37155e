#include "workflow/letters/notifications.hpp"

#include <algorithm>

#include "workflow/letters/letters.hpp"
#include "workflow/reply/third_parties.hpp"

namespace workflow {
namespace {

/// The reply was refused or has come back.
bool came_back(Case const& c) { return c.delivery && !is_service(c.delivery->result); }

/// The signed reply discloses what a third party objected to.
bool overrules_somebody(Case const& c) { return c.reply_number && c.draft && !overruled_parties(c, *c.draft).empty(); }

/// The card that has just been issued is about the helping departments.
bool is_carded_for_opinion(Case const& c) {
    return !c.cards.empty() && c.cards.back().issue.cause == CardCause::CoOpinionSlow;
}

// clang-format off
using A = Action;
using N = Notification;
using To = Audience;
using E = Enclosure;
constexpr std::nullopt_t any = std::nullopt;
constexpr bool yes = true;
constexpr bool no = false;
constexpr std::array kNotificationRules{
    //         notification           after                                                             to             encloses            statutory sms service way
    // 申请人
    NotificationRule{N::Received,             {A::Submit},                                                      To::Applicant,  E::LettersOfTheStep, no,  no,  no,  any, "{agency}收到了您提交的政府信息公开申请，受理编号{number}。凭编号和查询码可以随时查看办理进度。"},
    NotificationRule{N::Confirmed,            {A::Register, A::ConfirmReceipt},                                 To::Applicant,  E::LettersOfTheStep, no,  no,  no,  any, "{agency}已登记您的政府信息公开申请，受理编号{number}，现进入审核。"},
    NotificationRule{N::NotRegistered,        {A::RejectSubmission},                                            To::Applicant,  E::LettersOfTheStep, yes, no,  no,  any, "您提交的申请（{number}）未予登记，理由见所附告知书。"},
    NotificationRule{N::CorrectionRequested,  {A::RequestCorrection},                                           To::Applicant,  E::LettersOfTheStep, yes, yes, yes, any, "您的申请（{number}）需要补正，请按补正告知书的要求在期限内补正；逾期不补正的，视为放弃申请。"},
    NotificationRule{N::ExplanationRequested, {A::RequestExplanation},                                          To::Applicant,  E::LettersOfTheStep, yes, yes, yes, any, "请就您的申请（{number}）说明理由，要求和期限见所附告知书。"},
    NotificationRule{N::FeeNotified,          {A::NotifyFee},                                                   To::Applicant,  E::LettersOfTheStep, yes, yes, yes, any, "您的申请（{number}）需要缴纳信息处理费，金额、方式和期限见收费通知书；逾期未缴的，视为放弃申请。"},
    NotificationRule{N::Consulting,           {A::Consult},                                                     To::Applicant,  E::LettersOfTheStep, no,  no,  no,  any, "您的申请（{number}）正在征求相关方面的意见。征求意见的时间不计入答复期限。"},
    NotificationRule{N::ConsultationLetter,   {A::Consult},                                                     To::ThirdParty, E::LettersOfTheStep, yes, no,  no,  any, "请就所附征求意见书（{number}）在期限内书面答复。"},
    NotificationRule{N::Extended,             {A::ApproveExtension},                                            To::Applicant,  E::LettersOfTheStep, yes, yes, yes, any, "您的申请（{number}）延期答复，新的期限和理由见延期答复告知书。"},
    NotificationRule{N::Deferred,             {A::Defer},                                                       To::Applicant,  E::LettersOfTheStep, yes, yes, yes, any, "您的申请（{number}）延迟答复，答复的日期和理由见所附告知书。"},
    NotificationRule{N::ReplyByEmail,         {A::DispatchReply},                                               To::Applicant,  E::Reply,           yes, yes, yes, ObtainBy::Email, "您的申请（{number}）已经答复，答复书已发到您留下的电子邮箱。"},
    NotificationRule{N::ReplyToDownload,      {A::DispatchReply},                                               To::Applicant,  E::Nothing,         yes, yes, no,  ObtainBy::Download, "您的申请（{number}）已经答复，请凭编号和查询码下载答复书。"},
    NotificationRule{N::ReplyPosted,          {A::DispatchReply},                                               To::Applicant,  E::Nothing,         no,  yes, no,  ObtainBy::Post, "您的申请（{number}）已经答复，答复书已交邮政寄出，请留意查收。"},
    NotificationRule{N::Terminated,           {A::LapseCorrection, A::LapsePayment, A::Withdraw},               To::Applicant,  E::LettersOfTheStep, yes, no,  no,  any, "您的申请（{number}）已终止办理，理由和救济途径见终止办理告知书。"},
    NotificationRule{N::ServeAgain,           {A::RecordDelivery},                                              To::Applicant,  E::Reply,           yes, no,  yes, any, "您的申请（{number}）的答复书被拒收或者退回，现再次送达。", came_back},
    NotificationRule{N::DisclosureDecision,   {A::ApproveReply},                                                To::ThirdParty, E::LettersOfTheStep, yes, no,  no,  any, "现告知您：涉及您的信息将予以公开（{number}），理由和救济途径见所附告知书。", overrules_somebody},
    // 工作人员
    NotificationRule{N::CoHandling,           {A::Accept},                                                      To::CoDepartments, E::Nothing,      no,  no,  no,  any, "申请{number}请您的部门协办，请登录系统查看期限，提交协办意见。", awaits_co_opinions},
    NotificationRule{N::CoOpinionLate,        {A::IssueCard},                                                   To::CoDepartments, E::Nothing,      no,  no,  no,  any, "申请{number}的协办意见已超过内部时限，请登录系统尽快提交。", is_carded_for_opinion},
    NotificationRule{N::Assigned,             {A::Assign},                                                      To::Assignee,   E::Nothing,         no,  no,  no,  any, "申请{number}已交您承办，请登录系统查看期限和下一步。"},
    NotificationRule{N::Returned,             {A::ReturnReply, A::RejectExtension},                             To::Assignee,   E::Nothing,         no,  no,  no,  any, "您承办的申请{number}被退回，请登录系统查看意见。"},
    NotificationRule{N::Reminded,             {A::Remind},                                                      To::Assignee,   E::Nothing,         no,  yes, no,  any, "您承办的申请{number}被催办，请尽快办理。"},
    NotificationRule{N::Supervised,           {A::Supervise},                                                   To::Responsible, E::Nothing,         no,  yes, no,  any, "申请{number}被上级督办，请登录系统查看要求和期限。"},
    NotificationRule{N::Carded,               {A::IssueCard},                                                   To::Assignee,   E::Nothing,         no,  no,  no,  any, "申请{number}被系统发牌，请登录系统查看原因并处理。"},
    NotificationRule{N::Escalated,            {A::IssueCard, A::EscalateCard},                                  To::Watchers,   E::Nothing,         no,  no,  no,  any, "申请{number}有红黄牌发出或逾期未处理，请登录系统核查。"},
    NotificationRule{N::DeliveryFailed,       {},                                                               To::Registrars, E::Nothing,         no,  no,  no,  any, "申请{number}有一份文书未能用电子方式送达，已生成打印送达任务，请登录系统处理。"},
    NotificationRule{N::Digest,               {},                                                               To::Assignee,   E::Nothing,         no,  no,  no,  any, ""},
    NotificationRule{N::ContactCode,          {},                                                               To::Applicant,  E::Nothing,         no,  yes, no,  any, "申请{number}的联系方式核验码是{code}，请尽快在进度页面填写。如果您没有提交过申请，请不要理会，也不要把核验码告诉别人。"},
};
// clang-format on

static_assert(
    kNotificationRules.size() == kNotifications.size() &&
    is_in_order(kNotificationRules, &NotificationRule::notification)
);

}  // namespace

NotificationRule const& rule_of(Notification notice) { return kNotificationRules[static_cast<std::size_t>(notice)]; }

std::vector<NotificationRule const*> notifications_after(Action step, Case const& after) {
    auto const& outgoing = after.dispatch ? after.dispatch : after.sending;
    auto const way = outgoing ? std::optional(outgoing->method) : std::nullopt;
    std::vector<NotificationRule const*> told;
    for (NotificationRule const& rule : kNotificationRules) {
        bool const holds = (!rule.way || rule.way == way) && (rule.when == nullptr || rule.when(after));
        if (rule.after.has(step) && holds) told.push_back(&rule);
    }
    return told;
}

std::optional<NoticeKind> notice_of(NotificationRule const& rule) {
    for (NoticeRule const& notice : kNoticeRules) {
        if (rule.after.has(notice.decided_by)) return notice.kind;
    }
    return std::nullopt;
}

bool carries_reply(NotificationRule const& rule) {
    return rule.statutory && (rule.encloses == Enclosure::Reply || rule.way.has_value());
}

Delivered delivered_by(Event const& event, Case const& after) {
    Delivered done;
    std::optional<NoticeKind> notice;
    bool reply = false;
    if (auto const* dispatch = std::get_if<NoticeDispatch>(&event.payload)) {
        notice = dispatch->letter;
        if (dispatch->tracking_number) done.reference = dispatch->tracking_number->value;
    } else if (auto const* sent = std::get_if<Dispatch>(&event.payload)) {
        reply = after.dispatch.has_value();
        if (sent->tracking_number) done.reference = sent->tracking_number->value;
    } else if (auto const* delivery = std::get_if<DeliveryRecord>(&event.payload);
               delivery != nullptr && is_service(delivery->result)) {
        notice = delivery->letter;
        reply = after.dispatch && !delivery->consultation && !notice;
    }
    for (NotificationRule const& rule : kNotificationRules) {
        if ((notice && notice_of(rule) == notice) || (reply && carries_reply(rule)))
            done.topics.emplace_back(code(rule.notification));
    }
    return done;
}

bool has_notifications(Action step) {
    return std::ranges::any_of(kNotificationRules, [&](NotificationRule const& rule) { return rule.after.has(step); });
}

}  // namespace workflow
