#pragma once

#include "workflow/time/calendar.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/result.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workflow {

/// One period that the law gives, and the article that gives it.
struct Period {
    int length;  ///< working days, unless its name says otherwise
    std::string_view article;
};

/// Every number of the clock.
// clang-format off
inline constexpr Period kReplyPeriod             {20, "条例第三十三条"};
inline constexpr Period kLongestExtension        {20, "条例第三十三条"};
inline constexpr Period kCorrectionNotice        { 7, "条例第三十条"};
inline constexpr Period kUsualCorrection         {15, "条例第三十条"};    ///< the law says 合理期限; where the notice names no day
inline constexpr Period kConsultationAnswer      {15, "条例第三十二条"};  ///< from service; 第三十四条 says the same
inline constexpr Period kUnservedConsultation    {30, "条例第三十三条"};  ///< our cap, from dispatch, while no service is known
inline constexpr Period kNewReplyPeriod          {20, "法释〔2025〕8号"};  ///< where a court or 复议机关 sets none
inline constexpr Period kFeePaymentInNaturalDays {30, "条例第四十二条"};  ///< 国办函〔2020〕109号

enum class ClockEventType : std::uint8_t {
    CorrectionRequested, CorrectionReceived, ConsultationSent, ConsultationEnded, Extended, Deferred, FeeNotified, FeePaid, Replied, Withdrawn,
    Ordered
};
inline constexpr std::array kClockEventTypes{
    Term{ClockEventType::CorrectionRequested, "correction_requested", "告知补正"},
    Term{ClockEventType::CorrectionReceived,  "correction_received",  "收到补正"},
    Term{ClockEventType::ConsultationSent,    "consultation_sent",    "发出征求意见"},
    Term{ClockEventType::ConsultationEnded,   "consultation_ended",   "征求意见结束"},
    Term{ClockEventType::Extended,            "extended",             "延长答复期限"},
    Term{ClockEventType::Deferred,            "deferred",             "延迟答复"},
    Term{ClockEventType::FeeNotified,         "fee_notified",         "通知缴费"},
    Term{ClockEventType::FeePaid,             "fee_paid",             "缴费"},
    Term{ClockEventType::Replied,             "replied",              "答复"},
    Term{ClockEventType::Withdrawn,           "withdrawn",            "撤回申请"},
    Term{ClockEventType::Ordered,             "ordered",              "责令期限"},
};
constexpr auto const& terms(ClockEventType) { return kClockEventTypes; }

enum class ConsultationKind : std::uint8_t { ThirdParty, JointAgency, Authority };
inline constexpr std::array kConsultationKinds{
    Term{ConsultationKind::ThirdParty,  "third_party",  "第三方"},
    Term{ConsultationKind::JointAgency, "joint_agency", "共同制作机关"},
    Term{ConsultationKind::Authority,   "authority",    "主管部门"},
};
constexpr auto const& terms(ConsultationKind) { return kConsultationKinds; }

enum class ClockStatus : std::uint8_t { Running, Paused, AwaitingCorrection, AwaitingPayment, Replied, Lapsed };
inline constexpr std::array kClockStatuses{
    Term{ClockStatus::Running,            "running",             "计时中"},
    Term{ClockStatus::Paused,             "paused",              "征求意见中"},
    Term{ClockStatus::AwaitingCorrection, "awaiting_correction", "待补正"},
    Term{ClockStatus::AwaitingPayment,    "awaiting_payment",    "待缴费"},
    Term{ClockStatus::Replied,            "replied",             "已答复"},
    Term{ClockStatus::Lapsed,             "lapsed",              "已终止"},
};
constexpr auto const& terms(ClockStatus) { return kClockStatuses; }

enum class DeadlineKind : std::uint8_t { CorrectionNotice, Correction, Reply, Consultation, FeePayment };
inline constexpr std::array kDeadlineKinds{
    Term{DeadlineKind::CorrectionNotice, "correction_notice", "告知补正期限"},
    Term{DeadlineKind::Correction,       "correction",        "补正期限"},
    Term{DeadlineKind::Reply,            "reply",             "答复期限"},
    Term{DeadlineKind::Consultation,     "consultation",      "征求意见期限"},
    Term{DeadlineKind::FeePayment,       "fee_payment",       "缴费期限"},
};
constexpr auto const& terms(DeadlineKind) { return kDeadlineKinds; }

/// What a span of time does to the reply deadline.
enum class ClockEffect : std::uint8_t { Restart, Run, Pause, Extension, Deferral, Wait, Reply, Lapse, Order };
inline constexpr std::array kClockEffects{
    Term{ClockEffect::Restart,   "restart",   "重新起算"},  ///< the span does not count: the period began afresh at its end
    Term{ClockEffect::Run,       "run",       "计算期限"},  ///< the period itself
    Term{ClockEffect::Pause,     "pause",     "扣除"},      ///< its working days are excluded
    Term{ClockEffect::Extension, "extension", "延长"},      ///< decided at its start: its working days are added, to its end
    Term{ClockEffect::Deferral,  "deferral",  "延迟"},      ///< decided at its start: the deadline moves to its end
    Term{ClockEffect::Wait,      "wait",      "等待申请人"},  ///< for a correction or a payment
    Term{ClockEffect::Reply,     "reply",     "答复"},
    Term{ClockEffect::Lapse,     "lapse",     "终止"},      ///< not corrected, not paid, withdrawn
    Term{ClockEffect::Order,     "order",     "责令期限"},  ///< a court or a 复议机关 has set the deadline: its end
};
constexpr auto const& terms(ClockEffect) { return kClockEffects; }

// clang-format on

static_assert(is_well_formed<ClockEventType>() && is_well_formed<ConsultationKind>() && is_well_formed<ClockStatus>());
static_assert(is_well_formed<DeadlineKind>() && is_well_formed<ClockEffect>());

/// One thing that happened. Which members an event of a type uses stands beside them; the others are ignored.
struct ClockEvent {
    ClockEventType type;
    Date on;
    std::optional<Date> reply_by = {};  ///< correction_requested: last day to correct
    std::optional<Date> served = {};    ///< consultation_sent, fee_notified: the letter was received
    std::optional<Date> to = {};        ///< deferred, ordered: the new deadline
    std::string id = {};                ///< consultation_sent, consultation_ended: unique among those sent
    ConsultationKind kind = ConsultationKind::ThirdParty;  ///< consultation_sent
    int days = 0;                                          ///< extended: working days
    bool excused = false;                                  ///< correction_received, fee_paid: late with 正当理由
    bool late = false;  ///< of a letter that went out after its last day: it is on record and moves no deadline

    bool operator==(ClockEvent const&) const = default;
};

struct Timeline {
    Date received;
    std::vector<ClockEvent> events = {};  ///< in any order; those of one day apply in the order given
    bool operator==(Timeline const&) const = default;
};

struct Deadline {
    DeadlineKind kind;
    Date due;
    std::string_view basis;
    std::optional<Date> met = {};  ///< the day it was done, in time or not
};

struct OpenConsultation {
    std::string id;
    Date limit;  ///< the last day that still pauses the clock
};

/// One sentence of the reason why the reply deadline is what it is.
struct Explanation {
    Date from;
    Date to;
    ClockEffect effect;
    int workdays;  ///< counted, excluded or added, as the effect says
    std::string text;
    std::string_view basis;
};

/// How a clock stands at the end of one day.
struct ClockResult {
    ClockStatus status = ClockStatus::Running;
    /// The last day to reply, as it stands; null while the applicant has to act, and after a lapse or a withdrawal.
    std::optional<Date> reply_due = {};
    bool provisional = false;  ///< a date was computed through a year without a published calendar
    int remaining_workdays = 0;
    int overdue_workdays = 0;
    std::vector<Deadline> deadlines = {};
    std::vector<OpenConsultation> open_consultations = {};  ///< not ended, whether past their limit or not
    std::vector<Explanation> explain = {};
    /// The next day on which this changes without any event; the counts of days aside.
    std::optional<Date> next_change = {};
};

/// `Brief` leaves `explain` empty; everything else is the same.
enum class Detail : std::uint8_t { Brief, Full };

/// Computes the clock of one request as it stands at the end of the day `as_of`. Later events have not happened yet;
/// only their form is checked. A refusal is `invalid`; its detail names the event by its position, from 1.
///
/// Where the law leaves room (the reasons stand in decisions.md):
/// * A case has one extension, also when a restart has dropped its days (条例第三十三条).
/// * A consultation that is open across a deferral lengthens the new deadline by its days after the day of the
///   deferral.
/// * A reply while a correction or payment is awaited is measured against the deadline of the period it interrupted.
/// * The 7 days for asking for a correction are listed until they are used, or until the first period restarts or ends.
Result<ClockResult> compute_clock(
    Timeline const& timeline, Date as_of, WorkdayCalendar const& calendar, Detail detail = Detail::Full
);

/// Last day on which a correction may be asked for.
Date correction_notice_limit(Date received, WorkdayCalendar const& calendar);

}  // namespace workflow
