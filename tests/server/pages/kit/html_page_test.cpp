#include "server/pages/kit/html_page.hpp"

#include <regex>
#include <set>

#include "tests/server/api/service.hpp"

namespace server::pages {
namespace {

using api::Service;
using fakes::HttpClient;
using fakes::Reply;

constexpr std::pair<std::string_view, std::string_view> kBrowser{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};

bool has(Reply const& reply, std::string_view text) { return reply.body().find(text) != std::string::npos; }

TEST(HtmlPage, IsAWholeDocumentUnderAStrictPolicy) {
    Service service;
    auto browser = service.anonymous();
    auto const page = browser.get("/accessibility", {kBrowser});
    EXPECT_EQ(page.status(), 200u);
    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("Content-Language"), "zh-CN");
    EXPECT_EQ(page.header("Cache-Control"), "private, no-cache");
    EXPECT_TRUE(page.header("Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'"));
    EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
    EXPECT_TRUE(page.body().starts_with("<!doctype html>\n<html lang=\"zh-CN\">")) << page.body();
    EXPECT_TRUE(has(page, "<title>无障碍说明 - 政府信息依申请公开</title>"));
    EXPECT_TRUE(has(page, "邵阳市人民政府电话：<a href=\"tel:0739-1234567\">0739-1234567</a>"));
    EXPECT_EQ(browser.send("HEAD", "/accessibility", "", "").status(), 200u);
}

TEST(HtmlPage, FilesAreKeptForGoodUnderAnAddressThatChanges) {
    Service service;
    auto browser = service.anonymous();
    auto const page = browser.get("/accessibility").body();
    std::regex const file(R"re((?:href|src)="(/files/[^"]+)")re");
    std::set<std::string> names;
    for (std::sregex_iterator match(page.begin(), page.end(), file), end; match != end; ++match) {
        auto const reply = browser.get((*match)[1].str());
        EXPECT_EQ(reply.status(), 200u) << (*match)[1];
        EXPECT_NE(reply.header("Cache-Control").find("immutable"), std::string::npos);
        names.insert(reply.header("Content-Type"));
    }
    EXPECT_EQ(names.size(), 3u) << "style sheet, script and icon";
    EXPECT_EQ(browser.get("/files/0/templates/layout.mustache").status(), 404u);
}

TEST(HtmlPage, RemembersHowSomebodyLikesToSeeIt) {
    Service service;
    auto browser = service.anonymous();
    auto const plain = browser.get("/accessibility?a=1&b=%26").body();
    EXPECT_NE(plain.find("/preferences?a11y=elder&amp;back=%2Faccessibility%3Fa%3D1%26b%3D%2526"), std::string::npos);
    auto const chosen = browser.get("/preferences?a11y=elder&contrast=high&back=/accessibility?a=1");
    EXPECT_EQ(chosen.status(), 303u);
    EXPECT_EQ(chosen.header("Location"), "/accessibility?a=1");
    auto const page = browser.get("/accessibility");
    EXPECT_TRUE(has(page, R"(<html lang="zh-CN" data-a11y="elder" data-contrast="high">)"));
    EXPECT_TRUE(has(page, "返回标准版"));
    browser.get("/preferences?a11y=&contrast=");
    EXPECT_TRUE(has(browser.get("/accessibility"), R"(<html lang="zh-CN">)"));
}

TEST(HtmlPage, LeadsBackOnlyToItself) {
    Service service;
    auto browser = service.anonymous();
    for (auto const* back :
         {"//evil.example", "https://evil.example", "/%5Cevil.example", "/preferences?a11y=elder", ""}) {
        auto const reply = browser.get("/preferences?back=" + std::string(back));
        EXPECT_EQ(reply.status(), 303u) << back;
        EXPECT_EQ(reply.header("Location"), "/") << back;
    }
    EXPECT_EQ(browser.get("/preferences?a11y=x%3B%20Domain%3Devil").status(), 400u);
}

TEST(HtmlPage, CookiesOfASecureSiteBelongToItsHostAlone) {
    Config config;
    EXPECT_EQ(
        set_cookie(config, "a11y", "elder", std::chrono::seconds{60}).value,
        "__Host-a11y=elder; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
    );
    config.secure_cookies = false;
    EXPECT_EQ(
        set_cookie(config, "a11y", "", std::chrono::seconds{60}).value,
        "a11y=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
    );
}

TEST(ProblemPage, ComesToWhoAsksForPages) {
    Service service;
    auto browser = service.anonymous();
    auto const page = browser.get("/nowhere", {kBrowser});
    EXPECT_EQ(page.status(), 404u);
    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("Cache-Control"), "no-store");
    EXPECT_TRUE(page.header("Content-Security-Policy").starts_with("default-src 'none'"));
    EXPECT_TRUE(has(page, "<h1>没有找到</h1>"));
    EXPECT_TRUE(has(page, "请检查网址是否输全"));
    auto const forbidden = browser.send("DELETE", "/accessibility", "", "", {kBrowser});
    EXPECT_EQ(forbidden.status(), 405u);
    EXPECT_EQ(forbidden.header("Allow"), "GET, HEAD");
    EXPECT_TRUE(has(forbidden, "<h1>该地址不支持这种请求方法</h1>"));
}

TEST(ProblemPage, IsDataForEverybodyElse) {
    Service service;
    auto client = service.anonymous();
    EXPECT_EQ(client.get("/nowhere").header("Content-Type"), "application/problem+json");
    EXPECT_EQ(client.get("/nowhere", {{"Accept", "*/*"}}).header("Content-Type"), "application/problem+json");
    EXPECT_EQ(client.get("/api/v1/nowhere", {kBrowser}).header("Content-Type"), "application/problem+json");
}

TEST(ProblemPage, ComesEvenWhenTheRequestCannotBeRead) {
    Service service;
    auto const page_for = [&](std::string_view target, fakes::Headers headers, std::string_view body = {}) {
        auto client = service.anonymous();
        return client.send(body.empty() ? "GET" : "POST", target, body, "application/x-www-form-urlencoded", headers);
    };
    auto const long_path = "/accessibility/" + std::string(9000, 'a');
    auto const too_long = page_for(long_path, {kBrowser});
    EXPECT_EQ(too_long.status(), 414u);
    EXPECT_TRUE(has(too_long, "<h1>地址过长</h1>"));
    EXPECT_EQ(page_for("/api/v1/" + long_path, {kBrowser}).header("Content-Type"), "application/problem+json");
    std::string const cookie(9000, 'a');
    auto const too_many = page_for("/accessibility", {kBrowser, {"Cookie", cookie}});
    EXPECT_EQ(too_many.status(), 431u);
    EXPECT_TRUE(has(too_many, "<h1>请求头过大</h1>"));
    auto const too_large = page_for("/accessibility", {kBrowser}, std::string(1'100'000, 'a'));
    EXPECT_EQ(too_large.status(), 413u);
    EXPECT_TRUE(has(too_large, "<h1>内容过大</h1>"));
}

}  // namespace
}  // namespace server::pages
