#include <gtest/gtest.h>

#include <functional>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

bool is_chinese(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

struct BadBody {
    std::string name;
    std::string body;
    unsigned status;
    std::string code;
};

TEST(BadInput, BodiesThatAreNoJson) {
    Service service;
    auto client = service.anonymous();
    BadBody const bodies[] = {
        {"cut short", R"({"agency": )", 400, "malformed_json"},
        {"nothing", "", 400, "malformed_json"},
        {"more after it", "{} {}", 400, "trailing_data"},
        {"not UTF-8", "{\"agency\": \"\xFF\xFE\"}", 400, "bad_utf8"},
        {"twice the same", R"({"agency": "a", "agency": "b"})", 400, "duplicate_key"},
        {"deep", std::string(5000, '['), 400, "too_deep"},
        {"a list", "[]", 422, "invalid_input"},
    };
    for (auto const& bad : bodies) {
        auto const reply = client.send("POST", "/api/v1/applications", bad.body, "application/json");
        EXPECT_EQ(reply.status(), bad.status) << bad.name << reply.body();
        EXPECT_EQ(reply.code(), bad.code) << bad.name;
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json") << bad.name;
        EXPECT_TRUE(is_chinese(std::string_view(reply.json().at("detail").as_string()))) << bad.name;
    }
    EXPECT_EQ(client.send("POST", "/api/v1/applications", "{}", "text/plain").status(), 415U);
}

struct BadField {
    std::string name;
    std::function<void(json::object&)> spoil;
    char const* pointer;
    char const* code;
};

json::object& applicant(json::object& form) { return form["applicant"].as_object(); }
json::object& first_item(json::object& form) { return form["items"].as_array()[0].as_object(); }

TEST(BadInput, FieldsOfTheForm) {
    Service service;
    auto client = service.anonymous();
    BadField const fields[] = {
        {"unknown member", [](auto& f) { f["purpose"] = "研究"; }, "/purpose", "unknown_member"},
        {"unknown member with a slash", [](auto& f) { f["a/b~c"] = 1; }, "/a~1b~0c", "unknown_member"},
        {"missing", [](auto& f) { applicant(f).erase("name"); }, "/applicant/name", "missing"},
        {"wrong type", [](auto& f) { f["accept_other_form"] = "yes"; }, "/accept_other_form", "wrong_type"},
        {"number for a text", [](auto& f) { applicant(f)["name"] = 5; }, "/applicant/name", "wrong_type"},
        {"null where needed", [](auto& f) { f["provide_as"] = nullptr; }, "/provide_as", "unknown_code"},
        {"unknown code", [](auto& f) { f["provide_as"] = "stone"; }, "/provide_as", "unknown_code"},
        {"empty", [](auto& f) { applicant(f)["name"] = " \t "; }, "/applicant/name", "too_short"},
        {"too long",
         [](auto& f) { first_item(f)["description"] = std::string(4001, 'x'); },
         "/items/0/description",
         "too_long"},
        {"a second line in a name",
         [](auto& f) { applicant(f)["name"] = "张三\r\nBcc: li@example.cn"; },
         "/applicant/name",
         "line_break"},
        {"two addresses in one",
         [](auto& f) { applicant(f)["email"] = "zhang@example.cn,li@example.cn"; },
         "/applicant/email",
         "wrong_shape"},
        {"a header in an address",
         [](auto& f) { applicant(f)["email"] = "zhang@example.cn\r\nBcc: li@example.cn"; },
         "/applicant/email",
         "line_break"},
        {"words in a phone number",
         [](auto& f) {
             f["agent"] = json::object{{"name", "李四"}, {"phone", "下午打电话"}};
         },
         "/agent/phone",
         "wrong_shape"},
        {"no items", [](auto& f) { f["items"] = json::array(); }, "/items", "too_few"},
        {"NUL",
         [](auto& f) { first_item(f)["title"] = std::string("a\0b", 3); },
         "/items/0/title",
         "control_character"},
        {"override",
         [](auto& f) {
             first_item(f)["title"] =
                 "a\xE2\x80\xAE"
                 "b";
         },
         "/items/0/title",
         "control_character"},
    };
    for (auto const& bad : fields) {
        auto form = application();
        bad.spoil(form);
        auto const reply = client.post("/api/v1/applications", form);
        ASSERT_EQ(reply.status(), 422U) << bad.name << reply.body();
        auto const& error = reply.json().at("errors").as_array().at(0);
        EXPECT_EQ(error.at("pointer"), bad.pointer) << bad.name;
        EXPECT_EQ(error.at("code"), bad.code) << bad.name;
        EXPECT_TRUE(is_chinese(std::string_view(error.at("detail").as_string()))) << bad.name;
    }
}

TEST(BadInput, AllFaultsOfAFormComeAtOnce) {
    Service service;
    auto client = service.anonymous();
    auto form = application();
    form["provide_as"] = "stone";
    form["purpose"] = "研究";
    applicant(form).erase("name");
    EXPECT_EQ(client.post("/api/v1/applications", form).json().at("errors").as_array().size(), 3U);
}

TEST(BadInput, WhatTheLawAsksOfAForm) {
    Service service;
    auto client = service.anonymous();
    auto form = application();
    applicant(form)["id_number"] = "43050219900307001X";
    auto const wrong = client.post("/api/v1/applications", form);
    ASSERT_EQ(wrong.status(), 422U) << wrong.body();
    EXPECT_EQ(wrong.json().at("errors").as_array().at(0).at("pointer"), "/applicant/id_number");

    form = application("430599-99");
    auto const nowhere = client.post("/api/v1/applications", form);
    EXPECT_EQ(nowhere.status(), 422U) << nowhere.body();

    auto registrar = service.sign_in("registrar");
    form = registration();
    applicant(form)["id_number"] = "43050219900307001X";
    EXPECT_EQ(registrar.post(kCases, form).status(), 422U);
    form["id_exception"] = "申请人出示原件,号码确如此";
    EXPECT_EQ(registrar.post(kCases, form).status(), 201U);

    form = registration();
    form["received_on"] = "2026-02-30";
    EXPECT_EQ(registrar.post(kCases, form).json().at("errors").as_array().at(0).at("code"), "not_a_date");
    form["received_on"] = "2026-03-03";
    EXPECT_EQ(registrar.post(kCases, form).status(), 422U);  // tomorrow
}

TEST(BadInput, VersionsOfACase) {
    Service service;
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    auto const path = c.path("/actions/note");
    json::object const note{{"reason", "电话联系了申请人"}};
    EXPECT_EQ(registrar.post(path, note).status(), 428U);
    for (auto const* malformed : {"1", "\"x\"", "\"1", "W/\"1\"", "*"}) {
        EXPECT_EQ(registrar.post(path, note, {{"If-Match", malformed}}).status(), 400U) << malformed;
    }
    auto const stale = registrar.post(path, note, {{"If-Match", "\"7\""}});
    ASSERT_EQ(stale.status(), 412U) << stale.body();
    EXPECT_EQ(stale.json().at("current").at("version"), c.version);
    EXPECT_EQ(registrar.post(path, note, {{"If-Match", c.tag()}}).status(), 200U);
    EXPECT_EQ(registrar.post(path, note, {{"If-Match", c.tag()}}).status(), 412U);
}

TEST(BadInput, AStepTheStateForbids) {
    Service service;
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    auto const early = c.act(registrar, "archive", {{"retention_years", 30}});
    ASSERT_EQ(early.status(), 409U) << early.body();
    EXPECT_EQ(early.json().at("state"), "registered");
    auto const& allowed = early.json().at("allowed_actions").as_array();
    EXPECT_NE(std::find(allowed.begin(), allowed.end(), json::value("note")), allowed.end());
    EXPECT_EQ(c.act(registrar, "accept", {{"department", "430500-01-d1"}}).code(), "role_required");
    EXPECT_EQ(c.act(registrar, "fly").status(), 404U);
    auto reviewer = service.sign_in("reviewer");
    EXPECT_EQ(c.act(reviewer, "accept", {{"department", "nowhere"}}).status(), 422U);
}

TEST(BadInput, QueriesOfAList) {
    Service service;
    auto registrar = service.sign_in("registrar");
    for (auto const* query :
         {"state=flying",
          "stage=x",
          "agency=000000-00",
          "due_before=2026-02-30",
          "limit=0",
          "limit=201",
          "limit=x",
          "sort=colour",
          "mine=maybe",
          "wish=1",
          "cursor=bad"}) {
        auto const reply = registrar.get(std::string(kCases) + "?" + query);
        EXPECT_TRUE(reply.status() == 422U || reply.status() == 400U) << query << reply.body();
    }
    auto const good = std::string(kCases) + "?state=submitted,registered&stage=review&sort=number&mine=1&q=430500";
    auto const found = registrar.get(good);
    EXPECT_EQ(found.status(), 200U) << found.body();
}

TEST(BadInput, TheMenuNamesTheFieldsOfEachAction) {
    Service service;
    auto reviewer = service.sign_in("reviewer");
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    auto const menu = reviewer.get(c.path("/actions")).json().at("actions").as_array();
    auto const accept =
        std::find_if(menu.begin(), menu.end(), [](auto const& each) { return each.at("action") == "accept"; });
    ASSERT_NE(accept, menu.end());
    EXPECT_EQ(accept->at("allowed"), true);
    EXPECT_EQ(accept->at("action_label"), "审核分办");
    auto const& fields = accept->at("fields");
    EXPECT_EQ(fields.at("required"), json::array({"department"}));
    EXPECT_EQ(fields.at("properties").at("department").at("title"), "主办部门");
}

}  // namespace
}  // namespace server::api
