#include <gtest/gtest.h>

#include <map>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kCounts = "/api/v1/cases/counts";

/// Registered and given to the department, where nobody has it yet.
WorkedCase accepted(Service& service) {
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    auto reviewer = service.sign_in("reviewer");
    EXPECT_EQ(
        c.act(reviewer, "accept", {{"department", "430500-01-d1"}, {"co_departments", json::array{}}}).status(), 200U
    );
    return c;
}

std::map<std::string, std::int64_t> counts(HttpClient& client) {
    auto const reply = client.get(kCounts);
    EXPECT_EQ(reply.status(), 200U) << reply.body();
    std::map<std::string, std::int64_t> result;
    for (auto const& item : reply.json().at("items").as_array()) {
        result[std::string(item.at("code").as_string())] = item.at("count").as_int64();
        EXPECT_FALSE(item.at("label").as_string().empty());
        EXPECT_FALSE(item.at("at_least").as_bool());
    }
    return result;
}

TEST(WorkLists, CountWhatTheirQueryLists) {
    Service service;
    auto c = accepted(service);
    accepted(service);
    auto handler = service.sign_in("handler");
    EXPECT_EQ(c.act(handler, "claim").status(), 200U);
    handler.send("PUT", c.path("/watch"), "", "");
    EXPECT_EQ(
        counts(handler),
        (std::map<std::string, std::int64_t>{
            {"mine", 1}, {"department", 2}, {"unclaimed", 1}, {"watched", 1}, {"all", 2}})
    );
    auto const lists = handler.get(kCounts).json();
    for (auto const& item : lists.at("items").as_array()) {
        auto const list = handler.get(std::string(kCases) + "?" + std::string(item.at("query").as_string()));
        ASSERT_EQ(list.status(), 200U) << list.body();
        EXPECT_EQ(std::ssize(list.json().at("items").as_array()), item.at("count").as_int64());
    }
}

TEST(WorkLists, FollowTheRole) {
    Service service;
    auto const tabs = [&](std::string_view who) {
        auto client = service.sign_in(who);
        std::string codes;
        auto const lists = client.get(kCounts).json();
        for (auto const& item : lists.at("items").as_array()) {
            codes += (codes.empty() ? "" : " ") + std::string(item.at("code").as_string());
        }
        return codes;
    };
    EXPECT_EQ(tabs("handler"), "mine department unclaimed watched all");
    EXPECT_EQ(tabs("head"), "mine department unclaimed watched all");
    EXPECT_EQ(tabs("registrar"), "mine watched all");
    EXPECT_EQ(tabs("supervisor"), "watched all");
    EXPECT_EQ(tabs("sysadmin"), "");
    EXPECT_EQ(tabs("auditor"), "");
}

TEST(WorkLists, HoldWhatIsInReachAlone) {
    Service service;
    accepted(service);
    auto stranger = service.sign_in("stranger");
    EXPECT_EQ(counts(stranger), (std::map<std::string, std::int64_t>{{"mine", 0}, {"watched", 0}, {"all", 0}}));
}

TEST(Watching, IsEachAccountsOwn) {
    Service service;
    auto const c = accepted(service);
    auto registrar = service.sign_in("registrar");
    auto reviewer = service.sign_in("reviewer");
    EXPECT_FALSE(registrar.get(c.path()).json().at("watched").as_bool());
    EXPECT_EQ(registrar.send("PUT", c.path("/watch"), "", "").status(), 204U);
    EXPECT_EQ(registrar.send("PUT", c.path("/watch"), "", "").status(), 204U);
    EXPECT_TRUE(registrar.get(c.path()).json().at("watched").as_bool());
    EXPECT_EQ(registrar.get(c.path()).json().at("version"), c.version) << "no step of the case";
    EXPECT_FALSE(reviewer.get(c.path()).json().at("watched").as_bool());
    EXPECT_EQ(registrar.get("/api/v1/cases?watched=true").json().at("items").as_array().size(), 1U);
    EXPECT_EQ(reviewer.get("/api/v1/cases?watched=true").json().at("items").as_array().size(), 0U);
    EXPECT_EQ(registrar.get("/api/v1/cases?watched=maybe").status(), 422U);
    EXPECT_EQ(registrar.send("DELETE", c.path("/watch"), "", "").status(), 204U);
    EXPECT_EQ(registrar.send("DELETE", c.path("/watch"), "", "").status(), 204U);
    EXPECT_FALSE(registrar.get(c.path()).json().at("watched").as_bool());
}

TEST(Watching, StaysWhenTheCaseMoves) {
    Service service;
    auto c = accepted(service);
    auto handler = service.sign_in("handler");
    ASSERT_EQ(handler.send("PUT", c.path("/watch"), "", "").status(), 204U);
    EXPECT_TRUE(c.act(handler, "claim").json().at("watched").as_bool());
}

TEST(Watching, NeedsACaseInReach) {
    Service service;
    auto const c = accepted(service);
    auto stranger = service.sign_in("stranger");
    EXPECT_EQ(stranger.send("PUT", c.path("/watch"), "", "").code(), "case_not_found");
    EXPECT_EQ(stranger.send("DELETE", c.path("/watch"), "", "").code(), "case_not_found");
}

}  // namespace
}  // namespace server::api
