#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <span>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

json::object permission(HttpClient& who, WorkedCase const& c, std::string_view action) {
    auto const actions = who.get(c.path("/actions")).json().at("actions").as_array();
    for (auto const& each : actions) {
        if (each.at("action").as_string() == action) return each.as_object();
    }
    throw std::runtime_error("not listed: " + std::string(action));
}

json::object field(json::object const& listed, std::string_view name) {
    return listed.at("fields").at("properties").at(name).as_object();
}

/// A case of 2026-03-02 given to the department, two days later.
class ActionForm : public testing::Test {
protected:
    ActionForm() {
        c.act(reviewer, "accept", {{"department", "430500-01-d1"}});
        service.time.go_to("2026-03-04");
        handler = service.sign_in("handler");
    }

    Service service;
    HttpClient registrar = service.sign_in("registrar");
    HttpClient reviewer = service.sign_in("reviewer");
    HttpClient handler = service.anonymous();
    WorkedCase c{registrar.post(kCases, registration()).json()};
};

TEST_F(ActionForm, NamesWhatTheCaseCanName) {
    auto head = service.sign_in("head");
    auto const assign = permission(head, c, "assign");
    EXPECT_EQ(
        json::serialize(field(assign, "assignee").at("oneOf")), R"([{"const":"id-handler","title":"测试handler"}])"
    );
    reviewer = service.sign_in("reviewer");
    auto const transfer = permission(reviewer, c, "transfer_department");
    EXPECT_EQ(
        json::serialize(field(transfer, "department").at("oneOf")), R"([{"const":"430500-01-d1","title":"土地利用科"}])"
    );
}

TEST_F(ActionForm, BoundsTheDays) {
    c.act(handler, "claim");
    auto const search = permission(handler, c, "add_search_record");
    EXPECT_EQ(field(search, "searched_on").at("formatMinimum"), "2026-03-02");
    EXPECT_EQ(field(search, "searched_on").at("formatMaximum"), "2026-03-04");
    EXPECT_EQ(field(search, "searched_on").at("default"), "2026-03-04");
    auto const consult = permission(handler, c, "consult");
    EXPECT_FALSE(field(consult, "served_on").contains("default"));
}

TEST_F(ActionForm, AsksForAConsultationOnlyWhereOneIsOpen) {
    c.act(handler, "claim");
    json::object const letter{{"kind", "third_party"}, {"addressee", "某某公司"}, {"question", "是否同意公开"}, {"content", "方案的价款部分"}};
    ASSERT_EQ(c.act(handler, "consult", letter).status(), 200U);
    auto const delivered = field(permission(handler, c, "record_delivery"), "consultation");
    EXPECT_EQ(json::serialize(delivered.at("oneOf")), R"([{"const":"c1","title":"某某公司"},{"const":null}])");
    EXPECT_EQ(field(permission(handler, c, "record_opinion"), "consultation").at("oneOf").as_array().size(), 1U);

    json::object const opinion{
        {"consultation", "c1"}, {"received_on", "2026-03-04"}, {"stance", "agreed"}, {"text", "同意公开"}};
    ASSERT_EQ(c.act(handler, "record_opinion", opinion).status(), 200U);
    EXPECT_FALSE(permission(handler, c, "record_opinion").at("allowed").as_bool());
}

TEST_F(ActionForm, OfAReplyHasOneEntryForEachItemAndSaysWhatEachOutcomeAsksFor) {
    c.act(handler, "claim");
    auto const reply = permission(handler, c, "draft_reply");
    EXPECT_EQ(json::serialize(field(reply, "outcome")), R"({"const":{"$data":"/items/0/outcome"}})");
    auto const items = field(reply, "items");
    EXPECT_EQ(items.at("maxItems").to_number<int>(), 1);
    auto const& entry = items.at("prefixItems").at(0);
    EXPECT_EQ(entry.at("title"), "土地征收补偿方案");

    auto const& parts = entry.at("properties").at("outcome").at("oneOf").as_array();
    EXPECT_EQ(parts.at(0).at("title"), "予以公开");
    EXPECT_EQ(parts.at(0).at("oneOf").at(0).at("const"), "disclosed");
    std::size_t outcomes = 0;
    for (auto const& part : parts) outcomes += part.at("oneOf").as_array().size();
    EXPECT_EQ(outcomes, 22U);  // all but the three that no officer chooses

    json::object secret;
    auto const& conditions = entry.at("allOf").as_array();
    for (auto const& each : std::span(conditions).subspan(1)) {
        if (each.at_pointer("/if/properties/outcome/const") == "refused_secret") {
            secret = each.at_pointer("/then/properties").as_object();
        }
    }
    EXPECT_EQ(secret.at("limb").at("oneOf").at(0).at("const"), "state_secret");
    EXPECT_EQ(secret.at("reference").at("title"), "密级、保密期限和定密依据（内部记录，不印在答复书里；只填编号，严禁填写涉密内容）");
    EXPECT_TRUE(secret.at("separation").is_object());
    EXPECT_TRUE(secret.contains("reason")) << "one that can be printed (条例第三十六条第三项)";
}

/// The members that are not asked for, under the first condition of the form.
std::vector<std::string> held_back(json::value const& form) {
    std::vector<std::string> members;
    for (auto const& [name, member] : form.at("allOf").at(0).at("then").at("properties").as_object()) {
        EXPECT_EQ(member, false);
        members.emplace_back(name);
    }
    return members;
}

TEST_F(ActionForm, OfAReplyAsksForTheOutcomesFirst) {
    c.act(handler, "claim");
    auto const form = permission(handler, c, "draft_reply").at("fields").as_object();
    EXPECT_EQ(form.at("properties").as_object().begin()->key(), "items");
    auto const undecided = json::parse(R"({"not":{"required":["outcome"]}})");
    EXPECT_EQ(form.at("allOf").at(0).at("if").at("properties").at("items").at("contains"), undecided);
    EXPECT_EQ(held_back(form).size(), form.at("properties").as_object().size() - 1);

    auto const& entry = form.at("properties").at("items").at("prefixItems").at(0);
    EXPECT_EQ(entry.at("allOf").at(0).at("if"), undecided);
    auto const members = held_back(entry);
    EXPECT_EQ(members.size(), entry.at("properties").as_object().size() - 1);
    EXPECT_EQ(std::ranges::count(members, "outcome"), 0);
}

TEST_F(ActionForm, ADraftComesBackAndSaysWhatItLacks) {
    c.act(handler, "claim");
    json::object const item{{"outcome", "refused_secret"}};
    json::object const draft{{"outcome", "refused_secret"}, {"items", {item}}, {"text", "不予公开。"}};
    auto const drafted = c.act(handler, "draft_reply", draft);
    ASSERT_EQ(drafted.status(), 200U) << drafted.body();
    EXPECT_EQ(permission(handler, c, "draft_reply").at("fields").at("default").as_object(), draft);
    EXPECT_EQ(drafted.json().at("missing_evidence").at(0).at("pointer"), "/items/0/limb");
}

TEST_F(ActionForm, TheMainStepIsThatOfWhoeverIsAwaited) {
    EXPECT_TRUE(permission(handler, c, "claim").at("main").as_bool());
    c.act(handler, "claim");
    EXPECT_TRUE(permission(handler, c, "draft_reply").at("main").as_bool());
    auto head = service.sign_in("head");
    EXPECT_FALSE(permission(head, c, "assign").at("main").as_bool());
}

TEST_F(ActionForm, WhatCameBackIsRevisedBeforeItGoesUpAgain) {
    c.act(handler, "claim");
    json::object const item{{"outcome", "disclosed"}, {"reference", "方案全文一份，共12页"}};
    json::object const draft{{"outcome", "disclosed"}, {"items", {item}}, {"text", "现向您公开所申请的信息。"}};
    c.act(handler, "draft_reply", draft);
    EXPECT_TRUE(permission(handler, c, "submit_reply").at("main").as_bool());
    c.act(handler, "submit_reply");
    auto head = service.sign_in("head");
    EXPECT_EQ(permission(head, c, "approve_reply").at("name"), "部门负责人审核");
    ASSERT_EQ(c.act(head, "return_reply", {{"reason", "请核对页数"}}).status(), 200U);
    auto const revise = permission(handler, c, "draft_reply");
    EXPECT_TRUE(revise.at("main").as_bool());
    EXPECT_EQ(revise.at("name"), "修改答复");
    EXPECT_FALSE(permission(handler, c, "submit_reply").at("main").as_bool());
}

TEST_F(ActionForm, AnEventReadsAsLines) {
    c.act(handler, "claim");
    json::object const search{
        {"places", {"business_unit", "archive_room"}},
        {"keywords", {"征收"}},
        {"searchers", "王五"},
        {"searched_on", "2026-03-04"},
        {"found", false},
        {"result", "没有找到"}};
    ASSERT_EQ(c.act(handler, "add_search_record", search).status(), 200U);
    auto const events = handler.get(c.path("/timeline")).json().at("items").as_array();
    EXPECT_EQ(
        json::serialize(events.back().at("facts")),
        R"([{"label":"查过的地方","text":"业务科室、档案室"},)"
        R"({"label":"检索词","text":"征收"},{"label":"检索人","text":"王五"},)"
        R"({"label":"检索日期","text":"2026-03-04"},{"label":"是否找到","text":"否"},)"
        R"({"label":"检索结果（内部记录，不印在文书里）","text":"没有找到"}])"
    );
    EXPECT_EQ(json::serialize(events.at(1).at("facts")), R"([{"label":"主办部门","text":"土地利用科"}])");
}

}  // namespace
}  // namespace server::api
