#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

using api::Service;

struct CalculatorPage : testing::Test {
    Service service;
    Browser browser{service.anonymous()};
};

TEST_F(CalculatorPage, BeginsWithTodayAndComplainsOfNothing) {
    EXPECT_EQ(browser.open("/calculator").status(), 200u);
    EXPECT_TRUE(browser.shows("name=\"/received\" value=\"2026-03-02\"")) << browser.page.body();
    EXPECT_FALSE(browser.shows("role=\"alert\""));
    EXPECT_FALSE(browser.shows("计算结果"));
}

TEST_F(CalculatorPage, ComputesLikeTheVerb) {
    browser.open(
        "/calculator?/received=2026-04-24&/as_of=2026-05-25"
        "&/events/0/type=consultation_sent&/events/0/on=2026-05-07&/events/0/served=2026-05-09"
        "&/events/0/id=1&/events/0/kind=third_party"
        "&/events/1/type=consultation_ended&/events/1/on=2026-05-22&/events/1/id=1"
    );
    EXPECT_EQ(browser.page.status(), 200u) << browser.page.body();
    EXPECT_TRUE(browser.shows("最晚答复日期<strong>2026年6月11日（周四）</strong>"));
    EXPECT_TRUE(browser.shows("2026年5月25日（周一）的状态：计时中"));
    EXPECT_TRUE(browser.shows("不计入答复期限12个工作日"));
    EXPECT_TRUE(browser.shows("条例第三十三条"));
}

TEST_F(CalculatorPage, ShowsWhatEachDayIs) {
    browser.open("/calculator?/received=2026-09-14&/as_of=2026-09-22");  // example 1
    auto const day = [](std::string_view kind, int number, std::string_view sign, std::string_view spoken) {
        return "<td class=\"" + std::string(kind) + "\"><b>" + std::to_string(number) +
               "</b><span aria-hidden=\"true\">" + std::string(sign) + "</span><span class=\"unseen\">" +
               std::string(spoken) + "</span></td>";
    };
    EXPECT_TRUE(browser.shows("<caption>2026年9月</caption>"));
    EXPECT_TRUE(browser.shows("<caption>2026年10月</caption>"));
    EXPECT_TRUE(browser.shows(day("begin", 14, "起", "起算之日，不计入"))) << browser.page.body();
    EXPECT_TRUE(browser.shows(day("counted", 15, "1", "计入，第1个工作日")));
    EXPECT_TRUE(browser.shows(day("counted", 20, "5", "计入，第5个工作日"))) << "a Sunday worked in lieu";
    EXPECT_TRUE(browser.shows(day("off", 27, "休", "中秋节放假")));
    EXPECT_TRUE(browser.shows(day("last", 16, "20", "期限最后一天，第20个工作日")));
    EXPECT_TRUE(browser.shows("2026年10月1日（周四）至2026年10月7日（周三）：国庆节放假，不计入"));
    EXPECT_TRUE(browser.shows("aria-current=\"date\"><b>22</b>"));
}

TEST_F(CalculatorPage, StopsNumberingWithTheAnswer) {
    browser.open("/calculator?/received=2026-09-14&/as_of=2026-10-20&/events/0/type=replied&/events/0/on=2026-09-22");
    EXPECT_TRUE(browser.shows(R"(<td class="answered"><b>22</b><span aria-hidden="true">答</span>)"));
    EXPECT_TRUE(browser.shows(R"(<td class="last"><b>16</b><span aria-hidden="true">限</span>)"))
        << browser.page.body();
}

TEST_F(CalculatorPage, AddsAndRemovesWhatHappenedWithoutAScript) {
    browser.open("/calculator?/received=2026-03-02&do=add&add=consultation_sent");
    EXPECT_EQ(browser.page.status(), 200u);
    EXPECT_NE(browser.address.find("#events-0-on"), std::string::npos) << browser.address;
    EXPECT_TRUE(browser.shows("1. 发出征求意见"));
    EXPECT_TRUE(browser.shows("name=\"/events/0/id\" value=\"1\"")) << browser.page.body();
    EXPECT_FALSE(browser.shows("role=\"alert\"")) << "nothing is wrong yet";
    browser.open(
        "/calculator?/received=2026-03-02&/events/0/type=extended&/events/0/days=5&/events/1/type=replied"
        "&/events/1/on=2026-03-20&do=remove%201"
    );
    EXPECT_TRUE(browser.shows("1. 答复"));
    EXPECT_TRUE(browser.shows("value=\"2026-03-20\""));
    EXPECT_FALSE(browser.shows("延长几个工作日"));
}

TEST_F(CalculatorPage, ComplainsBesideTheField) {
    browser.open("/calculator?/received=2026-02-30&/events/0/type=extended&/events/0/on=2026-03-10&/events/0/days=x");
    EXPECT_EQ(browser.page.status(), 422u);
    EXPECT_TRUE(browser.shows("<title>错误："));
    EXPECT_TRUE(browser.shows("<a href=\"#received\">请填写真实的日期"));
    EXPECT_TRUE(browser.shows("id=\"received-error\">请填写真实的日期"));
    EXPECT_TRUE(browser.shows("<a href=\"#events-0-days\">请填写整数"));
    EXPECT_TRUE(browser.shows("value=\"2026-02-30\"")) << "what was typed stays";
    browser.open("/calculator?/received=2026-02-02&/events/0/type=extended&/events/0/on=2026-02-10&/events/0/days=21");
    EXPECT_EQ(browser.page.status(), 422u);
    EXPECT_TRUE(browser.shows("<a href=\"#events-0-on\">第1项（延长答复期限，2026-02-10）：延长应为1至20个工作日"))
        << browser.page.body();
}

TEST_F(CalculatorPage, CountsWorkdays) {
    browser.open("/calculator?/after/from=2026-09-14&/after/days=20");
    EXPECT_TRUE(browser.shows("是2026年10月16日（周五）。")) << browser.page.body();
    browser.open("/calculator?/between/from=2026-09-14&/between/to=2026-10-16");
    EXPECT_TRUE(browser.shows("有20个工作日。"));
    browser.open("/calculator?/between/from=2026-12-01&/between/to=2027-01-15");
    EXPECT_TRUE(browser.shows("暂定：经过尚未公布放假安排的年份。"));
    EXPECT_EQ(browser.open("/calculator?/after/from=2026-09-14&/after/days=-1").status(), 422u);
    EXPECT_TRUE(browser.shows("href=\"#after-days\""));
    EXPECT_EQ(browser.open("/calculator?/between/from=2026-09-14").status(), 422u);
    EXPECT_TRUE(browser.shows("href=\"#between-to\""));
}

TEST_F(CalculatorPage, IsNotMovedByHostileInput) {
    std::string const hostile = "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E";
    for (auto const* name : {"/received", "/events/0/type", "/events/0/on", "/events/99999999999/on", "/after/days"}) {
        browser.open("/calculator?/events/0/type=extended&" + std::string(name) + '=' + hostile);
        EXPECT_LT(browser.page.status(), 500u) << name;
        EXPECT_FALSE(browser.shows("<img src=x")) << name;
    }
    EXPECT_EQ(browser.open("/calculator?/received=1900-01-01&/as_of=2199-12-31").status(), 200u);
    EXPECT_TRUE(browser.shows("已经超过"));
}

}  // namespace
}  // namespace server::pages
