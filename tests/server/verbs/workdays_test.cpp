#include <gtest/gtest.h>

#include "tests/server/verbs/program.hpp"

namespace {

TEST(WorkdaysVerb, CountsForwardAndBetween) {
    EXPECT_EQ(program::run({"workdays", "2026-09-14", "+20"}).out, "2026-10-16\n");
    EXPECT_EQ(program::run({"workdays", "2026-09-14", "+0"}).out, "2026-09-14\n");
    EXPECT_EQ(program::run({"workdays", "2026-09-14", "2026-10-16"}).out, "20\n");
    EXPECT_EQ(
        program::run({"workdays", "2026-09-14", "2026-10-16", "--json"}).out,
        "{\"workdays\":20,\"provisional\":false}\n"
    );
}

TEST(WorkdaysVerb, SaysWhenAYearHasNoCalendar) {
    auto const forward = program::run({"workdays", "2026-12-04", "+20"});
    EXPECT_EQ(forward.exit_code, 0);
    EXPECT_NE(forward.out.find("暂定"), std::string::npos);
    EXPECT_NE(
        program::run({"workdays", "2026-12-30", "2027-01-05", "--json"}).out.find("\"provisional\":true"),
        std::string::npos
    );
}

TEST(WorkdaysVerb, RefusesWhatIsNoDate) {
    for (auto const* second : {"+", "+x", "+-1", "2026-02-30", "20"}) {
        auto const run = program::run({"workdays", "2026-09-14", second});
        EXPECT_EQ(run.exit_code, 1) << second;
        EXPECT_EQ(program::lines(run.err), 1) << run.err;
    }
    EXPECT_EQ(program::run({"workdays", "yesterday", "+1"}).exit_code, 1);
}

TEST(Program, TellsWrongUsageFromFailure) {
    for (auto const& wrong : std::vector<std::vector<std::string>>{
             {},
             {"fly"},
             {"workdays"},
             {"workdays", "2026-09-14", "+1", "--colour"},
             {"init"},
             {"journal"},
             {"journal", "prove", "x"}}) {
        auto const run = program::run(wrong);
        EXPECT_EQ(run.exit_code, 2);
        EXPECT_EQ(program::lines(run.err), 1) << run.err;
    }
}

TEST(Program, HelpsWithEveryVerb) {
    for (auto const* verb : {"init", "serve", "demo", "workdays", "clock", "calendar", "journal", "user"}) {
        auto const run = program::run({verb, "--help"});
        EXPECT_EQ(run.exit_code, 0);
        EXPECT_NE(run.out.find("例："), std::string::npos) << verb;
    }
}

}  // namespace
