#include "workflow/time/clock.hpp"

#include <algorithm>
#include <concepts>

/// The clock in the order of the law: 条例第三十一条 (the day of receipt), 第三十三条第二款 (20 working days), 第三十条
/// (correction), 第三十二条、第三十三条第三款、第三十四条 (consultations), 第三十三条第二款 (extension), 第三十五条
/// (deferral), 第四十二条 (fees), 法释〔2025〕8号 (a new reply that was ordered), the end of a case; last what follows
/// on the day asked about.
namespace workflow {

namespace {

using Type = ClockEventType;

constexpr std::string_view kServiceArticle = "国办公开办函〔2016〕235号第四条";

/// When an event of a type may happen at all.
struct EventRule {
    Type type;
    bool not_while_waiting;    ///< refused while the agency waits for a correction or a payment
    bool not_after_reply_due;  ///< refused after the deadline in force
    std::string_view article;
};

// clang-format off
constexpr std::array kEventRules{
    EventRule{Type::CorrectionRequested, true,  false, "条例第三十条"},
    EventRule{Type::CorrectionReceived,  false, false, "条例第三十条"},
    EventRule{Type::ConsultationSent,    true,  false, "条例第三十三条"},
    EventRule{Type::ConsultationEnded,   false, false, "条例第三十三条"},
    EventRule{Type::Extended,            true,  true,  "条例第三十三条"},
    EventRule{Type::Deferred,            true,  true,  "条例第三十五条"},
    EventRule{Type::FeeNotified,         true,  true,  "条例第四十二条"},
    EventRule{Type::FeePaid,             false, false, "条例第四十二条"},
    EventRule{Type::Replied,             false, false, "条例第三十三条"},
    EventRule{Type::Withdrawn,           false, false, ""},
    EventRule{Type::Ordered,             true,  false, "法释〔2025〕8号"},
};
// clang-format on
static_assert(kEventRules.size() == kClockEventTypes.size() && is_in_order(kEventRules, &EventRule::type));

EventRule const& rule_of(Type type) { return kEventRules[static_cast<std::size_t>(type)]; }

/// What the applicant has to do before the agency goes on: the event that ends the wait, and the words and refusal
/// codes by which the system speaks of it.
struct Turn {
    Type answer;
    ClockStatus status;
    DeadlineKind deadline;
    std::string_view what;
    std::string_view asked;
    std::string_view answered;
    std::string_view not_asked_code;
    std::string_view late_code;
    std::string_view awaiting_code;
};

// clang-format off
constexpr Turn kCorrection{
    Type::CorrectionReceived, ClockStatus::AwaitingCorrection, DeadlineKind::Correction,
    "补正", "告知补正", "收到补正的申请", "correction_not_requested", "correction_late", "awaiting_correction",
};
constexpr Turn kPayment{
    Type::FeePaid, ClockStatus::AwaitingPayment, DeadlineKind::FeePayment,
    "缴费", "通知缴费", "缴费", "fee_not_notified", "payment_late", "awaiting_payment",
};
// clang-format on

/// The article that gives the consulted side its time to answer.
std::string_view article_of(ConsultationKind kind) {
    switch (kind) {
        case ConsultationKind::ThirdParty:
            return "条例第三十二条";
        case ConsultationKind::JointAgency:
            return "条例第三十四条";
        case ConsultationKind::Authority:
            return "条例第三十三条";
    }
    return {};
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string text_of(std::string_view text) { return std::string(text); }
std::string text_of(std::integral auto number) { return std::to_string(number); }
std::string text_of(Date date) { return to_chinese(date); }

template <typename... Parts>
std::string sentence(Parts const&... parts) {
    return (text_of(parts) + ...);
}

/// Applies the events of one timeline in order and holds what the deadline follows from. One object computes once.
class ClockComputation {
public:
    ClockComputation(Timeline const& timeline, Date as_of, WorkdayCalendar const& calendar, Detail detail)
        : timeline_(timeline), as_of_(as_of), calendar_(calendar), detail_(detail) {}

    Result<ClockResult> run();

private:
    /// The deadline in force lies `workdays` after `base`, and one more for every working day after `pauses_from` that
    /// a consultation excludes.
    struct ReplyPeriod {
        Date begun;
        Date pauses_from;
        Date base;
        int workdays;
        std::string_view basis;
        std::size_t explained_from;  ///< see explanation_of_period
    };

    struct Consultation {
        ClockEvent const* sent;
        Counted limit;         ///< the last day that still pauses the clock
        bool pauses;           ///< sent no later than the deadline in force
        std::size_t deadline;  ///< its place in `result_.deadlines`
        std::optional<Date> ended = {};
    };

    /// The agency waits for the applicant, until `limit`.
    struct Wait {
        Turn const* turn;
        ClockEvent const* asked;
        Counted limit;
        std::size_t deadline;  ///< its place in `result_.deadlines`

        /// The period of the applicant ends on no provisional day.
        bool over(Date day) const { return day > limit.date && !limit.provisional; }
    };

    using Verdict = std::optional<Refusal>;  ///< null: the event is lawful

    Verdict check_form(ClockEvent const& event) const;
    Verdict check_order(ClockEvent const& event);
    Verdict apply(ClockEvent const& event);

    void begin_period(Date receipt);
    Verdict request_correction(ClockEvent const& event);
    void begin_wait(ClockEvent const& event, Turn const& turn, Counted limit, std::string_view basis);
    Verdict restart(ClockEvent const& event, Turn const& turn);
    void record_late(ClockEvent const& event, Date due, std::string_view without);
    bool record_answer_to_late(ClockEvent const& event, Turn const& turn);
    Verdict send_consultation(ClockEvent const& event);
    Verdict end_consultation(ClockEvent const& event);
    Verdict extend(ClockEvent const& event);
    Verdict defer(ClockEvent const& event);
    void notify_fee(ClockEvent const& event);
    void order_new_reply(ClockEvent const& event);

    void summarise();
    void find_next_change();

    /// A day that was counted; remembers whether a year without a published calendar lies on the way.
    Counted noted(Counted counted) {
        result_.provisional |= counted.provisional;
        return counted;
    }
    /// The first day itself is never counted (民法典第二百零一条).
    Counted count(Date from, int workdays) { return noted(calendar_.add_workdays(from, workdays)); }
    /// A day that a letter names. Whether it is a working day, a year without a published calendar does not say.
    Counted named(Date date) const { return {date, !calendar_.covers(year_of(date))}; }

    template <typename Visit>
    int for_each_pause(Date day, Visit visit) const;
    Counted deadline_on(Date day);
    Date due_on(Date day) { return deadline_on(day).date; }
    void explain_pauses(Date until);

    /// Where the sentences about this period begin.
    std::vector<Explanation>::iterator explanation_of_period() {
        return result_.explain.begin() + static_cast<std::ptrdiff_t>(period_.explained_from);
    }

    std::size_t add_deadline(DeadlineKind kind, Counted due, std::string_view basis) {
        result_.deadlines.push_back({kind, due.date, basis, due.provisional});
        return result_.deadlines.size() - 1;
    }

    template <typename Text>
    void explain(ClockEffect effect, Date from, Date to, int workdays, std::string_view basis, Text text) {
        if (detail_ == Detail::Full) result_.explain.push_back({from, to, effect, workdays, text(), basis});
    }

    Refusal refuse(ClockEvent const& event, std::string_view code, std::string_view article, std::string_view why)
        const;

    Timeline const& timeline_;
    Date const as_of_;
    WorkdayCalendar const& calendar_;
    Detail const detail_;

    ClockResult result_;
    ReplyPeriod period_{};
    bool restarted_ = false;
    bool extended_ = false;
    std::vector<Consultation> consultations_;  ///< in order of dispatch, of all periods
    std::optional<Wait> wait_;
    std::vector<Turn const*> asked_late_;     ///< and not answered yet
    ClockEvent const* conclusion_ = nullptr;  ///< reply or withdrawal
};

/// A refusal names the event by its position in the timeline, from 1.
Refusal ClockComputation::refuse(
    ClockEvent const& event, std::string_view code, std::string_view article, std::string_view why
) const {
    auto const position = &event - timeline_.events.data() + 1;
    auto detail = sentence("第", position, "项（", label(event.type), "，", to_string(event.on), "）：", why, "。");
    FieldError error{sentence("/events/", position - 1), std::string(code), detail};
    return {RefusalKind::Invalid, std::string(code), std::move(detail), std::string(article), {std::move(error)}};
}

Result<ClockResult> ClockComputation::run() {
    // 条例第三十一条: the day of receipt, which whoever registered the request has established, starts everything.
    if (as_of_ < timeline_.received)
        return Refusal{RefusalKind::Invalid, "as_of_before_received", "计算日期早于收到申请之日。"};

    std::vector<ClockEvent const*> happened;
    happened.reserve(timeline_.events.size());
    for (ClockEvent const& event : timeline_.events) {
        if (auto refusal = check_form(event)) return *std::move(refusal);
        if (event.on <= as_of_) happened.push_back(&event);
    }
    std::ranges::stable_sort(happened, {}, &ClockEvent::on);

    // 条例第三十条: a correction may be asked for within 7 working days of the receipt. This limit stays the first.
    Counted const notice_limit = count(timeline_.received, kCorrectionNotice.length);
    add_deadline(DeadlineKind::CorrectionNotice, notice_limit, kCorrectionNotice.article);
    // 条例第三十三条第二款: the reply is due 20 working days after the receipt.
    begin_period(timeline_.received);
    for (ClockEvent const* event : happened) {
        if (auto refusal = check_order(*event)) return *std::move(refusal);
        if (auto refusal = apply(*event)) return *std::move(refusal);
    }
    summarise();
    return std::move(result_);
}

// ---- what an event must be ----------------------------------------------------------------------------------------

/// What can be said of an event by itself.
ClockComputation::Verdict ClockComputation::check_form(ClockEvent const& event) const {
    bool const named = event.type == Type::ConsultationSent || event.type == Type::ConsultationEnded;
    bool const served = event.type == Type::ConsultationSent || event.type == Type::CorrectionRequested ||
                        event.type == Type::FeeNotified;
    if (event.on < timeline_.received)
        return refuse(event, "before_received", "", sentence("早于收到申请之日", timeline_.received));
    if (named && (event.id.empty() || std::ranges::any_of(event.id, is_control)))
        return refuse(event, "id_invalid", "", "征求意见的编号缺失，或者含有控制字符");
    bool const dated = event.type == Type::Deferred || event.type == Type::Ordered;
    if (dated && !event.to) return refuse(event, "date_missing", "", sentence("缺少", label(event.type), "到的日期"));
    if (event.type == Type::Ordered && *event.to < event.on)
        return refuse(event, "end_before_start", "", "责令的期限早于收到决定之日");
    if (served && event.served && *event.served < event.on)
        return refuse(event, "end_before_start", "", "送达日期早于发出日期");
    if (event.type == Type::CorrectionRequested && event.reply_by && *event.reply_by < event.on)
        return refuse(event, "end_before_start", "", "补正期限早于告知补正之日");
    return std::nullopt;
}

/// Whether an event of this type may happen now.
ClockComputation::Verdict ClockComputation::check_order(ClockEvent const& event) {
    EventRule const& rule = rule_of(event.type);
    // Nothing follows a reply or a withdrawal.
    if (conclusion_) {
        bool const replied = conclusion_->type == Type::Replied;
        auto const why = sentence(label(conclusion_->type), "之后不能再有其他事项");
        return refuse(event, replied ? "after_reply" : "after_withdrawal", "", why);
    }
    // 条例第三十条: 一次性告知, so the applicant is asked once.
    if (event.type == Type::CorrectionRequested && result_.deadlines.front().met)
        return refuse(event, "second_correction_request", rule.article, "补正只能一次性告知，此前已告知过补正");
    if (wait_) {
        Turn const& turn = *wait_->turn;
        bool const late = wait_->over(event.on);
        auto const limit = [&] { return sentence(turn.what, "期限", wait_->limit.date, "已过"); };
        // 条例第三十条, 国办函〔2020〕109号: not corrected or not paid in time is 视为放弃申请. Only the answer itself
        // can still come, and only with 正当理由.
        if (late && event.type != turn.answer)
            return refuse(
                event, "after_lapse", rule_of(turn.answer).article, limit() + "，申请视为放弃，不能再有其他事项"
            );
        if (late && !event.excused)
            return refuse(event, turn.late_code, rule.article, limit() + "，且没有认定正当理由");
        if (rule.not_while_waiting)
            return refuse(event, turn.awaiting_code, rule.article, sentence("正在等待申请人", turn.what, "，不能办理"));
    }
    // 条例第三十三条、第三十五条、第四十二条: a deadline that has passed can be neither moved nor stopped.
    if (rule.not_after_reply_due && !event.late)
        if (Date const due = due_on(event.on); event.on > due)
            return refuse(event, "after_reply_due", rule.article, sentence("答复期限", due, "已届满"));
    return std::nullopt;
}

ClockComputation::Verdict ClockComputation::apply(ClockEvent const& event) {
    switch (event.type) {
        case Type::CorrectionRequested:
            return request_correction(event);
        case Type::CorrectionReceived:
            return restart(event, kCorrection);
        case Type::ConsultationSent:
            return send_consultation(event);
        case Type::ConsultationEnded:
            return end_consultation(event);
        case Type::Extended:
            return extend(event);
        case Type::Deferred:
            return defer(event);
        case Type::FeeNotified:
            notify_fee(event);
            return std::nullopt;
        case Type::FeePaid:
            return restart(event, kPayment);
        case Type::Ordered:
            order_new_reply(event);
            return std::nullopt;
        case Type::Replied:
        case Type::Withdrawn:
            conclusion_ = &event;
            wait_.reset();
            return std::nullopt;
    }
    return std::nullopt;
}

// ---- 条例第三十三条第二款: 自收到申请之日起20个工作日内予以答复 ----------------------------------------------------

void ClockComputation::begin_period(Date receipt) {
    period_ = {receipt, receipt, receipt, kReplyPeriod.length, kReplyPeriod.article, result_.explain.size()};
    Date const due = count(receipt, kReplyPeriod.length).date;
    explain(ClockEffect::Run, receipt, due, kReplyPeriod.length, kReplyPeriod.article, [&] {
        return sentence(receipt, "的次日起算", kReplyPeriod.length, "个工作日，至", due, "届满。");
    });
}

// ---- 条例第三十条: 补正 --------------------------------------------------------------------------------------------

/// 7个工作日内一次性告知申请人作出补正，说明合理的补正期限. Where the notice names no day, the period runs from its
/// receipt; while that is not known, from the notice.
ClockComputation::Verdict ClockComputation::request_correction(ClockEvent const& event) {
    Deadline& notice = result_.deadlines.front();
    if (event.on > notice.due && !event.late)
        return refuse(
            event,
            "correction_request_late",
            kCorrectionNotice.article,
            sentence("告知补正应在收到申请之日起", kCorrectionNotice.length, "个工作日内，已于", notice.due, "届满")
        );
    notice.met = event.on;
    if (event.late) {
        asked_late_.push_back(&kCorrection);
        record_late(event, notice.due, "答复期限照原来计算，没有补正也不视为放弃申请");
        return std::nullopt;
    }
    Counted const limit =
        event.reply_by ? named(*event.reply_by) : count(event.served.value_or(event.on), kUsualCorrection.length);
    begin_wait(event, kCorrection, limit, kUsualCorrection.article);
    return std::nullopt;
}

void ClockComputation::begin_wait(ClockEvent const& event, Turn const& turn, Counted limit, std::string_view basis) {
    wait_ = Wait{&turn, &event, limit, add_deadline(turn.deadline, limit, basis)};
    explain(ClockEffect::Wait, event.on, limit.date, 0, basis, [&] {
        auto const text = sentence(event.on, turn.asked, "，等待申请人", turn.what, "，最迟", limit.date);
        if (!limit.provisional) return text + "；逾期视为放弃申请。";
        return text + sentence("（暂定：", year_of(limit.date), "年的放假安排还没有公布）；公布以前不按逾期处理。");
    });
}

/// A letter that went out after its last day is recorded: it can neither stop nor move a deadline that the law has set
/// (国办公开办函〔2016〕235号: what counts is the day on which it goes out).
void ClockComputation::record_late(ClockEvent const& event, Date due, std::string_view without) {
    explain(ClockEffect::Late, event.on, event.on, 0, rule_of(event.type).article, [&] {
        return sentence(event.on, label(event.type), "，晚于期限", due, "，只作记录：", without, "。");
    });
}

/// Whether the event answers a letter that went out late. Such an answer is recorded; it begins no new period, as the
/// letter has stopped none.
bool ClockComputation::record_answer_to_late(ClockEvent const& event, Turn const& turn) {
    auto const asked = std::ranges::find(asked_late_, &turn);
    if (asked == asked_late_.end()) return false;
    asked_late_.erase(asked);
    explain(ClockEffect::Late, event.on, event.on, 0, rule_of(event.type).article, [&] {
        return sentence(event.on, turn.answered, "；", turn.asked, "时已经逾期，答复期限照原来计算，不重新计算。");
    });
    return true;
}

/// 答复期限自行政机关收到补正的申请之日起计算 (条例第三十条); a payment has the same effect (国办函〔2020〕109号). The
/// new period is whole: what was used, excluded or added before counts no more.
ClockComputation::Verdict ClockComputation::restart(ClockEvent const& event, Turn const& turn) {
    std::string_view const article = rule_of(event.type).article;
    bool const awaited = wait_ && wait_->turn == &turn;
    if (!awaited && record_answer_to_late(event, turn)) return std::nullopt;
    if (!awaited)
        return refuse(event, turn.not_asked_code, article, sentence("没有", turn.asked, "，或者已经", turn.what));
    result_.deadlines[wait_->deadline].met = event.on;
    result_.explain.erase(explanation_of_period(), result_.explain.end());
    explain(ClockEffect::Restart, period_.begun, event.on, 0, article, [&] {
        return sentence(
            wait_->asked->on,
            turn.asked,
            "，",
            event.on,
            turn.answered,
            "，答复期限从这一天重新计算；此前的时间、扣除和延长都不再计入。"
        );
    });
    wait_.reset();
    restarted_ = true;
    begin_period(event.on);
    return std::nullopt;
}

// ---- 条例第三十二条、第三十三条第三款、第三十四条: 征求意见 --------------------------------------------------------

/// The other side answers within 15 working days of receiving the letter (第三十二条、第三十四条). While no service is
/// known, our own cap ends the pause. A letter sent after the deadline excludes nothing any more.
ClockComputation::Verdict ClockComputation::send_consultation(ClockEvent const& event) {
    auto const same_id = [&](Consultation const& each) { return each.sent->id == event.id; };
    if (std::ranges::any_of(consultations_, same_id))
        return refuse(event, "id_repeated", "", sentence("征求意见编号“", event.id, "”已经用过"));
    Counted const limit =
        event.served ? count(*event.served, kConsultationAnswer.length) : count(event.on, kUnservedConsultation.length);
    bool const pauses = event.on <= due_on(event.on);
    consultations_.push_back(
        {&event, limit, pauses, add_deadline(DeadlineKind::Consultation, limit, article_of(event.kind))}
    );
    return std::nullopt;
}

ClockComputation::Verdict ClockComputation::end_consultation(ClockEvent const& event) {
    auto const at =
        std::ranges::find_if(consultations_, [&](Consultation const& each) { return each.sent->id == event.id; });
    if (at == consultations_.end()) {
        bool const sent_later = std::ranges::any_of(timeline_.events, [&](ClockEvent const& other) {
            return other.type == Type::ConsultationSent && other.id == event.id;
        });
        if (sent_later)
            return refuse(event, "end_before_start", "", sentence("征求意见“", event.id, "”的结束早于发出"));
        return refuse(event, "unknown_consultation", "", sentence("没有编号为“", event.id, "”的征求意见"));
    }
    if (at->ended) return refuse(event, "consultation_already_ended", "", sentence("征求意见“", event.id, "”已经结束"));
    at->ended = event.on;
    result_.deadlines[at->deadline].met = event.on;
    return std::nullopt;
}

/// 征求意见所需时间不计算在答复期限内 (第三十三条第三款). Walks the consultations of this period as they stand on
/// `day`, in order of dispatch, with the span of each and the working days it excludes beyond those before it: days
/// that overlap count once. Returns the sum.
template <typename Visit>
int ClockComputation::for_each_pause(Date day, Visit visit) const {
    int sum = 0;
    Date covered = period_.pauses_from;
    for (Consultation const& each : consultations_) {
        Date const from = std::max(each.sent->on, period_.pauses_from);
        Date const to = std::min({each.ended.value_or(day), each.limit.date, day});
        if (to < from || (to == from && from != each.sent->on)) continue;  // over before this period
        int const days = each.pauses ? calendar_.workdays_between(std::max(from, covered), to) : 0;
        if (each.pauses) covered = std::max(covered, to);
        visit(each, from, to, days);
        sum += days;
    }
    return sum;
}

/// The deadline in force on `day`: the period, and the working days that consultations exclude.
Counted ClockComputation::deadline_on(Date day) {
    int const paused = for_each_pause(day, [](auto const&...) {});
    return count(period_.base, period_.workdays + paused);
}

/// The sentences about the consultations of this period, as they stand on `until`.
void ClockComputation::explain_pauses(Date until) {
    for_each_pause(until, [&](Consultation const& each, Date from, Date to, int days) {
        explain(ClockEffect::Pause, from, to, days, kReplyPeriod.article, [&] {
            auto text = sentence(each.sent->on, "起征求", label(each.sent->kind), "意见");
            if (!each.pauses) return text + "，发出时答复期限已届满，不扣除。";
            text += each.ended == to ? sentence("，", to, "结束")
                    : each.limit.date == to
                        ? sentence("，", to, each.limit.provisional ? "期限届满（暂定）" : "期限届满")
                        : sentence("，至", to, "尚未结束");
            text += sentence("，不计入答复期限", days, "个工作日");
            if (int const shared = calendar_.workdays_between(from, to) - days; shared > 0)
                text += sentence("，与其他征求意见重叠的", shared, "个工作日不重复扣除");
            return text + "。";
        });
    });
}

// ---- 条例第三十三条第二款: 延长答复期限 ----------------------------------------------------------------------------

/// 延长的期限最长不得超过20个工作日; once for a case, also where a restart has dropped its days.
ClockComputation::Verdict ClockComputation::extend(ClockEvent const& event) {
    if (event.days < 1 || event.days > kLongestExtension.length)
        return refuse(
            event,
            "extension_out_of_range",
            kLongestExtension.article,
            sentence("延长应为1至", kLongestExtension.length, "个工作日，不能是", event.days, "个")
        );
    if (extended_)
        return refuse(event, "second_extension", kLongestExtension.article, "答复期限只能延长一次，此前已延长过");
    extended_ = true;
    Date const old_due = due_on(event.on);
    if (event.late) {
        record_late(event, old_due, "答复期限不延长");
        return std::nullopt;
    }
    period_.workdays += event.days;
    Date const due = due_on(event.on);
    explain(ClockEffect::Extension, event.on, due, event.days, kLongestExtension.article, [&] {
        return sentence(event.on, "批准延长", event.days, "个工作日，由", old_due, "延至", due, "。");
    });
    return std::nullopt;
}

// ---- 条例第三十五条: 延迟答复 --------------------------------------------------------------------------------------

/// 确定延迟答复的合理期限: a day that the agency names takes the place of the period. A consultation that is still open
/// lengthens it by its days after the day of the deferral.
ClockComputation::Verdict ClockComputation::defer(ClockEvent const& event) {
    std::string_view const article = rule_of(event.type).article;
    Date const old_due = due_on(event.on);
    Date const due = *event.to;
    if (due <= old_due)
        return refuse(event, "deferral_not_later", article, sentence("延迟到的", due, "不晚于现有的答复期限", old_due));
    if (event.late) {
        record_late(event, old_due, "答复期限不延迟");
        return std::nullopt;
    }
    explain_pauses(event.on);
    period_ = {period_.begun, event.on, due, 0, article, period_.explained_from};
    explain(ClockEffect::Deferral, event.on, due, calendar_.workdays_between(old_due, due), article, [&] {
        return sentence(event.on, "因申请数量、频次确定延迟答复，由", old_due, "延至", due, "。");
    });
    return std::nullopt;
}

// ---- 条例第四十二条, 国办函〔2020〕109号: 信息处理费 ---------------------------------------------------------------

/// The applicant pays within 20 working days, counted from the day after the notice was received (109号第六条). A
/// notice of the first edition of the rules said 30 natural days, and keeps them; a last day that is a day off moves on
/// to the next working day (民法典第二百零三条). What a payment does to the period says restart().
void ClockComputation::notify_fee(ClockEvent const& event) {
    if (event.late) {
        asked_late_.push_back(&kPayment);
        record_late(event, due_on(event.on), "答复期限照原来计算，没有缴费也不视为放弃申请");
        return;
    }
    Date const received = event.served.value_or(event.on);
    bool const in_workdays = event.edition.value_or(1) >= kFeeInWorkdaysEdition;
    Period const& period = in_workdays ? kFeePayment : kFeePaymentInNaturalDays;
    Counted const limit = in_workdays ? count(received, period.length)
                                      : noted(calendar_.next_workday_on_or_after(add_days(received, period.length)));
    begin_wait(event, kPayment, limit, period.article);
}

// ---- 法释〔2025〕8号: 责令重新答复 ---------------------------------------------------------------------------------

/// The day that the court or the 复议机关 has set takes the place of the period.
void ClockComputation::order_new_reply(ClockEvent const& event) {
    std::string_view const article = rule_of(event.type).article;
    Date const due = *event.to;
    explain_pauses(event.on);
    period_ = {period_.begun, event.on, due, 0, article, period_.explained_from};
    explain(ClockEffect::Order, event.on, due, calendar_.workdays_between(event.on, due), article, [&] {
        return sentence(event.on, "收到重新答复的决定，应当在", due, "以前答复。");
    });
}

// ---- how the clock stands on the day asked about -------------------------------------------------------------------

void ClockComputation::summarise() {
    bool const replied = conclusion_ && conclusion_->type == Type::Replied;
    bool const lapsed = wait_ && wait_->over(as_of_);
    Date const stop = conclusion_ ? conclusion_->on : as_of_;

    explain_pauses(stop);
    std::ranges::stable_sort(explanation_of_period(), result_.explain.end(), {}, &Explanation::from);

    // No deadline runs while the applicant has to act, nor after a lapse or a withdrawal.
    if (replied || !(conclusion_ || wait_)) {
        Counted const deadline = deadline_on(stop);
        Date const due = deadline.date;
        result_.reply_due = due;
        result_.remaining_workdays = calendar_.workdays_between(as_of_, due);
        result_.overdue_workdays = calendar_.workdays_between(due, stop);
        add_deadline(DeadlineKind::Reply, deadline, period_.basis);
    }
    // The 7 days of 条例第三十条 that nobody used are of no more interest once the first period is over.
    if (restarted_ || conclusion_ || lapsed)
        if (!result_.deadlines.front().met) result_.deadlines.erase(result_.deadlines.begin());

    if (replied) {
        result_.status = ClockStatus::Replied;
        result_.deadlines.back().met = stop;
        explain(ClockEffect::Reply, stop, stop, 0, kServiceArticle, [&] {
            return result_.overdue_workdays > 0
                       ? sentence(stop, "答复，超过期限", result_.overdue_workdays, "个工作日。")
                       : sentence(stop, "答复，在期限之内。");
        });
    } else if (conclusion_) {
        result_.status = ClockStatus::Lapsed;
        explain(ClockEffect::Lapse, stop, stop, 0, "", [&] { return sentence(stop, "申请人撤回申请，不再办理。"); });
    } else if (lapsed) {
        // 条例第三十条、第四十二条: 视为放弃申请, from the day after the limit.
        result_.status = ClockStatus::Lapsed;
        Date const day = add_days(wait_->limit.date, 1);
        explain(ClockEffect::Lapse, day, day, 0, rule_of(wait_->turn->answer).article, [&] {
            return sentence("至", wait_->limit.date, "没有", wait_->turn->what, "，视为放弃申请，不再办理。");
        });
    } else {
        find_next_change();
    }
}

/// A case still open: what it waits for, and when that changes without anybody doing anything.
void ClockComputation::find_next_change() {
    auto const change_on = [&](Date day) { result_.next_change = std::min(result_.next_change.value_or(day), day); };
    bool pausing = false;
    for (Consultation const& each : consultations_) {
        if (each.ended) continue;
        result_.open_consultations.push_back({each.sent->id, each.limit.date, each.limit.provisional});
        if (as_of_ > each.limit.date) continue;
        pausing |= each.pauses;
        change_on(add_days(each.pauses ? as_of_ : each.limit.date, 1));  // a pause moves the deadline every day
    }
    if (wait_) {
        result_.status = wait_->turn->status;
        if (!wait_->limit.provisional) change_on(add_days(wait_->limit.date, 1));
    } else if (pausing) {
        result_.status = ClockStatus::Paused;
    }
}

}  // namespace

Result<ClockResult> compute_clock(
    Timeline const& timeline, Date as_of, WorkdayCalendar const& calendar, Detail detail
) {
    return ClockComputation(timeline, as_of, calendar, detail).run();
}

Date correction_notice_limit(Date received, WorkdayCalendar const& calendar) {
    return calendar.add_workdays(received, kCorrectionNotice.length).date;
}

}  // namespace workflow
