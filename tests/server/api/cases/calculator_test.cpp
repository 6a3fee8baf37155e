#include <gtest/gtest.h>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

TEST(Calculator, CountsWorkdaysForAnybody) {
    Service service;
    auto client = service.anonymous();
    auto const get = [&](std::string_view query) { return client.get("/api/v1/workdays?" + std::string(query)); };
    EXPECT_EQ(get("from=2026-09-14&days=20").json(), (json::object{{"date", "2026-10-16"}, {"provisional", false}}));
    EXPECT_EQ(get("from=2026-09-14&days=0").json().at("date"), "2026-09-14");
    EXPECT_EQ(get("from=2026-09-14&to=2026-10-16").json(), (json::object{{"workdays", 20}, {"provisional", false}}));
    EXPECT_TRUE(get("from=2026-12-30&to=2027-01-05").json().at("provisional").as_bool());
}

TEST(Calculator, RefusesWhatCannotBeCounted) {
    Service service;
    auto client = service.anonymous();
    for (auto const* query :
         {"",
          "from=2026-09-14",
          "days=3",
          "from=2026-02-30&days=3",
          "from=2026-09-14&days=-1",
          "from=2026-09-14&days=100001",
          "from=2026-09-14&days=x",
          "from=2026-09-14&to=tomorrow",
          "from=2026-09-14&days=3&to=2026-09-15"}) {
        auto const reply = client.get("/api/v1/workdays?" + std::string(query));
        EXPECT_EQ(reply.status(), 400U) << query;
        EXPECT_EQ(reply.code(), "bad_query") << query;
    }
}

TEST(Calculator, ComputesATimelineAsTheVerbDoes) {
    Service service;
    auto client = service.anonymous();
    json::object const sent{
        {"type", "consultation_sent"},
        {"id", "c1"},
        {"kind", "third_party"},
        {"on", "2026-05-07"},
        {"served", "2026-05-09"}};
    json::object const ended{{"type", "consultation_ended"}, {"id", "c1"}, {"on", "2026-05-22"}};
    json::object timeline{{"received", "2026-04-24"}, {"as_of", "2026-05-25"}, {"events", {sent, ended}}};
    auto const reply = client.post("/api/v1/clock", timeline);
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    EXPECT_EQ(reply.json().at("status"), "running");
    EXPECT_EQ(reply.json().at("reply_due"), "2026-06-11");
    EXPECT_EQ(reply.json().at("explain").as_array().size(), 2U);
}

TEST(Calculator, TakesTodayWhereNoDayIsNamed) {
    Service service;
    auto client = service.anonymous();
    json::object const timeline{{"received", "2026-03-02"}};
    EXPECT_EQ(client.post("/api/v1/clock", timeline).json().at("remaining_workdays"), 20);
    service.time.go_to("2026-03-03");
    EXPECT_EQ(client.post("/api/v1/clock", timeline).json().at("remaining_workdays"), 19);
}

TEST(Calculator, NamesTheEventThatBreaksARule) {
    Service service;
    auto client = service.anonymous();
    json::object const early{{"type", "replied"}, {"on", "2026-04-01"}};
    auto const reply = client.post(
        "/api/v1/clock", {{"received", "2026-04-24"}, {"as_of", "2026-05-25"}, {"events", json::array{early}}}
    );
    EXPECT_EQ(reply.status(), 422U);
    EXPECT_NE(reply.json().at("detail").as_string().find("第1项"), json::string::npos) << reply.body();
    json::object const unknown{{"type", "forgotten"}, {"on", "2026-04-25"}};
    auto const malformed = client.post("/api/v1/clock", {{"received", "2026-04-24"}, {"events", json::array{unknown}}});
    EXPECT_EQ(malformed.status(), 422U);
    EXPECT_EQ(malformed.json().at("errors").as_array().at(0).at("pointer"), "/events/0/type");
    EXPECT_EQ(client.send("POST", "/api/v1/clock", "{", "application/json").status(), 400U);
}

}  // namespace
}  // namespace server::api
