#include <gtest/gtest.h>

#include "tests/fakes/carrier_process.hpp"
#include "tests/server/api/letters_made.hpp"
#include "tests/server/api/messages_sent.hpp"
#include "tests/server/api/service.hpp"
#include "tests/server/letters/papers.hpp"

namespace server::api {
namespace {

namespace json = boost::json;
using fakes::CarrierProcess;
using storage::MessageKind;

constexpr std::string_view kDeliveries = "/api/v1/deliveries";
constexpr std::string_view kContact = "/api/v1/session/contact";

/// The service, with mail to a server that behaves as the test says; what is due is sent when the test says so.
class Town {
public:
    /// Empty: no mail at all.
    explicit Town(std::string const& mail = "") {
        if (!mail.empty()) {
            smtp.emplace("smtp_server.py", mail);
            service.config().mail_host = "127.0.0.1";
            service.config().mail_port = smtp->port();
            service.config().mail_tls = "off";
            service.config().mail_sender = "gk@shifan.example.cn";
            service.restart();
        }
    }

    void send() { send_messages(service); }

    /// A registered request of somebody who wants mail, as the registrar entered it.
    WorkedCase registered(std::string_view obtain_by = "email") {
        auto form = registration();
        form["obtain_by"] = obtain_by;
        form.at("applicant").as_object()["email"] = "zhang@example.cn";
        auto registrar = service.sign_in("registrar");
        auto const made = registrar.post(kCases, form);
        EXPECT_EQ(made.status(), 201U) << made.body();
        query_code = made.json().at("query_code").as_string();
        return WorkedCase(made.json());
    }

    void request_correction(WorkedCase& c) {
        auto reviewer = service.sign_in("reviewer");
        json::object const form{
            {"points", {"请写明形成时间"}}, {"guidance", "可以写大致的年份"}, {"content_unclear", true}};
        auto const asked = c.act(reviewer, "request_correction", form);
        ASSERT_EQ(asked.status(), 200U) << asked.body();
    }

    /// Up to the signed reply, ready to go out.
    void sign(WorkedCase& c) {
        auto const must = [&](std::string_view who, std::string_view action, json::object const& form = {}) {
            auto client = service.sign_in(who);
            auto const done = c.act(client, action, form);
            ASSERT_EQ(done.status(), 200U) << action << done.body();
        };
        must("reviewer", "accept", {{"department", "430500-01-d1"}});
        must("handler", "claim");
        json::object const search{
            {"places", {"business_unit", "archive_room", "office_system"}},
            {"keywords", {"征收补偿"}},
            {"searchers", "王五"},
            {"searched_on", "2026-03-02"},
            {"found", true},
            {"result", "在业务科室找到方案全文"}};
        must("handler", "add_search_record", search);
        json::object const item{{"outcome", "disclosed"}, {"reference", "方案全文一份,共12页"}};
        must("handler", "draft_reply", {{"outcome", "disclosed"}, {"items", {item}}, {"text", "现向您公开。"}});
        must("handler", "submit_reply");
        for (auto const* who : {"head", "secrecy", "legal", "office"}) must(who, "approve_reply");
    }

    /// Stands for the making of letters: the step's letter is there, with these pages, and nothing is pending.
    void freeze(WorkedCase const& c, workflow::LetterKind kind, std::string_view pages) {
        auto& store = service.store();
        storage::Files::Writer writer(store.files());
        writer.write(pages);
        auto const file = writer.finish();
        auto const timeline = store.cases().timeline(*store.connect(), c.id);
        auto const step = std::ranges::find_if(timeline.rbegin(), timeline.rend(), [](auto const& entry) {
            return entry.event.document.has_value();
        });
        auto const frozen = store.writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
            auto const& agency = *store.directory().pending().agency(workflow::Code{"430500-01"});
            auto const now = service.time.now();
            auto const planned = store.letters().plan(
                connection, c.id, step->seq, agency, step->event.document, service.time.today(), {{kind, {}, {}}}
            );
            auto const used = store.letters().letter_template(connection, kind);
            auto const done = store.letters().freeze(connection, c.id, planned[0].n, {}, file, used, agency, now);
            if (!done) return done.error();
            for (auto const& made :
                 store.outbox().claim(connection, MessageKind::Letter, now, 10, std::chrono::minutes(1))) {
                store.outbox().settle(connection, made, {storage::Outbox::Verdict::Sent}, now);
            }
            return true;
        });
        ASSERT_TRUE(frozen) << frozen.error().detail;
    }

    json::array list(std::string_view query = "", std::string_view who = "registrar") {
        auto client = service.sign_in(who);
        auto const reply = client.get(std::string(kDeliveries) + std::string(query));
        EXPECT_EQ(reply.status(), 200U) << reply.body();
        return reply.json().at("items").as_array();
    }

    Reply act(
        json::value const& delivery,
        std::string_view action,
        json::object const& form = {},
        std::string_view who = "registrar"
    ) {
        auto client = service.sign_in(who);
        auto const path = std::string(kDeliveries) + "/" + std::to_string(delivery.at("id").as_int64()) + "/actions/";
        return client.post(path + std::string(action), form);
    }

    Service service;
    std::optional<CarrierProcess> smtp;
    std::string query_code;  ///< of the request registered last
};

TEST(Deliveries, WithoutMailALetterIsPrintedAndItsPostalNumberKept) {
    Town town;
    auto c = town.registered();
    town.request_correction(c);
    town.send();
    auto const tasks = town.list("?state=waiting");
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks[0].at("kind"), "print");
    EXPECT_EQ(tasks[0].at("topic"), "correction_requested");
    EXPECT_EQ(tasks[0].at("to"), "申请人");
    EXPECT_EQ(tasks[0].at("statutory"), true);
    EXPECT_EQ(tasks[0].at("case").as_string(), c.id);

    EXPECT_EQ(town.act(tasks[0], "confirm_printed").code(), "invalid_input");
    json::object form{{"way", "post"}, {"sent_on", "2026-03-02"}};
    EXPECT_EQ(town.act(tasks[0], "confirm_printed", form).status(), 422U);
    form["tracking_number"] = "SF1234567890123";
    EXPECT_EQ(town.act(tasks[0], "confirm_printed", form).json().at("errors").at(0).at("code"), "private_courier");
    form["tracking_number"] = "1164300000123";
    form["sent_on"] = "2026-03-03";
    EXPECT_EQ(town.act(tasks[0], "confirm_printed", form).status(), 422U) << "not tomorrow";
    form["sent_on"] = "2026-03-02";
    auto const done = town.act(tasks[0], "confirm_printed", form);
    ASSERT_EQ(done.status(), 200U) << done.body();
    EXPECT_EQ(done.json().at("state"), "sent");
    EXPECT_EQ(done.json().at("reference"), "1164300000123");
    EXPECT_TRUE(done.json().at("actions").as_array().empty());
    EXPECT_EQ(town.act(tasks[0], "confirm_printed", form).status(), 409U) << "once";
    EXPECT_TRUE(town.list("?state=waiting").empty());
    auto registrar = town.service.sign_in("registrar");
    auto const told = registrar.get(c.path()).json();
    EXPECT_EQ(told.at("notices").at(0).at("dispatch").at("tracking_number"), "1164300000123") << "the case knows it";
    EXPECT_EQ(told.at("notices").at(0).at("dispatch").at("late"), false);
    EXPECT_TRUE(told.at("clock").at("reply_due").is_null());
}

TEST(Deliveries, ALetterIsNotPostedBeforeItWasMade) {
    Town town;
    auto c = town.registered();
    town.service.time.go_to("2026-03-04");
    town.request_correction(c);
    town.send();
    auto const task = town.list("?state=waiting").at(0);
    json::object form{{"way", "post"}, {"sent_on", "2020-01-01"}, {"tracking_number", "1164300000123"}};
    EXPECT_EQ(town.act(task, "confirm_printed", form).json().at("errors").at(0).at("pointer"), "/sent_on");
    form["sent_on"] = "2026-03-03";
    EXPECT_EQ(town.act(task, "confirm_printed", form).json().at("errors").at(0).at("code"), "before_the_letter");
    form["sent_on"] = "2026-03-04";
    EXPECT_EQ(town.act(task, "confirm_printed", form).status(), 200U);
}

TEST(Deliveries, ATaskIsDoneWhenItsLetterHasReachedTheApplicantOtherwise) {
    Town town;
    auto c = town.registered();
    town.request_correction(c);
    town.send();
    ASSERT_EQ(town.list("?state=waiting").size(), 1U);
    auto registrar = town.service.sign_in("registrar");
    auto const told = c.hand_over(registrar, "correction_notice", "2026-03-02");
    ASSERT_EQ(told.status(), 200U) << told.body();
    EXPECT_TRUE(town.list("?state=waiting").empty());
}

TEST(Deliveries, AnOpenTaskStandsInTheWayOfTheArchive) {
    Town town;
    auto c = town.registered();
    auto registrar = town.service.sign_in("registrar");
    ASSERT_EQ(c.act(registrar, "withdraw", oral_withdrawal()).status(), 200U);
    town.send();
    auto const refused = c.act(registrar, "archive", {{"retention_years", 10}});
    EXPECT_EQ(refused.code(), "delivery_open");
    EXPECT_NE(refused.body().find("打印送达“终止办理告知”（等待，2026-03-02产生）"), std::string::npos)
        << refused.body();
    json::object const form{{"way", "post"}, {"sent_on", "2026-03-02"}, {"tracking_number", "1164300000123"}};
    ASSERT_EQ(town.act(town.list("?state=waiting").at(0), "confirm_printed", form).status(), 200U);
    registrar = town.service.sign_in("registrar");
    EXPECT_EQ(c.act(registrar, "archive", {{"retention_years", 10}}).status(), 200U);
}

TEST(Deliveries, AMailWaitsForItsLetterAndCarriesIt) {
    Town town("ok");
    auto c = town.registered();
    town.request_correction(c);
    town.send();
    auto const waiting = town.list("?kind=email&state=waiting,retrying");
    ASSERT_EQ(waiting.size(), 2U) << "the receipt and the letter asking for a correction";
    EXPECT_EQ(waiting[0].at("topic"), "correction_requested") << "the newest first";
    EXPECT_EQ(waiting[0].at("error"), "letter_not_ready");
    EXPECT_EQ(waiting[0].at("attempts"), 0) << "waiting is no attempt";
    EXPECT_EQ(waiting[0].at("address"), "z***@example.cn");

    town.freeze(c, workflow::LetterKind::CorrectionNotice, "%PDF-1.7 correction");
    town.service.time.advance(std::chrono::minutes(1));
    town.send();
    ASSERT_TRUE(town.list("?kind=email&state=waiting,retrying").empty());
    auto const received = town.smtp->received();
    auto const mail =
        std::ranges::find_if(received, [](auto const& each) { return !each.at("files").as_array().empty(); });
    ASSERT_NE(mail, received.end());
    EXPECT_EQ(mail->at("to").as_array(), json::array{"zhang@example.cn"});
    EXPECT_EQ(mail->at("files").at(0).at("name"), "补正告知书.pdf");
    EXPECT_EQ(mail->at("files").at(0).at("bytes"), 19);
    auto registrar = town.service.sign_in("registrar");
    auto const told = registrar.get(c.path()).json().at("notices").at(0);
    EXPECT_EQ(told.at("dispatch").at("method"), "email") << "accepted by the other side: from here it counts";
    EXPECT_EQ(told.at("delivery").at("result"), "accepted");
}

TEST(Deliveries, AReplyThatTheOtherSideTookHasBeenServed) {
    Town town("ok");
    auto c = town.registered();
    town.sign(c);
    town.freeze(c, workflow::LetterKind::Disclosed, "%PDF-1.7 reply");
    auto registrar = town.service.sign_in("registrar");
    auto const sent = c.act(registrar, "dispatch_reply", {{"method", "email"}, {"dispatched_on", "2026-03-02"}});
    ASSERT_EQ(sent.status(), 200U) << sent.body();
    EXPECT_EQ(sent.json().at("state"), "dispatching") << "under way, and not yet sent";
    EXPECT_EQ(sent.json().at("sending").at("method"), "email");
    town.send();
    auto const now = registrar.get(c.path()).json();
    EXPECT_EQ(now.at("state"), "replied");
    EXPECT_EQ(now.at("delivery").at("result"), "accepted");
    EXPECT_EQ(now.at("delivery").at("delivered_on"), "2026-03-02");
    EXPECT_EQ(town.list("?kind=email&state=sent&case=" + c.id).at(0).at("topic"), "reply_by_email");
}

TEST(Deliveries, AReplyByMailCarriesTheReleasedFilesAndNoOthers) {
    Town town("ok");
    auto c = town.registered();
    auto registrar = town.service.sign_in("registrar");
    for (auto const* name : {"plan.txt", "notes.txt"}) {
        std::string const path = c.path("/attachments?name=" + std::string(name));
        ASSERT_EQ(
            registrar.send("POST", path, "资江北岸土地征收补偿安置方案", "application/octet-stream").status(), 201U
        );
    }
    json::object const none;
    for (std::string const file : {"/attachments/1", "/attachments/2"})
        ASSERT_EQ(registrar.post(c.path(file + "/findings"), none).status(), 200U);
    ASSERT_EQ(registrar.post(c.path("/attachments/1/release"), none).status(), 200U);
    c.version = registrar.get(c.path()).json().at("version").as_int64();
    town.sign(c);
    town.freeze(c, workflow::LetterKind::Disclosed, "%PDF-1.7 reply");
    registrar = town.service.sign_in("registrar");
    c.version = registrar.get(c.path()).json().at("version").as_int64();
    EXPECT_EQ(registrar.post(c.path("/attachments/2/release"), none).code(), "reply_approved") << "nobody has seen it";
    EXPECT_EQ(registrar.post(c.path("/attachments/1/findings"), none).code(), "reply_approved") << "it would fall out";
    ASSERT_EQ(
        c.act(registrar, "dispatch_reply", {{"method", "email"}, {"dispatched_on", "2026-03-02"}}).status(), 200U
    );
    town.send();
    std::vector<std::string> names;
    for (auto const& mail : town.smtp->received()) {
        for (auto const& file : mail.at("files").as_array()) names.emplace_back(file.at("name").as_string());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"答复书：予以公开.pdf", "plan.txt"}));
}

TEST(Deliveries, AReplyThatCameBackIsATaskAgain) {
    Town town;
    auto c = town.registered();
    town.sign(c);
    town.freeze(c, workflow::LetterKind::Disclosed, "%PDF-1.7 reply");
    auto registrar = town.service.sign_in("registrar");
    json::object const by_post{
        {"method", "post"}, {"dispatched_on", "2026-03-02"}, {"tracking_number", "1164300000123"}};
    ASSERT_EQ(c.act(registrar, "dispatch_reply", by_post).status(), 200U);
    town.send();
    auto const about = "?state=waiting&case=" + c.id;
    auto const before = town.list(about).size();
    registrar = town.service.sign_in("registrar");
    json::object const came_back{{"result", "returned"}, {"delivered_on", "2026-03-02"}};
    ASSERT_EQ(c.act(registrar, "record_delivery", came_back).status(), 200U);
    town.send();
    auto const tasks = town.list(about);
    ASSERT_EQ(tasks.size(), before + 1);
    EXPECT_EQ(tasks[0].at("kind"), "print");
    EXPECT_EQ(tasks[0].at("topic"), "serve_again");
    EXPECT_EQ(tasks[0].at("letter"), "disclosed") << "which letter, and to whom";
    EXPECT_FALSE(tasks[0].at("letter_number").as_string().empty());
    EXPECT_EQ(tasks[0].at("name"), "张*");
    EXPECT_EQ(tasks[0].at("statutory"), true);
}

TEST(Deliveries, TheFirstDownloadOfAReplyIsItsService) {
    Town town;
    auto c = town.registered("download");
    town.sign(c);
    town.freeze(c, workflow::LetterKind::Disclosed, "%PDF-1.7 reply");
    auto registrar = town.service.sign_in("registrar");
    auto const sent = c.act(registrar, "dispatch_reply", {{"method", "download"}, {"dispatched_on", "2026-03-02"}});
    ASSERT_EQ(sent.status(), 200U) << sent.body();
    auto const letter = c.path("/letters/1.pdf");
    ASSERT_EQ(registrar.get(letter).status(), 200U);
    EXPECT_EQ(registrar.get(c.path()).json().at("delivery"), nullptr) << "that was not the applicant";

    auto applicant = town.service.anonymous();
    json::object const key{{"number", sent.json().at("number")}, {"query_code", town.query_code}};
    ASSERT_EQ(applicant.post("/api/v1/tracking", key).status(), 201U);
    ASSERT_EQ(applicant.get(letter).status(), 200U);
    ASSERT_EQ(applicant.get(letter).status(), 200U);
    // Written after the answers; behind this one it is there.
    ASSERT_TRUE(town.service.store().writes().run([](storage::Connection&) -> workflow::Result<bool> { return true; }));
    auto const served = registrar.get(c.path()).json();
    EXPECT_EQ(served.at("delivery").at("result"), "accepted");
    EXPECT_EQ(served.at("state"), "replied");
    EXPECT_EQ(served.at("version"), c.version + 2) << "once: sent, and served";
}

TEST(Deliveries, AReplyThatCannotBeSentComesBackToTheHandler) {
    for (auto const* carrier : {"refuse", ""}) {
        Town town(carrier);
        auto c = town.registered();
        town.sign(c);
        town.freeze(c, workflow::LetterKind::Disclosed, "%PDF-1.7 reply");
        auto registrar = town.service.sign_in("registrar");
        json::object const by_mail{{"method", "email"}, {"dispatched_on", "2026-03-02"}};
        ASSERT_EQ(c.act(registrar, "dispatch_reply", by_mail).status(), 200U);
        town.send();
        auto const now = registrar.get(c.path()).json();
        EXPECT_EQ(now.at("state"), "dispatching") << carrier;
        EXPECT_EQ(now.at("awaits"), "handler");
        EXPECT_EQ(now.at("sending"), nullptr);
        EXPECT_FALSE(now.at("sending_failure").at("reason").as_string().empty());
        EXPECT_EQ(now.at("outcome"), nullptr);

        c.version = now.at("version").as_int64();
        auto handler = town.service.sign_in("handler");
        json::object const by_post{
            {"method", "post"}, {"dispatched_on", "2026-03-02"}, {"tracking_number", "1164300000123"}};
        auto const sent = c.act(handler, "dispatch_reply", by_post);
        ASSERT_EQ(sent.status(), 200U) << sent.body();
        EXPECT_EQ(sent.json().at("state"), "replied");
        EXPECT_TRUE(town.list("?kind=print&state=waiting&case=" + c.id).empty()) << "done with the dispatch";
    }
}

TEST(Deliveries, WhatTheOtherSideRefusesIsPrintedAndTheRegistrarsAreTold) {
    Town town("refuse");
    auto registrar = town.service.sign_in("registrar");
    json::object const contact{{"email", "registrar@shifan.example.cn"}, {"digest", false}, {"sms", false}};
    ASSERT_EQ(registrar.put(kContact, contact).status(), 200U);
    auto c = town.registered();
    town.request_correction(c);
    town.freeze(c, workflow::LetterKind::CorrectionNotice, "%PDF-1.7 correction");
    town.send();
    auto const dead = town.list("?state=dead&kind=email");
    ASSERT_FALSE(dead.empty());
    EXPECT_EQ(dead[0].at("error"), "smtp_550");
    EXPECT_EQ(dead[0].at("error_text"), "对方邮件服务器拒收");
    auto const tasks = town.list("?kind=print");
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks[0].at("topic"), "correction_requested");
    bool const told = std::ranges::any_of(town.list("?kind=email"), [](json::value const& each) {
        return each.at("topic") == "delivery_failed" && each.at("to") == "测试registrar";
    });
    EXPECT_TRUE(told);

    auto const again = town.act(dead[0], "retry");
    ASSERT_EQ(again.status(), 200U) << again.body();
    EXPECT_EQ(again.json().at("state"), "waiting");
    EXPECT_EQ(again.json().at("attempts"), 0);
}

TEST(Deliveries, ABounceMakesATask) {
    Town town("ok");
    auto c = town.registered();
    town.request_correction(c);
    town.freeze(c, workflow::LetterKind::CorrectionNotice, "%PDF-1.7 correction");
    town.send();
    auto const sent = town.list("?kind=email&state=sent");
    auto const letter =
        std::ranges::find_if(sent, [](json::value const& each) { return each.at("topic") == "correction_requested"; });
    ASSERT_NE(letter, sent.end());
    ASSERT_EQ(town.act(*letter, "record_bounce").json().at("state"), "bounced");
    auto const tasks = town.list("?kind=print&state=waiting");
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks[0].at("case").as_string(), c.id);
    EXPECT_EQ(town.act(tasks[0], "cancel").code(), "invalid_input") << "the law requires it";
    json::object const because{{"reason", "已经当面交给申请人"}};
    EXPECT_EQ(town.act(tasks[0], "cancel", because).json().at("state"), "cancelled");
    auto auditor = town.service.sign_in("auditor");
    auto const journal = auditor.get("/api/v1/journal?object_type=delivery");
    ASSERT_EQ(journal.status(), 200U) << journal.body();
    EXPECT_EQ(journal.body().find("zhang"), std::string::npos);
    EXPECT_NE(journal.body().find("delivery_record_bounce"), std::string::npos);
    EXPECT_NE(journal.body().find("已经当面交给申请人"), std::string::npos);
}

TEST(Deliveries, AreSeenByWhoeverDealsWithThemAlone) {
    Town town;
    auto c = town.registered();
    town.request_correction(c);
    town.send();
    auto const tasks = town.list();
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(town.list("", "office").size(), 1U);
    EXPECT_EQ(town.list("", "sysadmin").at(0).at("address"), nullptr) << "no personal data for an administrator";
    auto reviewer = town.service.sign_in("reviewer");
    EXPECT_EQ(reviewer.get(kDeliveries).status(), 404U) << "of a case alone";
    auto const own = town.list("?case=" + c.id, "reviewer");
    ASSERT_EQ(own.size(), 1U);
    EXPECT_TRUE(own[0].at("actions").as_array().empty());
    EXPECT_EQ(town.act(tasks[0], "cancel", {}, "reviewer").status(), 403U);
    auto stranger = town.service.sign_in("stranger");
    EXPECT_EQ(stranger.get(std::string(kDeliveries) + "?case=" + c.id).status(), 404U);
    EXPECT_EQ(town.service.anonymous().get(kDeliveries).status(), 401U);
    auto registrar = town.service.sign_in("registrar");
    EXPECT_EQ(registrar.get(std::string(kDeliveries) + "?state=lost").status(), 400U);
    EXPECT_EQ(registrar.get(std::string(kDeliveries) + "?kind=letter").status(), 400U);
    EXPECT_EQ(registrar.get(std::string(kDeliveries) + "?cursor=x").status(), 422U);
    EXPECT_EQ(registrar.post(std::string(kDeliveries) + "/999/actions/cancel", {}).status(), 422U);
    EXPECT_EQ(registrar.post(std::string(kDeliveries) + "/999/actions/cancel", json::object()).status(), 404U);
}

TEST(Deliveries, ADigestComesOnceOnAWorkingDayToWhoeverWantsIt) {
    Town town("ok");
    auto handler = town.service.sign_in("handler");
    EXPECT_EQ(handler.get(kContact).json().at("digest"), true);
    EXPECT_EQ(handler.put(kContact, {{"email", "no address"}, {"digest", true}, {"sms", false}}).status(), 422U);
    json::object const contact{{"email", "handler@shifan.example.cn"}, {"digest", true}, {"sms", false}};
    ASSERT_EQ(handler.put(kContact, contact).status(), 200U);
    EXPECT_EQ(handler.get(kContact).json().at("email"), "handler@shifan.example.cn");
    auto c = town.registered();
    auto reviewer = town.service.sign_in("reviewer");
    ASSERT_EQ(c.act(reviewer, "accept", {{"department", "430500-01-d1"}}).status(), 200U);
    ASSERT_EQ(c.act(handler, "claim").status(), 200U);

    town.send();
    town.send();
    auto const digests = [&] {
        auto received = town.smtp->received();
        std::erase_if(received, [](auto const& each) { return each.at("to").at(0) != "handler@shifan.example.cn"; });
        return received;
    };
    ASSERT_EQ(digests().size(), 1U);
    EXPECT_EQ(digests()[0].at("subject"), "每日摘要（2026-03-02）");
    EXPECT_NE(digests()[0].at("text").as_string().find("等您办理的申请：1件"), json::string::npos);
    EXPECT_EQ(digests()[0].at("text").as_string().find("张"), json::string::npos) << "cases by number alone";
    town.service.time.go_to("2026-03-07");  // a Saturday
    town.send();
    EXPECT_EQ(digests().size(), 1U);
    town.service.time.go_to("2026-03-09");
    town.send();
    EXPECT_EQ(digests().size(), 2U);
}

/// The pages of the printed batch as text.
std::vector<std::string> pages_of(std::string const& pdf) {
    std::vector<std::string> pages(1);
    for (char const c : papers::text_of(pdf)) {
        if (c == '\f') {
            pages.emplace_back();
        } else {
            pages.back() += c;
        }
    }
    pages.pop_back();
    return pages;
}

TEST(Deliveries, AllThatWaitsIsPrintedInOneGoWithASheetForEach) {
    Town town;
    constexpr auto kPrint = "/api/v1/deliveries/print.pdf";
    EXPECT_EQ(town.service.sign_in("registrar").post(kPrint, {}).code(), "nothing_to_print");

    auto first = town.registered();
    town.request_correction(first);
    auto second = town.registered();
    town.request_correction(second);
    make_letters(town.service);
    town.send();
    ASSERT_EQ(town.list("?state=waiting").size(), 2U);

    auto const printed = town.service.sign_in("registrar").post(kPrint, {});
    ASSERT_EQ(printed.status(), 200U) << printed.body();
    EXPECT_EQ(printed.header("Content-Type"), "application/pdf");
    auto const pages = pages_of(printed.body());
    ASSERT_EQ(pages.size(), 10U) << "a list, and twice a sheet and a letter of two pages, each beginning on a front";
    EXPECT_NE(pages[0].find("待送文书清单"), std::string::npos);
    EXPECT_EQ(pages[1].find_first_not_of(" \n"), std::string::npos) << "the back of the list";
    for (std::size_t const at : {2U, 6U}) {
        EXPECT_NE(pages[at].find("文书送达单"), std::string::npos) << pages[at];
        EXPECT_NE(pages[at].find("张"), std::string::npos) << "the recipient by name";
        EXPECT_NE(pages[at].find("补正告知书"), std::string::npos);
        EXPECT_NE(pages[at + 2].find("请写明形成时间"), std::string::npos) << pages[at + 2];
    }
    EXPECT_EQ(town.list("?state=waiting").size(), 2U) << "confirmed letter by letter";

    auto auditor = town.service.sign_in("auditor");
    auto const noted = auditor.get("/api/v1/journal?action=print_delivery").json().at("items").as_array();
    ASSERT_EQ(noted.size(), 2U);
    EXPECT_EQ(noted[0].at("action_label"), "打印待送文书");
    for (auto const* who : {"handler", "sysadmin"}) {
        EXPECT_EQ(town.service.sign_in(who).post(kPrint, {}).status(), 403U) << who;
    }
}

TEST(Deliveries, TheDigestOfTheSystemAdministratorNamesAMissingCalendar) {
    Town town("ok");
    auto sysadmin = town.service.sign_in("sysadmin");
    json::object const contact{{"email", "sysadmin@shifan.example.cn"}, {"digest", true}, {"sms", false}};
    ASSERT_EQ(sysadmin.put(kContact, contact).status(), 200U);
    town.service.time.go_to("2026-10-30");
    town.send();
    town.send();
    EXPECT_TRUE(town.smtp->received().empty());
    town.service.time.go_to("2026-11-30");
    town.send();
    town.send();
    auto const received = town.smtp->received();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_NE(received[0].at("text").as_string().find("【严重】2027年的放假安排还没有录入"), json::string::npos);
}

}  // namespace
}  // namespace server::api
