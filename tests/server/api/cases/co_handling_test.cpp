#include <gtest/gtest.h>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kOpinion = "我科没有保存这份文件。";

/// A case of one department that another helps with.
class CoHandling : public testing::Test {
protected:
    void SetUp() override {
        auto helper = *service.store().directory().current()->staff({"id-handler"});
        helper.id = {"id-helper"};
        helper.username = "helper";
        helper.name = "测试helper";
        helper.department = {"430500-01-d2"};
        helper.version = 0;
        storage::Department planning;
        planning.code = helper.department;
        planning.agency = helper.agency;
        planning.name = "规划科";
        auto const founded =
            service.store().writes().run([&](storage::Connection& connection) -> workflow::Result<void> {
                auto& directory = service.store().directory();
                storage::Author const by{"system_admin", "tests"};
                if (auto put = directory.put(connection, planning, by, service.time.now()); !put) return put;
                return directory.put(connection, helper, by, service.time.now());
            });
        ASSERT_TRUE(founded);
        ASSERT_EQ(
            act("reviewer", "accept", {{"department", "430500-01-d1"}, {"co_departments", {"430500-01-d2"}}}), 200U
        );
        ASSERT_EQ(act("handler", "claim"), 200U);
    }

    unsigned act(std::string_view who, std::string_view action, json::object const& input = {}) {
        auto client = service.sign_in(who);
        return c.act(client, action, input).status();
    }
    std::size_t mine(std::string_view who) {
        auto client = service.sign_in(who);
        return client.get("/api/v1/cases?mine=true").json().at("items").as_array().size();
    }
    json::object help() {
        auto client = service.sign_in("handler");
        return client.get(c.path()).json().at("co_handling").as_array().at(0).as_object();
    }
    std::vector<std::string> told(workflow::Action step = workflow::Action::Accept) {
        return recipients_after(service, step, c.id);
    }

    Service service;
    HttpClient registrar = service.sign_in("registrar");
    WorkedCase c{registrar.post(kCases, registration()).json()};
};

TEST_F(CoHandling, TheHelpingDepartmentHasItsOwnDateAndSaysItsPiece) {
    EXPECT_EQ(told(), std::vector<std::string>{"id-helper"});
    EXPECT_EQ(mine("helper"), 1U);
    auto const asked = help();
    EXPECT_EQ(asked.at("department_name"), "规划科");
    EXPECT_EQ(asked.at("due"), "2026-03-12") << "the eighth working day after 2026-03-02";
    EXPECT_EQ(asked.at("late"), false);
    EXPECT_TRUE(asked.at("opinion").is_null());

    ASSERT_EQ(act("helper", "give_co_opinion", {{"text", kOpinion}}), 200U);
    auto const said = help();
    EXPECT_EQ(said.at("opinion"), json::value(kOpinion));
    EXPECT_EQ(said.at("by"), "id-helper");
    EXPECT_EQ(said.at("on"), "2026-03-02");
    EXPECT_TRUE(said.at("due").is_null()) << "nothing more is awaited";
    EXPECT_EQ(mine("helper"), 0U);
    EXPECT_TRUE(told().empty());
    EXPECT_EQ(act("helper", "give_co_opinion", {{"text", kOpinion}}), 403U) << "once";
}

TEST_F(CoHandling, OthersCannotSpeakForTheDepartment) {
    EXPECT_EQ(act("handler", "give_co_opinion", {{"text", kOpinion}}), 403U);
    EXPECT_EQ(act("head", "give_co_opinion", {{"text", kOpinion}}), 403U);
    EXPECT_EQ(act("helper", "give_co_opinion", {{"text", "无"}}), 422U);
}

TEST_F(CoHandling, WhoeverIsLateIsSeen) {
    service.time.go_to("2026-03-13");
    EXPECT_EQ(help().at("late"), true);
    auto const ran =
        service.store().writes().run([&](storage::Connection& connection) -> workflow::Result<std::int64_t> {
            return service.store().cases().run_due(connection, service.time.now(), 10);
        });
    ASSERT_EQ(ran.value(), 1);
    EXPECT_EQ(told(workflow::Action::IssueCard), (std::vector<std::string>{"id-helper", "id-handler"}))
        << "who owes the opinion, and who waits for it";
}

}  // namespace
}  // namespace server::api
