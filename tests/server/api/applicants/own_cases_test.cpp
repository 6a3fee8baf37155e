#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "tests/server/api/service.hpp"

/// Several cases open in one session of an applicant: each call is about the one it names, and about no other.
namespace server::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::string_view kTracking = "/api/v1/tracking";

struct HandedIn {
    std::string number;
    std::string query_code;
};

class OwnCasesTest : public testing::Test {
protected:
    OwnCasesTest() {
        for (auto& each : handed_in) each = hand_in();
        for (auto const& each : {first(), second()}) open(each);
    }

    HandedIn hand_in() {
        auto const made = service.anonymous().post("/api/v1/applications", application());
        EXPECT_EQ(made.status(), 201U) << made.body();
        auto const text = [&](std::string_view name) { return std::string(made.json().at(name).as_string()); };
        return {text("number"), text("query_code")};
    }

    json::object open(HandedIn const& own) {
        auto const opened = citizen.post(kTracking, {{"number", own.number}, {"query_code", own.query_code}});
        EXPECT_EQ(opened.status(), 201U) << opened.body();
        citizen.csrf = opened.json().at("csrf_token").as_string();
        return opened.json();
    }

    Reply withdraw(json::value const& number) {
        return citizen.post("/api/v1/tracking/actions/withdraw", {{"number", number}, {"reason", "已经找到了"}});
    }

    std::string state_of(HandedIn const& own) {
        auto registrar = service.sign_in("registrar");
        auto const cases = registrar.get(kCases).json();
        for (auto const& each : cases.at("items").as_array()) {
            if (each.at("number") == json::value(own.number)) return std::string(each.at("state").as_string());
        }
        return {};
    }

    std::string path_of(HandedIn const& own, std::string_view rest) {
        auto other = service.anonymous();
        auto const pair = json::object{{"number", own.number}, {"query_code", own.query_code}};
        auto const opened = other.post(kTracking, pair).json();
        return std::string(kCases) + "/" + std::string(opened.at("case_id").as_string()) + std::string(rest);
    }

    HandedIn const& first() const { return handed_in[0]; }
    HandedIn const& second() const { return handed_in[1]; }
    HandedIn const& others() const { return handed_in[2]; }  ///< never opened by this citizen

    Service service;
    HttpClient citizen{service.anonymous()};
    std::array<HandedIn, 3> handed_in;
};

TEST_F(OwnCasesTest, AreReadByTheirNumber) {
    auto const of = [&](std::string const& query) { return citizen.get(std::string(kTracking) + query); };
    EXPECT_EQ(of("?number=" + first().number).json().at("number"), json::value(first().number));
    EXPECT_EQ(of("?number=" + second().number).json().at("number"), json::value(second().number));
    EXPECT_EQ(of("").json().at("number"), json::value(second().number)) << "the one opened last";
    EXPECT_EQ(of("?number=" + others().number).code(), "case_not_open");
    EXPECT_EQ(of("?number=" + others().number).json().at("detail"), of("?number=nowhere").json().at("detail"));
    auto const session = citizen.get("/api/v1/session").json();
    ASSERT_EQ(session.at("open").as_array().size(), 2U);
    EXPECT_EQ(session.at("open").at(0).at("number"), json::value(first().number));
    EXPECT_EQ(session.at("open").at(0).at("about"), "土地征收补偿方案");
}

TEST_F(OwnCasesTest, AnActionReachesTheOneItNames) {
    auto const done = withdraw(json::value(first().number));
    ASSERT_EQ(done.status(), 200U) << done.body();
    EXPECT_EQ(done.json().at("number"), json::value(first().number));
    EXPECT_EQ(state_of(first()), "lapsed");
    EXPECT_EQ(state_of(second()), "submitted");
}

TEST_F(OwnCasesTest, AnActionThatNamesNoneOrAnotherReachesNone) {
    EXPECT_EQ(withdraw(json::value(others().number)).code(), "case_not_open");
    EXPECT_EQ(withdraw(json::value(others().number)).status(), 409U);
    EXPECT_EQ(withdraw("430500-01-2026-000999").status(), 409U) << "whether there is such a case or not";
    EXPECT_EQ(withdraw(nullptr).status(), 422U);
    EXPECT_EQ(withdraw(json::array{first().number}).status(), 422U);
    EXPECT_EQ(withdraw(json::value(std::string(61, '1'))).status(), 422U);
    EXPECT_EQ(citizen.post("/api/v1/tracking/actions/withdraw", {{"reason", "已经找到了"}}).status(), 422U);
    EXPECT_EQ(citizen.post("/api/v1/tracking/actions/withdraw", json::array{}).status(), 422U);
    for (auto const& each : handed_in) EXPECT_EQ(state_of(each), "submitted") << each.number;
}

TEST_F(OwnCasesTest, FilesAndLettersAreThoseOfEachAndOfNoOther) {
    for (auto const& own : {first(), second()}) {
        EXPECT_EQ(citizen.get(path_of(own, "/letters")).status(), 200U);
        auto const path = path_of(own, "/attachments");
        auto const sent = citizen.send(
            "POST", path + "?name=a.txt", "补充材料", "text/plain", {{"Idempotency-Key", "the-same-for-both"}}
        );
        EXPECT_EQ(sent.status(), 201U) << sent.body();
        EXPECT_EQ(citizen.get(path + "/1").status(), 200U);
        auto const seen = citizen.get(std::string(kTracking) + "?number=" + own.number).json();
        EXPECT_EQ(seen.at("attachments").as_array().size(), 1U);
    }
    EXPECT_EQ(citizen.get(path_of(others(), "/letters")).code(), "case_not_found");
    auto const path = path_of(others(), "/attachments");
    EXPECT_EQ(citizen.get(path + "/1").code(), "case_not_found");
    EXPECT_EQ(citizen.send("POST", path + "?name=a.txt", "补充材料", "text/plain").code(), "case_not_found");
}

TEST_F(OwnCasesTest, AreBoundedInNumber) {
    service.config().own_cases = 3;
    service.restart();
    citizen = service.anonymous();
    for (auto const& each : {first(), second(), hand_in()}) open(each);
    EXPECT_EQ(citizen.get(std::string(kTracking) + "?number=" + first().number).status(), 200U);
    open(second());  // again: it is one of them, opened last
    EXPECT_EQ(open(others()).at("open").as_array().size(), 3U);
    EXPECT_EQ(citizen.get(std::string(kTracking) + "?number=" + first().number).code(), "case_not_open");
    EXPECT_EQ(citizen.get(std::string(kTracking) + "?number=" + second().number).status(), 200U);
}

TEST_F(OwnCasesTest, EachOpeningMakesTheSessionAnew) {
    auto const before = citizen.cookies;
    auto earlier = service.anonymous();
    earlier.cookies = before;
    open(others());
    EXPECT_NE(citizen.cookies, before);
    EXPECT_EQ(earlier.get(kTracking).status(), 401U) << "whoever knows the earlier cookie does not come along";
}

TEST_F(OwnCasesTest, EndTogetherEightHoursAfterTheFirst) {
    for (auto passed = 0min; passed < 7h + 40min; passed += 20min) {
        service.time.advance(20min);
        ASSERT_EQ(citizen.get(kTracking).status(), 200U);
    }
    open(second());
    EXPECT_EQ(citizen.get(std::string(kTracking) + "?number=" + first().number).status(), 200U);
    service.time.advance(21min);
    EXPECT_EQ(citizen.get(kTracking).status(), 401U);
    EXPECT_EQ(open(second()).at("open").as_array().size(), 1U);
}

TEST_F(OwnCasesTest, ASessionOfStaffHoldsNone) {
    citizen = service.sign_in("registrar");
    EXPECT_EQ(citizen.get(kTracking).status(), 401U);
    EXPECT_EQ(withdraw(json::value(first().number)).status(), 401U);
    auto const opened = open(first()).at("open").as_array();
    EXPECT_EQ(opened.size(), 1U);
    EXPECT_EQ(citizen.get(kCases).status(), 401U) << "the account is signed out by it";
}

}  // namespace
}  // namespace server::api
