#include <gtest/gtest.h>

#include <string>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kCards = "/api/v1/supervision/cards";

/// A request received on 2026-03-02 that nobody has answered by 2026-03-31, the first day after its term.
class CardsApi : public testing::Test {
protected:
    void SetUp() override {
        auto registrar = service.sign_in("registrar");
        auto const made = registrar.post(kCases, registration(), {{"Idempotency-Key", "cards"}});
        ASSERT_EQ(made.status(), 201U) << made.body();
        case_id = made.json().at("id").as_string();
        WorkedCase worked(made.json());
        auto reviewer = service.sign_in("reviewer");
        json::object const given{{"department", "430500-01-d1"}, {"co_departments", json::array()}};
        ASSERT_EQ(worked.act(reviewer, "accept", given).status(), 200U);
        auto handler = service.sign_in("handler");
        ASSERT_EQ(worked.act(handler, "claim").status(), 200U);
        card = case_id + "-k1";
    }

    void night_before(std::string_view date) {
        service.time.go_to(date);
        ASSERT_TRUE(service.store().writes().run([&](storage::Connection& connection) -> workflow::Result<int> {
            service.store().cases().run_due(connection, service.time.now(), 100);
            return 0;
        }));
    }

    json::object file(HttpClient& who) {
        auto const reply = who.get(std::string(kCards) + "/" + card);
        EXPECT_EQ(reply.status(), 200U) << reply.body();
        return reply.json();
    }

    Reply act(HttpClient& who, std::string_view action, json::object const& input) {
        auto const version = std::to_string(file(who).at("version").as_int64());
        auto const path = std::string(kCards) + "/" + card + "/actions/" + std::string(action);
        return who.post(path, input, {{"If-Match", '"' + version + '"'}});
    }

    static json::object const& permission(json::object const& file, std::string_view action) {
        for (auto const& each : file.at("actions").as_array()) {
            if (each.at("action").as_string() == action) return each.as_object();
        }
        throw std::runtime_error("no such action");
    }

    Service service;
    std::string case_id;
    std::string card;
};

TEST_F(CardsApi, ListsWhatIsWithinReach) {
    night_before("2026-03-31");
    auto const listed = [&](std::string_view who, std::string_view query = "") {
        auto client = service.sign_in(who);
        auto const reply = client.get(std::string(kCards) + std::string(query));
        EXPECT_EQ(reply.status(), 200U) << reply.body();
        return reply.json().at("items").as_array();
    };
    auto const cards = listed("supervisor");
    ASSERT_EQ(cards.size(), 1U);
    EXPECT_EQ(cards[0].at("id").as_string(), card);
    EXPECT_EQ(cards[0].at("level"), "red");
    EXPECT_EQ(cards[0].at("cause_label"), "超过答复期限");
    EXPECT_EQ(cards[0].at("next_step"), "explain_card");
    EXPECT_EQ(cards[0].at("next_step_due"), "2026-04-03");
    EXPECT_EQ(listed("handler").size(), 1U);
    EXPECT_EQ(listed("stranger").size(), 0U) << "of another agency";
    EXPECT_EQ(listed("sysadmin").size(), 0U);
    EXPECT_EQ(listed("supervisor", "?level=red,severe_red&state=open&issued_on=2026-03-31&sort=due").size(), 1U);
    EXPECT_EQ(listed("supervisor", "?level=yellow").size(), 0U);
    EXPECT_EQ(listed("supervisor", "?agency=430500-02").size(), 0U);
    EXPECT_EQ(listed("supervisor", "?escalated=true").size(), 0U);
    auto supervisor = service.sign_in("supervisor");
    auto const cards_in = [&](std::string_view quarter) {
        auto const report = supervisor.get("/api/v1/reports/quarterly?year=2026&quarter=" + std::string(quarter));
        return report.json().at("total").at("red_cards").as_int64();
    };
    EXPECT_EQ(cards_in("1"), 1) << "also while its case is open";
    EXPECT_EQ(cards_in("2"), 0);
}

TEST_F(CardsApi, RefusesFiltersThatMeanNothing) {
    auto supervisor = service.sign_in("supervisor");
    for (auto const* query : {"level=green", "state=x", "agency=x", "issued_on=2026-02-30", "escalated=1", "sort=x"}) {
        auto const reply = supervisor.get(std::string(kCards) + "?" + query);
        EXPECT_EQ(reply.status(), 422U) << query;
    }
    EXPECT_EQ(supervisor.get(std::string(kCards) + "?limit=0").status(), 400U);
    EXPECT_EQ(supervisor.get(std::string(kCards) + "?cursor=x").status(), 422U);
}

TEST_F(CardsApi, AFileHasItsStepsItsHistoryAndWhatMayBeDone) {
    night_before("2026-03-31");
    auto supervisor = service.sign_in("supervisor");
    auto const read = file(supervisor);
    EXPECT_EQ(read.at("case_id").as_string(), case_id);
    EXPECT_EQ(read.at("workdays"), -1);
    EXPECT_EQ(read.at("state_label"), "处理中");
    ASSERT_EQ(read.at("steps").as_array().size(), 5U);
    EXPECT_EQ(read.at("history").as_array().size(), 1U);
    EXPECT_FALSE(permission(read, "inspect_card").at("allowed").as_bool());
    EXPECT_EQ(permission(read, "close_card").at("reason"), "每牌必查：还有步骤没有完成，不能办结。");
    EXPECT_TRUE(permission(read, "propose_revocation").at("allowed").as_bool());
    auto const form = permission(read, "propose_revocation").at("fields").at("properties").as_object();
    EXPECT_FALSE(form.contains("card")) << "the address says which";
}

TEST_F(CardsApi, IsWorkedOffStepByStep) {
    night_before("2026-03-31");
    auto supervisor = service.sign_in("supervisor");
    auto office = service.sign_in("office");
    auto const early = act(supervisor, "inspect_card", {{"substantiated", true}, {"text", "情况属实"}});
    EXPECT_EQ(early.status(), 409U);
    EXPECT_EQ(early.code(), "card_step_not_next");
    auto const missing = act(supervisor, "close_card", {});
    EXPECT_EQ(missing.code(), "card_step_missing");
    EXPECT_EQ(missing.json().at("errors").as_array().size(), 5U);

    json::object const why{{"reason", "承办人请假"}, {"responsible", "李四"}, {"measures", "由副职代办"}};
    auto const explained = act(office, "explain_card", why);
    ASSERT_EQ(explained.status(), 200U) << explained.body();
    auto const facts = explained.json().at("history").as_array().back().at("facts").as_array();
    EXPECT_EQ(facts.at(2).at("text"), "李四");
    EXPECT_EQ(act(supervisor, "inspect_card", {{"substantiated", true}, {"text", "情况属实"}}).status(), 200U);
    EXPECT_EQ(act(supervisor, "revisit_card", {{"text", "已经回访"}}).status(), 200U);
    json::object const settled{{"result", "rectified"}, {"text", "已经整改"}};
    EXPECT_EQ(act(supervisor, "settle_card", settled).code(), "not_rectified") << "nobody has answered";
    EXPECT_EQ(act(supervisor, "settle_card", {{"result", "criticised"}, {"text", "已经批评"}}).status(), 200U);
    EXPECT_EQ(act(supervisor, "circulate_card", {{"text", "已经通报"}}).status(), 200U);
    EXPECT_EQ(act(supervisor, "close_card", {}).code(), "request_unanswered");
    auto registrar = service.sign_in("registrar");
    WorkedCase worked(registrar.get(std::string(kCases) + "/" + case_id).json());
    ASSERT_EQ(worked.act(registrar, "withdraw", oral_withdrawal()).status(), 200U);
    auto const closed = act(supervisor, "close_card", {});
    ASSERT_EQ(closed.status(), 200U) << closed.body();
    EXPECT_EQ(closed.json().at("state"), "closed");
}

TEST_F(CardsApi, IsRevokedByTwo) {
    night_before("2026-03-31");
    auto supervisor = service.sign_in("supervisor");
    ASSERT_EQ(act(supervisor, "propose_revocation", {{"text", "系统故障造成"}}).status(), 200U);
    auto const own = act(supervisor, "approve_revocation", {});
    EXPECT_EQ(own.status(), 403U);
    EXPECT_EQ(own.code(), "four_eyes");
    ASSERT_EQ(act(supervisor, "reject_revocation", {{"text", "理由不成立"}}).status(), 403U);
}

TEST_F(CardsApi, ACardOutOfReachIsNotThere) {
    night_before("2026-03-31");
    auto stranger = service.sign_in("stranger");
    EXPECT_EQ(stranger.get(std::string(kCards) + "/" + card).status(), 404U);
    auto supervisor = service.sign_in("supervisor");
    for (std::string const& id : {case_id, case_id + "-k9", case_id + "-", std::string("x"), std::string("-")}) {
        EXPECT_EQ(supervisor.get(std::string(kCards) + "/" + id).status(), 404U) << id;
    }
    auto const path = std::string(kCards) + "/" + card + "/actions/";
    EXPECT_EQ(supervisor.post(path + "remind", {}, {{"If-Match", "\"1\""}}).status(), 404U);
    EXPECT_EQ(supervisor.post(path + "inspect_card", {{"substantiated", true}, {"text", "情况属实"}}).status(), 428U);
}

TEST_F(CardsApi, ACardCannotBeWorkedOffThroughTheCase) {
    night_before("2026-03-31");
    auto supervisor = service.sign_in("supervisor");
    auto const now = supervisor.get(std::string(kCases) + "/" + case_id).json();
    EXPECT_EQ(now.at("cards").at(0).at("file").as_string(), card);
    WorkedCase worked(now);
    EXPECT_EQ(worked.act(supervisor, "propose_revocation", {{"text", "没有说明是哪一张"}}).code(), "no_open_card");
}

TEST_F(CardsApi, TheOverviewCountsThem) {
    night_before("2026-03-31");
    auto supervisor = service.sign_in("supervisor");
    auto const overview = supervisor.get("/api/v1/supervision/overview").json();
    for (auto const& figure : overview.at("cards").as_array()) {
        for (auto const& [count, list] : {std::pair("open", "open_cards"), std::pair("today", "today_cards")}) {
            std::string path(kCards);
            path += '?';
            path += figure.at(list).as_string();
            auto const reply = supervisor.get(path);
            ASSERT_EQ(reply.status(), 200U) << path;
            auto const length = reply.json().at("items").as_array().size();
            EXPECT_EQ(figure.at(count).as_int64(), static_cast<std::int64_t>(length)) << path;
        }
    }
}

TEST_F(CardsApi, HandlerHeadAndSupervisorAreToldOfAWarningTheHandlerAloneOfAReminder) {
    auto const told = [&](std::string_view on) {
        night_before(on);
        return recipients_after(service, workflow::Action::IssueCard, case_id);
    };
    EXPECT_EQ(told("2026-03-23"), std::vector<std::string>{"id-handler"});
    EXPECT_EQ(told("2026-03-26"), (std::vector<std::string>{"id-handler", "id-office", "id-supervisor"}));
}

TEST_F(CardsApi, AnOrderFromAboveIsSignedFor) {
    auto supervisor = service.sign_in("supervisor");
    auto handler = service.sign_in("handler");
    WorkedCase worked(supervisor.get(std::string(kCases) + "/" + case_id).json());
    json::object const order{{"requirement", "请在期限前送出答复"}, {"due", "2026-03-20"}};
    ASSERT_EQ(worked.act(supervisor, "supervise", order).status(), 200U);
    auto const signed_for = worked.act(handler, "acknowledge", {{"urging", "u1"}});
    ASSERT_EQ(signed_for.status(), 200U) << signed_for.body();
    auto const reminder = signed_for.json().at("urgings").at(0);
    EXPECT_EQ(reminder.at("action"), "supervise");
    EXPECT_EQ(reminder.at("received_by"), "id-handler");
    EXPECT_EQ(worked.act(handler, "acknowledge", {{"urging", "u1"}}).code(), "nothing_to_acknowledge");
}

}  // namespace
}  // namespace server::api
