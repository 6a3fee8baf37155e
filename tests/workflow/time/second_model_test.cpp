#include "tests/workflow/time/second_model.hpp"

#include "tests/workflow/time/day.hpp"
#include "workflow/time/clock.hpp"
#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace workflow {
namespace {

using second_model::Day;
using second_model::Happening;
using second_model::Story;
using second_model::What;

Day number_of(Date date) { return static_cast<Day>(date.time_since_epoch().count()); }
Date date_of_number(Day number) { return Date{std::chrono::days{number}}; }

/// The announced years as they stand in the notices; of the two that follow, which nobody has announced, the days that
/// the statute itself names, typed in here once more.
second_model::Days announced() {
    second_model::Days days;
    for (CalendarYear const& year : statutory_years()) {
        for (SpecialDay const& each : year.off) days.special[number_of(each.date)] = false;
        for (SpecialDay const& each : year.work) days.special[number_of(each.date)] = true;
    }
    for (auto const* off :
         {"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05", "2027-05-01",
          "2027-05-02", "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03", "2028-01-01",
          "2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28", "2028-04-04", "2028-05-01", "2028-05-02",
          "2028-05-28", "2028-10-01", "2028-10-02", "2028-10-03"})
        days.special[number_of(day(off))] = false;
    days.unknown_from = number_of(day("2027-01-01"));
    return days;
}

/// Both clocks' words for the same thing.
ClockEvent event_of(Happening const& from) {
    auto const date = [](std::optional<Day> number) {
        return number ? std::optional(date_of_number(*number)) : std::nullopt;
    };
    ClockEvent event{.type = static_cast<ClockEventType>(from.what), .on = date_of_number(from.on)};
    event.reply_by = date(from.reply_by);
    event.served = date(from.served);
    if (from.what == What::Deferred || from.what == What::Ordered) event.to = date_of_number(from.to);
    event.id = from.id;
    event.days = from.days;
    event.excused = from.excused;
    event.late = from.late;
    if (from.natural_days) event.edition.reset();
    return event;
}

char letter_of(DeadlineKind kind) { return "ncrof"[static_cast<std::size_t>(kind)]; }

std::vector<second_model::Limit> limits_of(ClockResult const& clock) {
    std::vector<second_model::Limit> limits;
    for (Deadline const& each : clock.deadlines) {
        auto const done = each.met ? std::optional(number_of(*each.met)) : std::nullopt;
        limits.push_back({letter_of(each.kind), number_of(each.due), !each.provisional, done});
    }
    std::ranges::sort(limits);
    return limits;
}

/// Random courses of one request.
class Author {
public:
    explicit Author(std::uint64_t seed) : random_(seed) {}

    int upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
    bool one_in(int n) { return upto(n - 1) == 0; }

    /// A third begins where the announced years end.
    Day received() {
        return one_in(3) ? number_of(day("2026-10-01")) + upto(240) : number_of(day("2019-01-01")) + upto(2800);
    }

    Happening next(Day on) {
        constexpr std::array kLikely{
            What::CorrectionRequested,
            What::CorrectionReceived,
            What::CorrectionReceived,
            What::ConsultationSent,
            What::ConsultationSent,
            What::ConsultationEnded,
            What::ConsultationEnded,
            What::Extended,
            What::Deferred,
            What::FeeNotified,
            What::FeePaid,
            What::FeePaid};
        Happening now{.what = kLikely[static_cast<std::size_t>(upto(kLikely.size() - 1))], .on = on};
        if (one_in(25)) now.what = What::Replied;
        if (one_in(60)) now.what = What::Withdrawn;
        if (one_in(60)) now.what = What::Ordered;
        bool const letter = now.what == What::CorrectionRequested || now.what == What::ConsultationSent ||
                            now.what == What::FeeNotified;
        if (letter && one_in(2)) now.served = on + upto(8);
        if (now.what == What::CorrectionRequested && one_in(2)) now.reply_by = on + upto(40);
        if (now.what == What::Deferred) now.to = on + upto(120);
        if (now.what == What::Ordered) now.to = on + upto(60);
        if (now.what == What::Extended) now.days = 1 + upto(20);
        if (now.what == What::ConsultationSent || now.what == What::ConsultationEnded)
            now.id = "c" + std::to_string(upto(3));
        now.excused = (now.what == What::CorrectionReceived || now.what == What::FeePaid) && one_in(4);
        bool const can_be_late = now.what == What::CorrectionRequested || now.what == What::FeeNotified ||
                                 now.what == What::Extended || now.what == What::Deferred;
        now.late = can_be_late && one_in(5);
        now.natural_days = now.what == What::FeeNotified && one_in(5);
        return now;
    }

private:
    std::mt19937_64 random_;
};

std::string told(Timeline const& timeline, Date as_of) {
    std::string text = "received " + to_string(timeline.received) + ", as of " + to_string(as_of);
    for (ClockEvent const& each : timeline.events) {
        text += "\n  " + std::string(code(each.type)) + ' ' + to_string(each.on) + ' ' + each.id;
        if (each.reply_by) text += " reply_by " + to_string(*each.reply_by);
        if (each.served) text += " served " + to_string(*each.served);
        if (each.to) text += " to " + to_string(*each.to);
        if (each.days != 0) text += " days " + std::to_string(each.days);
        if (each.excused) text += " excused";
        if (each.late) text += " late";
        if (!each.edition) text += " first edition";
    }
    return text;
}

constexpr int kCourses = 100'000;

/// Each course from its own seed, its number, so that one can be tried alone.
TEST(SecondModel, AgreesOnEveryCourse) {
    second_model::Days const days = announced();
    WorkdayCalendar const calendar = statutory_calendar();
    int refused = 0;
    for (int seed = 0; seed < kCourses; ++seed) {
        Author author(static_cast<std::uint64_t>(seed));
        Day const received = author.received();
        Story story(days, received);
        Timeline timeline{date_of_number(received)};
        Day today = received;
        // What may not happen is left out of the course, but some courses end with it: then both must refuse it.
        bool unlawful = false;
        for (int step = author.upto(16); step > 0 && !unlawful; --step) {
            today += author.upto(author.one_in(6) ? 40 : 6);
            Happening const now = author.next(today);
            bool const lawful = story.happen(now);
            unlawful = !lawful && author.one_in(8);
            if (lawful || unlawful) timeline.events.push_back(event_of(now));
        }
        Day const evening = today + author.upto(author.one_in(3) ? 60 : 5);
        // What comes later has not happened yet, whatever it is.
        if (author.one_in(4)) timeline.events.push_back(event_of(author.next(evening + 1 + author.upto(20))));
        Date const as_of = date_of_number(evening);
        auto const clock = compute_clock(timeline, as_of, calendar, Detail::Brief);
        std::string const course = "seed " + std::to_string(seed) + ": " + told(timeline, as_of);
        ASSERT_EQ(clock.has_value(), !unlawful) << course << (clock ? "" : "\n" + clock.error().detail);
        refused += unlawful ? 1 : 0;
        if (unlawful) continue;
        auto const answer = story.evening_of(evening);
        ASSERT_EQ(code(clock->status), answer.status) << course;
        auto const due = clock->reply_due ? std::optional(number_of(*clock->reply_due)) : std::nullopt;
        ASSERT_EQ(due, answer.reply_due) << course;
        ASSERT_EQ(clock->remaining_workdays, answer.remaining) << course;
        ASSERT_EQ(clock->overdue_workdays, answer.overdue) << course;
        ASSERT_TRUE(limits_of(*clock) == answer.limits) << course;
        for (auto const& limit : answer.limits) {
            bool const named = limit.of == 'c' || limit.of == 'r';  // such a day may be named by a letter or a decision
            ASSERT_TRUE(limit.sure || named || clock->provisional) << course;
        }
    }
    EXPECT_GT(refused, kCourses / 50) << "courses that must be refused are tried too";
}

}  // namespace
}  // namespace workflow
