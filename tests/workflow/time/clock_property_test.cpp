#include "workflow/time/clock.hpp"

#include "tests/workflow/time/day.hpp"
#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace workflow {
namespace {

Date const kFirst = day("2020-01-01");
constexpr int kSpan = 365 * 8;  // into 2027, which has no published calendar

Date some_day() { return add_days(kFirst, *rc::gen::inRange(0, kSpan)); }

WorkdayCalendar const& statutory() {
    static WorkdayCalendar const calendar = statutory_calendar();
    return calendar;
}

/// A lawful course of one request: consultations that may overlap, an extension, a fee and a correction, each on a day
/// of its own. `as_of` is the last day of all.
struct Course {
    Timeline timeline;
    Date as_of;
};

Course some_course() {
    Date const received = some_day();
    Course course{{received}, add_days(received, *rc::gen::inRange(0, 90))};
    auto const& calendar = statutory();
    auto add = [&](ClockEvent event) {
        Timeline longer = course.timeline;
        longer.events.push_back(std::move(event));
        bool const own_day = std::ranges::none_of(course.timeline.events, [&](ClockEvent const& other) {
            return other.on == longer.events.back().on;
        });
        if (own_day && compute_clock(longer, course.as_of, calendar)) course.timeline = std::move(longer);
    };
    int const count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < count; ++i) {
        Date const on = add_days(received, *rc::gen::inRange(0, 60));
        auto const id = std::to_string(*rc::gen::inRange(0, 4));
        switch (*rc::gen::inRange(0, 9)) {
            case 0:
                add({.type = ClockEventType::CorrectionRequested, .on = on});
                break;
            case 1:
                add({.type = ClockEventType::CorrectionReceived, .on = on});
                break;
            case 2:
                add({.type = ClockEventType::Extended, .on = on, .days = *rc::gen::inRange(1, 21)});
                break;
            case 3:
                add({.type = ClockEventType::Deferred, .on = on, .to = add_days(on, *rc::gen::inRange(20, 90))});
                break;
            case 4:
                add({.type = ClockEventType::FeeNotified, .on = on, .served = add_days(on, *rc::gen::inRange(0, 5))});
                break;
            case 5:
                add({.type = ClockEventType::FeePaid, .on = on});
                break;
            case 6:
                add({.type = ClockEventType::ConsultationEnded, .on = on, .id = id});
                break;
            default:
                add(
                    {.type = ClockEventType::ConsultationSent,
                     .on = on,
                     .served = add_days(on, *rc::gen::inRange(0, 5)),
                     .id = id}
                );
        }
    }
    return course;
}

/// Printed when a property fails. (Conditions stand in double parentheses: rapidcheck cannot take apart a comparison of
/// optionals.)
void show(Course const& course) {
    RC_LOG() << "received " << to_string(course.timeline.received) << ", as of " << to_string(course.as_of) << '\n';
    for (ClockEvent const& event : course.timeline.events)
        RC_LOG() << "  " << code(event.type) << ' ' << event.id << ' ' << to_string(event.on) << '\n';
}

RC_GTEST_PROP(CalendarProperty, AddingAndCountingAreInverse, ()) {
    Date const from = some_day();
    int const n = *rc::gen::inRange(1, 400);
    Date const to = statutory().add_workdays(from, n).date;
    RC_ASSERT((statutory().workdays_between(from, to) == n));
    RC_ASSERT(statutory().is_workday(to));
    RC_ASSERT((statutory().workdays_between(from, add_days(to, -1)) == n - 1));
}

RC_GTEST_PROP(CalendarProperty, AddingIsMonotone, ()) {
    Date const from = some_day();
    Date const later = add_days(from, *rc::gen::inRange(0, 30));
    int const n = *rc::gen::inRange(0, 100);
    RC_ASSERT((statutory().add_workdays(from, n).date <= statutory().add_workdays(later, n).date));
    RC_ASSERT((statutory().add_workdays(from, n).date < statutory().add_workdays(from, n + 1).date));
}

RC_GTEST_PROP(ClockProperty, TheOrderOfListingNeverMatters, ()) {
    Course const course = some_course();
    show(course);
    Timeline shuffled = course.timeline;
    std::vector<ClockEvent> rest = course.timeline.events;
    shuffled.events.clear();
    while (!rest.empty()) {
        auto const at = rest.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(rest));
        shuffled.events.push_back(*at);
        rest.erase(at);
    }
    auto const one = compute_clock(course.timeline, course.as_of, statutory()).value();
    auto const two = compute_clock(shuffled, course.as_of, statutory()).value();
    RC_ASSERT((one.status == two.status));
    RC_ASSERT((one.reply_due == two.reply_due));
    RC_ASSERT((one.next_change == two.next_change));
    RC_ASSERT((one.explain.size() == two.explain.size()));
    for (std::size_t i = 0; i < one.explain.size(); ++i) RC_ASSERT((one.explain[i].text == two.explain[i].text));
}

/// A course whose deadline can be asked for, and the same with one more consultation.
struct WithPause {
    ClockResult without;
    ClockResult with;
};

WithPause with_pause(Course const& course, Date sent, Date ended) {
    Timeline longer = course.timeline;
    longer.events.push_back({.type = ClockEventType::ConsultationSent, .on = sent, .id = "more"});
    longer.events.push_back({.type = ClockEventType::ConsultationEnded, .on = ended, .id = "more"});
    auto with = compute_clock(longer, course.as_of, statutory());
    RC_PRE(with.has_value());
    return {compute_clock(course.timeline, course.as_of, statutory()).value(), *std::move(with)};
}

RC_GTEST_PROP(ClockProperty, APauseNeverShortens, ()) {
    Course const course = some_course();
    Date const sent = add_days(course.timeline.received, *rc::gen::inRange(0, 60));
    auto const [without, with] = with_pause(course, sent, add_days(sent, *rc::gen::inRange(0, 40)));
    show(course);
    RC_ASSERT((without.reply_due.has_value() == with.reply_due.has_value()));
    RC_ASSERT((with.reply_due >= without.reply_due));
    RC_ASSERT((with.overdue_workdays <= without.overdue_workdays));
}

RC_GTEST_PROP(ClockProperty, ASameDayPauseChangesNothing, ()) {
    Course const course = some_course();
    Date const sent = add_days(course.timeline.received, *rc::gen::inRange(0, 60));
    auto const [without, with] = with_pause(course, sent, sent);
    show(course);
    RC_ASSERT((with.reply_due == without.reply_due));
    RC_ASSERT((with.status == without.status));
    RC_ASSERT((with.remaining_workdays == without.remaining_workdays));
}

RC_GTEST_PROP(ClockProperty, ALongerHolidayNeverGivesAnEarlierDeadline, ()) {
    Course const course = some_course();
    std::vector<CalendarYear> years = statutory_years();
    Date const from = add_days(course.timeline.received, *rc::gen::inRange(0, 60));
    for (int i = 0; i < 7; ++i) years.back().off.push_back({add_days(from, i), "加长的假期"});
    WorkdayCalendar const longer(years);
    // A deferral names its date, so a holiday does not move it but may shorten the pauses that lengthen it.
    RC_PRE(std::ranges::count(course.timeline.events, ClockEventType::Deferred, &ClockEvent::type) == 0);
    auto const with = compute_clock(course.timeline, course.as_of, longer);
    RC_PRE(with.has_value());
    auto const without = compute_clock(course.timeline, course.as_of, statutory()).value();
    show(course);
    RC_PRE(with->reply_due && without.reply_due);
    // What matters is the first working day that is late: a deadline on the last day before a holiday is as good as one
    // within it.
    RC_ASSERT((longer.add_workdays(*with->reply_due, 1).date >= statutory().add_workdays(*without.reply_due, 1).date));
}

RC_GTEST_PROP(ClockProperty, TheExplanationAddsUpToTheDeadline, ()) {
    Course const course = some_course();
    show(course);
    auto const result = compute_clock(course.timeline, course.as_of, statutory()).value();
    bool const deferred =
        std::ranges::any_of(result.explain, [](auto const& each) { return each.effect == ClockEffect::Deferral; });
    RC_PRE(result.reply_due.has_value() && !deferred);
    int workdays = 0;
    Date begun = course.timeline.received;
    for (Explanation const& each : result.explain) {
        workdays += each.workdays;
        if (each.effect == ClockEffect::Run) begun = each.from;
    }
    RC_ASSERT((statutory().add_workdays(begun, workdays).date == *result.reply_due));
}

RC_GTEST_PROP(ClockProperty, NothingChangesBeforeTheDayItNames, ()) {
    Course course = some_course();
    show(course);
    auto const now = compute_clock(course.timeline, course.as_of, statutory()).value();
    Date const until = now.next_change.value_or(add_days(course.as_of, 60));
    std::erase_if(course.timeline.events, [&](ClockEvent const& event) { return event.on > course.as_of; });
    for (Date later = add_days(course.as_of, 1); later < until; later += std::chrono::days{1}) {
        auto const then = compute_clock(course.timeline, later, statutory()).value();
        RC_ASSERT((then.status == now.status));
        RC_ASSERT((then.reply_due == now.reply_due));
    }
    if (!now.next_change) return;
    auto const then = compute_clock(course.timeline, *now.next_change, statutory()).value();
    RC_ASSERT((then.next_change != now.next_change));
}

}  // namespace
}  // namespace workflow
