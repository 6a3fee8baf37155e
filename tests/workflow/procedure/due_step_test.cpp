#include "tests/workflow/office.hpp"

#include <gtest/gtest.h>

namespace workflow {
namespace {

using A = Action;
using R = Role;

std::optional<Date> next_check(Office const& office) { return next_check_on(office.c, office.clock(), office.today); }

TEST(DueStep, ACorrectionLapsesOnTheDayAfterItsLimitAndOnce) {
    Office office;
    office.correcting();
    EXPECT_EQ(next_check(office), day("2026-03-24"));
    office.today = day("2026-03-23");
    EXPECT_EQ(office.run_daily(), 0);
    office.today = day("2026-03-24");
    EXPECT_EQ(office.run_daily(), 1);
    EXPECT_EQ(office.run_daily(), 0);
    EXPECT_EQ(office.c.state, State::Lapsed);
    EXPECT_EQ(office.c.outcome, Outcome::Uncorrected);
    EXPECT_EQ(office.c.concluded_on, day("2026-03-24"));
    EXPECT_EQ(next_check(office), std::nullopt);
}

TEST(DueStep, AfterDowntimeALapseStillBearsItsOwnDay) {
    Office office;
    office.awaiting_payment();
    office.today = day("2026-04-20");
    EXPECT_EQ(office.run_daily(), 1);
    EXPECT_EQ(office.c.outcome, Outcome::Unpaid);
    EXPECT_EQ(office.c.concluded_on, day("2026-03-31"));
}

TEST(DueStep, ACaseSavedAfterItsLimitIsStillVisited) {
    Office office;
    office.correcting();
    office.today = day("2026-03-26");
    office.must(R::Reviewer, A::Note);
    EXPECT_EQ(next_check(office), office.today);
}

TEST(DueStep, ASilentConsultationEndsAtItsLimit) {
    Office office;
    office.consulting();
    office.must(R::Registrar, A::RecordDelivery);
    office.today = day("2026-03-23");  // the 15th working day after service
    EXPECT_EQ(office.run_daily(), 0);
    office.today = day("2026-04-01");
    EXPECT_EQ(office.run_daily(), 1);
    EXPECT_EQ(office.run_daily(), 0);
    EXPECT_EQ(office.c.consultations[0].end->why, NoOpinion::Silent);
    EXPECT_EQ(office.c.consultations[0].end->ended_on, day("2026-03-23"));
    EXPECT_EQ(office.clock().reply_due, day("2026-04-21"));  // 20 working days, and the 15 excluded
}

TEST(DueStep, EveryOpenConsultationLapses) {
    Office office;
    office.consulting();
    office.must(R::Handler, A::Consult);
    office.today = day("2026-06-01");
    EXPECT_EQ(office.run_daily(), 2);
    EXPECT_FALSE(office.c.consultations[0].open() || office.c.consultations[1].open());
}

TEST(DueStep, APausedCaseIsVisitedDaily) {
    Office office;
    office.consulting();
    EXPECT_EQ(next_check(office), day("2026-03-03"));
}

TEST(DueStep, OnlyTheSystemLapses) {
    Office office;
    office.correcting();
    office.today = day("2026-03-24");
    auto const due = due_step(office.c, office.today, Office::calendar()).value();
    for (auto const& role : kRoles) {
        bool const granted = office.ask(office.person(role.value), due.action, due.payload).has_value();
        EXPECT_EQ(granted, role.value == R::System) << role.code;
    }
}

/// 2027 has no calendar: nobody knows yet which of its days are worked.
TEST(DueStep, NothingLapsesOnADayThatMayStillMove) {
    Office office;
    office.today = day("2026-12-28");
    office.correcting();
    office.today = day("2027-06-01");
    EXPECT_EQ(office.run_daily(), 0);
    EXPECT_EQ(office.c.state, State::Correcting);
    EXPECT_EQ(next_check(office), std::nullopt) << "the calendar, when it comes, sets the next day";
    office.must(R::Applicant, A::RecordCorrection);
    EXPECT_EQ(office.c.state, State::Registered);
}

TEST(DueStep, NorDoesAConsultation) {
    Office office;
    office.today = day("2026-12-28");
    office.consulting();
    office.must(R::Registrar, A::RecordDelivery);
    office.today = day("2027-06-01");
    EXPECT_EQ(office.run_daily(), 0);
    EXPECT_TRUE(office.c.consultations[0].open());
}

}  // namespace
}  // namespace workflow
