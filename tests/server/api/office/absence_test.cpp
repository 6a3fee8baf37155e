#include <gtest/gtest.h>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

/// A department with two handlers, one of whom has a case.
class AbsenceTest : public testing::Test {
protected:
    void SetUp() override {
        auto const handler = *service.store().directory().current()->staff({"id-handler"});
        add(handler, "relief", workflow::Role::Handler);
        ASSERT_EQ(act("reviewer", "accept", {{"department", "430500-01-d1"}}), 200U);
        ASSERT_EQ(act("handler", "claim"), 200U);
    }

    void add(storage::Staff account, std::string const& username, workflow::Role role) {
        account.id = {"id-" + username};
        account.username = username;
        account.name = "测试" + username;
        account.roles = {role};
        account.version = 0;
        ASSERT_TRUE(put(account));
    }
    workflow::Result<void> put(storage::Staff const& account) {
        return service.store().writes().run([&](storage::Connection& connection) {
            return service.store().directory().put(connection, account, {"system_admin", "tests"}, service.time.now());
        });
    }
    unsigned act(std::string_view who, std::string_view action, json::object const& input = {}) {
        auto client = service.sign_in(who);
        return c.act(client, action, input).status();
    }
    unsigned search(std::string_view who) {
        json::object const record{
            {"places", {"business_unit", "archive_room"}},
            {"keywords", {"征收"}},
            {"searchers", "王五"},
            {"searched_on", "2026-03-02"},
            {"found", false},
            {"result", "没有找到"}};
        return act(who, "add_search_record", record);
    }
    Reply say(std::string_view who, json::object const& absence, std::string_view account = "id-handler") {
        auto client = service.sign_in(who);
        return client.put("/api/v1/staff/" + std::string(account) + "/absence", absence);
    }
    std::size_t mine(std::string_view who) {
        auto client = service.sign_in(who);
        return client.get("/api/v1/cases?mine=true").json().at("items").as_array().size();
    }

    Service service;
    HttpClient registrar = service.sign_in("registrar");
    WorkedCase c{registrar.post(kCases, registration()).json()};
    json::object const away{{"from", "2026-03-03"}, {"until", "2026-03-05"}, {"deputy", "id-relief"}};
};

TEST_F(AbsenceTest, TheDeputyDoesTheWorkOnThoseDaysAlone) {
    ASSERT_EQ(say("handler", away).status(), 200U);
    EXPECT_EQ(search("relief"), 403U) << "not yet";
    EXPECT_EQ(mine("relief"), 0U);

    service.time.go_to("2026-03-03");
    EXPECT_EQ(mine("relief"), 1U);
    EXPECT_EQ(search("relief"), 200U);
    EXPECT_EQ(search("handler"), 200U) << "whoever is away may still work";
    EXPECT_EQ(mine("handler"), 1U);
    auto relief = service.sign_in("relief");
    auto const shown = relief.get(c.path()).json();
    EXPECT_EQ(shown.at("assignee"), "id-handler") << "the case stays with its handler";
    EXPECT_EQ(shown.at("deputy"), "id-relief");
    EXPECT_EQ(shown.at("deputy_name"), "测试relief");
    EXPECT_EQ(shown.at("searches").as_array().size(), 2U);
    auto const steps = relief.get(c.path("/timeline")).json().at("items").as_array();
    EXPECT_EQ(steps[steps.size() - 2].at("by"), "id-relief") << "who did it stands in the file";

    service.time.go_to("2026-03-06");
    EXPECT_EQ(search("relief"), 403U);
    EXPECT_EQ(mine("relief"), 0U);
    relief = service.sign_in("relief");
    EXPECT_TRUE(relief.get(c.path()).json().at("deputy").is_null());
}

TEST_F(AbsenceTest, BothAreToldWhileOneIsAway) {
    auto const told = [&] { return recipients_after(service, workflow::Action::Remind, c.id); };
    ASSERT_EQ(say("handler", away).status(), 200U);
    EXPECT_EQ(told(), std::vector<std::string>{"id-handler"});
    service.time.go_to("2026-03-05");
    EXPECT_EQ(told(), (std::vector<std::string>{"id-handler", "id-relief"}));
}

TEST_F(AbsenceTest, OneselfTheHeadAndTheAdministratorSayIt) {
    for (auto const* who : {"handler", "head", "sysadmin"}) EXPECT_EQ(say(who, away).status(), 200U) << who;
    EXPECT_EQ(say("relief", away).status(), 403U) << "a colleague does not";
    EXPECT_EQ(say("registrar", away).status(), 403U);
    auto head = service.sign_in("head");
    auto const ended = head.send("DELETE", "/api/v1/staff/id-handler/absence", "", "");
    EXPECT_EQ(ended.status(), 200U);
    EXPECT_TRUE(ended.json().at("absence").is_null());
    service.time.go_to("2026-03-04");
    EXPECT_EQ(search("relief"), 403U) << "it was called off";
}

TEST_F(AbsenceTest, WhatMakesNoSenseIsRefused) {
    auto const refused = [&](std::string_view member, std::string_view value) {
        auto form = away;
        form[member] = value;
        auto const reply = say("handler", form);
        EXPECT_EQ(reply.status(), 422U) << reply.body();
        return std::string(reply.json().at("errors").as_array()[0].at("pointer").as_string());
    };
    EXPECT_EQ(refused("until", "2026-03-02"), "/until") << "ends before it begins";
    EXPECT_EQ(refused("until", "2026-03-01"), "/until") << "is over";
    EXPECT_EQ(refused("deputy", "id-handler"), "/deputy") << "oneself";
    EXPECT_EQ(refused("deputy", "id-head"), "/deputy") << "no handler";
    EXPECT_EQ(refused("deputy", "nobody"), "/deputy");
    auto const head = say("head", away, "id-head");
    EXPECT_EQ(head.status(), 409U) << "only what handlers do is theirs alone";
    EXPECT_EQ(head.json().at("code"), "no_handler");
    EXPECT_EQ(say("sysadmin", away, "nobody").status(), 404U);
}

TEST_F(AbsenceTest, ADeputyWhoHasLeftAnswersForNobody) {
    ASSERT_EQ(say("handler", away).status(), 200U);
    auto const directory = service.store().directory().current();
    auto relief = *directory->staff({"id-relief"});
    relief.disabled = true;
    ASSERT_TRUE(put(relief));
    auto const now = service.store().directory().current();
    auto const day = workflow::parse_date("2026-03-04").value();
    EXPECT_FALSE(now->deputy_of({"id-handler"}, day));
    EXPECT_TRUE(now->stood_in_for({"id-relief"}, day).empty());
    auto handler = *now->staff({"id-handler"});
    handler.name = "另一个名字";
    EXPECT_TRUE(put(handler)) << "what was agreed earlier stands in nobody's way";
}

TEST_F(AbsenceTest, IsKeptAcrossARestart) {
    ASSERT_EQ(say("handler", away).status(), 200U);
    service.restart();
    service.time.go_to("2026-03-03");
    EXPECT_EQ(mine("relief"), 1U);
}

}  // namespace
}  // namespace server::api
