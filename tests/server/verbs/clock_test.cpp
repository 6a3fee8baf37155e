#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "tests/server/verbs/program.hpp"

namespace {

namespace json = boost::json;

/// The worked examples of the law, as somebody would type them.
struct Example {
    char const* name;
    char const* timeline;
    char const* status;
    char const* reply_due;  ///< null: none is in force
};

class ClockExample : public testing::TestWithParam<Example> {};

TEST_P(ClockExample, GivesTheDeadlineOfTheLaw) {
    auto const run = program::run({"clock"}, GetParam().timeline);
    ASSERT_EQ(run.exit_code, 0) << run.err;
    auto const clock = json::parse(run.out).as_object();
    EXPECT_EQ(clock.at("status").as_string(), GetParam().status);
    if (GetParam().reply_due == nullptr) {
        EXPECT_TRUE(clock.at("reply_due").is_null());
    } else {
        EXPECT_EQ(clock.at("reply_due").as_string(), GetParam().reply_due);
    }
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(
    WorkedExamples, ClockExample,
    testing::Values(
        Example{"Counter", R"({"received":"2026-09-14","as_of":"2026-09-14","events":[]})", "running", "2026-10-16"},
        Example{"Extended", R"({"received":"2026-09-14","as_of":"2026-10-10","events":[{"type":"extended","days":20,"on":"2026-10-09"}]})", "running", "2026-11-13"},
        Example{"SpringFestival", R"({"received":"2026-02-06","as_of":"2026-02-06"})", "running", "2026-03-12"},
        Example{"NationalDay", R"({"received":"2025-09-24","as_of":"2025-09-24"})", "running", "2025-10-28"},
        Example{"Corrected", R"({"received":"2025-12-25","as_of":"2026-01-20","events":[{"type":"correction_requested","on":"2026-01-05","reply_by":"2026-01-27"},{"type":"correction_received","on":"2026-01-16"}]})", "running", "2026-02-13"},
        Example{"NotCorrectedYet", R"({"received":"2025-12-25","as_of":"2026-01-08","events":[{"type":"correction_requested","on":"2026-01-05","reply_by":"2026-01-27"}]})", "awaiting_correction", nullptr},
        Example{"NotCorrectedInTime", R"({"received":"2025-12-25","as_of":"2026-01-28","events":[{"type":"correction_requested","on":"2026-01-05","reply_by":"2026-01-27"}]})", "lapsed", nullptr},
        Example{"ThirdPartyAnswers", R"({"received":"2026-04-24","as_of":"2026-05-25","events":[{"type":"consultation_sent","id":"c1","kind":"third_party","on":"2026-05-07","served":"2026-05-09"},{"type":"consultation_ended","id":"c1","on":"2026-05-22"}]})", "running", "2026-06-11"},
        Example{"ThirdPartySilent", R"({"received":"2026-04-24","as_of":"2026-06-01","events":[{"type":"consultation_sent","id":"c1","kind":"third_party","on":"2026-05-07","served":"2026-05-09"}]})", "running", "2026-06-18"},
        Example{"Overlapping", R"({"received":"2026-04-24","as_of":"2026-06-01","events":[{"type":"consultation_sent","id":"c1","kind":"third_party","on":"2026-05-07","served":"2026-05-09"},{"type":"consultation_ended","id":"c1","on":"2026-05-22"},{"type":"consultation_sent","id":"c2","kind":"authority","on":"2026-05-12","served":"2026-05-12"},{"type":"consultation_ended","id":"c2","on":"2026-05-28"}]})", "running", "2026-06-17"},
        Example{"FeePaid", R"({"received":"2026-03-02","as_of":"2026-04-11","events":[{"type":"fee_notified","on":"2026-03-20","served":"2026-03-20"},{"type":"fee_paid","on":"2026-04-10"}]})", "running", "2026-05-12"},
        Example{"FeeUnpaid", R"({"received":"2026-03-02","as_of":"2026-04-21","events":[{"type":"fee_notified","on":"2026-03-20","served":"2026-03-20"}]})", "lapsed", nullptr}),
    [](auto const& tested) { return std::string(tested.param.name); });
// clang-format on

struct Fault {
    char const* name;
    char const* timeline;
    char const* said;  ///< in the one line on stderr
};

class ClockFault : public testing::TestWithParam<Fault> {};

TEST_P(ClockFault, IsRefusedInOneLine) {
    auto const run = program::run({"clock"}, GetParam().timeline);
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(program::lines(run.err), 1) << run.err;
    EXPECT_NE(run.err.find(GetParam().said), std::string::npos) << run.err;
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(
    Refusals, ClockFault,
    testing::Values(
        Fault{"NoJson", "{\"received\": \n", "第 2 行"},
        Fault{"NoObject", "[]", "JSON 对象"},
        Fault{"NoDate", R"({"received":"2026-02-30"})", "received"},
        Fault{"UnknownType", R"({"received":"2026-09-14","as_of":"2026-09-30","events":[{"type":"forgotten","on":"2026-09-15"}]})", "第1项"},
        Fault{"BeforeReceipt", R"({"received":"2026-09-14","as_of":"2026-09-30","events":[{"type":"replied","on":"2026-09-13"}]})", "第1项"},
        Fault{"SecondExtension", R"({"received":"2026-09-14","as_of":"2026-09-30","events":[{"type":"extended","days":10,"on":"2026-09-15"},{"type":"extended","days":5,"on":"2026-09-16"}]})", "第2项"},
        Fault{"LateCorrectionRequest", R"({"received":"2026-09-14","as_of":"2026-09-30","events":[{"type":"correction_requested","on":"2026-09-23"}]})", "7个工作日"},
        Fault{"UnknownConsultation", R"({"received":"2026-09-14","as_of":"2026-09-30","events":[{"type":"consultation_ended","id":"c9","on":"2026-09-15"}]})", "第1项"},
        Fault{"AfterReply", R"({"received":"2026-09-14","as_of":"2026-09-30","events":[{"type":"replied","on":"2026-09-15"},{"type":"extended","days":1,"on":"2026-09-16"}]})", "第2项"}),
    [](auto const& tested) { return std::string(tested.param.name); });
// clang-format on

TEST(ClockVerb, ReadsAFile) {
    program::TemporaryFolder const folder;
    auto const file = folder.write("timeline.json", R"({"received":"2026-05-06","as_of":"2026-05-06"})");
    auto const run = program::run({"clock", file});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(json::parse(run.out).at("reply_due").as_string(), "2026-06-02");

    EXPECT_EQ(program::run({"clock", folder / "absent.json"}).exit_code, 1);
}

}  // namespace
