#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

using api::Service;

struct StartPage : testing::Test {
    Service service;
    Browser browser{service.anonymous()};
};

TEST_F(StartPage, ShowsEveryAgencyInItsGroupWithTheWayToApply) {
    EXPECT_EQ(browser.open("/").status(), 200u);
    EXPECT_EQ(browser.page.header("Cache-Control"), "private, no-cache");
    EXPECT_TRUE(browser.shows("<h1>向政府机关申请公开信息</h1>"));
    EXPECT_TRUE(browser.shows("<summary>邵阳市人民政府（3个机关）</summary>"));
    EXPECT_TRUE(browser.shows("<strong>邵阳市自然资源局</strong>"));
    EXPECT_TRUE(browser.shows("href=\"/apply?agency=430500-01\""));
    EXPECT_TRUE(browser.shows("资江路1号（422000）"));
    EXPECT_TRUE(browser.shows("受理方式：网站、当面"));
}

TEST_F(StartPage, SaysWhatTheLawSays) {
    browser.open("/");
    EXPECT_TRUE(browser.shows("20个工作日内答复"));
    EXPECT_TRUE(browser.shows("条例第三十三条"));
    EXPECT_TRUE(browser.shows("条例第四十二条"));
}

TEST_F(StartPage, FindsAgenciesByPartOfTheirName) {
    EXPECT_EQ(browser.open("/?q=%E6%95%99%20%E8%82%B2").status(), 200u);  // 教 育
    EXPECT_TRUE(browser.shows("查找“教 育”：1个机关"));
    EXPECT_TRUE(browser.shows("<strong>邵阳市教育局</strong>"));
    EXPECT_FALSE(browser.shows("<strong>邵阳市自然资源局</strong>"));
    browser.open("/?q=%E9%82%B5%E6%B5%8B02");  // 邵测02, the short word of documents
    EXPECT_TRUE(browser.shows("<strong>邵阳市教育局</strong>"));
    browser.open("/?q=%E6%9F%A5%E6%97%A0");
    EXPECT_TRUE(browser.shows("没有找到这个机关"));
}

TEST_F(StartPage, WritesWhatWasSearchedHarmlessly) {
    browser.open("/?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%3C/script%3E");
    EXPECT_FALSE(browser.shows("<img src=x"));
    EXPECT_TRUE(browser.shows("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&lt;/script&gt;"));
    EXPECT_EQ(browser.open("/?q=%00").status(), 400u);
}

TEST_F(StartPage, LeadsNowhereOnlineWhereAnAgencyTakesNothingOnline) {
    auto admin = service.sign_in("sysadmin");
    auto const stored = admin.get("/api/v1/agencies/430500-02");
    auto agency = stored.json();
    boost::json::object form;
    for (auto const* name :
         {"parent", "name", "word", "address", "postcode", "phone", "office", "review_body", "court"}) {
        form[name] = agency.at(name);
    }
    form["channels"] = {"counter"};
    auto const tag = stored.header("ETag");
    ASSERT_EQ(admin.put("/api/v1/agencies/430500-02", form, {{"If-Match", tag}}).status(), 200u);
    browser.open("/?q=%E6%95%99%E8%82%B2");
    EXPECT_FALSE(browser.shows("/apply?agency=430500-02"));
    EXPECT_TRUE(browser.shows("不受理网上申请"));
}

}  // namespace
}  // namespace server::pages
