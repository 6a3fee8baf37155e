#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

using api::Service;
using api::WorkedCase;

TEST(StatisticsPage, SaysWhenThereIsNothingToCount) {
    Service service;
    Browser browser(service.anonymous());
    EXPECT_EQ(browser.open("/statistics").status(), 200u);
    EXPECT_TRUE(browser.shows("<h1>2026年公开统计</h1>"));
    EXPECT_TRUE(browser.shows("这一年还没有收到申请。"));
    EXPECT_FALSE(browser.shows("<table"));
}

TEST(StatisticsPage, CountsWhatWasAskedAndWhatCameOfIt) {
    Service service;
    auto registrar = service.sign_in("registrar");
    for (int i = 0; i < 3; ++i) ASSERT_EQ(registrar.post(api::kCases, api::registration()).status(), 201u);
    auto const cases = registrar.get(api::kCases).json().at("items").as_array();
    WorkedCase withdrawn(cases.at(0).as_object());
    ASSERT_EQ(withdrawn.act(registrar, "withdraw", api::oral_withdrawal()).status(), 200u);

    Browser browser(service.anonymous());
    browser.open("/statistics");
    EXPECT_TRUE(browser.shows(
        R"(<th scope="row">邵阳市自然资源局</th><td class="number">3</td><td class="number">1</td><td class="number">0</td><td class="number">0</td>)"
    )) << browser.page.body();
    EXPECT_TRUE(browser.shows(R"(<th scope="row">合计</th><td class="number">3</td>)"));
    EXPECT_FALSE(browser.shows("邵阳市教育局</th>")) << "only those that were asked";
    EXPECT_TRUE(browser.shows("申请人撤回"));
    EXPECT_TRUE(browser.shows("100%<meter min=\"0\" max=\"100\" value=\"100\""));
    EXPECT_TRUE(browser.shows("从年初到2026年3月2日（周一）"));
    EXPECT_FALSE(browser.shows("张三"));
}

TEST(StatisticsPage, SilenceIsNotPunctual) {
    Service service;
    ASSERT_EQ(service.sign_in("registrar").post(api::kCases, api::registration()).status(), 201u);
    Browser browser(service.anonymous());
    service.time.go_to("2026-03-30");  // the last day
    browser.open("/statistics");
    EXPECT_TRUE(browser.shows(R"(<td class="number">0</td><td class="number">0</td><td class="number">–</td>)"));
    service.time.go_to("2026-03-31");
    browser.open("/statistics");
    EXPECT_TRUE(browser.shows(R"(<td class="number">0</td><td class="number">1</td><td class="number">0%)"))
        << browser.page.body();
}

TEST(StatisticsPage, ShowsEachYearThatHasBegun) {
    Service service;
    Browser browser(service.anonymous());
    browser.open("/statistics?year=2025");
    EXPECT_TRUE(browser.shows("<h1>2025年公开统计</h1>"));
    EXPECT_TRUE(browser.shows("href=\"/statistics?year=2026\""));
    browser.open("/statistics");
    EXPECT_FALSE(browser.shows("href=\"/statistics?year=2027\""));
    for (auto const* year : {"2027", "1999", "x"}) {
        EXPECT_EQ(browser.open("/statistics?year=" + std::string(year)).status(), 400u) << year;
    }
}

}  // namespace
}  // namespace server::pages
