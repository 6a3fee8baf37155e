#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

/// One request from the form to the archive, over HTTP alone.
TEST(Life, FromTheFormToTheArchive) {
    Service service;
    auto citizen = service.anonymous();
    auto const handed_in = citizen.post("/api/v1/applications", application());
    ASSERT_EQ(handed_in.status(), 201U) << handed_in.body();
    auto const number = std::string(handed_in.json().at("number").as_string());
    auto const code = std::string(handed_in.json().at("query_code").as_string());
    EXPECT_EQ(number, "430500-01-2026-000001");
    EXPECT_EQ(handed_in.json().at("received_on"), "2026-03-02");
    EXPECT_TRUE(handed_in.json().at("receipt").as_object().contains("path"));

    auto registrar = service.sign_in("registrar");
    auto const list = registrar.get("/api/v1/cases?state=submitted").json().at("items").as_array();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].at("applicant"), "张*");
    WorkedCase c(list[0].as_object());
    auto const seen = registrar.get(c.path());
    EXPECT_EQ(seen.header("ETag"), c.tag());
    EXPECT_EQ(seen.json().at("application").at("applicant").at("id_number"), "430502********0014");
    EXPECT_EQ(seen.body().find("13800001234"), std::string::npos);

    ASSERT_EQ(c.act(registrar, "confirm_receipt").status(), 200U);
    auto reviewer = service.sign_in("reviewer");
    auto accepted = c.act(reviewer, "accept", {{"department", "430500-01-d1"}});
    ASSERT_EQ(accepted.status(), 200U) << accepted.body();
    EXPECT_EQ(accepted.json().at("state"), "handling");
    EXPECT_EQ(accepted.json().at("state_label"), "办理中");
    EXPECT_EQ(accepted.json().at("department_name"), "土地利用科");
    EXPECT_EQ(accepted.json().at("clock").at("reply_due"), "2026-03-30");

    service.time.go_to("2026-03-04");
    auto handler = service.sign_in("handler");
    ASSERT_EQ(c.act(handler, "claim").status(), 200U);
    json::object const search{
        {"places", {"business_unit", "archive_room", "office_system"}},
        {"keywords", {"征收补偿"}},
        {"searchers", "王五"},
        {"searched_on", "2026-03-04"},
        {"found", true},
        {"result", "在业务科室找到方案全文"}};
    ASSERT_EQ(c.act(handler, "add_search_record", search).status(), 200U);
    json::object const letter{
        {"kind", "third_party"},
        {"addressee", "某某公司"},
        {"question", "是否同意公开该方案"},
        {"content", "方案的价款部分"}};
    auto const consulted = c.act(handler, "consult", letter);
    ASSERT_EQ(consulted.status(), 200U) << consulted.body();
    EXPECT_EQ(consulted.json().at("consultations").as_array()[0].at("id"), "c1");
    service.time.go_to("2026-03-06");
    handler = service.sign_in("handler");  // sessions do not last over night
    registrar = service.sign_in("registrar");
    json::object const opinion{
        {"consultation", "c1"}, {"received_on", "2026-03-06"}, {"stance", "agreed"}, {"text", "同意公开"}};
    ASSERT_EQ(c.act(handler, "record_opinion", opinion).status(), 200U);
    ASSERT_EQ(c.act(handler, "propose_extension", {{"days", 5}, {"reason", "材料需要逐页核对"}}).status(), 200U);
    auto office = service.sign_in("office");
    auto const extended = c.act(office, "approve_extension");
    ASSERT_EQ(extended.status(), 200U) << extended.body();
    EXPECT_EQ(extended.json().at("clock").at("reply_due"), "2026-04-01") << "the letter has not gone out";
    EXPECT_EQ(extended.json().at("notices").at(0).at("unsent"), true);
    auto const told = c.hand_over(registrar, "extension_notice", "2026-03-06");
    ASSERT_EQ(told.status(), 200U) << told.body();
    EXPECT_EQ(told.json().at("clock").at("reply_due"), "2026-04-09");  // two days of consultation, five of extension

    json::object const item{{"outcome", "disclosed"}, {"reference", "方案全文一份,共12页"}};
    json::object const draft{{"outcome", "disclosed"}, {"items", {item}}, {"text", "现向您公开所申请的信息。"}};
    auto const drafted = c.act(handler, "draft_reply", draft);
    ASSERT_EQ(drafted.status(), 200U) << drafted.body();
    ASSERT_EQ(c.act(handler, "submit_reply").status(), 200U);
    for (auto const* who : {"head", "secrecy", "legal", "office"}) {
        auto approver = service.sign_in(who);
        auto const approved = c.act(approver, "approve_reply");
        ASSERT_EQ(approved.status(), 200U) << who << approved.body();
    }
    json::object const dispatch{
        {"method", "post"},
        {"dispatched_on", "2026-03-06"},
        {"tracking_number", "EMS1234567890"},
        {"recipient", "张三收"}};
    auto const sent = c.act(registrar, "dispatch_reply", dispatch);
    ASSERT_EQ(sent.status(), 200U) << sent.body();
    EXPECT_EQ(sent.json().at("state"), "replied");
    EXPECT_EQ(sent.json().at("outcome_label"), "予以公开");
    ASSERT_EQ(
        c.act(registrar, "record_delivery", {{"result", "signed"}, {"delivered_on", "2026-03-06"}}).status(), 200U
    );

    auto const opened = citizen.post("/api/v1/tracking", {{"number", number}, {"query_code", code}});
    ASSERT_EQ(opened.status(), 201U) << opened.body();
    citizen.csrf = opened.json().at("csrf_token").as_string();
    auto const progress = citizen.get("/api/v1/tracking").json();
    EXPECT_EQ(progress.at("unit"), "土地利用科");
    EXPECT_EQ(progress.at("steps").as_array().size(), 5U);
    auto const& remedies = progress.at("remedies").as_array();
    ASSERT_EQ(remedies.size(), 2U);
    EXPECT_EQ(remedies[0].at("last_day"), "2026-05-06");
    EXPECT_EQ(remedies[1].at("last_day"), "2026-09-07");
    EXPECT_EQ(json::serialize(progress).find("测试handler"), std::string::npos);
    EXPECT_EQ(citizen.post("/api/v1/tracking/actions/rate", {{"number", number}, {"score", 5}}).status(), 200U);

    c.version = registrar.get(c.path()).json().at("version").as_int64();
    auto const archived = c.act(registrar, "archive", {{"retention_years", 30}});
    ASSERT_EQ(archived.status(), 200U) << archived.body();
    EXPECT_EQ(archived.json().at("state"), "archived");

    auto const timeline = registrar.get(c.path("/timeline")).json().at("items").as_array();
    EXPECT_EQ(timeline.front().at("action"), "submit");
    EXPECT_EQ(timeline.back().at("to"), "archived");
    EXPECT_EQ(timeline.size(), static_cast<std::size_t>(c.version));
    EXPECT_EQ(registrar.get(c.path("/timeline")).body().find("430502199003070014"), std::string::npos);
    auto const clock = registrar.get(c.path("/clock")).json();
    EXPECT_EQ(clock.at("status"), "replied");
    EXPECT_FALSE(clock.at("explain").as_array().empty());
}

TEST(Life, GoesOnAfterARestart) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const made = registrar.post(kCases, registration());
    ASSERT_EQ(made.status(), 201U) << made.body();
    WorkedCase c(made.json());
    service.restart();
    registrar = service.sign_in("registrar");
    auto const again = registrar.get(c.path());
    EXPECT_EQ(again.status(), 200U);
    EXPECT_EQ(again.json().at("number"), made.json().at("number"));
    EXPECT_EQ(registrar.post(kCases, registration()).json().at("number"), "430500-01-2026-000002");
}

TEST(Life, WhoLooksAtTheApplicantLeavesATrace) {
    Service service;
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    auto const shown = registrar.post(c.path("/applicant"), {{"reason", "电话核对通信地址"}});
    ASSERT_EQ(shown.status(), 200U) << shown.body();
    EXPECT_EQ(shown.json().at("applicant").at("phone"), "13800001234");

    auto auditor = service.sign_in("auditor");
    auto const entries =
        auditor.get("/api/v1/journal?object_type=case_access&object_id=" + c.id).json().at("items").as_array();
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].at("record").at("action"), "reveal_applicant");
}

TEST(Life, AnOverdueCorrectionIsSeenByTheApplicant) {
    Service service;
    auto citizen = service.anonymous();
    auto const handed_in = citizen.post("/api/v1/applications", application()).json();
    auto registrar = service.sign_in("registrar");
    auto reviewer = service.sign_in("reviewer");
    WorkedCase c(registrar.get(kCases).json().at("items").as_array()[0].as_object());
    ASSERT_EQ(c.act(registrar, "confirm_receipt").status(), 200U);
    json::object const points{
        {"points", {"请写明文件的年份"}}, {"guidance", "可以写明大致年份"}, {"content_unclear", true}};
    auto const asked = c.act(reviewer, "request_correction", points);
    ASSERT_EQ(asked.status(), 200U) << asked.body();
    EXPECT_FALSE(asked.json().at("clock").at("reply_due").is_null()) << "the letter has not gone out";
    auto const told = c.hand_over(registrar, "correction_notice", "2026-03-02");
    ASSERT_EQ(told.status(), 200U) << told.body();
    EXPECT_TRUE(told.json().at("clock").at("reply_due").is_null());

    auto const pair = json::object{{"number", handed_in.at("number")}, {"query_code", handed_in.at("query_code")}};
    citizen.csrf = citizen.post("/api/v1/tracking", pair).json().at("csrf_token").as_string();
    EXPECT_EQ(citizen.get("/api/v1/tracking").json().at("correction").at("points").as_array().size(), 1U);
    json::object correction{{"number", pair.at("number")}, {"text", "2025年"}, {"received_on", "2026-03-01"}};
    auto const dated = citizen.post("/api/v1/tracking/actions/correct", correction);
    EXPECT_EQ(dated.status(), 422U);
    service.time.go_to("2026-03-05");
    citizen.csrf = citizen.post("/api/v1/tracking", pair).json().at("csrf_token").as_string();  // 30 minutes are over
    correction.erase("received_on");
    auto const corrected = citizen.post("/api/v1/tracking/actions/correct", correction);
    ASSERT_EQ(corrected.status(), 200U) << corrected.body();
    EXPECT_EQ(corrected.json().at("state"), "registered");
    EXPECT_EQ(corrected.json().at("clock").at("reply_due"), "2026-04-02");
}

/// Only an entry that is no request ends without a reply: by two people, and the applicant of the one that remains
/// loses nothing.
TEST(Life, ADoubledEntryNamesTheOneThatRemains) {
    Service service;
    auto registrar = service.sign_in("registrar");
    WorkedCase first(registrar.post(kCases, registration()).json());
    WorkedCase second(registrar.post(kCases, registration()).json());
    auto const number = [&](WorkedCase const& c) { return registrar.get(c.path()).json().at("number"); };
    auto const proposal = [&](json::value double_of) {
        return json::object{
            {"ground", "double_entry"}, {"double_of", std::move(double_of)}, {"reason", "同一封信登记了两次"}};
    };
    for (json::value const& wrong : {json::value("430500-01-2026-000099"), number(second)}) {
        auto const refused = second.act(registrar, "propose_rejection", proposal(wrong));
        ASSERT_EQ(refused.status(), 422U) << refused.body();
        EXPECT_EQ(refused.json().at("errors").at(0).at("pointer"), "/double_of");
    }
    ASSERT_EQ(second.act(registrar, "propose_rejection", proposal(number(first))).status(), 200U);
    auto const shown = registrar.get(second.path()).json().at("rejection");
    EXPECT_EQ(shown.at("double_of"), number(first));
    EXPECT_EQ(shown.at("by_name"), "测试registrar");

    auto reviewer = service.sign_in("reviewer");
    auto const ended = second.act(reviewer, "reject_submission", {{"reason", "已与原信核对"}});
    ASSERT_EQ(ended.status(), 200U) << ended.body();
    EXPECT_EQ(ended.json().at("state"), "lapsed");
    EXPECT_EQ(registrar.get(first.path()).json().at("state"), "registered");
    auto const again = first.act(registrar, "propose_rejection", proposal(number(second)));
    EXPECT_EQ(again.status(), 422U) << "nothing would remain";
}

TEST(Life, ADoubledEntryStaysWhereTheOtherHasEndedInTheMeantime) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto reviewer = service.sign_in("reviewer");
    WorkedCase first(registrar.post(kCases, registration()).json());
    WorkedCase second(registrar.post(kCases, registration()).json());
    json::object const proposal{
        {"ground", "double_entry"},
        {"double_of", registrar.get(first.path()).json().at("number")},
        {"reason", "同一封信登记了两次"}};
    ASSERT_EQ(second.act(registrar, "propose_rejection", proposal).status(), 200U);
    ASSERT_EQ(first.act(registrar, "withdraw", oral_withdrawal()).status(), 200U);
    auto const refused = second.act(reviewer, "reject_submission", {{"reason", "已与原信核对"}});
    EXPECT_EQ(refused.status(), 422U) << refused.body();
    EXPECT_EQ(refused.json().at("errors").at(0).at("code"), "not_doubled");
    EXPECT_EQ(second.act(reviewer, "decline_rejection", {{"reason", "原件已经撤回"}}).status(), 200U);
}

}  // namespace
}  // namespace server::api
