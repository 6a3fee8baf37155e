#include "server/api/cases/clock_json.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "workflow/time/holidays.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

TEST(ClockJson, ReadsAndAnswersInTheFormOfTheContract) {
    auto const input = read_timeline(json::parse(R"({"received": "2026-03-02", "as_of": "2026-03-10", "events": [
        {"type": "consultation_sent", "id": "c1", "kind": "third_party", "on": "2026-03-04", "served": null},
        {"type": "consultation_ended", "id": "c1", "on": "2026-03-06"},
        {"type": "extended", "days": 5, "on": "2026-03-06"}]})"));
    ASSERT_TRUE(input) << input.error().detail;
    EXPECT_EQ(input->timeline.events.size(), 3U);
    auto const clock = workflow::compute_clock(input->timeline, *input->as_of, workflow::statutory_calendar());
    ASSERT_TRUE(clock) << clock.error().detail;
    auto const answer = json::parse(clock_json(*clock)).as_object();
    EXPECT_EQ(answer.at("status"), "running");
    EXPECT_EQ(answer.at("reply_due"), "2026-04-09");
    EXPECT_EQ(answer.at("deadlines").as_array().at(0).at("kind"), "correction_notice");
    EXPECT_TRUE(answer.at("deadlines").as_array().at(0).at("met").is_null());
    EXPECT_FALSE(answer.at("explain").as_array().empty());
}

struct BadTimeline {
    std::string_view text;
    std::string_view pointer;
    std::string_view code;
};

TEST(ClockJson, NamesEveryFaultByItsPlace) {
    BadTimeline const timelines[] = {
        {R"({"events": []})", "/received", "missing"},
        {R"({"received": "2026-02-30"})", "/received", "not_a_date"},
        {R"({"received": "2026-03-02", "evnts": []})", "/evnts", "unknown_member"},
        {R"({"received": "2026-03-02", "events": {}})", "/events", "not_a_list"},
        {R"({"received": "2026-03-02", "events": [1]})", "/events/0", "not_an_object"},
        {R"({"received": "2026-03-02", "events": [{"type": "sleep", "on": "2026-03-03"}]})",
         "/events/0/type",
         "unknown_code"},
        {R"({"received": "2026-03-02", "events": [{"type": "replied"}]})", "/events/0/on", "missing"},
        {R"({"received": "2026-03-02", "events": [{"type": "extended", "on": "2026-03-03", "days": "5"}]})",
         "/events/0/days",
         "not_a_number"},
        {R"({"received": "2026-03-02", "events": [{"type": "replied", "on": "2026-03-03", "days": 5}]})",
         "/events/0/days",
         "unknown_member"},
        {R"({"received": "2026-03-02", "events": [{"type": "fee_paid", "on": "2026-03-03", "excused": 1}]})",
         "/events/0/excused",
         "not_a_flag"},
    };
    for (auto const& bad : timelines) {
        auto const read = read_timeline(json::parse(bad.text));
        ASSERT_FALSE(read) << bad.text;
        EXPECT_EQ(read.error().errors.at(0).pointer, bad.pointer) << bad.text;
        EXPECT_EQ(read.error().errors.at(0).code, bad.code) << bad.text;
        EXPECT_EQ(read.error().detail, read.error().errors.at(0).detail);
    }
    EXPECT_FALSE(read_timeline(json::value(5)));
    auto const third = read_timeline(json::parse(
        R"({"received": "2026-03-02", "events": [{"type": "replied", "on": "2026-03-03"}, {"type": "x", "on": "2026-03-03"}]})"
    ));
    EXPECT_TRUE(third.error().detail.starts_with("第2项：")) << third.error().detail;
}

}  // namespace
}  // namespace server::api
