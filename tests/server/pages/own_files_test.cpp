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
        number = made.at("number").as_string();
        browser.open("/track?number=" + number);
        browser.send({{"/number", number}, {"/query_code", std::string(made.at("query_code").as_string())}});
        browser.open(page());
    }

    std::string page() const { return "/track/files?number=" + number; }

    std::string token() const {
        std::smatch found;
        std::regex_search(browser.page.body(), found, std::regex(R"re(name="token" value="([^"]*)")re"));
        return found[1];
    }

    using Files = std::vector<std::pair<std::string, std::string>>;

    fakes::Reply post(std::string const& with_token, Files const& files) { return post(with_token, number, files); }

    fakes::Reply post(std::string const& with_token, std::string const& for_number, Files const& files) {
        auto const field = [](std::string const& name, std::string const& value) {
            return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        };
        auto body = field("token", with_token) + field("number", for_number);
        for (auto const& [name, content] : files) {
            body += "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n" +
                    content + "\r\n";
        }
        return browser.client.send(
            "POST",
            page(),
            body + "--edge--\r\n",
            "multipart/form-data; boundary=edge",
            {{"Accept", "text/html"}, {"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}
        );
    }

    std::size_t files() { return browser.client.get("/api/v1/tracking").json().at("attachments").as_array().size(); }

    api::Service service;
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
