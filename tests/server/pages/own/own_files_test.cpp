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
    OwnFilesTest() : number(made.at("number").as_string()) { sign_in(); }

    void sign_in() {
        browser.open("/track?number=" + number);
        browser.send({{"/number", number}, {"/query_code", std::string(made.at("query_code").as_string())}});
        browser.open(page());
    }

    void restart_with(std::int64_t files_per_step) {
        service.config().files_per_step = files_per_step;
        service.restart();
        browser = Browser(service.anonymous());
        sign_in();
    }

    std::string page() const { return "/track/files?number=" + number; }

    std::string token() const {
        std::smatch found;
        std::regex_search(browser.page.body(), found, std::regex(R"re(name="token" value="([^"]*)")re"));
        return found[1];
    }

    using Files = std::vector<std::pair<std::string, std::string>>;

    std::string form(std::string const& with_token, Files const& files) const {
        return form(with_token, number, files);
    }

    static std::string form(std::string const& with_token, std::string const& for_number, Files const& files) {
        auto const field = [](std::string const& name, std::string const& value) {
            return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        };
        auto body = field("token", with_token) + field("number", for_number);
        for (auto const& [name, content] : files) {
            body += "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n" +
                    content + "\r\n";
        }
        return body + "--edge--\r\n";
    }

    fakes::Reply post(std::string const& with_token, Files const& files) { return post(with_token, number, files); }

    fakes::Reply post(std::string const& with_token, std::string const& for_number, Files const& files) {
        return browser.client.send(
            "POST",
            page(),
            form(with_token, for_number, files),
            "multipart/form-data; boundary=edge",
            {{"Accept", "text/html"}, {"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}
        );
    }

    /// Posts the form but for its end, and returns when the service takes it in.
    http::Client post_slowly(std::string const& body) {
        http::Client client(service.endpoint());
        client.send(
            "POST " + page() + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(service.endpoint().port()) +
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
    std::string number;
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
    browser.open("/track/progress?number=" + number);
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
    browser.open(page());
    EXPECT_EQ(files(), 0U);
    EXPECT_NE(post(token(), {}).body().find("请选择要上传的文件"), std::string::npos);
}

TEST_F(OwnFilesTest, GoToTheCaseOfTheirFormOrNowhere) {
    auto const other = post(token(), "430500-01-2026-000999", {{"a.txt", "好的"}});
    EXPECT_EQ(other.status(), 409U) << "form and page differ";
    EXPECT_NE(other.body().find("什么也没有办理"), std::string::npos) << other.body();
    browser.open(page());
    EXPECT_EQ(post(token(), "", {{"a.txt", "好的"}}).status(), 422U);
    browser.open(page());
    auto const with_token = token();
    EXPECT_EQ(files(), 0U);
    number = "430500-01-2026-000999";  // never opened here
    auto const unknown = post(with_token, {{"a.txt", "好的"}});
    EXPECT_EQ(unknown.header("Location"), "/track?number=430500-01-2026-000999");
    auto next = service.anonymous();  // what is not read closes its connection
    next.cookies = browser.client.cookies;
    EXPECT_TRUE(next.get("/api/v1/tracking").json().at("attachments").as_array().empty());
}

}  // namespace
}  // namespace server::pages
