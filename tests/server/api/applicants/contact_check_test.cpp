#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <regex>
#include <set>

#include "tests/fakes/carrier_process.hpp"
#include "tests/server/api/letters_made.hpp"
#include "tests/server/api/messages_sent.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using fakes::CarrierProcess;

constexpr std::string_view kSendCode = "/api/v1/tracking/contact/code";
constexpr std::string_view kEnterCode = "/api/v1/tracking/contact";

/// A town in which one address may hand in a single application a day before the contact of further ones is checked.
/// Its mail goes to a server of ours; what is due is sent when the test says so.
class ContactCheckTest : public testing::Test {
protected:
    ContactCheckTest() {
        auto& config = service.config();
        config.applications_per_day = 1;
        config.mail_host = "127.0.0.1";
        config.mail_port = smtp.port();
        config.mail_tls = "off";
        config.mail_sender = "gk@shifan.example.cn";
        service.restart();
    }

    static json::object form(std::string_view email = "zhang@example.cn") {
        auto made = application();
        made.at("applicant").as_object()["email"] = email;
        return made;
    }

    /// An application that goes unchecked, so that the next one does not.
    void first() { ASSERT_EQ(service.anonymous().post("/api/v1/applications", form()).status(), 201U); }

    /// Hands in a request and opens it, as its applicant.
    HttpClient applied(json::object const& application) {
        auto client = service.anonymous();
        auto const made = client.post("/api/v1/applications", application);
        EXPECT_EQ(made.status(), 201U) << made.body();
        json::object const pair{{"number", made.json().at("number")}, {"query_code", made.json().at("query_code")}};
        auto const opened = client.post("/api/v1/tracking", pair);
        EXPECT_EQ(opened.status(), 201U) << opened.body();
        client.csrf = opened.json().at("csrf_token").as_string();
        number = opened.json().at("number").as_string();
        id = opened.json().at("case_id").as_string();
        return client;
    }

    bool unchecked(HttpClient& applicant) {
        return applicant.get("/api/v1/tracking").json().at("contact_unchecked").as_bool();
    }
    Reply ask_for_code(HttpClient& applicant, std::string_view way = "email") {
        return applicant.post(kSendCode, {{"number", number}, {"way", way}});
    }
    Reply enter(HttpClient& applicant, std::string_view code) {
        return applicant.post(kEnterCode, {{"number", number}, {"code", code}});
    }
    Reply withdraw(HttpClient& applicant) const {
        return applicant.post(
            "/api/v1/tracking/actions/withdraw", {{"number", number}, {"reason", "不再需要这些信息"}}
        );
    }
    Reply upload(HttpClient const& like) {
        auto client = service.anonymous();  // a refused upload closes its connection
        client.cookies = like.cookies;
        client.csrf = like.csrf;
        auto const path = std::string(kCases) + "/" + id + "/attachments?name=note.txt";
        return client.send("POST", path, "补充材料", "application/octet-stream");
    }

    void send() { send_messages(service); }

    /// The code in the mail that came last.
    std::string code_received() {
        auto const received = smtp.received();
        for (auto mail = received.rbegin(); mail != received.rend(); ++mail) {
            std::string const text(mail->at("text").as_string());
            std::smatch found;
            if (std::regex_search(text, found, std::regex("核验码是([0-9]{6})"))) return found[1];
        }
        ADD_FAILURE() << "no code came";
        return {};
    }
    std::vector<std::string> topics(std::string_view state) {
        auto registrar = service.sign_in("registrar");
        std::vector<std::string> found;
        auto const path = "/api/v1/deliveries?state=" + std::string(state) + "&case=" + id;
        auto const page = registrar.get(path).json();
        for (auto const& each : page.at("items").as_array()) {
            found.emplace_back(each.at("topic").as_string());
        }
        return found;
    }

    CarrierProcess smtp{"smtp_server.py", "ok"};
    Service service;
    std::string number;
    std::string id;
};

using Topics = std::vector<std::string>;

TEST_F(ContactCheckTest, NoApplicationIsTurnedAwayForItsNumber) {
    service.config().applications_per_day = 20;
    service.config().public_writes_per_minute = 1;
    service.restart();
    auto client = service.anonymous();
    std::set<std::string> numbers;
    for (int i = 0; i < 200; ++i) {
        auto const made = client.post("/api/v1/applications", form());
        ASSERT_EQ(made.status(), 201U) << i << made.body();
        auto const answer = made.json();
        numbers.emplace(answer.at("number").as_string());
        EXPECT_EQ(answer.at("query_code").as_string().size(), 16U);
        EXPECT_EQ(answer.at("submitted_at").as_string(), "2026-03-02T09:00:00.000+08:00");
        EXPECT_EQ(answer.at("received_on"), "2026-03-02") << "the day of submission counts as always";
        EXPECT_FALSE(answer.at("receipt").at("record").as_string().empty());
    }
    EXPECT_EQ(numbers.size(), 200U);
    auto const listed = [&](std::string_view query) {
        auto registrar = service.sign_in("registrar");
        auto const page = registrar.get(std::string(kCases) + "?limit=200&" + std::string(query)).json();
        return page.at("items").as_array();
    };
    EXPECT_EQ(listed("contact_unchecked=true").size(), 180U);
    auto const usual = listed("contact_unchecked=false");
    ASSERT_EQ(usual.size(), 20U);
    EXPECT_EQ(usual[0].at("contact_unchecked"), false);
    EXPECT_EQ(listed("sort=number")[199].at("contact_unchecked"), true);

    service.time.go_to("2026-03-03");
    applied(form());
    EXPECT_EQ(listed("contact_unchecked=true").size(), 180U) << "the next day counts anew";
}

TEST_F(ContactCheckTest, TheReceiptLetterIsMadeAsAlways) {
    first();
    auto applicant = applied(form());
    ASSERT_TRUE(unchecked(applicant));
    make_letters(service);
    auto const letters = applicant.get("/api/v1/tracking").json().at("letters").as_array();
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_TRUE(applicant.get(std::string(kCases) + "/" + id + "/letters/1.pdf").body().starts_with("%PDF"));
}

TEST_F(ContactCheckTest, NoticesWaitForTheCodeAndThenGoOut) {
    first();
    auto applicant = applied(form());
    make_letters(service);
    send();
    EXPECT_EQ(topics("held"), Topics{"received"});
    EXPECT_EQ(smtp.received().size(), 1U) << "of the first application alone";
    auto const refused = upload(applicant);
    EXPECT_EQ(refused.status(), 409U);
    EXPECT_EQ(refused.code(), "contact_unchecked");
    EXPECT_EQ(applicant.get("/api/v1/tracking").json().at("takes_files"), false);

    ASSERT_EQ(ask_for_code(applicant).status(), 204U);
    send();
    auto const code = code_received();
    auto const wrong = enter(applicant, code == "000000" ? "000001" : "000000");
    EXPECT_EQ(wrong.status(), 422U);
    EXPECT_EQ(wrong.json().at("errors").at(0).at("code"), "wrong_code");
    EXPECT_TRUE(unchecked(applicant));
    EXPECT_EQ(enter(applicant, code).status(), 204U);
    EXPECT_FALSE(unchecked(applicant));
    EXPECT_EQ(enter(applicant, code).code(), "contact_checked");

    send();
    EXPECT_EQ(topics("held"), Topics{});
    EXPECT_EQ(topics("sent"), (Topics{"contact_code", "received"}));
    EXPECT_EQ(upload(applicant).status(), 201U);
}

TEST_F(ContactCheckTest, WhatAnAccountDoesChecksItToo) {
    first();
    auto applicant = applied(form());
    send();
    ASSERT_EQ(topics("held"), Topics{"received"});
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.get(std::string(kCases) + "/" + id).json());
    EXPECT_EQ(registrar.get(c.path()).json().at("contact_unchecked"), true);
    auto const confirmed = c.act(registrar, "confirm_receipt");
    ASSERT_EQ(confirmed.status(), 200U) << confirmed.body();
    EXPECT_EQ(confirmed.json().at("contact_unchecked"), false);
    EXPECT_FALSE(unchecked(applicant));
    EXPECT_EQ(upload(applicant).status(), 201U);
    EXPECT_EQ(topics("held"), Topics{});
}

TEST_F(ContactCheckTest, WhatTheApplicantDoesDoesNot) {
    first();
    auto wanted = form();
    wanted["obtain_by"] = "email";
    auto applicant = applied(wanted);
    auto const withdrawn = withdraw(applicant);
    ASSERT_EQ(withdrawn.status(), 200U) << withdrawn.body();
    EXPECT_TRUE(unchecked(applicant));
    send();
    EXPECT_EQ(topics("held"), (Topics{"terminated", "received"}));
}

TEST_F(ContactCheckTest, WhatIsPrintedGoesOn) {
    first();
    auto applicant = applied(form());  // who wants letters by post
    ASSERT_EQ(withdraw(applicant).status(), 200U);
    send();
    EXPECT_EQ(topics("held"), Topics{"received"});
    EXPECT_EQ(topics("waiting"), Topics{"terminated"}) << "the letter that ends the case";
}

TEST_F(ContactCheckTest, ACodeEndsWithItsTimeItsTriesAndTheNextOne) {
    first();
    auto applicant = applied(form());
    EXPECT_EQ(enter(applicant, "123456").code(), "code_over") << "none was sent";
    ask_for_code(applicant);
    send();
    auto const stale = code_received();
    service.time.advance(service.config().code_life);
    EXPECT_EQ(enter(applicant, stale).code(), "code_over");

    ask_for_code(applicant);
    send();
    auto const tried = code_received();
    for (std::int64_t i = 0; i < service.config().code_tries; ++i) {
        EXPECT_EQ(enter(applicant, tried == "000000" ? "000001" : "000000").status(), 422U);
    }
    EXPECT_EQ(enter(applicant, tried).code(), "code_over");

    ask_for_code(applicant);
    service.time.advance(service.config().code_life);
    send();
    EXPECT_EQ(topics("cancelled"), Topics{"contact_code"}) << "a code that is over is not sent any more";
}

TEST_F(ContactCheckTest, CodesAreSentOnlySoOften) {
    auto& config = service.config();
    config.codes_per_case = 2;
    config.codes_per_contact = 3;
    config.codes_per_address = 5;
    config.codes_per_day = 1000;
    service.restart();
    first();
    auto one = applied(form());
    EXPECT_EQ(ask_for_code(one).status(), 204U);
    EXPECT_EQ(ask_for_code(one).status(), 204U);
    auto const third = ask_for_code(one);
    EXPECT_EQ(third.status(), 429U);
    EXPECT_EQ(third.code(), "too_many_codes");
    EXPECT_EQ(third.header("Retry-After"), "54000") << "until midnight";
    EXPECT_NE(third.body().find("这件申请"), std::string::npos);

    auto two = applied(form());
    EXPECT_EQ(ask_for_code(two).status(), 204U);
    EXPECT_NE(ask_for_code(two).body().find("这个邮箱"), std::string::npos) << "the same address in another case";

    auto three = applied(form("li@example.cn"));
    EXPECT_EQ(ask_for_code(three).status(), 204U);
    EXPECT_EQ(ask_for_code(three).status(), 204U);
    auto four = applied(form("wang@example.cn"));
    EXPECT_NE(ask_for_code(four).body().find("您所在的网络"), std::string::npos);

    service.time.go_to("2026-03-03");
    first();
    auto tomorrow = applied(form());
    EXPECT_EQ(ask_for_code(tomorrow).status(), 204U);
}

TEST_F(ContactCheckTest, AllCodesTogetherHaveABound) {
    service.config().codes_per_day = 1;
    service.restart();
    first();
    auto one = applied(form());
    EXPECT_EQ(ask_for_code(one).status(), 204U);
    auto two = applied(form("li@example.cn"));
    EXPECT_EQ(ask_for_code(two).status(), 429U);
}

TEST_F(ContactCheckTest, GoesOnlyWhereTheApplicantCanBeReached) {
    first();
    auto applicant = applied(application());  // a telephone, and no gateway
    EXPECT_EQ(ask_for_code(applicant).code(), "no_such_way");
    EXPECT_EQ(ask_for_code(applicant, "sms").code(), "no_such_way");
    EXPECT_EQ(ask_for_code(applicant, "pigeon").status(), 422U);
}

TEST_F(ContactCheckTest, IsOfTheCaseItNames) {
    first();
    auto applicant = applied(form());
    auto const own = number;
    number = "430500-01-2026-000001";
    EXPECT_EQ(ask_for_code(applicant).code(), "case_not_open");
    EXPECT_EQ(enter(applicant, "123456").code(), "case_not_open");
    number = own;
    EXPECT_EQ(ask_for_code(applicant).status(), 204U);
    auto registrar = service.sign_in("registrar");
    EXPECT_EQ(registrar.post(kSendCode, {{"number", number}, {"way", "email"}}).status(), 401U);
}

TEST_F(ContactCheckTest, ACaseThatNeedsNoneSaysSo) {
    auto applicant = applied(form());
    EXPECT_FALSE(unchecked(applicant));
    EXPECT_EQ(ask_for_code(applicant).code(), "contact_checked");
    EXPECT_EQ(enter(applicant, "123456").code(), "contact_checked");
}

TEST_F(ContactCheckTest, TheSameKeyIsTheSameApplication) {
    auto client = service.anonymous();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(client.post("/api/v1/applications", form(), {{"Idempotency-Key", "once"}}).status(), 201U);
    }
    auto registrar = service.sign_in("registrar");
    auto const page = registrar.get(std::string(kCases) + "?contact_unchecked=true").json();
    EXPECT_TRUE(page.at("items").as_array().empty()) << "an answer given again counts once";
}

/// The same with text messages: a code does not wait for the morning.
TEST(ContactCodes, ComeByTextMessageAlsoAtNight) {
    CarrierProcess gateway("sms_gateway.py", "ok");
    std::ofstream(gateway.file("key")) << "key\n";
    Service service;
    service.config().applications_per_day = 1;
    service.config().sms_url = "http://127.0.0.1:" + std::to_string(gateway.port()) + "/send";
    service.config().sms_key_file = gateway.file("key");
    service.restart();
    service.time.advance(std::chrono::hours(14));  // eleven in the evening
    auto client = service.anonymous();
    client.post("/api/v1/applications", application());
    auto const made = client.post("/api/v1/applications", application()).json();
    auto const opened =
        client.post("/api/v1/tracking", {{"number", made.at("number")}, {"query_code", made.at("query_code")}});
    client.csrf = opened.json().at("csrf_token").as_string();
    ASSERT_EQ(client.post(kSendCode, {{"number", made.at("number")}, {"way", "sms"}}).status(), 204U);

    send_messages(service);
    auto const received = gateway.received();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].at("phone"), "13800001234");
    std::string const text(received[0].at("text").as_string());
    EXPECT_TRUE(std::regex_search(text, std::regex("核验码是[0-9]{6}"))) << text;
    EXPECT_EQ(text.find("张三"), std::string::npos) << "nobody is named";
}

}  // namespace
}  // namespace server::api
