#include <gtest/gtest.h>

#include "tests/server/api/letters_made.hpp"
#include "tests/server/letters/papers.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kVerify = SOURCE_FOLDER "/tests/archive_verify.py";
constexpr std::string_view kTamper = SOURCE_FOLDER "/tests/server/archive/tamper.py";

class ArchiveApi : public testing::Test {
protected:
    /// Registered at the counter, with a file, withdrawn and archived for ten years; its letters are made.
    WorkedCase archived() {
        auto registrar = service.sign_in("registrar");
        WorkedCase c(registrar.post(kCases, registration(), {{"Idempotency-Key", "k"}}).json());
        auto const uploaded = registrar.send(
            "POST",
            c.path("/attachments?name=%E5%A7%94%E6%89%98%E4%B9%A6.txt"),
            "授权委托书全文",
            "text/plain",
            {{"Idempotency-Key", "f"}}
        );
        EXPECT_EQ(uploaded.status(), 201U) << uploaded.body();
        c.version = registrar.get(c.path()).json().at("version").as_int64();
        auto const withdrawn = c.act(registrar, "withdraw", oral_withdrawal());
        EXPECT_EQ(withdrawn.status(), 200U) << withdrawn.body();
        EXPECT_EQ(c.act(registrar, "archive", {{"retention_years", 10}}).status(), 200U);
        make_letters(service);
        return c;
    }

    static std::string run(std::string const& zip, std::string_view script, std::string_view arguments = "") {
        return papers::told(zip, std::string("python3 ").append(script).append(" FILE ").append(arguments));
    }

    Service service;
};

TEST_F(ArchiveApi, AnArchivedCaseTakesNoFiles) {
    auto client = service.anonymous();
    auto const made = client.post("/api/v1/applications", application()).json();
    json::object const pair{{"number", made.at("number")}, {"query_code", made.at("query_code")}};
    auto const opened = client.post("/api/v1/tracking", pair).json();
    client.csrf = opened.at("csrf_token").as_string();
    auto const path = std::string(kCases) + "/" + std::string(opened.at("case_id").as_string());
    auto const upload = [&](HttpClient const& like) {
        auto once = service.anonymous();  // a refused upload closes its connection
        once.cookies = like.cookies;
        once.csrf = like.csrf;
        return once.send("POST", path + "/attachments?name=note.txt", "补充材料", "text/plain");
    };
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.get(path).json());
    ASSERT_EQ(c.act(registrar, "confirm_receipt").status(), 200U);
    ASSERT_EQ(c.act(registrar, "withdraw", oral_withdrawal()).status(), 200U);
    ASSERT_EQ(upload(client).status(), 201U) << "lapsed, and still on the desk";
    c.version = registrar.get(path).json().at("version").as_int64();
    ASSERT_EQ(c.act(registrar, "archive", {{"retention_years", 10}}).status(), 200U);

    auto legal = service.sign_in("legal");
    for (auto const* who : {&client, &registrar, &legal}) {
        auto const refused = upload(*who);
        EXPECT_EQ(refused.status(), 409U);
        EXPECT_EQ(refused.code(), "not_in_this_state");
        EXPECT_EQ(refused.json().at("detail"), "申请件在“已归档”时不能“上传材料”。");
    }
    EXPECT_EQ(client.get("/api/v1/tracking").json().at("takes_files"), false);
    EXPECT_EQ(registrar.get(path + "/attachments").json().at("items").as_array().size(), 1U);
}

TEST_F(ArchiveApi, TheFileOfACaseHoldsItsPapersAndVerifiesWithPythonAlone) {
    auto const c = archived();
    auto const reply = service.sign_in("registrar").get(c.path("/file.zip"));
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    EXPECT_EQ(reply.header("Content-Type"), "application/zip");
    auto const names = papers::told(reply.body(), "python3 -m zipfile -l FILE");
    for (char const* name :
         {"案卷目录.pdf",
          "表单/01 申请登记表.pdf",
          "救济途径表.pdf",
          "文书/01 登记回执",
          "材料/01 委托书.txt",
          "证据目录.pdf",
          "journal.jsonl",
          "proofs.json",
          "manifest.json"}) {
        EXPECT_NE(names.find(name), std::string::npos) << name << "\n" << names;
    }
    auto const head = service.anonymous().get("/api/v1/journal/head").json();
    auto const root = std::string(head.at("root").as_string());
    auto const verdict = run(reply.body(), kVerify, root);
    EXPECT_NE(verdict.find("agree with the tree of"), std::string::npos) << verdict;
    EXPECT_NE(run(reply.body(), kVerify, std::string(64, '0')).find("another journal"), std::string::npos);
}

TEST_F(ArchiveApi, AChangedByteInAnyFileOrEntryIsFound) {
    auto const c = archived();
    auto const zip = service.sign_in("registrar").get(c.path("/file.zip")).body();
    auto const found = run(zip, kTamper, kVerify);
    EXPECT_GT(std::atoi(found.c_str()), 20) << found;
}

TEST_F(ArchiveApi, TheListOfEvidenceNamesEachPaperAndWhatItProves) {
    auto const reply = service.sign_in("legal").get(archived().path("/evidence.pdf"));
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    auto const text = papers::text_of(reply.body());
    for (char const* part : {"证据目录", "申请登记表", "登记回执", "委托书.txt", "证明目的", "邵阳市自然资源局"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
}

TEST_F(ArchiveApi, TheFileTellsTheSameRemediesAsTheCase) {
    auto const c = archived();
    auto const agree = [&](bool over) {
        auto handler = service.sign_in("registrar");
        auto const remedies = handler.get(c.path()).json().at("remedies").as_array();
        EXPECT_EQ(remedies.size(), 2U);
        auto const sheet = papers::text_of(handler.get(c.path("/sheets/remedies.pdf")).body());
        for (auto const& each : remedies) {
            EXPECT_EQ(each.at("over").as_bool(), over);
            auto const day = workflow::parse_date(std::string(each.at("last_day").as_string())).value();
            EXPECT_NE(sheet.find(workflow::letter_date(day)), std::string::npos) << sheet;
        }
        EXPECT_EQ(sheet.find("期限已过") != std::string::npos, over) << sheet;
    };
    agree(false);
    service.time.go_to("2027-03-02");
    agree(true);
}

TEST_F(ArchiveApi, StrangersFindNoFile) {
    auto const c = archived();
    auto stranger = service.sign_in("stranger");
    for (char const* what : {"/file.zip", "/evidence.pdf", "/retention"}) {
        EXPECT_EQ(stranger.get(c.path(what)).status(), 404U) << what;
    }
}

TEST_F(ArchiveApi, AHoldIsSetAndLiftedWithAReason) {
    auto const c = archived();
    auto legal = service.sign_in("legal");
    EXPECT_EQ(legal.get(c.path("/retention")).json().at("keep_until"), "2036-12-31");
    EXPECT_EQ(legal.put(c.path("/retention/hold"), json::object{}).status(), 422U);
    json::object const reason{{"reason", "市中级人民法院要求保留案卷"}};
    auto const held = legal.put(c.path("/retention/hold"), reason);
    ASSERT_EQ(held.status(), 200U) << held.body();
    EXPECT_EQ(held.json().at("hold_reason"), "市中级人民法院要求保留案卷");
    EXPECT_EQ(legal.put(c.path("/retention/hold"), reason).code(), "file_held");
    EXPECT_EQ(service.sign_in("registrar").put(c.path("/retention/hold"), reason).status(), 403U);
    EXPECT_TRUE(legal.post(c.path("/retention/hold/lift"), reason).json().at("hold").is_null());
}

TEST_F(ArchiveApi, TwoPeopleEraseAtTheEndOfTheTerm) {
    auto const c = archived();
    auto const at = [&c](std::string_view rest) { return std::string("/api/v1/retention/").append(c.id).append(rest); };
    json::object const nothing;
    EXPECT_EQ(service.sign_in("secadmin").put(at("/proposal"), nothing).code(), "term_running");
    service.time.go_to("2037-01-05");
    auto security = service.sign_in("secadmin");
    auto auditor = service.sign_in("auditor");
    ASSERT_EQ(security.get("/api/v1/retention").json().at("items").as_array().size(), 1U);
    EXPECT_EQ(auditor.put(at("/erasure"), nothing).code(), "erasure_not_proposed");
    EXPECT_EQ(security.put(at("/proposal"), nothing).status(), 200U);
    EXPECT_EQ(security.put(at("/erasure"), nothing).status(), 403U);
    EXPECT_EQ(auditor.send("DELETE", at("/proposal"), "", "").status(), 200U);
    EXPECT_EQ(security.put(at("/proposal"), nothing).status(), 200U);
    EXPECT_EQ(auditor.put("/api/v1/retention/unknown/erasure", nothing).status(), 404U);
    auto const done = auditor.put(at("/erasure"), nothing);
    ASSERT_EQ(done.status(), 200U) << done.body();
    EXPECT_FALSE(done.json().at("erasure").is_null());

    auto registrar = service.sign_in("registrar");
    auto const seen = registrar.get(c.path());
    EXPECT_EQ(seen.json().at("application").at("items").at(0).at("title"), "已销毁个人信息");
    EXPECT_EQ(seen.body().find("张"), std::string::npos) << seen.body();
    EXPECT_EQ(registrar.get(c.path("/file.zip")).code(), "case_erased");
    EXPECT_EQ(registrar.get(c.path("/evidence.pdf")).status(), 410U);
    EXPECT_TRUE(registrar.get("/api/v1/cases?q=%E5%BC%A0%E4%B8%89").json().at("items").as_array().empty());
    EXPECT_EQ(registrar.get(c.path("/attachments/1")).status(), 409U);
    EXPECT_EQ(registrar.get(c.path("/letters/1.pdf")).code(), "case_erased");
    EXPECT_EQ(registrar.get(c.path("/letters/1.docx")).status(), 410U);
    EXPECT_TRUE(security.get("/api/v1/retention").json().at("items").as_array().empty());
}

}  // namespace
}  // namespace server::api
