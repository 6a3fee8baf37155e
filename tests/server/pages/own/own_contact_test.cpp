#include "tests/fakes/carrier_process.hpp"
#include "tests/server/api/messages_sent.hpp"
#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

namespace json = boost::json;

/// An applicant's browser without scripts, whose case came after as many as go unchecked.
class OwnContactTest : public testing::Test {
protected:
    void come_in(bool with_mail) {
        auto& config = service.config();
        config.applications_per_day = 1;
        if (with_mail) {
            config.mail_host = "127.0.0.1";
            config.mail_port = smtp.port();
            config.mail_tls = "off";
            config.mail_sender = "gk@shifan.example.cn";
        }
        service.restart();
        browser.emplace(service.anonymous());
        auto form = api::application();
        form.at("applicant").as_object()["email"] = "zhang@example.cn";
        browser->client.post("/api/v1/applications", form);
        auto const made = browser->client.post("/api/v1/applications", form).json();
        number = made.at("number").as_string();
        browser->open("/track?number=" + number);
        browser->send({{"/number", number}, {"/query_code", std::string(made.at("query_code").as_string())}});
        ASSERT_EQ(browser->address, page("/track/progress")) << browser->page.body();
    }

    std::string code_sent() {
        api::send_messages(service);
        std::string const text(smtp.received().back().at("text").as_string());
        std::smatch found;
        EXPECT_TRUE(std::regex_search(text, found, std::regex("核验码是([0-9]{6})"))) << text;
        return found[1];
    }

    fakes::CarrierProcess smtp{"smtp_server.py", "ok"};
    /// A page about the case.
    std::string page(std::string_view address) const { return std::string(address) + "?number=" + number; }

    api::Service service;
    std::optional<Browser> browser;
    std::string number;
};

TEST_F(OwnContactTest, ACodeFromTheMailOpensFilesAndNotices) {
    come_in(true);
    EXPECT_TRUE(browser->shows("联系方式待核验"));
    EXPECT_FALSE(browser->shows("href=\"" + page("/track/files") + "\""));
    browser->open(page("/track/files"));
    ASSERT_EQ(browser->address, page("/track/contact")) << "files lead to the check";
    EXPECT_TRUE(browser->shows("答复期限都不受影响"));
    EXPECT_TRUE(browser->shows("z***@example.cn"));
    EXPECT_FALSE(browser->shows("zhang@example.cn"));

    browser->send({{"do", "send email"}});
    EXPECT_EQ(browser->address, page("/track/contact") + "&sent=1") << browser->page.body();
    EXPECT_TRUE(browser->shows("30分钟内有效"));
    auto const code = code_sent();
    for (int i = 0; i < 6; ++i) browser->send({{"/code", " "}});
    EXPECT_TRUE(browser->shows("请填写收到的核验码。")) << "nothing typed is no wrong try";
    browser->send({{"/code", code == "000000" ? "000001" : "000000"}});
    EXPECT_EQ(browser->page.status(), 422U);
    EXPECT_TRUE(browser->shows("<a href=\"#code\">核验码不对，请核对后再填。"));
    browser->send({{"/code", " " + code.substr(0, 3) + " " + code.substr(3)}});
    EXPECT_EQ(browser->address, page("/track/progress") + "&done=contact") << browser->page.body();
    EXPECT_TRUE(browser->shows("联系方式已经核验。"));
    EXPECT_TRUE(browser->shows("href=\"" + page("/track/files") + "\""));
    browser->open(page("/track/contact"));
    EXPECT_EQ(browser->address, page("/track/progress")) << "nothing is left to check";
}

TEST_F(OwnContactTest, WithoutMailAClerkIsTheOnlyWayAndThePageSaysSo) {
    come_in(false);
    browser->open(page("/track/contact"));
    EXPECT_TRUE(browser->shows("您不需要做什么"));
    EXPECT_FALSE(browser->shows("name=\"/code\""));
}

TEST_F(OwnContactTest, TooManyCodesAreRefusedInWords) {
    service.config().codes_per_case = 1;
    come_in(true);
    browser->open(page("/track/contact"));
    browser->send({{"do", "send email"}});
    browser->send({{"do", "send email"}});
    EXPECT_EQ(browser->page.status(), 429U);
    EXPECT_TRUE(browser->shows("这件申请今天发送核验码的次数已满。")) << browser->page.body();
    EXPECT_FALSE(browser->page.header("Retry-After").empty());
}

TEST_F(OwnContactTest, AFormOfAnotherCaseDoesNothing) {
    come_in(true);
    browser->open(page("/track/contact"));
    auto const other = browser->page.body();
    std::smatch token;
    ASSERT_TRUE(std::regex_search(other, token, std::regex(R"re(name="token" value="([^"]*)")re")));
    auto const answer = browser->client.post_form(
        page("/track/contact"),
        {{"token", token[1]}, {"number", "430500-01-2026-000001"}, {"do", "send email"}},
        {{"Accept", "text/html"}, {"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}
    );
    EXPECT_EQ(answer.status(), 409U);
    EXPECT_TRUE(smtp.received().empty());
}

TEST_F(OwnContactTest, FilesAreRefusedBeforeTheyAreRead) {
    come_in(true);
    auto const answer = browser->client.send(
        "POST",
        page("/track/files"),
        "--edge--\r\n",
        "multipart/form-data; boundary=edge",
        {{"Accept", "text/html"}, {"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}
    );
    EXPECT_EQ(answer.status(), 409U);
    EXPECT_NE(answer.body().find("核验以后才能上传材料"), std::string::npos);
}

}  // namespace
}  // namespace server::pages
