#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>

#include <future>
#include <string>
#include <vector>

#include "server/jobs/file_scan.hpp"
#include "tests/fakes/clamd.hpp"
#include "tests/server/api/filed_case.hpp"
#include "tests/server/files/sample_files.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

using fakes::make_docx;
using fakes::make_pdf;
using fakes::paragraph;
using fakes::pdf_text;

constexpr std::string_view kEicar = R"(X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*)";

/// One look of the background, at its files; returns how many were settled.
std::int64_t look_into_files(Service& service) {
    net::io_context io;
    Log log({.level = LogLevel::Error});
    jobs::FileScan scan(io, service.config(), service.store(), service.time, log);
    auto settled = net::co_spawn(io, scan.scan_all(), net::use_future);
    io.run();
    return settled.get();
}

TEST(Attachments, AreStoredCheckedAndReadBack) {
    Service service;
    FiledCase const filed(service);
    auto const content = make_pdf({pdf_text("Hello")});
    auto const stored = filed.upload("%E7%94%B3%E8%AF%B7.pdf", content);
    ASSERT_EQ(stored.status(), 201U) << stored.body();
    EXPECT_EQ(stored.json().at("n"), 1);
    EXPECT_EQ(stored.json().at("state"), "available");

    auto reader = service.sign_in("reviewer");
    auto const read = reader.get(filed.file(1));
    EXPECT_EQ(read.body(), content);
    EXPECT_EQ(read.header("Content-Disposition"), "attachment; filename*=UTF-8''%E7%94%B3%E8%AF%B7.pdf");
    EXPECT_EQ(read.header("X-Content-Type-Options"), "nosniff");
    EXPECT_NE(read.header("Content-Security-Policy").find("sandbox"), std::string::npos);
    EXPECT_EQ(reader.get(filed.file(2)).code(), "file_not_found");
    EXPECT_EQ(reader.get(filed.file(0)).code(), "file_not_found");
}

TEST(Attachments, HostileOnesAreRefusedAndLeaveNothingBehind) {
    Service service;
    FiledCase const filed(service);
    auto const pdf = make_pdf({pdf_text("Hello")});
    auto const code = [&](std::string_view name, std::string_view content) {
        auto const reply = filed.upload(name, content);
        EXPECT_EQ(reply.status(), 422U) << name << reply.body();
        return std::string(reply.json().at("errors").at(0).at("code").as_string());
    };
    for (auto const* name : {"a.exe", "a.pdf.exe", "a", "a.svg", "a.html"})
        EXPECT_EQ(code(name, pdf), "type_not_accepted");
    EXPECT_EQ(code("", pdf), "bad_name");
    EXPECT_EQ(code("a%0D%0ASet-Cookie:x.pdf", pdf), "bad_name");
    EXPECT_EQ(code("a%E2%80%AEfdp.exe.pdf", pdf), "bad_name");  // U+202E
    EXPECT_EQ(code(std::string(300, 'a') + ".pdf", pdf), "bad_name");
    EXPECT_EQ(code("a.pdf", ""), "empty_file");
    EXPECT_EQ(code("a.png", pdf), "content_differs");
    EXPECT_EQ(code("a.pdf", pdf + "<html>"), "polyglot");
    EXPECT_EQ(code("a.png", fakes::make_png("0000c350", "0000c350")), "pixel_bomb");
    EXPECT_EQ(code("a.docx", make_docx("", {{"word/42.zip", make_docx("")}})), "nested_archive");
    EXPECT_EQ(files_on_disk(service), std::vector<std::string>{});
    EXPECT_EQ(filed.upload("..%2F..%2Fetc%2Fpasswd.txt", "hello").json().at("name"), "passwd.txt");
}

TEST(Attachments, OneCutInTheMiddleLeavesNothing) {
    Service service;
    FiledCase const filed(service);
    auto client = service.sign_in("handler");
    {
        net::io_context io;
        net::ip::tcp::socket socket(io);
        socket.connect(service.endpoint());
        std::string const head = "POST " + filed.c.path("/attachments?name=a.txt") +
                                 " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(service.endpoint().port()) +
                                 "\r\nCookie: " + client.cookie() + "\r\nX-CSRF-Token: " + client.csrf +
                                 "\r\nContent-Length: 1000000\r\n\r\n";
        net::write(socket, net::buffer(head + std::string(300'000, 'a')));
    }
    for (int tries = 0; tries < 500 && !files_on_disk(service).empty(); ++tries) client.get("/healthz");
    EXPECT_EQ(files_on_disk(service), std::vector<std::string>{});
    EXPECT_EQ(client.get(filed.c.path("/attachments")).json().at("items").as_array().size(), 0U);
}

TEST(Attachments, AreLimitedByStepAndByCase) {
    Service service;
    service.config().files_per_step = 2;
    service.config().bytes_per_case = 1200;
    service.restart();
    FiledCase filed(service);
    EXPECT_EQ(filed.upload("1.txt", std::string(600, 'a')).status(), 201U);
    EXPECT_EQ(filed.upload("2.txt", std::string(600, 'b')).status(), 201U);
    EXPECT_NE(filed.upload("3.txt", "c").body().find("too_many_files"), std::string::npos);
    auto handler = service.sign_in("handler");
    filed.c.version += 2;
    json::object const search{
        {"places", {"business_unit"}},
        {"keywords", {"征地"}},
        {"searchers", "承办人"},
        {"searched_on", "2026-03-02"},
        {"found", true},
        {"result", "找到了这份材料。"}};
    ASSERT_EQ(filed.c.act(handler, "add_search_record", search).status(), 200U);
    EXPECT_NE(filed.upload("3.txt", "c").body().find("case_full"), std::string::npos);
}

TEST(Attachments, GoOnWhereADownloadBrokeOff) {
    Service service;
    FiledCase const filed(service);
    std::string content;
    for (int i = 0; content.size() < 200'000; ++i) content += std::to_string(i) + '\n';
    ASSERT_EQ(filed.upload("a.txt", content).status(), 201U);
    auto reader = service.sign_in("reviewer");
    auto const whole = reader.get(filed.file(1));
    EXPECT_EQ(whole.header("Accept-Ranges"), "bytes");
    auto const tag = whole.header("ETag");
    for (std::size_t const from : {1UL, 65'535UL, 65'536UL, 131'072UL, 199'999UL}) {
        auto const range = "bytes=" + std::to_string(from) + "-";
        auto const part = reader.get(filed.file(1), {{"Range", range}, {"If-Range", tag}});
        EXPECT_EQ(part.status(), 206U);
        EXPECT_EQ(part.body(), content.substr(from)) << from;
    }
    auto const middle = reader.get(filed.file(1), {{"Range", "bytes=65530-65540"}});
    EXPECT_EQ(middle.body(), content.substr(65'530, 11));
    EXPECT_EQ(middle.header("Content-Range"), "bytes 65530-65540/" + std::to_string(content.size()));
    EXPECT_EQ(reader.get(filed.file(1), {{"Range", "bytes=5-"}, {"If-Range", "\"other\""}}).body(), content);
    auto const beyond = reader.get(filed.file(1), {{"Range", "bytes=99999999-"}});
    EXPECT_EQ(beyond.status(), 416U);
    EXPECT_EQ(beyond.header("Content-Range"), "bytes */" + std::to_string(content.size()));
}

TEST(Quarantine, TakesTwoPeopleToEnd) {
    Service service;
    FiledCase const filed(service);
    auto const kept = filed.upload("a.txt", "机密 ★ 十年");
    ASSERT_EQ(kept.status(), 201U) << kept.body();
    EXPECT_EQ(kept.json().at("state"), "quarantined");
    ASSERT_EQ(filed.upload("b.txt", "内部资料 注意保存").status(), 201U);
    for (auto const* who : {"handler", "office"})
        EXPECT_EQ(service.sign_in(who).get(filed.file(1)).code(), "file_not_available");

    auto guard = service.sign_in("secadmin");
    EXPECT_EQ(service.sign_in("handler").get("/api/v1/incidents").status(), 403U);
    auto const incidents = guard.get("/api/v1/incidents").json().at("items").as_array();
    ASSERT_EQ(incidents.size(), 2U);
    EXPECT_EQ(incidents[1].at("mark"), "机密★");
    auto const path = [&](std::size_t i, std::string_view what) {
        return "/api/v1/incidents/" + std::to_string(incidents[i].at("id").as_int64()) + "/" + std::string(what);
    };
    EXPECT_EQ(guard.post(path(1, "confirmation"), json::object()).code(), "no_proposal");
    json::object const destroy{{"decision", "destroy"}, {"reason", "确属涉密文件，按规定销毁。"}};
    EXPECT_EQ(guard.post(path(1, "proposal"), destroy).status(), 204U);
    EXPECT_EQ(guard.post(path(1, "confirmation"), json::object()).code(), "second_person_required");
    auto secrecy = service.sign_in("secrecy");
    EXPECT_EQ(files_on_disk(service).size(), 2U);
    EXPECT_EQ(secrecy.post(path(1, "confirmation"), json::object()).status(), 204U);
    EXPECT_EQ(files_on_disk(service).size(), 1U);
    EXPECT_EQ(secrecy.post(path(1, "proposal"), destroy).code(), "incident_closed");
    EXPECT_EQ(secrecy.get(filed.file(1)).code(), "file_not_available");

    json::object const release{{"decision", "release"}, {"reason", "是公开的培训材料，不涉密。"}};
    EXPECT_EQ(secrecy.post(path(0, "proposal"), release).status(), 204U);
    EXPECT_EQ(guard.post(path(0, "confirmation"), json::object()).status(), 204U);
    EXPECT_EQ(secrecy.get(filed.file(2)).status(), 200U);
    EXPECT_EQ(service.sign_in("secrecy").post("/api/v1/incidents/99/proposal", release).code(), "incident_not_found");
    auto const journal =
        service.sign_in("auditor").get("/api/v1/journal?limit=1000&object_type=file&object_id=" + filed.c.id + "/1");
    EXPECT_EQ(journal.json().at("items").as_array().size(), 3U);
    EXPECT_EQ(journal.body().find("确属涉密"), std::string::npos);  // reasons are sealed
}

TEST(Scanning, RefusesVirusesAndWaitsForAnAnswer) {
    Service service;
    fakes::Clamd clamd;
    service.config().clamd = clamd.address();
    service.restart();
    FiledCase const filed(service);
    EXPECT_EQ(filed.upload("clean.txt", "干净的").json().at("state"), "available");
    EXPECT_NE(filed.upload("eicar.txt", kEicar).body().find("infected"), std::string::npos);
    clamd.become(fakes::Clamd::Mood::HangsUp);
    EXPECT_EQ(filed.upload("later.txt", "以后再查").json().at("state"), "awaiting_scan");
    EXPECT_EQ(filed.upload("eicar.txt", kEicar).json().at("state"), "awaiting_scan");
    auto reader = service.sign_in("reviewer");
    EXPECT_EQ(reader.get(filed.file(2)).code(), "file_not_available");

    auto const run = [&service] { return look_into_files(service); };
    EXPECT_EQ(run(), 0);
    clamd.become(fakes::Clamd::Mood::Answers);
    EXPECT_EQ(run(), 2);
    EXPECT_EQ(run(), 0);
    EXPECT_EQ(reader.get(filed.file(2)).body(), "以后再查");
    EXPECT_EQ(reader.get(filed.file(3)).code(), "file_not_available");
    EXPECT_EQ(reader.get(filed.c.path("/attachments")).json().at("items").at(2).at("state"), "infected");
}

TEST(Examinations, HoldUpNothingElse) {
    Service service;
    fakes::Clamd clamd;
    service.config().clamd = clamd.address();
    service.config().examinations = {1, 1, std::chrono::minutes(1)};
    service.restart();
    FiledCase const filed(service);
    ASSERT_EQ(filed.upload("first.pdf", make_pdf({pdf_text("Hello")})).status(), 201U);
    clamd.asked = false;
    clamd.become(fakes::Clamd::Mood::Waits);

    auto const upload = [&filed](std::string const& who) {
        return std::async(std::launch::async, [&filed, who] { return filed.upload(who + ".txt", who, who); });
    };
    auto held = upload("handler");
    clamd.wait_until_asked();
    // One of two waits behind it, the other is turned away.
    std::promise<Reply> turned_away;
    auto const upload_or_tell = [&](std::string const& who) {
        return std::async(std::launch::async, [&filed, &turned_away, who] {
            auto reply = filed.upload(who + ".txt", who, who);
            if (reply.status() != 201) turned_away.set_value(reply);
            return reply;
        });
    };
    auto second = upload_or_tell("reviewer");
    auto third = upload_or_tell("office");
    auto const refused = turned_away.get_future().get();
    EXPECT_EQ(refused.code(), "overloaded");
    EXPECT_EQ(refused.header("Retry-After"), "60");

    EXPECT_EQ(service.anonymous().get("/healthz").status(), 200U);
    EXPECT_EQ(service.sign_in("auditor").get("/api/v1/journal").status(), 200U);
    EXPECT_EQ(service.sign_in("supervisor").get("/api/v1/supervision/overview").status(), 200U);
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(filed.file(1)).status(), 200U);
    EXPECT_EQ(handler.get(filed.file(1, "/pages/1.png")).status(), 200U);
    EXPECT_EQ(handler.post(filed.file(1, "/findings"), json::object()).status(), 200U);

    clamd.become(fakes::Clamd::Mood::Answers);
    EXPECT_EQ(held.get().status(), 201U);
    EXPECT_EQ(second.get().status() + third.get().status(), 201U + 503U);
}

TEST(Examinations, TakeOneFileOfAPersonAtATime) {
    Service service;
    fakes::Clamd clamd;
    clamd.become(fakes::Clamd::Mood::Waits);
    service.config().clamd = clamd.address();
    service.config().examinations = {2, 4, std::chrono::minutes(1)};  // a quarter of the queue is one
    service.restart();
    FiledCase const filed(service);
    std::promise<Reply> turned_away;
    auto const handler = service.sign_in("handler");
    std::vector<std::future<Reply>> uploads;
    for (int i = 0; i < 3; ++i) {
        uploads.push_back(std::async(std::launch::async, [&] {
            auto tab = service.anonymous();  // of the same browser
            tab.csrf = handler.csrf;
            auto const path = filed.c.path("/attachments?name=a.txt");
            auto reply = tab.send("POST", path, "a", "application/octet-stream", {{"Cookie", handler.cookie()}});
            if (reply.status() != 201) turned_away.set_value(reply);
            return reply;
        }));
    }
    EXPECT_EQ(turned_away.get_future().get().code(), "overloaded");
    auto other = std::async(std::launch::async, [&filed] { return filed.upload("4.txt", "4", "reviewer"); });
    clamd.become(fakes::Clamd::Mood::Answers);
    EXPECT_EQ(other.get().status(), 201U);
    unsigned all = 0;
    for (auto& each : uploads) all += each.get().status();
    EXPECT_EQ(all, 201U + 201U + 503U);
}

TEST(Examinations, ThatDidNotFinishHoldTheFile) {
    Service service;
    service.config().examination_time = std::chrono::seconds(1);
    service.config().reexamination_time = std::chrono::seconds(1);
    service.restart();
    FiledCase const filed(service);
    auto const kept = filed.upload("nested.pdf", fakes::make_nested_pdf());
    ASSERT_EQ(kept.status(), 201U) << kept.body();
    EXPECT_EQ(kept.json().at("state"), "awaiting_examination");
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(filed.file(1)).code(), "file_not_available");
    EXPECT_EQ(handler.get(filed.file(1, "/pages/1.png")).code(), "file_not_available");
    EXPECT_EQ(handler.post(filed.file(1, "/findings"), json::object()).code(), "file_not_available");
    EXPECT_EQ(handler.post(filed.file(1, "/release"), json::object()).status(), 409U);

    EXPECT_EQ(look_into_files(service), 1);  // no more time than before: two people have to decide
    EXPECT_EQ(look_into_files(service), 0);
    EXPECT_EQ(handler.get(filed.c.path("/attachments")).json().at("items").at(0).at("state"), "quarantined");
    auto const incidents = service.sign_in("secadmin").get("/api/v1/incidents").json().at("items").as_array();
    ASSERT_EQ(incidents.size(), 1U);
    EXPECT_EQ(incidents[0].at("mark"), "检查没有读完");
}

/// A text that is in use or waits, as an earlier version may have left it: with that content, examined by those rules.
void leave_file(Service& service, FiledCase const& filed, int n, std::string_view content, workflow::FileState state) {
    storage::Files::Writer writer(service.store().files());
    writer.write(content);
    auto const sha256 = writer.finish().sha256;
    auto const left = service.store().writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
        connection.execute(
            "UPDATE case_files SET sha256 = $3, state = $4, rules = 0 WHERE case_id = $1 AND n = $2",
            filed.c.id,
            n,
            sha256,
            workflow::code(state)
        );
        return true;
    });
    ASSERT_TRUE(left);
}

TEST(Examinations, WithMoreTimeDecide) {
    Service service;
    FiledCase const filed(service);
    for (auto const* name : {"1.pdf", "2.pdf"}) ASSERT_EQ(filed.upload(name, make_pdf({pdf_text("a")})).status(), 201U);
    auto const waits = workflow::FileState::AwaitingExamination;
    leave_file(service, filed, 1, make_pdf({pdf_text("b")}), waits);
    leave_file(service, filed, 2, fakes::make_nested_pdf(2, 2), waits);
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(filed.file(1)).code(), "file_not_available");
    EXPECT_EQ(look_into_files(service), 2);
    EXPECT_EQ(look_into_files(service), 0);
    EXPECT_EQ(handler.get(filed.file(1)).status(), 200U);
    EXPECT_EQ(handler.get(filed.file(2)).code(), "file_not_available");
    auto guard = service.sign_in("secadmin");
    EXPECT_EQ(guard.get("/api/v1/incidents").json().at("items").at(0).at("mark"), "机密★");
}

TEST(Examinations, HoldOlderFilesToTheRulesOfToday) {
    Service service;
    FiledCase const filed(service);
    for (auto const* name : {"1.pdf", "2.pdf", "3.pdf"}) {
        ASSERT_EQ(filed.upload(name, make_pdf({pdf_text(name)})).status(), 201U);
    }
    EXPECT_EQ(look_into_files(service), 0) << "examined by the rules of today";
    auto const in_use = workflow::FileState::Available;
    auto const script = make_pdf({pdf_text("a")}, "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>");
    leave_file(service, filed, 1, make_pdf({pdf_text("b")}), in_use);
    leave_file(service, filed, 2, script, in_use);
    leave_file(service, filed, 3, make_pdf({pdf_text("c")}), in_use);
    service.store().files().destroy(
        service.store().case_files().find(*service.store().connect(), {filed.c.id, 3})->sha256
    );
    EXPECT_EQ(look_into_files(service), 3);
    EXPECT_EQ(look_into_files(service), 0);
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(filed.file(1)).status(), 200U);
    auto secrecy = service.sign_in("secrecy");
    auto guard = service.sign_in("secadmin");
    auto const incidents = guard.get("/api/v1/incidents").json().at("items").as_array();
    ASSERT_EQ(incidents.size(), 2U);
    EXPECT_NE(std::string(incidents[1].at("mark").as_string()).find("脚本"), std::string::npos);
    EXPECT_NE(std::string(incidents[0].at("mark").as_string()).find("损坏"), std::string::npos);

    // What two people have decided is not asked again by later rules.
    auto const path = "/api/v1/incidents/" + std::to_string(incidents[1].at("id").as_int64());
    json::object const release{{"decision", "release"}, {"reason", "脚本只用来打印，文件不涉密。"}};
    ASSERT_EQ(secrecy.post(path + "/proposal", release).status(), 204U);
    ASSERT_EQ(guard.post(path + "/confirmation", json::object()).status(), 204U);
    leave_file(service, filed, 2, script, in_use);
    EXPECT_EQ(look_into_files(service), 1);
    EXPECT_EQ(handler.get(filed.file(2)).status(), 200U);
}

TEST(Release, NeedsEveryFindingSettled) {
    Service service;
    FiledCase const filed(service);
    auto const docx = make_docx(
        paragraph("电话13812345678") + paragraph("联系13912345678"),
        {{"word/comments.xml",
          "<w:comments><w:comment><w:p><w:r><w:t>内部意见</w:t></w:r></w:p></w:comment></w:comments>"}}
    );
    ASSERT_EQ(filed.upload("a.docx", docx).status(), 201U);
    auto handler = service.sign_in("handler");
    auto const none = json::object();
    EXPECT_EQ(handler.post(filed.file(1, "/release"), none).code(), "not_checked");
    auto const checked = handler.post(filed.file(1, "/findings"), none);
    ASSERT_EQ(checked.status(), 200U) << checked.body();
    EXPECT_EQ(checked.json().at("items").as_array().size(), 3U);
    EXPECT_EQ(checked.body().find("13812345678"), std::string::npos);
    EXPECT_EQ(handler.post(filed.file(1, "/release"), none).code(), "findings_open");

    auto const cleaned = handler.post(filed.file(1, "/cleaned"), {{"mask", false}});
    ASSERT_EQ(cleaned.status(), 201U) << cleaned.body();
    EXPECT_EQ(cleaned.json().at("n"), 2);
    EXPECT_EQ(cleaned.json().at("source"), 1);
    EXPECT_EQ(cleaned.json().at("name"), "a（清理）.docx");
    EXPECT_EQ(handler.post(filed.file(2, "/findings"), none).json().at("items").as_array().size(), 2U);

    auto office = service.sign_in("office");
    json::object const reason{{"reason", "是对外公布的办公电话。"}};
    for (auto const* k : {"1", "2"}) {
        auto const path = filed.file(2, "/findings/" + std::string(k));
        EXPECT_EQ(office.post(path + "/confirmation", none).code(), "not_waived");
        EXPECT_EQ(handler.post(path + "/waiver", reason).status(), 200U);
        EXPECT_EQ(handler.post(path + "/confirmation", none).code(), "second_person_required");
        EXPECT_EQ(handler.post(filed.file(2, "/release"), none).code(), "findings_open");
        EXPECT_EQ(office.post(path + "/confirmation", none).status(), 200U);
    }
    EXPECT_EQ(handler.post(filed.file(2, "/findings/3/waiver"), reason).code(), "finding_not_found");
    EXPECT_EQ(handler.post(filed.file(2, "/release"), none).json().at("released"), true);
    EXPECT_EQ(handler.get(filed.file(2, "/findings")).json().at("items").at(0).at("confirmed_by"), "测试office");
    EXPECT_EQ(service.sign_in("stranger").get(filed.file(2, "/findings")).status(), 404U);

    auto const masked = handler.post(filed.file(1, "/cleaned"), {{"mask", true}});
    EXPECT_EQ(handler.post(filed.file(3, "/findings"), none).json().at("items").as_array().size(), 0U);
}

TEST(Redaction, MakesAFileWithoutTheAreas) {
    Service service;
    FiledCase const filed(service);
    ASSERT_EQ(filed.upload("a.pdf", make_pdf({pdf_text("Public"), pdf_text("Secret name", 200)})).status(), 201U);
    ASSERT_EQ(filed.upload("b.txt", "文字").status(), 201U);
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(filed.file(1, "/pages")).json().at("count"), 2);
    auto const page = handler.get(filed.file(1, "/pages/2.png"));
    EXPECT_EQ(page.header("Content-Type"), "image/png");
    EXPECT_EQ(page.body().substr(1, 3), "PNG");
    for (auto const* missing : {"/pages/3.png", "/pages/0.png", "/pages/x.png"}) {
        EXPECT_EQ(handler.get(filed.file(1, missing)).code(), "page_not_found");
    }
    EXPECT_EQ(handler.get(filed.file(2, "/pages")).code(), "no_pages");

    json::object const area{
        {"page", 2}, {"x", 80}, {"y", 440}, {"width", 500}, {"height", 80}, {"limb", "personal_privacy"}};
    auto const made = handler.post(filed.file(1, "/redactions"), {{"areas", json::array{area}}});
    ASSERT_EQ(made.status(), 201U) << made.body();
    EXPECT_EQ(made.json().at("n"), 3);
    EXPECT_EQ(handler.get(filed.file(3)).body().find("Secret"), std::string::npos);
    auto const note = handler.get(filed.file(3, "/redaction"));
    for (auto const* member : {"page", "x", "y", "width", "height", "limb"}) {
        EXPECT_EQ(note.json().at("areas").at(0).at(member), area.at(member));
    }
    auto const pdf = handler.get(filed.file(3, "/redaction.pdf"));
    EXPECT_EQ(pdf.body().substr(0, 5), "%PDF-");
    EXPECT_NE(pdf.header("Content-Disposition").find("attachment"), std::string::npos);
    EXPECT_EQ(handler.get(filed.file(1, "/redaction")).code(), "not_redacted");
    auto wrong = area;
    wrong["width"] = 2000;
    EXPECT_EQ(handler.post(filed.file(1, "/redactions"), {{"areas", json::array{wrong}}}).status(), 422U);
}

TEST(Attachments, AnApplicantSeesTheirOwnAlone) {
    Service service;
    auto citizen = service.anonymous();
    auto const made = citizen.post("/api/v1/applications", application()).json();
    auto const opened =
        citizen.post("/api/v1/tracking", {{"number", made.at("number")}, {"query_code", made.at("query_code")}}).json();
    citizen.csrf = opened.at("csrf_token").as_string();
    auto const path = std::string(kCases) + "/" + std::string(opened.at("case_id").as_string()) + "/attachments";
    auto registrar = service.sign_in("registrar");
    ASSERT_EQ(registrar.send("POST", path + "?name=internal.txt", "内部检索材料", "text/plain").status(), 201U);
    auto const own = citizen.send("POST", path + "?name=mine.txt", "我的补充材料", "text/plain");
    ASSERT_EQ(own.status(), 201U) << own.body();
    auto const files = citizen.get("/api/v1/tracking").json().at("attachments").as_array();
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].at("name"), "mine.txt");
    EXPECT_EQ(citizen.get(path + "/2").body(), "我的补充材料");
    EXPECT_EQ(citizen.get(path + "/1").status(), 404U);
}

}  // namespace
}  // namespace server::api
