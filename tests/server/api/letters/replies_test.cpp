#include <gtest/gtest.h>

#include <algorithm>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

/// A case of 2026-03-02 that its handler has claimed.
class Replies : public testing::Test {
protected:
    Replies() {
        c.act(reviewer, "accept", {{"department", "430500-01-d1"}});
        c.act(handler, "claim");
    }

    json::object review(json::object const& draft) {
        auto const reply = handler.post(c.path("/reply/review"), draft);
        EXPECT_EQ(reply.status(), 200U) << reply.body();
        return reply.json();
    }

    static json::object draft(json::object item, std::string_view text = "现向您公开所申请的信息。") {
        auto const outcome = item.at("outcome");
        return {{"outcome", outcome}, {"items", {std::move(item)}}, {"text", text}};
    }

    static json::object check(json::object const& review, std::string_view name) {
        for (auto const& each : review.at("checks").as_array()) {
            if (each.at("check").as_string() == name) return each.as_object();
        }
        throw std::runtime_error("no such check: " + std::string(name));
    }

    Service service;
    HttpClient registrar = service.sign_in("registrar");
    HttpClient reviewer = service.sign_in("reviewer");
    HttpClient handler = service.sign_in("handler");
    WorkedCase c{registrar.post(kCases, registration()).json()};
    json::object const given{{"outcome", "disclosed"}, {"reference", "方案全文一份,共12页"}};
};

TEST_F(Replies, AReviewSaysWhatIsMissingChecksAndShowsTheLetterAndKeepsNothing) {
    auto const version = c.version;
    auto const found = review(draft({{"outcome", "refused_internal"}, {"limb", "personnel"}}, "电话13800000000。"));
    ASSERT_EQ(found.at("missing").as_array().size(), 2U);
    EXPECT_EQ(found.at("missing").as_array()[0].at("pointer"), "/items/0/reason");
    auto const personal = check(found, "no_personal_data");
    EXPECT_FALSE(personal.at("holds").as_bool());
    EXPECT_EQ(personal.at("severity"), "waive");
    EXPECT_EQ(personal.at("findings").as_array()[0].at("pointer"), "/text");
    EXPECT_EQ(check(found, "exceptions_considered").at("severity"), "block");
    EXPECT_TRUE(check(found, "dates_agree").at("holds").as_bool());
    EXPECT_EQ(found.at("preview").at("agency"), "邵阳市自然资源局");

    auto const complete = review(draft(given));
    EXPECT_TRUE(complete.at("missing").as_array().empty());
    for (auto const& each : complete.at("checks").as_array()) EXPECT_TRUE(each.at("holds").as_bool()) << each;
    EXPECT_EQ(handler.get(c.path()).json().at("version").as_int64(), version);
    EXPECT_EQ(handler.get(c.path("/reply/review")).status(), 404U);
}

/// 条例第三十七条, and the order of 表三.
TEST_F(Replies, AReviewProposesTheOutcomeOfTheWhole) {
    auto unnamed = draft(given);
    unnamed.erase("outcome");
    EXPECT_EQ(review(unnamed).at("outcome"), "disclosed");
    unnamed["items"].as_array().push_back({{"outcome", "refused_internal"}, {"limb", "personnel"}});
    EXPECT_EQ(review(unnamed).at("outcome"), "partial");
    unnamed["outcome"] = "disclosed";
    EXPECT_EQ(review(unnamed).at("outcome"), "disclosed") << "what was named stays, and is found missing the rule";
    unnamed.erase("outcome");
    unnamed["items"].as_array().push_back(json::object{{"outcome", "nonsense"}});
    EXPECT_EQ(handler.post(c.path("/reply/review"), unnamed).status(), 422U);
}

TEST_F(Replies, WhatFailsIsPutRightOrAnsweredForUnderTheHandlersName) {
    ASSERT_EQ(c.act(handler, "draft_reply", draft(given, "请与13800000000联系领取。")).status(), 200U);
    auto const refused = c.act(handler, "submit_reply");
    ASSERT_EQ(refused.status(), 422U);
    EXPECT_EQ(refused.json().at("code"), "check_failed");
    EXPECT_EQ(refused.json().at("errors").as_array()[0].at("pointer"), "/text");

    json::object const waiver{{"check", "no_personal_data"}, {"reason", "经办人的办公手机,已征得本人同意"}};
    auto const submitted = c.act(handler, "submit_reply", {{"waivers", {waiver}}});
    ASSERT_EQ(submitted.status(), 200U) << submitted.body();
    auto head = service.sign_in("head");
    auto const shown = head.get(c.path()).json().at("waivers").as_array();
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0].at("check_label"), "答复中没有个人信息");
    EXPECT_FALSE(check(head.get(c.path("/reply/review")).json(), "no_personal_data").at("holds").as_bool());
    // The reason may name somebody: the journal holds it sealed.
    EXPECT_EQ(service.sign_in("auditor").get("/api/v1/journal").body().find("办公手机"), std::string::npos);
}

TEST_F(Replies, WhatIsMissingOutsideTheReplyNamesTheStepThatSuppliesIt) {
    auto const found =
        review(draft({{"outcome", "not_held"}, {"limb", "not_made"}, {"reason", "三处都没有找到这份方案"}}));
    auto const& missing = found.at("missing").as_array();
    ASSERT_EQ(missing.size(), 1U) << missing;
    EXPECT_EQ(missing[0].at("action"), "add_search_record");
    auto const inside = review(draft({{"outcome", "refused_internal"}, {"limb", "personnel"}}));
    EXPECT_TRUE(inside.at("missing").at(0).at("action").is_null());
}

TEST_F(Replies, AReturnedReplySaysWhoSentItBackAtWhichStepAndWhy) {
    c.act(handler, "draft_reply", draft(given));
    c.act(handler, "submit_reply");
    auto head = service.sign_in("head");
    c.act(head, "approve_reply");
    auto secrecy = service.sign_in("secrecy");
    ASSERT_EQ(c.act(secrecy, "return_reply", {{"reason", "附件含有内部电话，请删去"}}).status(), 200U);

    auto const shown = handler.get(c.path()).json();
    EXPECT_TRUE(shown.at("returned").as_bool());
    EXPECT_EQ(shown.at("round"), 2);
    auto const back = shown.at("returns").at(0).as_object();
    EXPECT_EQ(back.at("step"), "secrecy");
    EXPECT_EQ(back.at("by_name"), "测试secrecy");
    EXPECT_EQ(back.at("on"), "2026-03-02");
    EXPECT_EQ(back.at("reason"), "附件含有内部电话，请删去");
    EXPECT_EQ(back.at("approvals").at(0).at("by_name"), "测试head");
    auto const listed = handler.get(kCases).json().at("items").at(0).as_object();
    EXPECT_EQ(listed.at("returned_at_label"), "保密审查");
    EXPECT_EQ(listed.at("returned_by_name"), "测试secrecy");
    EXPECT_EQ(listed.at("returned_on"), "2026-03-02");
    EXPECT_EQ(listed.at("next_step_name"), "修改答复");

    c.act(handler, "submit_reply");
    EXPECT_FALSE(handler.get(c.path()).json().at("returned").as_bool());
    EXPECT_TRUE(handler.get(kCases).json().at("items").at(0).at("returned_at").is_null());
}

TEST_F(Replies, WhatIsApprovedIsWhatWasSeenWithItsFiles) {
    auto const upload = handler.send("POST", c.path("/attachments?name=a.txt"), "方案全文", "application/octet-stream");
    ASSERT_EQ(upload.status(), 201U) << upload.body();
    c = WorkedCase(handler.get(c.path()).json());
    auto const file = upload.json().at("sha256");
    auto const release = [&] {
        handler.post(c.path("/attachments/1/findings"), json::object());
        return handler.post(c.path("/attachments/1/release"), json::object()).status();
    };
    c.act(handler, "draft_reply", draft(given));
    ASSERT_EQ(c.act(handler, "submit_reply").status(), 200U);
    auto head = service.sign_in("head");
    auto const approves = [&](json::object const& seen) { return c.act(head, "approve_reply", seen); };
    ASSERT_EQ(release(), 200U);  // after the page with no file was opened: the version of the case stands still
    auto const unseen = approves({{"seen_round", 1}});
    EXPECT_EQ(unseen.status(), 422U);
    EXPECT_EQ(unseen.code(), "not_what_was_seen");
    EXPECT_EQ(approves({{"seen_files", {file}}}).code(), "not_what_was_seen");
    EXPECT_EQ(approves({{"seen_round", 2}, {"seen_files", {file}}}).code(), "not_what_was_seen");
    EXPECT_EQ(approves({{"seen_round", 1}, {"seen_files", {file, file}}}).code(), "not_what_was_seen");
    auto const approved = approves({{"seen_round", 1}, {"seen_files", {file}}});
    ASSERT_EQ(approved.status(), 200U) << approved.body();

    auto const event = head.get(c.path("/timeline")).json().at("items").as_array().back();
    EXPECT_EQ(event.at("data").at("seen_round"), 1);
    EXPECT_EQ(event.at("facts").at(1).at("text"), "a.txt");
}

TEST_F(Replies, TheSameApplicantsEarlierReplyIsFound) {
    c.act(handler, "draft_reply", draft(given));
    c.act(handler, "submit_reply");
    for (auto const* who : {"head", "secrecy", "legal", "office"}) {
        auto approver = service.sign_in(who);
        c.act(approver, "approve_reply");
    }
    json::object const dispatch{
        {"method", "post"}, {"dispatched_on", "2026-03-02"}, {"tracking_number", "1164300000123"}};
    auto const sent = c.act(registrar, "dispatch_reply", dispatch);
    ASSERT_EQ(sent.status(), 200U) << sent.body();
    std::string const number(sent.json().at("reply_number").as_string());

    c = WorkedCase(registrar.post(kCases, registration()).json());
    c.act(reviewer, "accept", {{"department", "430500-01-d1"}});
    auto const prefills = handler.get(c.path("/reply/prefills")).json().at("items").as_array();
    EXPECT_TRUE(std::ranges::any_of(prefills, [&](json::value const& each) {
        return each.at("outcome") == "repeated" && each.at("reference").as_string().starts_with(number);
    }));
    json::object item{{"outcome", "repeated"}, {"reference", number}};
    EXPECT_TRUE(check(review(draft(item)), "answered_before").at("holds").as_bool());
    item["reference"] = "邵测01公开〔2020〕答第99号";
    EXPECT_FALSE(check(review(draft(item)), "answered_before").at("holds").as_bool());
}

TEST_F(Replies, ThePreviewIsAPdf) {
    auto const reply = handler.post(c.path("/reply/preview.pdf"), draft(given));
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    EXPECT_EQ(reply.header("Content-Type"), "application/pdf");
    EXPECT_TRUE(reply.body().starts_with("%PDF-"));
}

TEST_F(Replies, ADraftThatIsNoneIsRefused) {
    EXPECT_EQ(handler.post(c.path("/reply/review"), {{"text", "现公开。"}}).status(), 422U);
    EXPECT_EQ(handler.post(c.path("/reply/preview.pdf"), {{"text", "现公开。"}}).status(), 422U);
    auto stranger = service.sign_in("stranger");
    EXPECT_EQ(stranger.post(c.path("/reply/review"), draft(given)).status(), 404U);
    EXPECT_EQ(stranger.get(c.path("/reply/prefills")).status(), 404U);
}

TEST_F(Replies, TheGuideAsksSevenQuestions) {
    auto const guide = handler.get("/api/v1/outcome-guide").json().at("questions").as_array();
    ASSERT_EQ(guide.size(), 7U);
    EXPECT_EQ(guide[0].at("answers").as_array()[0].at("next"), "request");
}

}  // namespace
}  // namespace server::api
