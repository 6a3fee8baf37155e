#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

using api::Service;

namespace json = boost::json;

/// A town that has published a few things.
class PublishedTest : public testing::Test {
protected:
    std::string publish(std::string_view title, std::string_view category = "policy", std::string_view url = "") {
        auto registrar = service.sign_in("registrar");
        json::object form{
            {"title", title},
            {"published_on", "2026-02-02"},
            {"category", category},
            {"document_number", "邵自然资发〔2026〕3号"},
            {"summary", "说明补偿的标准和程序。"}};
        if (!url.empty()) form["url"] = url;
        auto const made = registrar.post("/api/v1/publications", form);
        EXPECT_EQ(made.status(), 201u) << made.body();
        return std::string(made.json().at("id").as_string());
    }

    Service service;
    Browser browser{service.anonymous()};
};

TEST_F(PublishedTest, ListsWhatIsPublishedAndFindsIt) {
    auto const id = publish("征收土地补偿标准");
    publish("二〇二六年部门预算", "budget");
    EXPECT_EQ(browser.open("/published").status(), 200u);
    EXPECT_TRUE(browser.shows("<a href=\"/published/" + id + "\">征收土地补偿标准</a>")) << browser.page.body();
    EXPECT_TRUE(browser.shows("邵阳市自然资源局 2026年2月2日（周一） 政策文件 邵自然资发〔2026〕3号"));
    EXPECT_TRUE(browser.shows("二〇二六年部门预算"));
    browser.open("/published?q=%E5%BE%81%E6%94%B6&agency=&category=");  // 征收
    EXPECT_TRUE(browser.shows("征收土地补偿标准"));
    EXPECT_FALSE(browser.shows("部门预算</a>"));
    browser.open("/published?category=budget");
    EXPECT_FALSE(browser.shows("征收土地补偿标准"));
    EXPECT_TRUE(browser.shows("<option value=\"budget\" selected>财政预决算</option>"));
    browser.open("/published?agency=430500-02");
    EXPECT_TRUE(browser.shows("没有找到。"));
}

TEST_F(PublishedTest, TurnsPagesAndKeepsTheSearch) {
    for (int i = 0; i < 21; ++i) publish("征收公告第" + std::to_string(i) + "号");
    browser.open("/published?q=%E5%BE%81%E6%94%B6&category=policy");
    std::smatch next;
    auto const body = browser.page.body();
    ASSERT_TRUE(std::regex_search(body, next, std::regex(R"re(href="(/published\?cursor=[^"]*)">下一页)re"))) << body;
    auto const address = std::regex_replace(next[1].str(), std::regex("&amp;"), "&");
    EXPECT_NE(address.find("&q=%E5%BE%81%E6%94%B6&category=policy"), std::string::npos) << address;
    EXPECT_EQ(browser.open(address).status(), 200u);
    EXPECT_TRUE(browser.shows("征收公告第0号"));
    EXPECT_FALSE(browser.shows("下一页"));
    EXPECT_TRUE(browser.shows("回到第一页"));
}

TEST_F(PublishedTest, ShowsOneWithTheWayToAskForMore) {
    auto const id = publish("征收土地补偿标准", "policy", "https://www.example.gov.cn/1.html");
    EXPECT_EQ(browser.open("/published/" + id).status(), 200u);
    EXPECT_TRUE(browser.shows("<h1>征收土地补偿标准</h1>"));
    EXPECT_TRUE(browser.shows("<title>征收土地补偿标准 - "));
    EXPECT_TRUE(browser.shows("href=\"https://www.example.gov.cn/1.html\""));
    EXPECT_TRUE(browser.shows("href=\"/apply?agency=430500-01\""));
    EXPECT_EQ(browser.open("/published/nothing").status(), 404u);
    EXPECT_EQ(browser.page.header("Content-Type"), "text/html; charset=utf-8");
    auto office = service.sign_in("office");
    auto const tag = office.get("/api/v1/publications/" + id).header("ETag");
    json::object const why{{"reason", "内容有误,重新发布"}};
    ASSERT_EQ(office.post("/api/v1/publications/" + id + "/withdraw", why, {{"If-Match", tag}}).status(), 200u);
    EXPECT_EQ(browser.open("/published/" + id).status(), 410u);
    EXPECT_TRUE(browser.shows("已经撤下"));
}

TEST_F(PublishedTest, SaysWhatIsWrongWithASearch) {
    for (auto const* query : {"q=%E5%BE%81", "cursor=x", "agency=nowhere", "category=nothing"}) {
        EXPECT_GE(browser.open("/published?" + std::string(query)).status(), 400u) << query;
        EXPECT_LT(browser.page.status(), 500u) << query;
        EXPECT_TRUE(browser.shows("role=\"alert\"")) << query << browser.page.body();
        EXPECT_TRUE(browser.shows("<h1>已经公开的信息</h1>"));
    }
}

TEST_F(PublishedTest, WritesWhatPeopleTypeHarmlessly) {
    auto const id = publish("公告\"><img src=x onerror=alert(1)></script>");
    for (auto const& address : {std::string("/published"), "/published/" + id}) {
        browser.open(address);
        EXPECT_FALSE(browser.shows("<img src=x")) << address;
        EXPECT_TRUE(browser.shows("公告&quot;&gt;&lt;img src=x"));
    }
    browser.open("/published?q=%22%3E%3Cimg%20src%3Dx%3E");
    EXPECT_FALSE(browser.shows("<img src=x"));
}

}  // namespace
}  // namespace server::pages
