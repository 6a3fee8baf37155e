#include "server/pages/kit/clock_view.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>

#include "server/pages/kit/month.hpp"

namespace server::pages {
namespace {

using workflow::ClockEffect;
using workflow::ClockResult;
using workflow::Date;
using workflow::Explanation;

/// More months would not help anybody; a deferral can last for years.
constexpr int kMostMonths = 12;

/// What a day means for the deadline: its class in the style sheet, its text, and the sign in its cell.
enum class DayKind : std::uint8_t { None, Begin, Dropped, Off, Waiting, Paused, Counted, Due, Late, Answered };
constexpr std::array kDayKinds{
    workflow::Term{DayKind::None, "none", "–"},
    workflow::Term{DayKind::Begin, "begin", "起"},
    workflow::Term{DayKind::Dropped, "dropped", "–"},
    workflow::Term{DayKind::Off, "off", "休"},
    workflow::Term{DayKind::Waiting, "waiting", "等"},
    workflow::Term{DayKind::Paused, "paused", "停"},
    workflow::Term{DayKind::Counted, "counted", "计"},
    workflow::Term{DayKind::Due, "last", "限"},
    workflow::Term{DayKind::Late, "late", "超"},
    workflow::Term{DayKind::Answered, "answered", "答"},
};
constexpr auto const& terms(DayKind) { return kDayKinds; }
static_assert(workflow::is_well_formed<DayKind>());

/// Tells the kind of each day from the receipt to the end, by the spans of the explanation.
class Days {
public:
    Days(ClockResult const& clock, workflow::WorkdayCalendar const& calendar, Date today)
        : clock_(clock), calendar_(calendar), first_(clock.explain.front().from), begun_(first_), stop_(today) {
        Date waited_until = first_;
        for (auto const& span : clock.explain) {
            if (span.effect == ClockEffect::Restart) begun_ = span.to;
            if (span.effect == ClockEffect::Reply) answered_ = span.from;
            if (span.effect == ClockEffect::Wait || span.effect == ClockEffect::Lapse) {
                stop_ = std::min(stop_, span.from);
                waited_until = std::max(waited_until, span.to);
            }
        }
        if (clock.reply_due) stop_ = answered_.value_or(today);
        last_ = std::max(stop_, clock.reply_due.value_or(waited_until));
    }

    Date first() const { return first_; }
    Date last() const { return last_; }
    Date begun() const { return begun_; }

    DayKind kind_of(Date day) const {
        if (day < first_ || day > last_) return DayKind::None;
        if (day < begun_) return DayKind::Dropped;
        if (day == begun_) return DayKind::Begin;
        if (day == answered_) return DayKind::Answered;
        if (day == clock_.reply_due) return DayKind::Due;
        if (within(ClockEffect::Wait, day)) return DayKind::Waiting;
        if (!calendar_.is_workday(day)) return DayKind::Off;
        if (within(ClockEffect::Pause, day)) return DayKind::Paused;
        if (clock_.reply_due && day > *clock_.reply_due) return DayKind::Late;
        return is_over(day) ? DayKind::None : DayKind::Counted;
    }

    /// Whether counting has stopped before this day: there was an answer, or there is no deadline any more.
    bool is_over(Date day) const { return answered_ ? day > *answered_ : !clock_.reply_due && day > stop_; }

private:
    /// A span does not hold its first day: what happened on it begins to count on the next. A consultation that
    /// excludes nothing of its own was sent too late, or lies within others.
    bool within(ClockEffect effect, Date day) const {
        return std::ranges::any_of(clock_.explain, [&](Explanation const& span) {
            bool const idle = effect == ClockEffect::Pause && span.workdays == 0;
            return span.effect == effect && !idle && span.from < day && day <= span.to;
        });
    }

    ClockResult const& clock_;
    workflow::WorkdayCalendar const& calendar_;
    Date first_;
    Date begun_;  ///< after this day counting began, for the last time
    Date stop_;   ///< after this day nothing counts where there is no deadline
    Date last_;
    std::optional<Date> answered_;
};

json::array months_of(Days const& days, workflow::WorkdayCalendar const& calendar, Date today, Texts const& texts) {
    int counted = 0;
    auto const cell_of = [&](Date day) {
        auto const kind = days.kind_of(day);
        json::object cell{{"kind", workflow::code(kind)}, {"today", day == today}, {"number", nullptr}};
        cell["shown"] = kind != DayKind::None;
        bool const counts = kind == DayKind::Counted || kind == DayKind::Due;
        if (counts && calendar.is_workday(day) && !days.is_over(day)) cell["number"] = ++counted;
        cell["sign"] = workflow::label(kind);
        cell["spoken"] =
            kind == DayKind::Off ? calendar.describe(day) : texts.at("clock.day." + std::string(workflow::code(kind)));
        return cell;
    };
    json::array months;
    auto const last = month_of(days.last());
    if ((last - month_of(days.first())).count() >= kMostMonths) return months;
    for (auto month = month_of(days.first()); month <= last; month += std::chrono::months{1}) {
        months.push_back(month_view(month, cell_of));
    }
    return months;
}

json::array reasons_of(ClockResult const& clock) {
    json::array reasons;
    for (auto const& reason : clock.explain) {
        auto const effect = workflow::label(reason.effect);
        reasons.push_back({{"effect", effect}, {"text", reason.text}, {"basis", reason.basis}});
    }
    return reasons;
}

json::array deadlines_of(ClockResult const& clock) {
    json::array deadlines;
    for (auto const& deadline : clock.deadlines) {
        deadlines.push_back(
            {{"label", workflow::label(deadline.kind)},
             {"date", workflow::to_chinese(deadline.due)},
             {"met", date_text(deadline.met)},
             {"basis", deadline.basis}}
        );
    }
    return deadlines;
}

}  // namespace

json::value date_text(std::optional<Date> date) {
    return date ? json::value(workflow::to_chinese(*date)) : json::value();
}

json::object clock_view(
    ClockResult const& clock, workflow::WorkdayCalendar const& calendar, Date today, Texts const& texts
) {
    Days const days(clock, calendar, today);
    bool const open = clock.reply_due && clock.overdue_workdays == 0 && clock.status != workflow::ClockStatus::Replied;
    return {
        {"status", workflow::label(clock.status)},
        {"due", date_text(clock.reply_due)},
        {"remaining", open ? json::value(std::to_string(clock.remaining_workdays)) : json::value()},
        {"overdue", clock.overdue_workdays > 0 ? json::value(clock.overdue_workdays) : json::value()},
        {"provisional", clock.provisional},
        {"reasons", reasons_of(clock)},
        {"deadlines", deadlines_of(clock)},
        {"months", months_of(days, calendar, today, texts)},
        {"special_days", special_days_view(calendar, days.first(), days.last())}};
}

}  // namespace server::pages
