#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

using api::Service;

TEST(CalendarPage, MarksEachDayThatIsNotAsUsual) {
    Service service;
    Browser browser(service.anonymous());
    EXPECT_EQ(browser.open("/calendar").status(), 200u);
    EXPECT_TRUE(browser.shows("<h1>2026年工作日历</h1>"));
    EXPECT_TRUE(browser.shows("<caption>2026年12月</caption>"));
    auto const off = R"(<b>1</b><span aria-hidden="true">休</span><span class="unseen">国庆节放假</span>)";
    EXPECT_TRUE(browser.shows(off)) << browser.page.body();
    EXPECT_TRUE(browser.shows(
        R"(<td class="lieu"><b>10</b><span aria-hidden="true">班</span><span class="unseen">国庆节调休上班</span>)"
    ));
    EXPECT_TRUE(browser.shows(R"(<td class="plain" aria-current="date"><b>2</b></td>)")) << "today, a plain Monday";
    EXPECT_TRUE(browser.shows("<td>2026年10月1日（周四）至2026年10月7日（周三）</td><td>国庆节放假</td>"));
    EXPECT_TRUE(browser.shows("href=\"/calendar?year=2027\""));
    EXPECT_FALSE(browser.shows("暂定"));
}

TEST(CalendarPage, SaysThatAYearIsProvisional) {
    Service service;
    Browser browser(service.anonymous());
    browser.open("/calendar?year=2027");
    EXPECT_TRUE(browser.shows("<h1>2027年工作日历</h1>"));
    EXPECT_TRUE(browser.shows("暂定：国务院办公厅还没有公布"));
    EXPECT_FALSE(browser.shows("依据："));
}

TEST(CalendarPage, KnowsNoOtherYears) {
    Service service;
    Browser browser(service.anonymous());
    for (auto const* year : {"1999", "2200", "x", "2026x", "", "99999999999999999999"}) {
        EXPECT_EQ(browser.open("/calendar?year=" + std::string(year)).status(), 400u) << year;
        EXPECT_EQ(browser.page.header("Content-Type"), "text/html; charset=utf-8");
    }
}

}  // namespace
}  // namespace server::pages
