#pragma once

#include "workflow/cases/case.hpp"
#include "workflow/procedure/procedure.hpp"
#include "workflow/words/actions.hpp"
#include "workflow/words/inline_set.hpp"
#include "workflow/words/term.hpp"
#include "workflow/words/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who is told what after which step: one table. What a notification says names the case by its number and nobody by
/// name, so that a text message read over a shoulder tells nothing about the applicant.
namespace workflow {

enum class Notification : std::uint8_t {
    Received,
    Confirmed,
    NotRegistered,
    CorrectionRequested,
    ExplanationRequested,
    FeeNotified,
    Consulting,
    ConsultationLetter,
    Extended,
    Deferred,
    ReplyByEmail,
    ReplyToDownload,
    ReplyPosted,
    Terminated,
    ServeAgain,
    DisclosureDecision,
    CoHandling,
    CoOpinionLate,
    Assigned,
    Returned,
    Reminded,
    Supervised,
    Carded,
    Escalated,
    DeliveryFailed,
    Digest,
    ContactCode
};
// clang-format off
inline constexpr std::array kNotifications{
    Term{Notification::Received,             "received",              "收到申请"},
    Term{Notification::Confirmed,            "confirmed",             "确认收到"},
    Term{Notification::NotRegistered,        "not_registered",        "不予登记"},
    Term{Notification::CorrectionRequested,  "correction_requested",  "补正告知"},
    Term{Notification::ExplanationRequested, "explanation_requested", "说明理由告知"},
    Term{Notification::FeeNotified,          "fee_notified",          "收费通知"},
    Term{Notification::Consulting,           "consulting",            "征求意见情况告知"},
    Term{Notification::ConsultationLetter,   "consultation_letter",   "征求意见书"},
    Term{Notification::Extended,             "extended",              "延期答复告知"},
    Term{Notification::Deferred,             "deferred",              "延迟答复告知"},
    Term{Notification::ReplyByEmail,         "reply_by_email",        "答复"},
    Term{Notification::ReplyToDownload,      "reply_to_download",     "答复可以下载"},
    Term{Notification::ReplyPosted,          "reply_posted",          "答复已寄出"},
    Term{Notification::Terminated,           "terminated",            "终止办理告知"},
    Term{Notification::ServeAgain,           "serve_again",           "再次送达答复"},
    Term{Notification::DisclosureDecision,   "disclosure_decision",   "决定公开告知"},
    Term{Notification::CoHandling,           "co_handling",           "协办通知"},
    Term{Notification::CoOpinionLate,        "co_opinion_late",       "协办超过内部时限"},
    Term{Notification::Assigned,             "assigned",              "交办"},
    Term{Notification::Returned,             "returned",              "退回修改"},
    Term{Notification::Reminded,             "reminded",              "催办"},
    Term{Notification::Supervised,           "supervised",            "督办"},
    Term{Notification::Carded,               "carded",                "红黄牌"},
    Term{Notification::Escalated,            "escalated",             "红黄牌通报"},
    Term{Notification::DeliveryFailed,       "delivery_failed",       "送达失败"},
    Term{Notification::Digest,               "digest",                "每日摘要"},
    Term{Notification::ContactCode,          "contact_code",          "联系方式核验码"},
};
// clang-format on
constexpr auto const& terms(Notification) { return kNotifications; }
static_assert(is_well_formed<Notification>());

/// Who is told. Of staff only those who can do something about it. `Responsible` are the assignee and the heads of the
/// disclosure office; `Watchers` those heads and the supervisors over the agency, from a yellow card up;
/// `CoDepartments` those who can give the opinion that a helping department owes.
enum class Audience : std::uint8_t {
    Applicant,
    ThirdParty,
    Assignee,
    Responsible,
    Registrars,
    Watchers,
    CoDepartments
};

/// What goes out besides the words: the letters that the step has made for whom it is told, or the signed reply.
enum class Enclosure : std::uint8_t { Nothing, LettersOfTheStep, Reply };

struct NotificationRule {
    Notification notification;
    InlineSet<Action, 4> after;  ///< empty: told by the system itself, after no step of a case
    Audience to;
    Enclosure encloses;
    /// Serves a letter that the law asks for: never held back by night, and where mail cannot carry it, it is printed.
    bool statutory;
    bool by_sms;                 ///< also sent as a text message
    bool acceptance_is_service;  ///< what the other side's system took in has been served (电子签名法第十一条)
    std::optional<ObtainBy> way;  ///< only for a reply that is sent this way
    std::string_view words;       ///< {number} the case, {agency} who writes, {code} of a check; also the text message
    bool (*when)(Case const& after) = nullptr;  ///< only where this holds of the case
};

NotificationRule const& rule_of(Notification notice);

/// What is told after this step has made the case what it is.
std::vector<NotificationRule const*> notifications_after(Action step, Case const& after);

/// What is done when this step has handed a letter to the applicant or recorded its service: the codes of what was told
/// with it, and the number that proves it.
struct Delivered {
    std::vector<std::string> topics;
    std::string reference;
};
Delivered delivered_by(Event const& event, Case const& after);

/// The notice that goes out with this notification; nullopt where none does.
std::optional<NoticeKind> notice_of(NotificationRule const& rule);

/// Whether the signed reply goes out with it, or can be fetched.
bool carries_reply(NotificationRule const& rule);

/// Whether anything is told after this step at all.
bool has_notifications(Action step);

}  // namespace workflow
