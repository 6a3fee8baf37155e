#include "server/pages/apply/pages.hpp"
#include "server/verbs/receipt.hpp"
#include "tests/server/api/service.hpp"
#include "tests/server/pages/browser.hpp"

namespace server::pages {
namespace {

using api::Service;
using fakes::Fields;

constexpr std::string_view kHostile = "\"><img src=x onerror=alert(1)></script>{{token}}";

Fields wanted() {
    return {
        {"/items/0/title", "土地征收补偿方案"},
        {"/items/0/description", "2025年资江北岸\r\n土地征收补偿安置方案全文"},
        {"/items/0/document_number", ""}};
}

Fields person() {
    return {
        {"/applicant/kind", "natural_person"},
        {"/applicant/name", "张三"},
        {"/applicant/id_type", "resident_id"},
        {"/applicant/id_number", "430502199003070014"},
        {"/applicant/employer", ""},
        {"/applicant/uscc", ""},
        {"/applicant/contact_name", ""},
        {"/agent/name", ""}};
}

Fields delivery() {
    return {
        {"/provide_as", "paper"},
        {"/obtain_by", "post"},
        {"/applicant/phone", "13800001234"},
        {"/applicant/address", "湖南省邵阳市双清区建设路1号"},
        {"/accept_other_form", "true"}};
}

Fields changed(Fields fields, std::string_view name, std::string_view value) {
    for (auto& field : fields) {
        if (field.first == name) field.second = value;
    }
    return fields;
}

/// A visitor of a town's service.
class ApplyTest : public testing::Test {
protected:
    /// Up to the page that shows the answers.
    void fill_in() {
        browser.open("/apply?agency=430500-01");
        browser.send(wanted());
        browser.send(person());
        browser.send(delivery());
        ASSERT_EQ(browser.address, "/apply/check") << browser.page.body();
    }

    std::int64_t cases() {
        auto officer = service.sign_in("registrar");
        return static_cast<std::int64_t>(officer.get(api::kCases).json().at("items").as_array().size());
    }

    /// The page is shown again because of this field, and keeps what was typed.
    void expect_fault(std::string_view id, std::string_view typed, std::string_view detail) {
        auto const& body = browser.page.body();
        std::string const name(id);
        EXPECT_EQ(browser.page.status(), 422u) << body;
        EXPECT_TRUE(browser.shows("<title>错误：")) << body;
        EXPECT_TRUE(browser.shows(R"(role="alert")"));
        EXPECT_TRUE(browser.shows("<a href=\"#" + name + "\">" + std::string(detail))) << name << body;
        EXPECT_TRUE(browser.shows("id=\"" + name + "-error\">" + std::string(detail)));
        EXPECT_TRUE(
            std::regex_search(body, std::regex("aria-describedby=\"[^\"]*" + name + "-error\"[^>]* aria-invalid"))
        ) << name;
        EXPECT_TRUE(browser.shows(typed)) << name;
    }

    Service service;
    Browser browser{service.anonymous()};
};

TEST_F(ApplyTest, LeadsFromTheAgencyToTheReceipt) {
    browser.open("/apply?agency=430500-01");
    EXPECT_EQ(browser.address, "/apply/want?agency=430500-01");
    EXPECT_TRUE(browser.shows("邵阳市自然资源局"));
    browser.send(wanted());
    EXPECT_EQ(browser.address, "/apply/who");
    browser.send(person());
    EXPECT_EQ(browser.address, "/apply/how");
    browser.send(delivery());
    ASSERT_EQ(browser.address, "/apply/check") << browser.page.body();
    for (auto const* text :
         {"张三", "430502199003070014", "居民身份证", "土地征收补偿方案", "邮寄", "可接受其他方式"}) {
        EXPECT_TRUE(browser.shows(text)) << text;
    }
    EXPECT_EQ(browser.page.header("Cache-Control"), "no-store");
    browser.send({});
    ASSERT_EQ(browser.address, "/apply/receipt") << browser.page.body();
    EXPECT_TRUE(browser.shows("2026年3月30日（周一）")) << browser.page.body();
    EXPECT_TRUE(browser.shows("还有20个工作日"));
    EXPECT_TRUE(browser.shows("条例第三十三条"));
    EXPECT_FALSE(browser.shows("张三")) << "the answers are gone";
    EXPECT_EQ(cases(), 1);
    browser.open("/apply/receipt");
    EXPECT_EQ(browser.page.status(), 200u) << "a reload shows it again";
}

TEST_F(ApplyTest, ReceiptCarriesAProofAndACodeThatLeadsToTracking) {
    fill_in();
    browser.send({});
    std::smatch found;
    auto const body = browser.page.body();
    ASSERT_TRUE(std::regex_search(body, found, std::regex(R"(id="query-code">([0-9A-Z]{16})<)")));
    std::string const code = found[1];
    ASSERT_TRUE(std::regex_search(body, found, std::regex(R"(<dd class="code">([^<]+)<)")));
    auto const tracking = browser.client.post("/api/v1/tracking", {{"number", found[1].str()}, {"query_code", code}});
    EXPECT_EQ(tracking.status(), 201u) << tracking.body();

    auto const proof = browser.client.get("/apply/receipt/proof.json");
    EXPECT_TRUE(proof.header("Content-Disposition").starts_with("attachment; filename=\"receipt-"));
    EXPECT_TRUE(verbs::read_receipt(proof.json()));
    auto const drawing = browser.client.get("/apply/receipt/qr.svg");
    EXPECT_EQ(drawing.header("Content-Type"), "image/svg+xml");
    EXPECT_TRUE(drawing.body().starts_with("<svg"));
    EXPECT_EQ(drawing.body().find(code), std::string::npos);
}

TEST_F(ApplyTest, SaysWhatIsWrongAndKeepsWhatWasTyped) {
    browser.open("/apply?agency=430500-01");
    browser.send(changed(wanted(), "/items/0/title", " "));
    expect_fault("items-0-title", "土地征收补偿安置方案全文", "请填写“所需信息名称”。");
    browser.open("/apply/want");
    EXPECT_EQ(browser.page.status(), 200u);
    EXPECT_TRUE(browser.shows("土地征收补偿安置方案全文")) << "saved although something was wrong";
    browser.send(wanted());

    browser.send(changed(changed(person(), "/applicant/name", ""), "/applicant/id_number", "430502199003070015"));
    expect_fault("applicant-name", "430502199003070015", "请填写“姓名或名称”。");
    expect_fault("applicant-id_number", "430502199003070015", "号码的校验位不对");
    browser.send(changed(person(), "/applicant/kind", "business"));
    expect_fault("applicant-uscc", "", "请填写统一社会信用代码。");
    EXPECT_FALSE(browser.shows("id=\"applicant-id_number-error\"")) << "an organisation has no identity card";
    browser.send(Fields{});
    expect_fault("applicant-kind", "", "请填写“申请人类型”。");
    browser.send(person());

    browser.send(changed(delivery(), "/obtain_by", ""));
    expect_fault("obtain_by", "13800001234", "请填写“获取方式”。");
    EXPECT_FALSE(browser.shows("id=\"applicant-address-error\""));
    browser.send(changed(delivery(), "/applicant/address", ""));
    expect_fault("applicant-address", "13800001234", "选择“邮寄”方式获取，需要填写这一项。");
    browser.send(delivery());
    EXPECT_EQ(browser.address, "/apply/check");
}

TEST_F(ApplyTest, LeadsBackToTheFirstUnfinishedStep) {
    browser.open("/apply");
    EXPECT_EQ(browser.address, "/") << "no agency yet";
    browser.open("/apply?agency=430500-01");
    browser.open("/apply/who");
    EXPECT_EQ(browser.address, "/") << "nothing has been saved yet";
    EXPECT_EQ(browser.open("/apply?agency=999999-99").status(), 404u);
    browser.open("/apply?agency=430500-01");
    browser.send(wanted());
    browser.open("/apply/check");
    EXPECT_EQ(browser.address, "/apply/who");
    browser.open("/apply/receipt");
    EXPECT_EQ(browser.page.status(), 404u);
    EXPECT_EQ(browser.open("/apply/nothing").status(), 404u);
}

TEST_F(ApplyTest, ChangesOneAnswerAndComesBack) {
    fill_in();
    browser.open("/apply/who?check=1");
    EXPECT_TRUE(browser.shows("value=\"张三\""));
    browser.send(changed(person(), "/applicant/name", "李四"));
    EXPECT_EQ(browser.address, "/apply/check");
    EXPECT_TRUE(browser.shows("李四"));
}

TEST_F(ApplyTest, TakesSeveralItemsWithoutAScript) {
    browser.open("/apply?agency=430500-01");
    auto add = wanted();
    add.emplace_back("do", "add");
    browser.send(add);
    EXPECT_EQ(browser.address, "/apply/want#items-1-title");
    EXPECT_TRUE(browser.shows("土地征收补偿方案")) << "nothing typed is lost";
    auto two = wanted();
    two.insert(two.end(), {{"/items/1/title", "第二件"}, {"/items/1/description", "说明二"}, {"do", "remove 1"}});
    browser.send(two);
    EXPECT_TRUE(browser.shows("name=\"/items/0/title\" aria-describedby=\"items-0-title-hint\" value=\"第二件\""))
        << browser.page.body();
    EXPECT_FALSE(browser.shows("土地征收补偿方案"));
    EXPECT_FALSE(browser.shows("/items/1/"));
    two.pop_back();
    browser.send(two);
    EXPECT_EQ(browser.address, "/apply/who");
}

TEST_F(ApplyTest, ShowsWhatIsPublishedAlreadyBeforeAnythingPersonal) {
    auto registrar = service.sign_in("registrar");
    boost::json::object const record{
        {"title", "2025年资江北岸土地征收补偿方案"},
        {"published_on", "2026-02-02"},
        {"category", "project"},
        {"url", "/published/1"},
        {"summary", "土地征收补偿安置的标准和办法<b>全文</b>"}};
    ASSERT_EQ(registrar.post("/api/v1/publications", record).status(), 201u);
    browser.open("/apply?agency=430500-01");
    auto ask = wanted();
    ask.emplace_back("do", "suggest");
    browser.send(ask);
    EXPECT_EQ(browser.address, "/apply/want?suggest=1#suggestions");
    EXPECT_TRUE(browser.shows("<a href=\"/published/1\">2025年资江北岸土地征收补偿方案</a>")) << browser.page.body();
    EXPECT_TRUE(browser.shows("&lt;b&gt;全文"));
    EXPECT_TRUE(browser.shows("value=\"土地征收补偿方案\"")) << "nothing typed is lost";
    auto other = changed(changed(wanted(), "/items/0/title", "完全不同"), "/items/0/description", "别的事");
    other.emplace_back("do", "suggest");
    browser.send(other);
    EXPECT_TRUE(browser.shows("没有找到相近的已公开信息"));
}

TEST_F(ApplyTest, MakesOneRequestOfTwoClicksAndTwoWindows) {
    fill_in();
    auto const check = browser.page;
    browser.send({});
    auto const first = browser.page.body();
    browser.page = check;
    browser.address = "/apply/check";
    browser.send({});
    EXPECT_EQ(browser.address, "/apply/receipt");
    EXPECT_EQ(browser.page.body(), first);
    EXPECT_EQ(cases(), 1);
    fill_in();  // another one, by the same person
    browser.send({});
    EXPECT_NE(browser.page.body(), first);
    EXPECT_EQ(cases(), 2);
}

TEST_F(ApplyTest, SurvivesARestartAndForgetsAfterADay) {
    browser.open("/apply?agency=430500-01");
    browser.send(wanted());
    auto const cookies = browser.client.cookies;
    service.restart();
    Browser later(service.anonymous());
    later.client.cookies = cookies;
    later.open("/apply/want");
    EXPECT_TRUE(later.shows("土地征收补偿方案"));
    service.time.advance(std::chrono::hours{25});
    later.open("/apply/want?agency=430500-01");
    EXPECT_FALSE(later.shows("土地征收补偿方案"));
    Browser stranger(service.anonymous());
    stranger.open("/apply/want?agency=430500-01");
    EXPECT_FALSE(stranger.shows("土地征收补偿方案"));
}

TEST_F(ApplyTest, TakesFormsOfItsOwnPagesAlone) {
    browser.open("/apply?agency=430500-01");
    auto const post = [&](Fields const& fields, fakes::Headers headers) {
        return browser.client.post_form("/apply/want", fields, headers);
    };
    auto const tokenless = post(wanted(), {{"Accept", "text/html"}});
    EXPECT_EQ(tokenless.status(), 403u);
    EXPECT_NE(tokenless.body().find("请重新打开这个页面再填写一次"), std::string::npos);
    EXPECT_NE(tokenless.body().find("href=\"/apply/want\""), std::string::npos);
    Browser other(service.anonymous());
    other.open("/apply?agency=430500-01");
    other.client.cookies = {{"draft", storage::random_id()}};
    other.send(wanted());
    EXPECT_EQ(other.page.status(), 403u) << "the token of another browser";
    EXPECT_EQ(post(wanted(), {{"Origin", "https://evil.example"}}).code(), "cross_origin");
    EXPECT_EQ(post(wanted(), {{"Sec-Fetch-Site", "cross-site"}}).code(), "cross_origin");
    EXPECT_EQ(post(wanted(), {{"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}}).code(), "cross_origin");
    EXPECT_EQ(post(wanted(), {{"Origin", "null"}}).code(), "expired_form")
        << "hidden by the policy, so the token counts";
    EXPECT_EQ(browser.client.post("/apply/want", {{"a", 1}}).status(), 415u);
    browser.open("/apply/want");
    EXPECT_FALSE(browser.shows("土地征收补偿方案"));
}

TEST_F(ApplyTest, ShowsHostileTextHarmlessOrRefusesIt) {
    browser.open("/apply?agency=430500-01");
    auto const harmless = [&] {
        EXPECT_FALSE(browser.shows("<img src=x")) << browser.address;
        EXPECT_FALSE(browser.shows("</script>{{")) << browser.address;
    };
    auto const hostile = [](Fields fields) {
        for (auto& field : fields) field.second = kHostile;
        return fields;
    };
    browser.send(hostile(wanted()));
    EXPECT_EQ(browser.address, "/apply/who") << "a title may look like anything";
    browser.open("/apply/want");
    EXPECT_TRUE(browser.shows("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"));
    harmless();
    browser.open("/apply/who");
    browser.send(hostile(person()));
    EXPECT_EQ(browser.page.status(), 422u);
    harmless();
    browser.send(changed(person(), "/applicant/name", kHostile));
    browser.send(hostile(delivery()));
    EXPECT_EQ(browser.page.status(), 422u);
    harmless();
    browser.send(delivery());
    ASSERT_EQ(browser.address, "/apply/check");
    EXPECT_TRUE(browser.shows("&lt;img src=x"));
    harmless();
    browser.open("/apply/who");
    browser.send(changed(person(), "/applicant/name", "张\u202E三"));
    expect_fault("applicant-name", "", "“姓名或名称”含有不可见的控制字符");
    EXPECT_EQ(browser.send(changed(person(), "/applicant/name", std::string("张\0三", 7))).status(), 400u);
}

TEST_F(ApplyTest, RefusesWhatIsLongerThanTheFormTakes) {
    browser.open("/apply?agency=430500-01");
    browser.send(changed(wanted(), "/items/0/description", std::string(70'000, 'a')));
    EXPECT_EQ(browser.page.status(), 422u);
    EXPECT_TRUE(browser.shows("<a href=\"#items-0-description\">"));
    EXPECT_TRUE(browser.shows("土地征收补偿方案")) << "shown again although it could not be kept";
}

TEST_F(ApplyTest, WaitsForStaffWhereTheAgencyWantsIt) {
    auto admin = service.sign_in("sysadmin");
    auto const path = "/api/v1/settings/430500-01";
    auto const tag = admin.get(path).header("ETag");
    boost::json::object const settings{
        {"online_receipt", "by_staff"}, {"correction_days", 10}, {"fees_enabled", false}};
    ASSERT_EQ(admin.put(path, settings, {{"If-Match", tag}}).status(), 200u);
    fill_in();
    browser.send({});
    EXPECT_TRUE(browser.shows("等机关工作人员确认")) << browser.page.body();
    EXPECT_TRUE(browser.shows("按提交当日推算"));
    EXPECT_TRUE(browser.shows("2026年3月30日（周一）"));
}

TEST_F(ApplyTest, GivesEveryHintToItsField) {
    fill_in();
    std::string all;
    for (auto const* address : {"/apply/want", "/apply/who", "/apply/how"}) all += browser.open(address).body();
    Templates const templates(web::public_assets());
    for (auto const& [key, text] : templates.languages().front().all()) {
        if (!key.starts_with("hint.")) continue;
        EXPECT_NE(all.find(text), std::string::npos) << key;
    }
}

/// The same where what is typed cannot be kept.
class ApplyUnkeptTest : public ApplyTest {
protected:
    void restart_with_room_for(std::int64_t drafts) {
        service.config().drafts = drafts;
        service.restart();
        browser = Browser(service.anonymous());
    }

    std::int64_t drafts() {
        auto const reader = service.store().connect();
        auto rows = reader->query("SELECT count(*) FROM drafts");
        return rows.next() ? rows.int64(0) : -1;
    }

    /// From the first page to the receipt, on pages that carry what was typed.
    void apply_carrying() {
        browser.open("/apply?agency=430500-01");
        browser.send(wanted());
        EXPECT_EQ(browser.page.status(), 200u);
        EXPECT_TRUE(browser.shows("现在不能替您暂存已经填写的内容")) << browser.page.body();
        browser.send(person());
        EXPECT_TRUE(browser.shows(R"(name="/provide_as")")) << "the next step, on the same address";
        EXPECT_FALSE(browser.shows("上一步")) << "a link would lose what the page carries";
        browser.send(delivery());
        EXPECT_TRUE(browser.shows("430502199003070014")) << browser.page.body();
        browser.send({});
        ASSERT_EQ(browser.address, "/apply/receipt") << browser.page.body();
        EXPECT_TRUE(browser.shows("2026年3月30日（周一）"));
    }
};

TEST_F(ApplyUnkeptTest, WithoutRoomThePagesCarryWhatWasTyped) {
    restart_with_room_for(1);
    Browser other(service.anonymous());
    other.open("/apply?agency=430500-01");
    other.send(wanted());
    ASSERT_EQ(other.address, "/apply/who");
    apply_carrying();
    EXPECT_EQ(cases(), 1);
    EXPECT_EQ(drafts(), 2) << "the other's answers and the receipt";
    other.send(person());
    EXPECT_EQ(other.address, "/apply/how") << "what was there already may go on";
}

TEST_F(ApplyUnkeptTest, WhatComesTooFastIsCarriedAndNotRefused) {
    service.config().public_writes_per_minute = 1;
    restart_with_room_for(1000);
    browser.open("/apply?agency=430500-01");
    browser.send(wanted());
    ASSERT_EQ(browser.address, "/apply/who") << "the first is kept";
    browser = Browser(service.anonymous());
    apply_carrying();
}

TEST_F(ApplyUnkeptTest, IsKeptAgainOnceThereIsRoom) {
    service.config().public_writes_per_minute = 1;
    restart_with_room_for(1000);
    browser.client.post("/api/v1/applications/check", api::application());  // takes the only one
    browser.open("/apply?agency=430500-01");
    browser.send(wanted());
    EXPECT_TRUE(browser.shows("现在不能替您暂存"));
    service.time.advance(std::chrono::minutes(1));
    browser.send(person());
    EXPECT_EQ(browser.address, "/apply/how") << browser.page.body();
    EXPECT_FALSE(browser.shows("现在不能替您暂存"));
    browser.open("/apply/want");
    EXPECT_TRUE(browser.shows("土地征收补偿方案")) << "all of it, not only the last page";
}

TEST_F(ApplyUnkeptTest, WhatIsTooLongToKeepIsStillHandedIn) {
    service.config().draft_bytes = 1024;
    restart_with_room_for(1000);
    auto const lengthy = [&] {
        std::string text;
        for (int i = 0; i < 500; ++i) text += "补偿安置方案";
        return changed(wanted(), "/items/0/description", text);
    }();
    browser.open("/apply?agency=430500-01");
    browser.send(lengthy);
    EXPECT_TRUE(browser.shows("现在不能替您暂存"));
    browser.send(person());
    browser.send(delivery());
    browser.send({});
    EXPECT_EQ(browser.address, "/apply/receipt") << browser.page.body();
    EXPECT_EQ(cases(), 1);
}

TEST_F(ApplyUnkeptTest, TwoClicksOnACarriedFormAreOneApplication) {
    restart_with_room_for(0);
    browser.open("/apply?agency=430500-01");
    browser.send(wanted());
    browser.send(person());
    browser.send(delivery());
    auto const form = browser.page;
    browser.send({});
    ASSERT_EQ(browser.address, "/apply/receipt") << browser.page.body();
    browser.page = form;
    browser.send({});
    EXPECT_EQ(browser.address, "/apply/receipt") << browser.page.body();
    EXPECT_EQ(cases(), 1);
}

TEST_F(ApplyUnkeptTest, MistakesAreShownAndWhatIsCarriedStays) {
    restart_with_room_for(0);
    browser.open("/apply?agency=430500-01");
    browser.send(wanted());
    browser.send(changed(person(), "/applicant/name", ""));
    expect_fault("applicant-name", "430502199003070014", "请填写“姓名或名称”。");
    browser.send(person());
    browser.send(delivery());
    EXPECT_TRUE(browser.shows("土地征收补偿方案")) << browser.page.body();
    browser.send({});
    EXPECT_EQ(browser.address, "/apply/receipt") << browser.page.body();
}

TEST_F(ApplyUnkeptTest, ButtonsOfTheFormWorkOnCarriedAnswers) {
    restart_with_room_for(0);
    browser.open("/apply?agency=430500-01");
    auto fields = wanted();
    fields.emplace_back("do", "add");
    browser.send(fields);
    EXPECT_TRUE(browser.shows("第2项")) << browser.page.body();
    EXPECT_TRUE(browser.shows("土地征收补偿方案"));
    browser.send({{"/items/0/title", "甲"}, {"/items/1/title", "乙"}, {"do", "suggest"}});
    EXPECT_TRUE(browser.shows("可能已经公开的信息"));
    EXPECT_TRUE(browser.shows("乙"));
}

TEST_F(ApplyUnkeptTest, WhoOnlyLooksLeavesNothingBehind) {
    restart_with_room_for(1000);
    browser.open("/apply?agency=430500-01");
    browser.send({{"/items/0/title", ""}, {"/items/0/description", "  "}});
    EXPECT_EQ(browser.page.status(), 422u);
    EXPECT_EQ(drafts(), 0);
    browser.send({{"/items/0/title", "土地"}, {"/items/0/description", ""}});
    EXPECT_EQ(drafts(), 1);
}

TEST_F(ApplyUnkeptTest, WhatHasExpiredGoesWithTheNextThatIsKept) {
    restart_with_room_for(2);
    for (int i = 0; i < 2; ++i) {
        Browser visitor(service.anonymous());
        visitor.open("/apply?agency=430500-01");
        visitor.send(wanted());
    }
    ASSERT_EQ(drafts(), 2);
    service.time.advance(kDraftTime);
    browser.open("/apply?agency=430500-01");
    browser.send(wanted());
    EXPECT_EQ(browser.address, "/apply/who") << browser.page.body();
    EXPECT_EQ(drafts(), 1);
}

}  // namespace
}  // namespace server::pages
