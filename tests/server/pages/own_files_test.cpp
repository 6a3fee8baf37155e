#include "tests/server/api/service.hpp"
#include "tests/server/files/sample_files.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

namespace json = boost::json;

/// An applicant's browser without scripts, on the page where files are added.
class OwnFilesTest : public testing::Test {
protected:
    OwnFilesTest() {
        auto const made = service.anonymous().post("/api/v1/applications", api::application()).json();
        std::string const number(made.at("number").as_string());
        browser.open("/track?number=" + number);
        browser.send({{"/number", number}, {"/query_code", std::string(made.at("query_code").as_string())}});
        browser.open("/track/files");
    }

    std::string token() const {
        std::smatch found;
        std::regex_search(browser.page.body(), found, std::regex(R"re(name="token" value="([^"]*)")re"));
        return found[1];
    }

    fakes::Reply post(std::string const& with_token, std::vector<std::pair<std::string, std::string>> const& files) {
        std::string body = "--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + with_token + "\r\n";
        for (auto const& [name, content] : files) {
            body += "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n" +
                    content + "\r\n";
        }
        return browser.client.send(
            "POST",
            "/track/files",
            body + "--edge--\r\n",
            "multipart/form-data; boundary=edge",
            {{"Accept", "text/html"}, {"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}
        );
    }

    std::size_t files() { return browser.client.get("/api/v1/tracking").json().at("attachments").as_array().size(); }

    api::Service service;
    Browser browser{service.anonymous()};
};

TEST_F(OwnFilesTest, AreAddedWithoutAScript) {
    EXPECT_TRUE(browser.shows("严禁上传涉密内容"));
    auto const sent =
        post(token(), {{"授权委托书.pdf", fakes::make_pdf({fakes::pdf_text("Hello")})}, {"说明.txt", "补充说明"}});
    EXPECT_EQ(sent.status(), 303U) << sent.body();
    browser.open(sent.header("Location"));
    EXPECT_TRUE(browser.shows("材料已经收到"));
    EXPECT_TRUE(browser.shows("授权委托书.pdf"));
    EXPECT_EQ(files(), 2U);
}

TEST_F(OwnFilesTest, SayWhichAreStillLookedInto) {
    ASSERT_EQ(post(token(), {{"复杂.txt", "内容"}}).status(), 303U);
    auto const held = service.store().writes().run([](storage::Connection& connection) -> workflow::Result<bool> {
        connection.execute("UPDATE case_files SET state = 'awaiting_examination'");
        return true;
    });
    ASSERT_TRUE(held);
    browser.open("/track/progress");
    EXPECT_TRUE(browser.shows("待查，还没有检查完"));
    EXPECT_TRUE(browser.shows("检查完以前不能下载"));
    EXPECT_EQ(browser.page.body().find("/attachments/1"), std::string::npos);
    EXPECT_EQ(
        browser.client.get("/api/v1/tracking").json().at("attachments").at(0).at("state"), "awaiting_examination"
    );
}

TEST_F(OwnFilesTest, OneRefusedDoesNotTakeTheOthersWithIt) {
    auto const mixed = post(token(), {{"a.txt", "好的"}, {"b.exe", "MZ"}, {"c.pdf", "not a pdf"}});
    EXPECT_EQ(mixed.status(), 422U);
    EXPECT_NE(mixed.body().find("“b.exe”"), std::string::npos);
    EXPECT_NE(mixed.body().find("“c.pdf”"), std::string::npos);
    EXPECT_NE(mixed.body().find("<li>a.txt</li>"), std::string::npos);
    EXPECT_EQ(files(), 1U);
}

TEST_F(OwnFilesTest, NeedTheFormOfThisBrowser) {
    EXPECT_EQ(post("0123", {{"a.txt", "x"}}).status(), 403U);
    browser.open("/track/files");
    EXPECT_EQ(files(), 0U);
    EXPECT_NE(post(token(), {}).body().find("请选择要上传的文件"), std::string::npos);
}

}  // namespace
}  // namespace server::pages
