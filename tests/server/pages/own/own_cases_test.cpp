#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

namespace json = boost::json;

/// One browser in which two requests are open, in a tab each.
class OwnCasesPagesTest : public testing::Test {
protected:
    OwnCasesPagesTest() {
        for (auto* each : {&first, &second, &stranger}) {
            auto const made = service.anonymous().post("/api/v1/applications", api::application()).json();
            each->number = made.at("number").as_string();
            each->code = made.at("query_code").as_string();
        }
        open(first);
        open(second);
    }

    struct Request {
        std::string number;
        std::string code;
        std::string page(std::string_view name) const { return "/track/" + std::string(name) + "?number=" + number; }
    };

    void open(Request const& request) {
        browser.open("/track?number=" + request.number);
        browser.send({{"/number", request.number}, {"/query_code", request.code}});
        EXPECT_EQ(browser.address, request.page("progress")) << browser.page.body();
    }

    /// Posts the form of a page as it was shown, with another address or another number if need be.
    fakes::Reply const& send_from(fakes::Reply const& page, std::string const& address, fakes::Fields fields) {
        browser.page = page;
        browser.address = address;
        return browser.send(std::move(fields));
    }

    std::string state_of(Request const& request) {
        auto registrar = service.sign_in("registrar");
        auto const cases = registrar.get(api::kCases).json();
        for (auto const& each : cases.at("items").as_array()) {
            if (each.at("number") == json::value(request.number)) return std::string(each.at("state").as_string());
        }
        return {};
    }

    api::Service service;
    Browser browser{service.anonymous()};
    Request first;
    Request second;
    Request stranger;  ///< never opened in this browser
};

TEST_F(OwnCasesPagesTest, TheConfirmationOfOneTabWithdrawsTheRequestItNames) {
    auto const form = browser.open(first.page("actions/withdraw"));
    EXPECT_TRUE(browser.shows("您要撤回的是申请 " + first.number + "（土地征收补偿方案）")) << form.body();
    EXPECT_TRUE(browser.shows("<title>撤回申请 " + first.number + " - "));
    open(second);  // in another tab, meanwhile
    send_from(form, first.page("actions/withdraw"), {{"/reason", "已经找到了"}});
    EXPECT_EQ(browser.address, first.page("progress") + "&done=withdraw") << browser.page.body();
    EXPECT_EQ(state_of(first), "lapsed");
    EXPECT_EQ(state_of(second), "submitted");
}

TEST_F(OwnCasesPagesTest, EachPageShowsTheOthersThatAreOpen) {
    for (auto const* name : {"progress", "actions/withdraw", "files"}) {
        browser.open(first.page(name));
        EXPECT_TRUE(browser.shows("<a href=\"" + second.page("progress") + "\">" + second.number + "</a>")) << name;
        EXPECT_FALSE(browser.shows("<a href=\"" + first.page("progress") + "\">" + first.number)) << name;
        EXPECT_FALSE(browser.shows(stranger.number)) << name;
    }
    browser.open("/track");
    EXPECT_TRUE(browser.shows("<a href=\"" + first.page("progress") + "\">" + first.number + "</a> 土地征收补偿方案"));
    browser.open("/track/progress");
    EXPECT_TRUE(browser.shows("<small class=\"code\">" + second.number)) << "the one opened last";
}

TEST_F(OwnCasesPagesTest, WhatIsNotOpenLeadsToItsDoor) {
    for (auto const* name : {"progress", "actions/withdraw", "files", "proof.json"}) {
        browser.open(stranger.page(name));
        EXPECT_EQ(browser.address, "/track?number=" + stranger.number) << name;
        EXPECT_FALSE(browser.shows("填写的文字已经保存")) << "nothing was typed";
    }
}

TEST_F(OwnCasesPagesTest, AFormWhoseRequestWasLeftReachesNoOther) {
    auto const form = browser.open(first.page("actions/withdraw"));
    browser.open(first.page("progress"));
    browser.send({});  // leaves this one
    EXPECT_EQ(browser.address, "/track");
    browser.open(second.page("progress"));
    EXPECT_EQ(browser.address, second.page("progress")) << "the other stays";

    send_from(form, first.page("actions/withdraw"), {{"/reason", "已经在网站上找到了"}});
    EXPECT_EQ(browser.address, "/track?number=" + first.number + "&then=withdraw");
    EXPECT_TRUE(browser.shows("刚才的“撤回申请”是为申请 " + first.number + " 填写的")) << browser.page.body();
    EXPECT_TRUE(browser.shows("也没有办理别的申请"));
    EXPECT_EQ(state_of(first), "submitted");
    EXPECT_EQ(state_of(second), "submitted");

    browser.send({{"/number", first.number}, {"/query_code", first.code}});
    EXPECT_EQ(browser.address, first.page("actions/withdraw"));
    EXPECT_TRUE(browser.shows("已经在网站上找到了")) << "what was typed is still there";
}

TEST_F(OwnCasesPagesTest, WhatCannotBeKeptIsGivenBack) {
    auto const form = browser.open(first.page("actions/withdraw"));
    browser.open(first.page("progress"));
    browser.send({});  // leaves this one
    std::string const long_text(40'000, 'x');
    send_from(form, first.page("actions/withdraw"), {{"/reason", "已经找到了" + long_text}});
    EXPECT_EQ(browser.page.status(), 422U);
    EXPECT_TRUE(browser.shows("已经找到了" + long_text)) << "to be copied";
    EXPECT_EQ(state_of(first), "submitted");
}

TEST_F(OwnCasesPagesTest, AnotherCodeThanTheWaitingFormsDoesNotGoOnWithIt) {
    browser.open("/track?number=" + stranger.number + "&then=withdraw");
    browser.send({{"/number", first.number}, {"/query_code", first.code}});
    EXPECT_EQ(browser.address, first.page("progress"));
}

TEST_F(OwnCasesPagesTest, FormAndPageMustAgree) {
    auto const form = browser.open(first.page("actions/withdraw"));
    auto const refused = send_from(form, second.page("actions/withdraw"), {{"/reason", "已经找到了"}});
    EXPECT_EQ(refused.status(), 409U);
    EXPECT_NE(refused.body().find("所以什么也没有办理"), std::string::npos) << refused.body();
    fakes::Fields const nameless{{"token", "x"}, {"/reason", "已经找到了"}};
    EXPECT_EQ(browser.client.post_form(first.page("actions/withdraw"), nameless).status(), 403U);
    std::smatch token;
    auto const body = form.body();
    ASSERT_TRUE(std::regex_search(body, token, std::regex(R"re(name="token" value="([^"]*)")re")));
    fakes::Fields const unnamed{{"token", token[1]}, {"/reason", "已经找到了"}};
    EXPECT_EQ(browser.client.post_form(first.page("actions/withdraw"), unnamed).status(), 422U);
    EXPECT_EQ(state_of(first), "submitted");
    EXPECT_EQ(state_of(second), "submitted");
}

TEST_F(OwnCasesPagesTest, AllAreLeftAtOnce) {
    browser.open(first.page("progress"));
    auto body = browser.page.body();
    auto const all = body.find("全部退出");
    ASSERT_NE(all, std::string::npos);
    auto const start = body.rfind("<form", all);
    send_from(fakes::Reply(200, {}, body.substr(start, body.find("</form>", all) - start)), browser.address, {});
    EXPECT_EQ(browser.address, "/track");
    for (auto const& each : {first, second}) {
        browser.open(each.page("progress"));
        EXPECT_EQ(browser.address, "/track?number=" + each.number);
    }
}

}  // namespace
}  // namespace server::pages
