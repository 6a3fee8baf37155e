#include <gtest/gtest.h>

#include <algorithm>

#include "storage/engine/sha256.hpp"
#include "tests/server/api/letters_made.hpp"
#include "tests/server/letters/papers.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

/// The service, and the letters made whenever a test says so.
class LettersApi : public testing::Test {
protected:
    /// A request as handed in online; the citizen may track it.
    WorkedCase hand_in() {
        auto const handed_in = citizen.post("/api/v1/applications", application());
        EXPECT_EQ(handed_in.status(), 201U) << handed_in.body();
        json::object const pair{
            {"number", handed_in.json().at("number")}, {"query_code", handed_in.json().at("query_code")}};
        citizen.csrf = citizen.post("/api/v1/tracking", pair).json().at("csrf_token").as_string();
        return WorkedCase(registrar.get(kCases).json().at("items").at(0).as_object());
    }

    /// … and taken by the handler.
    WorkedCase handled() {
        auto c = hand_in();
        auto reviewer = service.sign_in("reviewer");
        EXPECT_EQ(c.act(registrar, "confirm_receipt").status(), 200U);
        EXPECT_EQ(c.act(reviewer, "accept", {{"department", "430500-01-d1"}}).status(), 200U);
        EXPECT_EQ(c.act(handler, "claim").status(), 200U);
        return c;
    }

    void sign_reply(WorkedCase& c) {
        json::object const search{
            {"places", {"business_unit", "archive_room", "office_system"}},
            {"keywords", {"征收补偿"}},
            {"searchers", "王五"},
            {"searched_on", "2026-03-02"},
            {"found", true},
            {"result", "在业务科室找到方案全文"}};
        EXPECT_EQ(c.act(handler, "add_search_record", search).status(), 200U);
        json::object const item{{"outcome", "disclosed"}, {"reference", "方案全文一份,共12页"}};
        json::object const draft{{"outcome", "disclosed"}, {"items", {item}}, {"text", "现向您公开所申请的信息。"}};
        EXPECT_EQ(c.act(handler, "draft_reply", draft).status(), 200U);
        EXPECT_EQ(c.act(handler, "submit_reply").status(), 200U);
        for (auto const* who : {"head", "secrecy", "legal", "office"}) {
            auto approver = service.sign_in(who);
            auto const approved = c.act(approver, "approve_reply");
            EXPECT_EQ(approved.status(), 200U) << who << approved.body();
        }
    }

    static std::vector<std::string> kinds(Reply const& reply) {
        std::vector<std::string> list;
        for (auto const& item : reply.json().at("items").as_array()) {
            list.emplace_back(item.at("kind").as_string());
        }
        return list;
    }
    using Kinds = std::vector<std::string>;

    Service service;
    HttpClient citizen = service.anonymous();
    HttpClient registrar = service.sign_in("registrar");
    HttpClient handler = service.sign_in("handler");
};

TEST_F(LettersApi, AReceiptIsMadeAfterTheCommitAndReadAsPdfAndDocx) {
    auto const c = hand_in();
    EXPECT_EQ(kinds(registrar.get(c.path("/letters"))), Kinds{});
    EXPECT_EQ(registrar.get(c.path("/letters")).json().at("making"), true) << "worth looking again";
    EXPECT_EQ(make_letters(service), 1);
    EXPECT_EQ(make_letters(service), 0) << "once";
    auto const list = registrar.get(c.path("/letters"));
    ASSERT_EQ(kinds(list), Kinds{"receipt"});
    EXPECT_EQ(list.json().at("making"), false);
    auto const& letter = list.json().at("items").at(0);
    EXPECT_EQ(letter.at("number"), "邵测01公开〔2026〕收第1号");
    EXPECT_EQ(letter.at("to_applicant"), true);
    EXPECT_EQ(letter.at("ready"), true);

    auto const pdf = registrar.get(c.path("/letters/1.pdf"));
    ASSERT_EQ(pdf.status(), 200U);
    EXPECT_EQ(pdf.header("Content-Type"), "application/pdf");
    EXPECT_TRUE(pdf.header("Content-Disposition").starts_with("attachment"));
    EXPECT_EQ(storage::to_hex(storage::sha256({storage::as_bytes(pdf.body())})), letter.at("sha256").as_string());
    auto const text = papers::text_of(pdf.body());
    EXPECT_NE(text.find("张三"), std::string::npos) << text;
    EXPECT_NE(text.find("430500-01-2026-000001"), std::string::npos) << text;
    auto const docx = registrar.get(c.path("/letters/1.docx"));
    ASSERT_EQ(docx.status(), 200U);
    EXPECT_TRUE(docx.body().starts_with("PK"));
    EXPECT_EQ(registrar.get(c.path("/letters/2.pdf")).status(), 404U);
    EXPECT_EQ(registrar.get(c.path("/letters/x.pdf")).status(), 404U);
    EXPECT_TRUE(service.store().letters().differences(*service.store().connect()).empty());
}

TEST_F(LettersApi, AnApplicantHasOnlyOwnLettersAndTheReplyOnceItIsSent) {
    auto c = handled();
    json::object const letter{
        {"kind", "third_party"},
        {"addressee", "某某公司"},
        {"question", "是否同意公开该方案"},
        {"content", "方案的价款部分"}};
    ASSERT_EQ(c.act(handler, "consult", letter).status(), 200U);
    json::object const opinion{
        {"consultation", "c1"}, {"received_on", "2026-03-02"}, {"stance", "agreed"}, {"text", "同意公开"}};
    ASSERT_EQ(c.act(handler, "record_opinion", opinion).status(), 200U);
    sign_reply(c);
    make_letters(service);
    EXPECT_EQ(
        kinds(registrar.get(c.path("/letters"))),
        (Kinds{"receipt", "third_party_consultation", "consultation_notice", "disclosed"})
    );
    EXPECT_EQ(kinds(citizen.get(c.path("/letters"))), (Kinds{"receipt", "consultation_notice"}));
    EXPECT_EQ(citizen.get(c.path("/letters/2.pdf")).status(), 404U) << "written to somebody else";
    EXPECT_EQ(citizen.get(c.path("/letters/4.pdf")).status(), 404U) << "signed, not sent";
    json::object const dispatch{{"method", "download"}, {"dispatched_on", "2026-03-02"}};
    ASSERT_EQ(c.act(registrar, "dispatch_reply", dispatch).status(), 200U);
    EXPECT_EQ(citizen.get(c.path("/letters/4.pdf")).status(), 200U);
    auto const progress = citizen.get("/api/v1/tracking").json();
    EXPECT_EQ(progress.at("letters").as_array().size(), 3U);
    auto const page = citizen.get("/track/progress");
    EXPECT_NE(page.body().find("/letters/4.pdf"), std::string::npos);
    EXPECT_EQ(page.body().find("/letters/2.pdf"), std::string::npos);
}

TEST_F(LettersApi, WhoMayNotSeeTheCaseSeesNoLetter) {
    auto const c = hand_in();
    make_letters(service);
    EXPECT_EQ(service.anonymous().get(c.path("/letters")).status(), 401U);
    EXPECT_EQ(service.sign_in("stranger").get(c.path("/letters/1.pdf")).status(), 404U);
    EXPECT_EQ(service.sign_in("sysadmin").get(c.path("/letters/1.pdf")).status(), 403U);
    EXPECT_EQ(service.sign_in("supervisor").get(c.path("/letters/1.pdf")).status(), 403U);
    EXPECT_EQ(citizen.get(c.path("/sheets")).status(), 401U);
}

TEST_F(LettersApi, SheetsAreMadeOfTheCaseAsItIs) {
    auto c = handled();
    EXPECT_EQ(kinds(handler.get(c.path("/sheets"))), (Kinds{"registration", "contents"}));
    EXPECT_EQ(handler.get(c.path("/sheets/approval.pdf")).status(), 404U);
    sign_reply(c);
    make_letters(service);
    EXPECT_EQ(
        kinds(handler.get(c.path("/sheets"))),
        (Kinds{"registration", "search", "secrecy", "legal", "approval", "contents"})
    );
    auto const registration = papers::text_of(handler.get(c.path("/sheets/registration.pdf")).body());
    EXPECT_NE(registration.find("土地征收补偿方案"), std::string::npos) << registration;
    EXPECT_EQ(registration.find("430502199003070014"), std::string::npos) << "the number of the identity card";
    auto const approval = papers::text_of(handler.get(c.path("/sheets/approval.pdf")).body());
    EXPECT_NE(approval.find("测试legal"), std::string::npos) << approval;
    EXPECT_EQ(handler.get(c.path("/sheets/nothing.pdf")).status(), 404U);
}

TEST_F(LettersApi, ALetterThatCannotBeMadeShowsAsNotReady) {
    auto const c = hand_in();
    auto const erased = service.store().writes().run([](storage::Connection& connection) -> workflow::Result<int> {
        connection.execute("DELETE FROM object_keys WHERE object_type = 'case'");
        return 0;
    });
    ASSERT_TRUE(erased);
    EXPECT_EQ(make_letters(service), 1);
    auto const letter = registrar.get(c.path("/letters")).json().at("items").at(0);
    EXPECT_EQ(letter.at("ready"), false);
    EXPECT_EQ(letter.at("sha256"), nullptr);
    auto const refused = registrar.get(c.path("/letters/1.pdf"));
    EXPECT_EQ(refused.status(), 409U);
    EXPECT_EQ(refused.code(), "letter_not_ready");
    EXPECT_EQ(kinds(citizen.get(c.path("/letters"))), Kinds{});
}

// ---- templates -----------------------------------------------------------------------------------------------------

TEST_F(LettersApi, TemplatesAreChangedWithVersionsAndTried) {
    auto admin = service.sign_in("sysadmin");
    auto const list = admin.get("/api/v1/letter-templates");
    ASSERT_EQ(list.status(), 200U);
    EXPECT_EQ(list.json().at("items").as_array().size(), workflow::kLetterKinds.size());

    std::string const path = "/api/v1/letter-templates/receipt";
    auto const read = admin.get(path);
    ASSERT_EQ(read.status(), 200U);
    EXPECT_EQ(read.header("ETag"), "\"0\"");
    EXPECT_EQ(read.json().at("usual").at("body"), read.json().at("body"));
    json::object text{
        {"title", "登记回执"}, {"body", std::string(read.json().at("body").as_string()) + "\n特此告知。"}};

    auto const preview = admin.post(path + "/preview", text);
    ASSERT_EQ(preview.status(), 200U) << preview.body();
    EXPECT_EQ(preview.json().at("document").at("title"), "登记回执");
    EXPECT_TRUE(preview.json().at("missing").as_array().empty());
    auto const pages = admin.post(path + "/preview.pdf", text);
    ASSERT_EQ(pages.status(), 200U);
    EXPECT_NE(papers::text_of(pages.body()).find("特此告知"), std::string::npos);

    auto const stored = admin.put(path, text, {{"If-Match", "\"0\""}});
    ASSERT_EQ(stored.status(), 200U) << stored.body();
    EXPECT_EQ(stored.json().at("version"), 1);
    EXPECT_EQ(stored.json().at("versions").at(0).at("by_name"), "测试sysadmin");
    EXPECT_EQ(admin.put(path, text, {{"If-Match", "\"0\""}}).status(), 412U);
    EXPECT_EQ(admin.put(path, text).status(), 428U);

    text["body"] = "本机关已收到您提出的政府信息公开申请，将依法办理，特此告知。";
    auto const refused = admin.put(path, text, {{"If-Match", "\"1\""}});
    ASSERT_EQ(refused.status(), 422U);
    EXPECT_EQ(refused.json().at("errors").at(0).at("code"), "required_field_missing");

    auto const c = hand_in();
    make_letters(service);
    auto const letter = registrar.get(c.path("/letters")).json().at("items").at(0);
    EXPECT_EQ(letter.at("template_version"), 1);
    EXPECT_NE(papers::text_of(registrar.get(c.path("/letters/1.pdf")).body()).find("特此告知"), std::string::npos);
    EXPECT_EQ(admin.get("/api/v1/letter-templates/nothing").status(), 404U);
}

TEST_F(LettersApi, ATemplateIsTriedOnACaseThatOneMaySee) {
    auto const c = hand_in();
    make_letters(service);
    std::string const path = "/api/v1/letter-templates/receipt";
    auto office = service.sign_in("office");
    auto const text = office.get(path).json().at("usual");
    auto const seen = office.post(path + "/preview?case=" + c.id, text);
    ASSERT_EQ(seen.status(), 200U) << seen.body();
    EXPECT_EQ(seen.json().at("document").at("addressee"), "张三");
    EXPECT_EQ(office.put(path, text, {{"If-Match", "\"0\""}}).status(), 403U);
    EXPECT_EQ(service.sign_in("sysadmin").post(path + "/preview?case=" + c.id, text).status(), 404U)
        << "an administrator sees no case";
    EXPECT_EQ(handler.get(path).status(), 403U);
}

}  // namespace
}  // namespace server::api
