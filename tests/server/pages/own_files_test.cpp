#include "tests/server/api/filed_case.hpp"
#include "tests/server/files/sample_files.hpp"
#include "tests/server/http/test_server.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

namespace json = boost::json;

/// An applicant's browser without scripts, on the page where files are added.
class OwnFilesTest : public testing::Test {
protected:
    OwnFilesTest() { sign_in(); }

    void sign_in() {
        std::string const number(made.at("number").as_string());
        browser.open("/track?number=" + number);
        browser.send({{"/number", number}, {"/query_code", std::string(made.at("query_code").as_string())}});
        browser.open("/track/files");
    }

    void restart_with(std::int64_t files_per_step) {
        service.config().files_per_step = files_per_step;
        service.restart();
        browser = Browser(service.anonymous());
        sign_in();
    }

    std::string token() const {
        std::smatch found;
        std::regex_search(browser.page.body(), found, std::regex(R"re(name="token" value="([^"]*)")re"));
        return found[1];
    }

    static std::string form(
        std::string const& with_token, std::vector<std::pair<std::string, std::string>> const& files
    ) {
        std::string body = "--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + with_token + "\r\n";
        for (auto const& [name, content] : files) {
            body += "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n" +
                    content + "\r\n";
        }
        return body + "--edge--\r\n";
    }

    fakes::Reply post(std::string const& with_token, std::vector<std::pair<std::string, std::string>> const& files) {
        return browser.client.send(
            "POST",
            "/track/files",
            form(with_token, files),
            "multipart/form-data; boundary=edge",
            {{"Accept", "text/html"}, {"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}
        );
    }

    /// Posts the form but for its end, and returns when the service takes it in.
    http::Client post_slowly(std::string const& body) {
        http::Client client(service.endpoint());
        client.send(
            "POST /track/files HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(service.endpoint().port()) +
            "\r\nCookie: " + browser.client.cookie() +
            "\r\nContent-Type: multipart/form-data; boundary=edge\r\nAccept: text/html\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, body.size() - 1)
        );
        EXPECT_TRUE(service.reaches("uploads_in_flight", 1));
        return client;
    }

    std::size_t files() { return browser.client.get("/api/v1/tracking").json().at("attachments").as_array().size(); }

    std::string case_id() {
        return std::string(browser.client.get("/api/v1/tracking").json().at("case_id").as_string());
    }

    api::Service service;
    json::object made = service.anonymous().post("/api/v1/applications", api::application()).json();
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

TEST_F(OwnFilesTest, OneRefusedDoesNotTakeTheOthersWithIt) {
    auto const mixed = post(token(), {{"a.txt", "好的"}, {"b.exe", "MZ"}, {"c.pdf", "not a pdf"}});
    EXPECT_EQ(mixed.status(), 422U);
    EXPECT_NE(mixed.body().find("“b.exe”"), std::string::npos);
    EXPECT_NE(mixed.body().find("“c.pdf”"), std::string::npos);
    EXPECT_NE(mixed.body().find("<li>a.txt</li>"), std::string::npos);
    EXPECT_EQ(files(), 1U);
}

TEST_F(OwnFilesTest, ShareTheRoomOfTheCaseWithWhatIsOnItsWay) {
    restart_with(3);
    auto held = post_slowly(form(token(), {{"a.txt", "一"}}));
    auto const both = post(token(), {{"b.txt", "二"}, {"c.txt", "三"}, {"d.txt", "四"}});
    EXPECT_EQ(both.status(), 422U);
    EXPECT_NE(both.body().find("<li>c.txt</li>"), std::string::npos);
    EXPECT_NE(both.body().find("“d.txt”：办理一步之内最多上传3个文件。"), std::string::npos) << both.body();
    held.send("\n");
    EXPECT_EQ(held.receive().status, 303);
    EXPECT_EQ(files(), 3U);
    EXPECT_EQ(service.figure("uploads_in_flight"), 0U);
}

TEST_F(OwnFilesTest, AreHeldToTheCaseAsItIsWhenTheyAreKept) {
    restart_with(2);
    auto held = post_slowly(form(token(), {{"a.txt", "一"}, {"b.txt", "二"}}));
    api::attach_aside(service, case_id(), "id-registrar");
    held.send("\n");
    auto const refused = held.receive();
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find("办理一步之内最多上传2个文件"), std::string::npos) << refused.body;
    EXPECT_EQ(files(), 0U);
    EXPECT_EQ(api::files_on_disk(service), std::vector<std::string>{});
}

TEST_F(OwnFilesTest, NeedTheFormOfThisBrowser) {
    EXPECT_EQ(post("0123", {{"a.txt", "x"}}).status(), 403U);
    browser.open("/track/files");
    EXPECT_EQ(files(), 0U);
    EXPECT_NE(post(token(), {}).body().find("请选择要上传的文件"), std::string::npos);
}

}  // namespace
}  // namespace server::pages
