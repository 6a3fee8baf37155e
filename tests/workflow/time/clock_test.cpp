#include "workflow/time/clock.hpp"

#include "tests/workflow/time/day.hpp"
#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace workflow {
namespace {

using Type = ClockEventType;
using Kind = ConsultationKind;
using Status = ClockStatus;

ClockEvent correction_requested(std::string_view on, std::optional<Date> reply_by = {}) {
    return {.type = Type::CorrectionRequested, .on = day(on), .reply_by = reply_by};
}
ClockEvent correction_received(std::string_view on, bool excused = false) {
    return {.type = Type::CorrectionReceived, .on = day(on), .excused = excused};
}
ClockEvent sent(
    std::string_view id, std::string_view on, std::optional<Date> served = {}, Kind kind = Kind::ThirdParty
) {
    return {.type = Type::ConsultationSent, .on = day(on), .served = served, .id = std::string(id), .kind = kind};
}
ClockEvent ended(std::string_view id, std::string_view on) {
    return {.type = Type::ConsultationEnded, .on = day(on), .id = std::string(id)};
}
ClockEvent extended(std::string_view on, int days) { return {.type = Type::Extended, .on = day(on), .days = days}; }
ClockEvent deferred(std::string_view on, std::string_view to) {
    return {.type = Type::Deferred, .on = day(on), .to = day(to)};
}
ClockEvent fee_notified(std::string_view on, std::optional<Date> served = {}) {
    return {.type = Type::FeeNotified, .on = day(on), .served = served};
}
ClockEvent fee_paid(std::string_view on, bool excused = false) {
    return {.type = Type::FeePaid, .on = day(on), .excused = excused};
}
/// It went out after its last day.
ClockEvent late(ClockEvent event) {
    event.late = true;
    return event;
}
ClockEvent served(std::string_view on, ClockEvent event) {
    event.served = day(on);
    return event;
}
ClockEvent replied(std::string_view on) { return {.type = Type::Replied, .on = day(on)}; }
ClockEvent withdrawn(std::string_view on) { return {.type = Type::Withdrawn, .on = day(on)}; }

struct Clock : testing::Test {
    WorkdayCalendar const calendar = statutory_calendar();

    ClockResult at(std::string_view as_of, std::string_view received, std::vector<ClockEvent> events = {}) const {
        auto const result = compute_clock({day(received), std::move(events)}, day(as_of), calendar);
        EXPECT_TRUE(result) << result.error().detail;
        return result ? *result : ClockResult{};
    }

    std::optional<Date> due(std::string_view as_of, std::string_view received, std::vector<ClockEvent> events = {})
        const {
        return at(as_of, received, std::move(events)).reply_due;
    }

    /// The code of the refusal; its detail must name the event at `position`.
    std::string refusal(
        int position, std::string_view received, std::vector<ClockEvent> events, std::string_view as_of = "2026-12-31"
    ) const {
        auto const result = compute_clock({day(received), std::move(events)}, day(as_of), calendar);
        if (result) return "none";
        EXPECT_EQ(result.error().kind, RefusalKind::Invalid);
        auto const named = "第" + std::to_string(position) + "项（";
        EXPECT_EQ(result.error().detail.substr(0, named.size()), named);
        EXPECT_EQ(result.error().detail.find('\n'), std::string::npos);
        return result.error().code;
    }
};

std::vector<Deadline> of(DeadlineKind kind, ClockResult const& clock) {
    std::vector<Deadline> result;
    std::ranges::copy_if(clock.deadlines, std::back_inserter(result), [&](Deadline const& each) {
        return each.kind == kind;
    });
    return result;
}

// ---- worked examples ----

TEST_F(Clock, Example1InPersonBeforeTheNationalHoliday) {
    EXPECT_EQ(correction_notice_limit(day("2026-09-14"), calendar), day("2026-09-22"));
    EXPECT_EQ(due("2026-09-14", "2026-09-14"), day("2026-10-16"));
    EXPECT_EQ(due("2026-10-16", "2026-09-14", {extended("2026-10-16", 20)}), day("2026-11-13"));
    EXPECT_EQ(due("2026-10-16", "2026-09-14", {extended("2026-10-12", 10)}), day("2026-10-30"));
}

TEST_F(Clock, Example2OverTheSpringFestival) {
    EXPECT_EQ(correction_notice_limit(day("2026-02-06"), calendar), day("2026-02-24"));
    EXPECT_EQ(due("2026-02-06", "2026-02-06"), day("2026-03-12"));
}

TEST_F(Clock, Example3ConfirmedAfterTheHoliday) { EXPECT_EQ(due("2026-05-06", "2026-05-06"), day("2026-06-02")); }

TEST_F(Clock, Example4SignedForInSeptember) {
    EXPECT_EQ(correction_notice_limit(day("2025-09-24"), calendar), day("2025-10-10"));
    EXPECT_EQ(due("2025-09-24", "2025-09-24"), day("2025-10-28"));
}

TEST_F(Clock, Example5Correction) {
    EXPECT_EQ(correction_notice_limit(day("2025-12-25"), calendar), day("2026-01-06"));
    EXPECT_EQ(due("2025-12-25", "2025-12-25"), day("2026-01-23"));
    EXPECT_EQ(calendar.add_workdays(day("2026-01-06"), kUsualCorrection.length).date, day("2026-01-27"));
    auto const result =
        at("2026-01-16",
           "2025-12-25",
           {correction_requested("2026-01-05", day("2026-01-27")), correction_received("2026-01-16")});
    EXPECT_EQ(result.reply_due, day("2026-02-13"));
    EXPECT_EQ(of(DeadlineKind::Correction, result)[0].due, day("2026-01-27"));
    EXPECT_EQ(of(DeadlineKind::Correction, result)[0].met, day("2026-01-16"));
}

TEST_F(Clock, Example6ThirdParty) {
    auto const letter = sent("c1", "2026-05-07", day("2026-05-09"));
    EXPECT_EQ(due("2026-05-06", "2026-04-24", {letter}), day("2026-05-26"));
    EXPECT_EQ(due("2026-05-22", "2026-04-24", {letter, ended("c1", "2026-05-22")}), day("2026-06-11"));
    EXPECT_EQ(due("2026-06-20", "2026-04-24", {letter}), day("2026-06-18"));
    EXPECT_EQ(
        due("2026-06-11", "2026-04-24", {letter, ended("c1", "2026-05-22"), extended("2026-06-11", 20)}),
        day("2026-07-10")
    );
    auto const other = sent("c2", "2026-05-12", day("2026-05-12"), Kind::Authority);
    EXPECT_EQ(
        due("2026-06-11", "2026-04-24", {letter, other, ended("c1", "2026-05-22"), ended("c2", "2026-05-28")}),
        day("2026-06-17")
    );
    EXPECT_EQ(of(DeadlineKind::Consultation, at("2026-05-22", "2026-04-24", {letter}))[0].due, day("2026-05-29"));
}

TEST_F(Clock, Example7Fee) {
    auto const notice = fee_notified("2026-03-19", day("2026-03-20"));
    EXPECT_EQ(due("2026-03-18", "2026-03-02"), day("2026-03-30"));
    auto const waiting = at("2026-04-20", "2026-03-02", {notice});
    EXPECT_EQ(waiting.status, Status::AwaitingPayment);
    EXPECT_EQ(waiting.reply_due, std::nullopt);
    EXPECT_EQ(of(DeadlineKind::FeePayment, waiting)[0].due, day("2026-04-20"));
    EXPECT_EQ(due("2026-04-10", "2026-03-02", {notice, fee_paid("2026-04-10")}), day("2026-05-12"));
    EXPECT_EQ(at("2026-04-21", "2026-03-02", {notice}).status, Status::Lapsed);
}

TEST_F(Clock, AFeeIsPaidWithinTwentyWorkingDaysOfTheNotice) {
    for (auto const& [received, paid_by] :
         {std::pair{"2026-02-06", "2026-03-12"},
          {"2026-09-14", "2026-10-16"},
          {"2026-06-01", "2026-06-30"},
          {"2026-03-20", "2026-04-20"}}) {
        auto const waiting = at(paid_by, received, {fee_notified(received, day(received))});
        EXPECT_EQ(waiting.status, Status::AwaitingPayment) << received;
        auto const limit = of(DeadlineKind::FeePayment, waiting)[0];
        EXPECT_EQ(limit.due, day(paid_by)) << received;
        EXPECT_EQ(limit.basis, "国办函〔2020〕109号第六条");
    }
}

TEST_F(Clock, AFeeNoticeOfTheFirstEditionKeepsItsThirtyNaturalDays) {
    auto notice = fee_notified("2026-09-14", day("2026-09-14"));
    notice.edition.reset();
    auto const waiting = at("2026-10-14", "2026-09-14", {notice});
    EXPECT_EQ(of(DeadlineKind::FeePayment, waiting)[0].due, day("2026-10-14"));
    EXPECT_EQ(at("2026-10-15", "2026-09-14", {notice}).status, Status::Lapsed);
    // A last day that is a day off moves on: 2026-04-19 is a Sunday.
    notice = fee_notified("2026-03-20", day("2026-03-20"));
    notice.edition.reset();
    EXPECT_EQ(of(DeadlineKind::FeePayment, at("2026-03-20", "2026-03-02", {notice}))[0].due, day("2026-04-20"));
}

TEST_F(Clock, Example8Posting) {
    EXPECT_EQ(at("2026-10-16", "2026-09-14", {replied("2026-10-16")}).overdue_workdays, 0);
    EXPECT_EQ(at("2026-10-19", "2026-09-14", {replied("2026-10-19")}).overdue_workdays, 1);
    EXPECT_EQ(at("2026-11-30", "2026-09-14", {replied("2026-10-19")}).overdue_workdays, 1);
}

TEST_F(Clock, Example9TheEndOfThePublishedYears) {
    EXPECT_EQ(correction_notice_limit(day("2026-11-20"), calendar), day("2026-12-01"));
    EXPECT_EQ(due("2026-11-20", "2026-11-20"), day("2026-12-18"));
    EXPECT_EQ(due("2026-12-03", "2026-12-03"), day("2026-12-31"));
    EXPECT_FALSE(at("2026-12-03", "2026-12-03").provisional);
    EXPECT_TRUE(at("2026-12-04", "2026-12-04").provisional);
}

TEST_F(Clock, Example10RealCases) {
    EXPECT_EQ(due("2022-08-18", "2022-08-18"), day("2022-09-16"));
    EXPECT_EQ(calendar.workdays_between(day("2022-09-16"), day("2022-09-22")), 4);
    EXPECT_EQ(refusal(1, "2022-08-18", {fee_notified("2022-09-22")}), "after_reply_due");
    EXPECT_EQ(due("2023-09-18", "2023-09-18"), day("2023-10-20"));
}

TEST_F(Clock, Example11ReviewWithinSixtyDays) {
    Date const day_60 = add_days(day("2026-08-02"), 60);
    EXPECT_EQ(calendar.next_workday_on_or_after(day_60).date, day("2026-10-08"));
}

// ---- what the clock says ----

TEST_F(Clock, CountsRemainingAndOverdueDays) {
    auto const early = at("2026-10-09", "2026-09-14");
    EXPECT_EQ(early.remaining_workdays, 6);  // 10 (a Saturday), 12 to 16 October
    EXPECT_EQ(early.overdue_workdays, 0);
    EXPECT_EQ(early.status, Status::Running);
    auto const last = at("2026-10-16", "2026-09-14");
    EXPECT_EQ(last.remaining_workdays, 0);
    EXPECT_EQ(last.overdue_workdays, 0);
    auto const late = at("2026-10-20", "2026-09-14");
    EXPECT_EQ(late.remaining_workdays, 0);
    EXPECT_EQ(late.overdue_workdays, 2);
}

TEST_F(Clock, EventsAfterTheDayAskedAboutHaveNotHappened) {
    std::vector<ClockEvent> const events{
        correction_requested("2026-09-16"), correction_received("2026-09-21"), replied("2026-09-30")};
    EXPECT_EQ(at("2026-09-15", "2026-09-14", events).status, Status::Running);
    EXPECT_EQ(at("2026-09-16", "2026-09-14", events).status, Status::AwaitingCorrection);
    EXPECT_EQ(at("2026-09-21", "2026-09-14", events).status, Status::Running);
    EXPECT_EQ(at("2026-09-30", "2026-09-14", events).status, Status::Replied);
    // Nor are they held to the rules of law.
    EXPECT_EQ(at("2026-09-15", "2026-09-14", {extended("2026-09-16", 99)}).status, Status::Running);
}

TEST_F(Clock, TiesApplyInTheOrderGiven) {
    EXPECT_EQ(
        due("2026-09-16", "2026-09-14", {correction_requested("2026-09-16"), correction_received("2026-09-16")}),
        day("2026-10-20")
    );
    EXPECT_EQ(
        refusal(1, "2026-09-14", {correction_received("2026-09-16"), correction_requested("2026-09-16")}),
        "correction_not_requested"
    );
}

TEST_F(Clock, AConsultationPausesUpToAndIncludingItsLimit) {
    auto const letter = sent("c1", "2026-05-07", day("2026-05-09"));  // limit 29 May
    auto const during = at("2026-05-20", "2026-04-24", {letter});
    EXPECT_EQ(during.status, Status::Paused);
    EXPECT_EQ(during.remaining_workdays, at("2026-05-07", "2026-04-24").remaining_workdays);
    EXPECT_EQ(at("2026-05-29", "2026-04-24", {letter}).status, Status::Paused);
    EXPECT_EQ(at("2026-05-30", "2026-04-24", {letter}).status, Status::Running);
    EXPECT_EQ(due("2026-05-29", "2026-04-24", {letter}), day("2026-06-18"));
    EXPECT_EQ(
        due("2026-06-05", "2026-04-24", {letter, ended("c1", "2026-06-05")}), day("2026-06-18")
    );  // ended after the limit
}

TEST_F(Clock, AnUnservedConsultationRunsThirtyWorkingDays) {
    auto const result = at("2026-05-20", "2026-04-24", {sent("c1", "2026-05-07")});
    EXPECT_EQ(of(DeadlineKind::Consultation, result)[0].due, calendar.add_workdays(day("2026-05-07"), 30).date);
}

TEST_F(Clock, EachConsultationNamesItsArticle) {
    auto const result =
        at("2026-05-20",
           "2026-04-24",
           {sent("a", "2026-05-07"),
            sent("b", "2026-05-07", {}, Kind::JointAgency),
            sent("c", "2026-05-07", {}, Kind::Authority)});
    auto const limits = of(DeadlineKind::Consultation, result);
    ASSERT_EQ(limits.size(), 3U);
    EXPECT_EQ(limits[0].basis, "条例第三十二条");
    EXPECT_EQ(limits[1].basis, "条例第三十四条");
    EXPECT_EQ(limits[2].basis, "条例第三十三条");
}

TEST_F(Clock, AConsultationSentAfterTheDeadlinePausesNothing) {
    auto const result = at("2026-10-23", "2026-09-14", {sent("c1", "2026-10-19")});
    EXPECT_EQ(result.status, Status::Running);
    EXPECT_EQ(result.reply_due, day("2026-10-16"));
    EXPECT_EQ(result.overdue_workdays, 5);
    EXPECT_EQ(of(DeadlineKind::Consultation, result).size(), 1U);
    // On the last day it still does.
    EXPECT_EQ(due("2026-10-23", "2026-09-14", {sent("c1", "2026-10-16")}), day("2026-10-23"));
}

TEST_F(Clock, ARestartDropsEarlierPausesAndExtensions) {
    EXPECT_EQ(
        due("2026-06-01",
            "2026-04-24",
            {sent("c1", "2026-04-27", day("2026-04-27")),
             ended("c1", "2026-05-06"),
             extended("2026-05-07", 10),
             correction_requested("2026-05-08"),
             correction_received("2026-05-15")}),
        calendar.add_workdays(day("2026-05-15"), 20).date
    );
}

TEST_F(Clock, AConsultationStillRunningPausesTheNewPeriodFromItsStart) {
    // Served 30 April, so capped at 25 May; the new period begins on 15 May, so the 6 working days to 25 May are
    // excluded.
    std::vector<ClockEvent> const events{
        sent("c1", "2026-04-29", day("2026-04-30")),
        correction_requested("2026-04-30"),
        correction_received("2026-05-15")};
    EXPECT_EQ(of(DeadlineKind::Consultation, at("2026-05-15", "2026-04-24", events))[0].due, day("2026-05-25"));
    EXPECT_EQ(at("2026-05-15", "2026-04-24", events).status, Status::Paused);
    EXPECT_EQ(due("2026-05-15", "2026-04-24", events), calendar.add_workdays(day("2026-05-15"), 20).date);
    EXPECT_EQ(due("2026-06-01", "2026-04-24", events), calendar.add_workdays(day("2026-05-15"), 26).date);
}

TEST_F(Clock, AConsultationMayEndWhileACorrectionIsAwaited) {
    std::vector<ClockEvent> const events{
        sent("c1", "2026-04-29"),
        correction_requested("2026-04-30"),
        ended("c1", "2026-05-06"),
        correction_received("2026-05-15")};
    EXPECT_EQ(due("2026-06-01", "2026-04-24", events), calendar.add_workdays(day("2026-05-15"), 20).date);
}

TEST_F(Clock, ACorrectionWithoutADateIsDueAfterFifteenWorkingDays) {
    auto const result = at("2026-05-20", "2026-04-24", {correction_requested("2026-04-28")});
    EXPECT_EQ(result.status, Status::AwaitingCorrection);
    EXPECT_EQ(result.reply_due, std::nullopt);
    EXPECT_EQ(result.remaining_workdays, 0);
    EXPECT_EQ(of(DeadlineKind::Correction, result)[0].due, calendar.add_workdays(day("2026-04-28"), 15).date);
    EXPECT_EQ(of(DeadlineKind::CorrectionNotice, result)[0].met, day("2026-04-28"));
    EXPECT_TRUE(of(DeadlineKind::Reply, result).empty());
}

TEST_F(Clock, ACorrectionRunsFromTheReceiptOfTheNotice) {
    auto const asked = correction_requested("2026-04-28");
    EXPECT_EQ(
        of(DeadlineKind::Correction, at("2026-05-20", "2026-04-24", {served("2026-05-06", asked)}))[0].due,
        calendar.add_workdays(day("2026-05-06"), 15).date
    );
    // A day that the notice names holds, whenever it arrived.
    auto const named = correction_requested("2026-04-28", day("2026-05-21"));
    EXPECT_EQ(
        of(DeadlineKind::Correction, at("2026-05-20", "2026-04-24", {served("2026-05-06", named)}))[0].due,
        day("2026-05-21")
    );
    EXPECT_EQ(refusal(1, "2026-04-24", {served("2026-04-27", asked)}), "end_before_start");
}

// ---- what went out late ----

TEST_F(Clock, ALateRequestForACorrectionStopsNothing) {
    auto const asked = late(correction_requested("2026-05-11"));  // the last day was 8 May
    auto const result = at("2026-05-20", "2026-04-24", {asked});
    EXPECT_EQ(result.status, Status::Running);
    EXPECT_EQ(result.reply_due, day("2026-05-26"));
    EXPECT_TRUE(of(DeadlineKind::Correction, result).empty());
    EXPECT_EQ(of(DeadlineKind::CorrectionNotice, result)[0].met, day("2026-05-11"));
    EXPECT_EQ(result.explain.back().effect, ClockEffect::Late);
    EXPECT_EQ(
        result.explain.back().text,
        "2026年5月11日（周一）告知补正，晚于期限2026年5月8日（周五），只作记录："
        "答复期限照原来计算，没有补正也不视为放弃申请。"
    );
    // Long after any period for a correction it is late, not lapsed.
    EXPECT_EQ(
        at("2026-07-20", "2026-04-24", {asked}).overdue_workdays,
        calendar.workdays_between(day("2026-05-26"), day("2026-07-20"))
    );
}

TEST_F(Clock, TheAnswerToALateLetterBeginsNoNewPeriod) {
    auto const asked = late(correction_requested("2026-05-11"));
    auto const result = at("2026-05-20", "2026-04-24", {asked, correction_received("2026-05-18")});
    EXPECT_EQ(result.reply_due, day("2026-05-26"));
    EXPECT_EQ(
        result.explain.back().text,
        "2026年5月18日（周一）收到补正的申请；告知补正时已经逾期，答复期限照原来计算，不重新计算。"
    );
    EXPECT_EQ(
        refusal(3, "2026-04-24", {asked, correction_received("2026-05-18"), correction_received("2026-05-19")}),
        "correction_not_requested"
    );
    EXPECT_EQ(
        due("2026-06-10", "2026-04-24", {late(fee_notified("2026-05-28")), fee_paid("2026-06-08")}), day("2026-05-26")
    );
    EXPECT_EQ(refusal(2, "2026-04-24", {asked, fee_paid("2026-05-18")}), "fee_not_notified");
}

TEST_F(Clock, ALateExtensionDeferralOrFeeNoticeMovesNothing) {
    for (ClockEvent const& letter :
         {extended("2026-05-27", 20), deferred("2026-05-27", "2026-09-30"), fee_notified("2026-05-27")}) {
        EXPECT_EQ(refusal(1, "2026-04-24", {letter}), "after_reply_due") << label(letter.type);
        auto const result = at("2026-06-01", "2026-04-24", {late(letter)});
        EXPECT_EQ(result.status, Status::Running) << label(letter.type);
        EXPECT_EQ(result.reply_due, day("2026-05-26")) << label(letter.type);
        EXPECT_EQ(result.overdue_workdays, 4) << label(letter.type);
        EXPECT_EQ(result.explain.back().effect, ClockEffect::Late) << label(letter.type);
        // Nor does it when nothing else would have been wrong with it.
        ClockEvent early = late(letter);
        early.on = day("2026-05-20");
        EXPECT_EQ(due("2026-06-01", "2026-04-24", {early}), day("2026-05-26")) << label(letter.type);
    }
}

TEST_F(Clock, ALateLetterIsStillTheOneThatTheLawAllows) {
    EXPECT_EQ(
        refusal(2, "2026-04-24", {late(correction_requested("2026-05-11")), late(correction_requested("2026-05-12"))}),
        "second_correction_request"
    );
    EXPECT_EQ(
        refusal(2, "2026-04-24", {late(extended("2026-05-20", 5)), extended("2026-05-21", 5)}), "second_extension"
    );
    EXPECT_EQ(refusal(1, "2026-04-24", {late(extended("2026-05-27", 21))}), "extension_out_of_range");
    EXPECT_EQ(refusal(1, "2026-04-24", {late(deferred("2026-05-27", "2026-05-26"))}), "deferral_not_later");
    EXPECT_EQ(
        refusal(2, "2026-04-24", {correction_requested("2026-04-28"), late(extended("2026-05-06", 5))}),
        "awaiting_correction"
    );
    EXPECT_EQ(refusal(2, "2026-04-24", {replied("2026-05-06"), late(fee_notified("2026-06-08"))}), "after_reply");
}

// ---- days that no notice has announced ----

TEST_F(Clock, NothingLapsesOnAProvisionalDay) {
    auto const fee = fee_notified("2026-12-10", day("2026-12-10"));  // 20 working days lead into January
    auto const waiting = at("2027-06-01", "2026-11-20", {fee});
    EXPECT_EQ(waiting.status, Status::AwaitingPayment);
    EXPECT_EQ(waiting.next_change, std::nullopt);
    EXPECT_TRUE(waiting.provisional);
    EXPECT_TRUE(of(DeadlineKind::FeePayment, waiting)[0].provisional);
    EXPECT_EQ(
        waiting.explain.back().text,
        "2026年12月10日（周四）通知缴费，等待申请人缴费，最迟2027年1月8日（周五）"
        "（暂定：2027年的放假安排还没有公布）；公布以前不按逾期处理。"
    );
    // What comes after that day is in time.
    EXPECT_EQ(at("2027-03-01", "2026-11-20", {fee, fee_paid("2027-03-01")}).status, Status::Running);
    // A day that the letter names may turn out to be a day off as well.
    auto const asked = correction_requested("2026-11-30", day("2027-01-15"));
    EXPECT_EQ(at("2027-06-01", "2026-11-20", {asked}).status, Status::AwaitingCorrection);
}

TEST_F(Clock, TheWaitEndsOnTheRightDayOnceTheCalendarIsThere) {
    std::vector<CalendarYear> years = statutory_years();
    years.push_back(
        {2027, {{day("2027-01-01"), "元旦"}, {day("2027-01-04"), "元旦"}}, {}, {{"某号", day("2026-12-01"), "", true}}}
    );
    Timeline const timeline{day("2026-11-20"), {fee_notified("2026-12-10", day("2026-12-10"))}};
    auto const last = compute_clock(timeline, day("2027-01-11"), WorkdayCalendar(years)).value();
    EXPECT_EQ(last.status, Status::AwaitingPayment);
    EXPECT_FALSE(last.provisional);
    EXPECT_EQ(compute_clock(timeline, day("2027-01-12"), WorkdayCalendar(years))->status, Status::Lapsed);
}

TEST_F(Clock, AMissedCorrectionLapsesTheNextDay) {
    auto const asked = correction_requested("2026-04-28", day("2026-05-10"));  // a Sunday
    EXPECT_EQ(at("2026-05-10", "2026-04-24", {asked}).status, Status::AwaitingCorrection);
    auto const lapsed = at("2026-05-11", "2026-04-24", {asked});
    EXPECT_EQ(lapsed.status, Status::Lapsed);
    EXPECT_EQ(lapsed.reply_due, std::nullopt);
    EXPECT_EQ(of(DeadlineKind::Correction, lapsed)[0].met, std::nullopt);
}

TEST_F(Clock, AnExcusedCorrectionCountsThoughLate) {
    auto const asked = correction_requested("2026-04-28", day("2026-05-08"));
    EXPECT_EQ(
        due("2026-05-20", "2026-04-24", {asked, correction_received("2026-05-11", true)}),
        calendar.add_workdays(day("2026-05-11"), 20).date
    );
}

TEST_F(Clock, AFeeWithoutServiceIsDueFromItsDispatch) {
    auto const result = at("2026-03-20", "2026-03-02", {fee_notified("2026-03-20")});
    EXPECT_EQ(of(DeadlineKind::FeePayment, result)[0].due, day("2026-04-20"));
    EXPECT_EQ(
        due("2026-05-06", "2026-03-02", {fee_notified("2026-03-20"), fee_paid("2026-04-22", true)}),
        calendar.add_workdays(day("2026-04-22"), 20).date
    );
}

TEST_F(Clock, AFeeMayBeNotifiedAgain) {
    EXPECT_EQ(
        at("2026-04-15", "2026-03-02", {fee_notified("2026-03-20"), fee_paid("2026-03-25"), fee_notified("2026-04-15")})
            .status,
        Status::AwaitingPayment
    );
}

TEST_F(Clock, ADeferralReplacesTheDeadline) {
    EXPECT_EQ(due("2026-06-01", "2026-04-24", {deferred("2026-05-20", "2026-09-30")}), day("2026-09-30"));
    // Also where that is a day off.
    EXPECT_EQ(due("2026-06-01", "2026-04-24", {deferred("2026-05-20", "2026-10-04")}), day("2026-10-04"));
    EXPECT_EQ(
        at("2026-06-01", "2026-04-24", {deferred("2026-05-20", "2026-09-30")}).deadlines.back().basis, "条例第三十五条"
    );
}

TEST_F(Clock, LaterConsultationDaysLengthenADeferredDeadline) {
    std::vector<ClockEvent> const later{
        deferred("2026-05-20", "2026-09-30"), sent("c1", "2026-06-01"), ended("c1", "2026-06-03")};
    EXPECT_EQ(due("2026-06-08", "2026-04-24", later), day("2026-10-09"));  // 8 and 9 October
    // One open across the deferral: 21 and 22 May count, the days up to the deferral are in `to` already.
    std::vector<ClockEvent> const across{
        sent("c1", "2026-05-12"), deferred("2026-05-20", "2026-09-30"), ended("c1", "2026-05-22")};
    EXPECT_EQ(due("2026-06-08", "2026-04-24", across), day("2026-10-09"));
}

TEST_F(Clock, AnExtensionAddsToTheDeadlineInForce) {
    // Extended while a consultation is open: the days after the extension still count.
    std::vector<ClockEvent> const events{
        sent("c1", "2026-05-12"), extended("2026-05-14", 5), ended("c1", "2026-05-22")};
    EXPECT_EQ(due("2026-06-01", "2026-04-24", events), calendar.add_workdays(day("2026-04-24"), 20 + 8 + 5).date);
    EXPECT_EQ(
        due("2026-06-01", "2026-04-24", {deferred("2026-05-20", "2026-09-30"), extended("2026-06-01", 2)}),
        day("2026-10-09")
    );
    EXPECT_EQ(due("2026-06-01", "2026-04-24", {extended("2026-05-26", 1)}), day("2026-05-27"));
}

TEST_F(Clock, AReplyStopsTheClock) {
    auto const result =
        at("2026-06-20", "2026-04-24", {sent("c1", "2026-05-07", day("2026-05-07")), replied("2026-05-11")});
    EXPECT_EQ(result.status, Status::Replied);
    EXPECT_EQ(result.reply_due, day("2026-05-29"));  // 3 days: 8, 9 and 11 May
    EXPECT_EQ(result.deadlines.back().met, day("2026-05-11"));
    EXPECT_TRUE(result.open_consultations.empty());
    EXPECT_EQ(result.next_change, std::nullopt);
}

TEST_F(Clock, AReplyInsteadOfWaitingIsMeasuredAgainstThePeriod) {
    EXPECT_EQ(
        due("2026-06-01", "2026-04-24", {correction_requested("2026-04-28"), replied("2026-05-06")}), day("2026-05-26")
    );
}

TEST_F(Clock, AWithdrawalEndsEverything) {
    auto const result = at("2026-06-01", "2026-04-24", {withdrawn("2026-05-06")});
    EXPECT_EQ(result.status, Status::Lapsed);
    EXPECT_EQ(result.reply_due, std::nullopt);
    EXPECT_TRUE(result.deadlines.empty());
    EXPECT_EQ(
        at("2026-06-01", "2026-04-24", {correction_requested("2026-04-28"), withdrawn("2026-05-06")}).status,
        Status::Lapsed
    );
}

TEST_F(Clock, AskingForACorrectionIsListedInTheFirstPeriodOnly) {
    auto const fresh = of(DeadlineKind::CorrectionNotice, at("2026-04-24", "2026-04-24"));
    ASSERT_EQ(fresh.size(), 1U);
    EXPECT_EQ(fresh[0].due, day("2026-05-08"));
    EXPECT_EQ(fresh[0].met, std::nullopt);
    EXPECT_TRUE(of(DeadlineKind::CorrectionNotice,
                   at("2026-05-20", "2026-04-24", {fee_notified("2026-05-12"), fee_paid("2026-05-20")}))
                    .empty());
    EXPECT_TRUE(of(DeadlineKind::CorrectionNotice, at("2026-05-20", "2026-04-24", {replied("2026-05-20")})).empty());
}

TEST_F(Clock, SaysWhenItChangesByItself) {
    EXPECT_EQ(at("2026-04-24", "2026-04-24").next_change, std::nullopt);
    EXPECT_EQ(
        at("2026-05-01", "2026-04-24", {correction_requested("2026-04-28", day("2026-05-08"))}).next_change,
        day("2026-05-09")
    );
    EXPECT_EQ(at("2026-03-20", "2026-03-02", {fee_notified("2026-03-20")}).next_change, day("2026-04-21"));
    auto const letter = sent("c1", "2026-05-07", day("2026-05-09"));
    EXPECT_EQ(at("2026-05-20", "2026-04-24", {letter}).next_change, day("2026-05-21"));
    EXPECT_EQ(at("2026-05-29", "2026-04-24", {letter}).next_change, day("2026-05-30"));
    EXPECT_EQ(at("2026-05-30", "2026-04-24", {letter}).next_change, std::nullopt);
    EXPECT_EQ(
        at("2026-10-19", "2026-09-14", {sent("c1", "2026-10-19", day("2026-10-19"))}).next_change, day("2026-11-10")
    );
    EXPECT_EQ(
        at("2026-05-11", "2026-04-24", {correction_requested("2026-04-28", day("2026-05-08"))}).next_change,
        std::nullopt
    );
}

TEST_F(Clock, ListsOpenConsultations) {
    auto const result =
        at("2026-06-05",
           "2026-04-24",
           {sent("a", "2026-05-07", day("2026-05-09")), sent("b", "2026-05-08"), ended("b", "2026-05-11")});
    ASSERT_EQ(result.open_consultations.size(), 1U);
    EXPECT_EQ(result.open_consultations[0].id, "a");
    EXPECT_EQ(result.open_consultations[0].limit, day("2026-05-29"));
}

TEST_F(Clock, IsProvisionalForEveryDateOfAnUnpublishedYear) {
    EXPECT_TRUE(at("2026-12-10", "2026-11-20", {fee_notified("2026-12-10")}).provisional);
    EXPECT_TRUE(at("2026-12-10", "2026-11-20", {extended("2026-12-10", 20)}).provisional);
    EXPECT_FALSE(at("2026-12-10", "2026-11-20", {deferred("2026-12-10", "2027-03-01")}).provisional
    );  // named, not computed
}

// ---- what is refused ----

TEST_F(Clock, RefusesMalformedEvents) {
    EXPECT_EQ(refusal(1, "2026-04-24", {replied("2026-04-23")}), "before_received");
    EXPECT_EQ(refusal(2, "2026-04-24", {replied("2026-05-06"), withdrawn("2026-04-23")}), "before_received");
    EXPECT_EQ(refusal(1, "2026-04-24", {sent("", "2026-05-06")}), "id_invalid");
    EXPECT_EQ(refusal(1, "2026-04-24", {ended("", "2026-05-06")}), "id_invalid");
    EXPECT_EQ(refusal(1, "2026-04-24", {ended("c\n1", "2026-05-06")}), "id_invalid");
    EXPECT_EQ(refusal(1, "2026-04-24", {{.type = Type::Deferred, .on = day("2026-05-06")}}), "date_missing");
    EXPECT_EQ(refusal(1, "2026-04-24", {sent("c1", "2026-05-06", day("2026-05-05"))}), "end_before_start");
    EXPECT_EQ(refusal(1, "2026-04-24", {fee_notified("2026-05-06", day("2026-05-05"))}), "end_before_start");
    EXPECT_EQ(refusal(1, "2026-04-24", {correction_requested("2026-04-28", day("2026-04-27"))}), "end_before_start");
    // Form is checked also in what has not happened yet.
    EXPECT_EQ(
        refusal(1, "2026-04-24", {sent("c1", "2026-05-06", day("2026-05-05"))}, "2026-04-24"), "end_before_start"
    );
    EXPECT_EQ(compute_clock({day("2026-04-24")}, day("2026-04-23"), calendar).error().code, "as_of_before_received");
}

TEST_F(Clock, RefusesConsultationsThatDoNotFit) {
    EXPECT_EQ(refusal(1, "2026-04-24", {ended("c1", "2026-05-06")}), "unknown_consultation");
    EXPECT_EQ(refusal(2, "2026-04-24", {sent("c1", "2026-05-06"), ended("c1", "2026-05-05")}), "end_before_start");
    EXPECT_EQ(refusal(2, "2026-04-24", {sent("c1", "2026-05-06"), sent("c1", "2026-05-07")}), "id_repeated");
    EXPECT_EQ(
        refusal(3, "2026-04-24", {sent("c1", "2026-05-06"), ended("c1", "2026-05-07"), ended("c1", "2026-05-08")}),
        "consultation_already_ended"
    );
}

TEST_F(Clock, RefusesCorrectionsThatDoNotFit) {
    EXPECT_EQ(
        refusal(2, "2026-04-24", {correction_requested("2026-04-28"), correction_requested("2026-04-29")}),
        "second_correction_request"
    );
    EXPECT_EQ(
        refusal(
            3,
            "2026-04-24",
            {correction_requested("2026-04-27"), correction_received("2026-04-28"), correction_requested("2026-04-29")}
        ),
        "second_correction_request"
    );
    EXPECT_EQ(refusal(1, "2026-04-24", {correction_requested("2026-05-08")}, "2026-05-08"), "none");
    EXPECT_EQ(refusal(1, "2026-04-24", {correction_requested("2026-05-09")}), "correction_request_late");
    EXPECT_EQ(refusal(1, "2026-04-24", {correction_received("2026-05-08")}), "correction_not_requested");
    EXPECT_EQ(
        refusal(
            3,
            "2026-04-24",
            {correction_requested("2026-04-28"), correction_received("2026-05-06"), correction_received("2026-05-07")}
        ),
        "correction_not_requested"
    );
    EXPECT_EQ(
        refusal(
            2, "2026-04-24", {correction_requested("2026-04-28", day("2026-05-08")), correction_received("2026-05-09")}
        ),
        "correction_late"
    );
}

TEST_F(Clock, RefusesPaymentsThatDoNotFit) {
    EXPECT_EQ(refusal(1, "2026-03-02", {fee_paid("2026-03-20")}), "fee_not_notified");
    EXPECT_EQ(
        refusal(2, "2026-03-02", {correction_requested("2026-03-03"), fee_paid("2026-03-04")}), "fee_not_notified"
    );
    EXPECT_EQ(
        refusal(2, "2026-03-02", {fee_notified("2026-03-20"), correction_received("2026-03-23")}),
        "correction_not_requested"
    );
    EXPECT_EQ(refusal(2, "2026-03-02", {fee_notified("2026-03-20"), fee_paid("2026-04-21")}), "payment_late");
    EXPECT_EQ(refusal(1, "2026-03-02", {fee_notified("2026-03-31")}), "after_reply_due");
}

TEST_F(Clock, RefusesExtensionsThatDoNotFit) {
    for (int const days : {-1, 0, 21})
        EXPECT_EQ(refusal(1, "2026-04-24", {extended("2026-05-06", days)}), "extension_out_of_range") << days;
    EXPECT_EQ(refusal(1, "2026-04-24", {extended("2026-05-27", 5)}), "after_reply_due");
    EXPECT_EQ(refusal(2, "2026-04-24", {extended("2026-05-06", 5), extended("2026-05-07", 5)}), "second_extension");
    EXPECT_EQ(
        refusal(
            4,
            "2026-04-24",
            {extended("2026-05-06", 5), fee_notified("2026-05-07"), fee_paid("2026-05-08"), extended("2026-05-20", 5)}
        ),
        "second_extension"
    );
}

TEST_F(Clock, RefusesDeferralsThatDoNotFit) {
    EXPECT_EQ(refusal(1, "2026-04-24", {deferred("2026-05-27", "2026-09-30")}), "after_reply_due");
    EXPECT_EQ(refusal(1, "2026-04-24", {deferred("2026-05-20", "2026-05-26")}), "deferral_not_later");
    EXPECT_EQ(refusal(1, "2026-04-24", {deferred("2026-05-20", "2026-05-27")}), "none");
}

TEST_F(Clock, RefusesStepsOfTheAgencyWhileTheApplicantIsAwaited) {
    for (ClockEvent const& step :
         {sent("c1", "2026-05-06"),
          extended("2026-05-06", 5),
          deferred("2026-05-06", "2026-09-30"),
          fee_notified("2026-05-06")}) {
        EXPECT_EQ(refusal(2, "2026-04-24", {correction_requested("2026-04-28"), step}), "awaiting_correction")
            << label(step.type);
        EXPECT_EQ(refusal(2, "2026-04-24", {fee_notified("2026-04-28"), step}), "awaiting_payment") << label(step.type);
    }
    EXPECT_EQ(
        refusal(2, "2026-04-24", {fee_notified("2026-04-28"), correction_requested("2026-04-29")}), "awaiting_payment"
    );
}

TEST_F(Clock, RefusesAnythingAfterTheEnd) {
    std::vector<ClockEvent> const steps{
        correction_requested("2026-05-07"),
        correction_received("2026-06-08", true),
        sent("c1", "2026-06-08"),
        ended("c0", "2026-06-08"),
        extended("2026-06-08", 5),
        deferred("2026-06-08", "2026-09-30"),
        fee_notified("2026-06-08"),
        fee_paid("2026-06-08", true),
        replied("2026-06-08"),
        withdrawn("2026-06-08")};
    for (ClockEvent const& step : steps) {
        EXPECT_EQ(refusal(2, "2026-04-24", {replied("2026-05-06"), step}), "after_reply") << label(step.type);
        EXPECT_EQ(refusal(2, "2026-04-24", {withdrawn("2026-05-06"), step}), "after_withdrawal") << label(step.type);
        // Not paid by 28 May: only the excused payment revives the case.
        ClockEvent late = step;
        late.on = day("2026-06-08");
        EXPECT_EQ(
            refusal(2, "2026-04-24", {fee_notified("2026-04-28"), late}),
            step.type == Type::FeePaid ? "none" : "after_lapse"
        ) << label(step.type);
    }
    EXPECT_EQ(
        refusal(2, "2026-04-24", {correction_requested("2026-04-28", day("2026-05-08")), replied("2026-05-09")}),
        "after_lapse"
    );
}

TEST_F(Clock, ARefusalNamesItsArticle) {
    auto const refused = compute_clock({day("2026-04-24"), {extended("2026-05-27", 5)}}, day("2026-06-01"), calendar);
    EXPECT_EQ(refused.error().article, "条例第三十三条");
    EXPECT_EQ(refused.error().detail, "第1项（延长答复期限，2026-05-27）：答复期限2026年5月26日（周二）已届满。");
}

// ---- the explanation ----

TEST_F(Clock, ExplainsTheDeadline) {
    auto const result =
        at("2026-06-12",
           "2026-04-24",
           {sent("c1", "2026-05-07", day("2026-05-09")),
            sent("c2", "2026-05-12", day("2026-05-12"), Kind::Authority),
            ended("c1", "2026-05-22"),
            ended("c2", "2026-05-28"),
            extended("2026-06-11", 20)});
    ASSERT_EQ(result.explain.size(), 4U);
    EXPECT_EQ(result.explain[0].effect, ClockEffect::Run);
    EXPECT_EQ(result.explain[0].to, day("2026-05-26"));
    EXPECT_EQ(result.explain[0].text, "2026年4月24日（周五）的次日起算20个工作日，至2026年5月26日（周二）届满。");
    EXPECT_EQ(result.explain[1].workdays, 12);
    EXPECT_EQ(
        result.explain[1].text,
        "2026年5月7日（周四）起征求第三方意见，2026年5月22日（周五）结束，不计入答复期限12个工作日。"
    );
    EXPECT_EQ(result.explain[2].workdays, 4);
    EXPECT_EQ(
        result.explain[2].text,
        "2026年5月12日（周二）起征求主管部门意见，2026年5月28日（周四）结束，不计入答复期限4个工作日，"
        "与其他征求意见重叠的8个工作日不重复扣除。"
    );
    EXPECT_EQ(result.explain[3].effect, ClockEffect::Extension);
    EXPECT_EQ(result.explain[3].to, result.reply_due);
    EXPECT_EQ(
        result.explain[3].text,
        "2026年6月11日（周四）批准延长20个工作日，由2026年6月17日（周三）延至2026年7月16日（周四）。"
    );
}

TEST_F(Clock, ARestartReplacesTheExplanationOfThePeriodBefore) {
    auto const result =
        at("2026-05-20",
           "2026-04-24",
           {sent("c1", "2026-04-27"),
            ended("c1", "2026-04-28"),
            correction_requested("2026-04-28"),
            correction_received("2026-05-08")});
    ASSERT_EQ(result.explain.size(), 2U);
    EXPECT_EQ(result.explain[0].effect, ClockEffect::Restart);
    EXPECT_EQ(result.explain[0].from, day("2026-04-24"));
    EXPECT_EQ(result.explain[0].to, day("2026-05-08"));
    EXPECT_EQ(result.explain[0].workdays, 0);
    EXPECT_EQ(result.explain[1].effect, ClockEffect::Run);
    EXPECT_EQ(result.explain[1].to, result.reply_due);
}

TEST_F(Clock, ExplainsHowItEnded) {
    EXPECT_EQ(
        at("2026-10-19", "2026-09-14", {replied("2026-10-19")}).explain.back().text,
        "2026年10月19日（周一）答复，超过期限1个工作日。"
    );
    EXPECT_EQ(
        at("2026-10-16", "2026-09-14", {replied("2026-10-16")}).explain.back().text,
        "2026年10月16日（周五）答复，在期限之内。"
    );
    EXPECT_EQ(
        at("2026-04-21", "2026-03-02", {fee_notified("2026-03-20")}).explain.back().text,
        "至2026年4月20日（周一）没有缴费，视为放弃申请，不再办理。"
    );
    EXPECT_EQ(
        at("2026-05-11", "2026-04-24", {withdrawn("2026-05-06")}).explain.back().text,
        "2026年5月6日（周三）申请人撤回申请，不再办理。"
    );
}

TEST_F(Clock, BriefOnlyLeavesOutTheExplanation) {
    Timeline const timeline{
        day("2026-04-24"),
        {sent("c1", "2026-04-27"),
         correction_requested("2026-04-28"),
         correction_received("2026-05-08"),
         deferred("2026-05-20", "2026-09-30")}};
    auto const full = compute_clock(timeline, day("2026-06-01"), calendar).value();
    auto const brief = compute_clock(timeline, day("2026-06-01"), calendar, Detail::Brief).value();
    EXPECT_FALSE(full.explain.empty());
    EXPECT_TRUE(brief.explain.empty());
    EXPECT_EQ(brief.reply_due, full.reply_due);
    EXPECT_EQ(brief.status, full.status);
    EXPECT_EQ(brief.deadlines.size(), full.deadlines.size());
    EXPECT_EQ(brief.next_change, full.next_change);
}

}  // namespace
}  // namespace workflow
