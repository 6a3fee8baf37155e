#include "server/verbs/receipt.hpp"
#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

using api::Service;
using api::WorkedCase;
using fakes::Fields;

namespace json = boost::json;

constexpr std::string_view kHostileText = "\"><img src=x onerror=alert(1)></script>{{token}}";

/// Somebody who has handed in a request and looks after it.
class TrackingTest : public testing::Test {
protected:
    TrackingTest() {
        auto const made = service.anonymous().post("/api/v1/applications", api::application()).json();
        number = made.at("number").as_string();
        code = made.at("query_code").as_string();
    }

    void come_in() {
        browser.open("/track?number=" + number);
        browser.send({{"/number", number}, {"/query_code", code}});
        ASSERT_EQ(browser.address, page("progress")) << browser.page.body();
    }

    /// Of the case: "/track/progress?number=…".
    std::string page(std::string_view name) const { return "/track/" + std::string(name) + "?number=" + number; }

    WorkedCase worked_case() {
        auto registrar = service.sign_in("registrar");
        return WorkedCase(registrar.get("/api/v1/cases").json().at("items").as_array().at(0).as_object());
    }

    void step(std::string_view who, std::string_view action, json::object const& input = {}) {
        auto c = worked_case();
        auto officer = service.sign_in(who);
        auto const done = c.act(officer, action, input);
        ASSERT_EQ(done.status(), 200u) << action << done.body();
    }

    void ask_for_correction() {
        step("registrar", "confirm_receipt");
        json::array const points{std::string("请写明") + std::string(kHostileText), "请写明年份"};
        step(
            "reviewer",
            "request_correction",
            {{"points", points},
             {"guidance", "可以参考公告的标题"},
             {"content_unclear", true},
             {"reply_by", "2026-03-20"}}
        );
        step(
            "registrar",
            "dispatch_letter",
            {{"letter", "correction_notice"},
             {"method", "pick_up"},
             {"dispatched_on", "2026-03-02"},
             {"recipient", "张三"}}
        );
    }

    /// As far as a reply that may be objected to in one way alone.
    void reply() {
        step("registrar", "confirm_receipt");
        step("reviewer", "accept", {{"department", "430500-01-d1"}});
        step("handler", "claim");
        json::object const item{
            {"outcome", "refused_internal"},
            {"limb", "personnel"},
            {"reason", "属于本机关人事管理方面的信息"},
            {"separation", "全部内容都是人事管理信息,不能区分"},
            {"statements", {"no_outside_effect"}}};
        step(
            "handler",
            "draft_reply",
            {{"outcome", "refused_internal"}, {"items", {item}}, {"text", "您申请的信息不予公开,理由如下。"}}
        );
        step("handler", "submit_reply");
        for (auto const* who : {"head", "secrecy", "legal", "office"}) step(who, "approve_reply");
        step(
            "registrar",
            "dispatch_reply",
            {{"method", "post"}, {"dispatched_on", "2026-03-02"}, {"tracking_number", "EMS1234567890"}}
        );
    }

    std::size_t count(std::string_view action) {
        auto const path = worked_case().path("/timeline");
        auto officer = service.sign_in("registrar");
        auto const timeline = officer.get(path);
        std::size_t n = 0;
        for (auto const& event : timeline.json().at("items").as_array()) {
            if (event.at("action").as_string() == action) ++n;
        }
        return n;
    }

    Service service;
    Browser browser{service.anonymous()};
    std::string number;
    std::string code;
};

TEST_F(TrackingTest, NumberAndCodeOpenTheCase) {
    browser.open("/track?number=" + number);
    EXPECT_EQ(browser.page.header("Cache-Control"), "no-store");
    EXPECT_TRUE(browser.shows("value=\"" + number + "\"")) << "as the QR code of the receipt has it";
    browser.send({{"/number", " " + number + " "}, {"/query_code", code + "\t"}});
    ASSERT_EQ(browser.address, page("progress"));
    EXPECT_EQ(browser.page.status(), 200u);
    EXPECT_EQ(browser.page.header("Cache-Control"), "no-store");
    EXPECT_TRUE(browser.shows(number));
    EXPECT_FALSE(browser.shows(code));
    EXPECT_TRUE(
        browser.shows("<li class=\"current\" aria-current=\"step\"><b class=\"number\" aria-hidden=\"true\">1</b>登记")
    ) << browser.page.body();
    EXPECT_TRUE(browser.shows("最晚答复日期<strong>2026年3月30日（周一）</strong><span>还剩20个工作日</span>"));
    EXPECT_TRUE(browser.shows("邵阳市自然资源局"));
    EXPECT_TRUE(browser.shows("还没有分到具体部门"));
    EXPECT_TRUE(browser.shows("土地征收补偿方案"));
    EXPECT_TRUE(browser.shows("2026年3月2日（周一）的次日起算20个工作日"));
    EXPECT_TRUE(browser.shows("<caption>2026年3月</caption>"));
    EXPECT_TRUE(browser.shows("href=\"" + page("actions/withdraw")));
    EXPECT_FALSE(browser.shows("href=\"" + page("actions/rate"))) << "only what may be done now";
}

TEST_F(TrackingTest, WrongPairsLookAllAlike) {
    auto const answer = [&](std::string const& a_number, std::string const& a_code) {
        Browser other(service.anonymous());
        other.open("/track");
        other.send({{"/number", a_number}, {"/query_code", a_code}});
        EXPECT_EQ(other.page.status(), 404u);
        EXPECT_TRUE(other.shows("<a href=\"#number\">受理编号或查询码不正确，请核对。</a>")) << other.page.body();
        EXPECT_TRUE(other.shows("value=\"" + a_number + "\"")) << "what was typed stays";
        return other.page.status();
    };
    EXPECT_EQ(answer(number, "WRONG-CODE"), answer("430500-01-2026-000999", code));
    browser.open("/track");
    browser.send({{"/number", ""}, {"/query_code", ""}});
    EXPECT_EQ(browser.page.status(), 422u);
    EXPECT_TRUE(browser.shows("href=\"#number\""));
    EXPECT_TRUE(browser.shows("href=\"#query_code\""));
}

TEST_F(TrackingTest, WhoGuessesWaits) {
    for (int tries = 0; tries < service.config().tracking_failures; ++tries) {
        browser.open("/track");
        browser.send({{"/number", number}, {"/query_code", "WRONG"}});
        ASSERT_EQ(browser.page.status(), 404u) << tries;
    }
    browser.open("/track");
    browser.send({{"/number", number}, {"/query_code", code}});
    EXPECT_EQ(browser.page.status(), 429u);
    EXPECT_EQ(browser.page.header("Retry-After"), "10");
    EXPECT_TRUE(browser.shows("输错的次数太多，请等待10秒后再试。")) << browser.page.body();
    service.time.advance(std::chrono::seconds{10});
    browser.send({{"/number", number}, {"/query_code", code}});
    EXPECT_EQ(browser.address, "/track/progress?number=" + number);
}

TEST_F(TrackingTest, WithoutAScriptAProofOfWorkIsWaitedFor) {
    service.config().tracking_tries_per_address = 1;
    service.restart();
    Browser guesser(service.anonymous());
    guesser.open("/track");
    guesser.send({{"/number", "430500-01-2026-999999"}, {"/query_code", "WRONG"}});
    Browser applicant(service.anonymous());
    applicant.open("/track");
    applicant.send({{"/number", number}, {"/query_code", code}});
    EXPECT_EQ(applicant.page.status(), 429u);
    EXPECT_TRUE(applicant.shows("请等待60秒，再按“查询”")) << applicant.page.body();
    EXPECT_TRUE(applicant.shows("data-difficulty=\"18\"")) << "a browser with a script computes";
    EXPECT_FALSE(applicant.shows("role=\"alert\"")) << "nothing was typed wrong";
    service.time.advance(std::chrono::seconds{20});
    applicant.send({{"/number", number}, {"/query_code", code}});
    EXPECT_TRUE(applicant.shows("请等待40秒，再按“查询”")) << "the same wait goes on";
    EXPECT_TRUE(applicant.shows("value=\"" + number + "\"")) << "what was typed stays";
    service.time.advance(std::chrono::seconds{40});
    applicant.send({{"/number", number}, {"/query_code", code}});
    EXPECT_EQ(applicant.address, "/track/progress?number=" + number);
    applicant.send({});  // leaves
    applicant.open("/track");
    applicant.send({{"/number", number}, {"/query_code", code}});
    EXPECT_EQ(applicant.address, "/track/progress?number=" + number) << "this browser has opened it before";
}

TEST_F(TrackingTest, NobodySeesACaseWithoutItsCode) {
    for (auto const* path : {"/track/progress", "/track/proof.json", "/track/actions/withdraw"}) {
        browser.open(path);
        EXPECT_EQ(browser.address, "/track") << path;
    }
    EXPECT_EQ(browser.open("/track/actions/archive").status(), 404u);
    Browser officer(service.sign_in("registrar"));
    officer.open("/track/progress");
    EXPECT_EQ(officer.address, "/track") << "a session of staff opens no case for its applicant";
}

TEST_F(TrackingTest, LeavingEndsIt) {
    come_in();
    browser.send({});
    EXPECT_EQ(browser.address, "/track");
    browser.open("/track/progress");
    EXPECT_EQ(browser.address, "/track");
}

TEST_F(TrackingTest, CorrectsWhatWasAsked) {
    ask_for_correction();
    come_in();
    EXPECT_TRUE(browser.shows("请写明年份"));
    EXPECT_TRUE(browser.shows("请在2026年3月20日（周五）之前补正")) << browser.page.body();
    EXPECT_FALSE(browser.shows("<img src=x"));
    browser.open(page("actions/correct"));
    EXPECT_TRUE(browser.shows("请写明年份"));
    browser.send({{"/text", ""}});
    EXPECT_EQ(browser.page.status(), 422u);
    EXPECT_TRUE(browser.shows("<a href=\"#text\">"));
    EXPECT_TRUE(browser.shows("id=\"text-error\""));
    browser.send({{"/text", std::string(kHostileText)}, {"/received_on", "2026-01-01"}});
    EXPECT_EQ(browser.page.status(), 422u) << "the day is not the applicant's to give";
    EXPECT_TRUE(browser.shows("&quot;&gt;&lt;img src=x")) << "what was typed stays, harmless";
    browser.send({{"/text", "是2025年的方案"}});
    EXPECT_EQ(browser.address, page("progress") + "&done=correct");
    EXPECT_TRUE(browser.shows("补正已经提交。"));
    EXPECT_TRUE(browser.shows("您已于2026年3月2日（周一）补正")) << browser.page.body();
    EXPECT_EQ(count("record_correction"), 1u);
}

TEST_F(TrackingTest, WaitingForTheApplicantShowsNoDeadline) {
    ask_for_correction();
    come_in();
    EXPECT_FALSE(browser.shows("最晚答复日期"));
    EXPECT_TRUE(browser.shows("机关看不清您要什么，请您补正。"));
    EXPECT_TRUE(browser.shows("<td class=\"waiting\"><b>20</b>")) << browser.page.body();
}

TEST_F(TrackingTest, ASecondClickDoesNothingMore) {
    reply();
    come_in();
    browser.open(page("actions/suggest_publication"));
    auto const form = browser.page;
    Fields const reason{{"/reason", "这份方案关系到全村的人"}};
    browser.send(reason);
    EXPECT_EQ(browser.address, page("progress") + "&done=suggest_publication");
    browser.page = form;
    browser.address = page("actions/suggest_publication");
    browser.send(reason);
    EXPECT_EQ(browser.address, page("progress") + "&done=suggest_publication") << browser.page.body();
    EXPECT_EQ(count("suggest_publication"), 1u);
    browser.page = form;
    browser.address = page("actions/suggest_publication");
    browser.send({{"/reason", "还有一个不同的理由"}});
    EXPECT_EQ(count("suggest_publication"), 1u)
        << "another text is another suggestion, and the first is not answered yet";
    EXPECT_TRUE(browser.shows("已有一份公开建议正在处理。")) << browser.page.body();
}

TEST_F(TrackingTest, ARatingIsAddedToOnce) {
    reply();
    come_in();
    browser.open(page("actions/rate"));
    browser.send({{"/score", "2"}, {"/text", "答复过于简单"}});
    EXPECT_TRUE(browser.shows("不满意")) << browser.page.body();
    browser.open(page("actions/add_to_rating"));
    browser.send({{"/text", "还是没有人联系"}});
    EXPECT_EQ(browser.address, page("progress") + "&done=add_to_rating");
    EXPECT_TRUE(browser.shows("还是没有人联系")) << browser.page.body();
    EXPECT_FALSE(browser.shows("/track/actions/add_to_rating"));
}

TEST_F(TrackingTest, WishesShowByWhenTheyAreAnswered) {
    reply();
    come_in();
    browser.open(page("actions/request_amendment"));
    EXPECT_TRUE(browser.shows("条例第四十一条"));
    browser.send({{"/record", "出生日期应为1990年3月7日"}, {"/evidence", "户口簿复印件"}});
    EXPECT_EQ(browser.address, page("progress") + "&done=request_amendment") << browser.page.body();
    EXPECT_TRUE(browser.shows("出生日期应为1990年3月7日"));
    EXPECT_TRUE(browser.shows("机关应当在2026年3月30日（周一）之前答复。")) << browser.page.body();
    EXPECT_FALSE(browser.shows("/track/actions/request_amendment"));
}

TEST_F(TrackingTest, WithdrawsAfterConfirming) {
    come_in();
    browser.open(page("actions/withdraw"));
    EXPECT_TRUE(browser.shows("不能恢复"));
    browser.send({{"/reason", "已经在网站上找到了"}});
    EXPECT_TRUE(browser.shows("申请已经撤回。")) << browser.page.body();
    EXPECT_TRUE(browser.shows("这件申请已经结束"));
    EXPECT_FALSE(browser.shows("href=\"" + page("actions/withdraw")));
    browser.open(page("actions/withdraw"));
    EXPECT_EQ(browser.address, page("progress")) << "what may not be done has no form";
}

TEST_F(TrackingTest, RefusalsComeOnTheFormWithWhatWasTyped) {
    come_in();
    browser.open(page("actions/withdraw"));
    auto const form = browser.page;
    browser.send({{"/reason", "已经在网站上找到了"}});
    browser.page = form;
    browser.address = page("actions/withdraw");
    browser.send({{"/reason", "再撤回一次试试"}});
    EXPECT_EQ(browser.page.status(), 409u);
    EXPECT_TRUE(browser.shows("role=\"alert\""));
    EXPECT_TRUE(browser.shows("再撤回一次试试"));
}

TEST_F(TrackingTest, AReplyNamesTheRemedyAndItsLastDay) {
    reply();
    come_in();
    EXPECT_TRUE(browser.shows("不予公开：内部事务信息")) << browser.page.body();
    EXPECT_TRUE(browser.shows(
        "<strong>行政复议</strong>：对本答复书不服的，向邵阳市人民政府提出，最后一天是2026年5月6日（周三）。"
    ));
    EXPECT_TRUE(browser.shows("土地利用科"));
    EXPECT_FALSE(browser.shows("测试handler")) << "the unit, never a name";
    browser.open(page("actions/rate"));
    browser.send({{"/score", "4"}, {"/text", ""}});
    EXPECT_TRUE(browser.shows("感谢您的评价。")) << browser.page.body();
    EXPECT_TRUE(browser.shows("<dd>满意</dd>"));
    EXPECT_FALSE(browser.shows("href=\"" + page("actions/rate")));
}

TEST_F(TrackingTest, LateRepliesSaySo) {
    service.time.go_to("2026-04-10");
    come_in();
    EXPECT_TRUE(browser.shows("已经超过8个工作日")) << browser.page.body();
    EXPECT_TRUE(browser.shows("法释〔2025〕8号第二条"));
}

TEST_F(TrackingTest, TheProofVerifies) {
    come_in();
    auto const proof = browser.client.get("/track/proof.json");
    EXPECT_EQ(proof.header("Content-Type"), "application/json");
    EXPECT_NE(proof.header("Content-Disposition").find("attachment"), std::string::npos);
    EXPECT_TRUE(verbs::read_receipt(proof.json())) << proof.body();
}

TEST_F(TrackingTest, NothingTypedIsLostWhenTheSessionIsOver) {
    ask_for_correction();
    come_in();
    browser.open(page("actions/correct"));
    service.restart();  // sessions live in memory
    Browser later(service.anonymous());
    later.client.cookies = browser.client.cookies;
    later.page = browser.page;
    later.address = browser.address;
    later.send({{"/text", "是2025年资江北岸的方案"}});
    EXPECT_NE(later.address.find("/track?number=" + number), std::string::npos) << later.address;
    EXPECT_TRUE(later.shows("刚才的“补正申请”是为申请 " + number + " 填写的")) << later.page.body();
    later.send({{"/number", number}, {"/query_code", code}});
    EXPECT_EQ(later.address, page("actions/correct"));
    EXPECT_TRUE(later.shows("是2025年资江北岸的方案")) << later.page.body();
    later.send({{"/text", "是2025年资江北岸的方案"}});
    EXPECT_TRUE(later.shows("补正已经提交。"));
}

TEST_F(TrackingTest, FormsOfOtherSitesAreRefused) {
    come_in();
    Fields const fields{{"/reason", "恶意撤回"}};
    EXPECT_EQ(browser.client.post_form("/track/actions/withdraw", fields).status(), 403u) << "without the token";
    auto const foreign = browser.client.post_form("/track/leave", fields, {{"Origin", "https://evil.example"}});
    EXPECT_EQ(foreign.status(), 403u);
    browser.open("/track/progress");
    EXPECT_EQ(browser.address, "/track/progress");
}

}  // namespace
}  // namespace server::pages
