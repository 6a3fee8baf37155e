#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

json::object asked(std::string_view name, std::string_view id_number, std::string_view title, std::string_view text) {
    auto form = registration();
    form["applicant"].as_object()["name"] = name;
    form["applicant"].as_object()["id_number"] = id_number;
    form["items"] = json::array{json::object{{"title", title}, {"description", text}}};
    return form;
}

constexpr std::string_view kZhang = "430502199003070014";
constexpr std::string_view kLi = "430502200412310029";
constexpr std::string_view kTitle = "资江北岸土地征收补偿安置方案";
constexpr std::string_view kText = "2025年资江北岸土地征收补偿安置方案的全文和附件";

class SimilarRequestsTest : public testing::Test {
protected:
    WorkedCase registered(json::object const& form) {
        auto const made = registrar.post(kCases, form);
        EXPECT_EQ(made.status(), 201U) << made.body();
        return WorkedCase(made.json());
    }
    json::object similar_requests(WorkedCase const& c) {
        auto const reply = registrar.get(c.path("/likeness"));
        EXPECT_EQ(reply.status(), 200U) << reply.body();
        return reply.json();
    }

    Service service;
    HttpClient registrar = service.sign_in("registrar");
};

TEST_F(SimilarRequestsTest, OwnAndOtherRequestsAreToldApart) {
    auto const first = registered(asked("张三", kZhang, kTitle, kText));
    auto const other = registered(asked("李四", kLi, kTitle, kText));
    registered(asked("李四", kLi, "幼儿园学位分配办法", "城区公办幼儿园2026年秋季学位分配办法"));
    auto const again = registered(asked("张三", kZhang, kTitle, kText));

    auto const found = similar_requests(again);
    auto const& own = found.at("own").as_array();
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own[0].at("case_id"), json::value(first.id));
    EXPECT_EQ(own[0].at("score"), 100);
    EXPECT_EQ(own[0].at("answered_before"), false) << "重复 needs an answer (条例第三十六条第六项)";
    auto const& others = found.at("others").as_array();
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others[0].at("case_id"), json::value(other.id));
    EXPECT_EQ(json::serialize(others).find("李"), std::string::npos) << "never who";
    EXPECT_EQ(found.at("applicants"), 2);
    EXPECT_EQ(found.at("suggest_publication"), true);
    EXPECT_EQ(found.at("month").at("piece"), 2);
    EXPECT_EQ(similar_requests(first).at("month").at("piece"), 1);
}

TEST_F(SimilarRequestsTest, AnAnsweredFirstRequestIsShownWithItsLetter) {
    auto first = registered(asked("张三", kZhang, kTitle, kText));
    auto const act = [&](std::string_view who, std::string_view action, json::object const& input = {}) {
        auto client = service.sign_in(who);
        auto const reply = first.act(client, action, input);
        ASSERT_EQ(reply.status(), 200U) << reply.body();
    };
    act("reviewer", "accept", {{"department", "430500-01-d1"}});
    act("handler", "claim");
    json::object const item{{"outcome", "disclosed"}, {"reference", "方案全文一份,共12页"}};
    act("handler", "draft_reply", {{"outcome", "disclosed"}, {"items", {item}}, {"text", "现向您公开所申请的信息。"}});
    act("handler", "submit_reply");
    for (auto const* who : {"head", "secrecy", "legal", "office"}) act(who, "approve_reply");
    act("registrar",
        "dispatch_reply",
        {{"method", "post"},
         {"dispatched_on", "2026-03-02"},
         {"tracking_number", "EMS1234567890"},
         {"recipient", "张三收"}});

    registrar = service.sign_in("registrar");  // of two sessions of an account the later stands
    auto const own = similar_requests(registered(asked("张三", kZhang, kTitle, kText))).at("own").as_array();
    EXPECT_EQ(own[0].at("answered_before"), true);
    EXPECT_EQ(own[0].at("reply_number"), registrar.get(first.path()).json().at("reply_number"));
    EXPECT_EQ(own[0].at("replied_on"), "2026-03-02");
    auto const different =
        similar_requests(registered(asked("张三", kZhang, "幼儿园学位分配办法", "秋季学位分配办法"))).at("own");
    EXPECT_EQ(different.as_array()[0].at("answered_before"), false) << "another content is no repetition";
}

TEST_F(SimilarRequestsTest, WhatACallerMayNotSeeHasNoNumber) {
    auto mine = registered(asked("张三", kZhang, kTitle, kText));
    auto const other = registered(asked("李四", kLi, kTitle, kText));
    auto reviewer = service.sign_in("reviewer");
    ASSERT_EQ(mine.act(reviewer, "accept", {{"department", "430500-01-d1"}}).status(), 200U);
    auto handler = service.sign_in("handler");
    auto const seen = handler.get(mine.path("/likeness")).json().at("others").as_array();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_TRUE(seen[0].at("case_id").is_null());
    EXPECT_TRUE(seen[0].at("number").is_null());
    EXPECT_EQ(handler.get(other.path("/likeness")).status(), 404U);
}

TEST_F(SimilarRequestsTest, AFormIsComparedWhileItIsTyped) {
    auto const first = registered(asked("张三", kZhang, kTitle, kText));
    auto office = service.sign_in("office");
    json::object const record{
        {"title", kTitle}, {"published_on", "2026-03-01"}, {"category", "project"}, {"summary", kText}};
    ASSERT_EQ(office.post("/api/v1/publications", record).status(), 201U);

    auto const typed = registrar.post("/api/v1/likeness", {{"id_number", kZhang}, {"title", kTitle}});
    ASSERT_EQ(typed.status(), 200U) << typed.body();
    EXPECT_EQ(typed.json().at("own").as_array()[0].at("case_id"), json::value(first.id));
    EXPECT_EQ(typed.json().at("published").as_array()[0].at("title"), json::value(kTitle));
    EXPECT_EQ(typed.json().at("month").at("piece"), 2);
    EXPECT_TRUE(registrar.post("/api/v1/likeness", {{"name", "张三"}}).json().at("own").as_array().empty())
        << "a name alone is nobody";
    auto const called = registrar.post("/api/v1/likeness", {{"name", "张三"}, {"phone", "13800001234"}}).json();
    EXPECT_EQ(called.at("own").as_array().size(), 1U);
    EXPECT_EQ(office.post("/api/v1/likeness", {{"title", kTitle}}).status(), 403U);
}

TEST_F(SimilarRequestsTest, WhatMustBePublicAnywayIsNamed) {
    auto const items = similar_requests(registered(asked("张三", kZhang, kTitle, kText))).at("catalogue").as_array();
    ASSERT_FALSE(items.empty());
    EXPECT_EQ(items[0].at("field_label"), "征地补偿");
    EXPECT_EQ(items[0].at("name"), "征地补偿安置公告");
    EXPECT_EQ(items[0].at("article"), "条例第二十一条");
    auto const of_one = registered(asked("李四", kLi, "本人的询问笔录", "2025年5月6日在派出所的询问笔录"));
    EXPECT_TRUE(similar_requests(of_one).at("catalogue").as_array().empty());
}

TEST_F(SimilarRequestsTest, TheEleventhPieceOfAMonthMayBeAskedForReasons) {
    for (int i = 0; i < 10; ++i) registered(asked("张三", kZhang, kTitle, kText));
    auto const eleventh = similar_requests(registered(asked("张三", kZhang, kTitle, kText))).at("month");
    EXPECT_EQ(eleventh.at("piece"), 11);
    EXPECT_EQ(eleventh.at("may_ask_reasons"), true);
    EXPECT_EQ(eleventh.at("fee_fen"), 10000) << "100 元 (109号第三条)";
    service.time.go_to("2026-04-01");
    registrar = service.sign_in("registrar");
    auto form = asked("张三", kZhang, kTitle, kText);
    form["received_on"] = "2026-04-01";
    EXPECT_EQ(similar_requests(registered(form)).at("month").at("piece"), 1) << "a new month begins anew";
}

}  // namespace
}  // namespace server::api
