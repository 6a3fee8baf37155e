#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "tests/server/api/reports/annual_cells.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

/// A request whose reply has gone out, and the pair with which its applicant follows it.
struct Replied {
    WorkedCase c;
    std::string number;
    std::string query_code;
};

class FollowUpsTest : public testing::Test {
protected:
    Replied replied(json::object const& form = registration()) {
        auto registrar = service.sign_in("registrar");
        auto const made = registrar.post(kCases, form);
        EXPECT_EQ(made.status(), 201U) << made.body();
        Replied done{WorkedCase(made.json()), text(made.json(), "number"), text(made.json(), "query_code")};
        auto reviewer = service.sign_in("reviewer");
        auto handler = service.sign_in("handler");
        must(done.c, reviewer, "accept", {{"department", "430500-01-d1"}});
        must(done.c, handler, "claim");
        json::object const item{{"outcome", "disclosed"}, {"reference", "方案全文一份,共12页"}};
        must(
            done.c,
            handler,
            "draft_reply",
            {{"outcome", "disclosed"}, {"items", {item}}, {"text", "现向您公开所申请的信息。"}}
        );
        must(done.c, handler, "submit_reply");
        for (auto const* who : {"head", "secrecy", "legal", "office"}) {
            auto approver = service.sign_in(who);
            must(done.c, approver, "approve_reply");
        }
        must(
            done.c,
            registrar,
            "dispatch_reply",
            {{"method", "post"},
             {"dispatched_on", "2026-03-02"},
             {"tracking_number", "EMS1234567890"},
             {"recipient", "张三收"}}
        );
        return done;
    }

    HttpClient applicant(std::string const& number, std::string const& code) {
        auto citizen = service.anonymous();
        auto const opened = citizen.post("/api/v1/tracking", {{"number", number}, {"query_code", code}});
        EXPECT_EQ(opened.status(), 201U) << opened.body();
        citizen.csrf = opened.json().at("csrf_token").as_string();
        return citizen;
    }

    static void must(WorkedCase& c, HttpClient& who, std::string_view action, json::object const& input = {}) {
        auto const reply = c.act(who, action, input);
        ASSERT_EQ(reply.status(), 200U) << action << reply.body();
    }

    /// As whoever has just read it.
    static void refresh(WorkedCase& c, HttpClient& who) {
        c.version = who.get(c.path()).json().at("version").as_int64();
    }

    /// What the handler could do with the case.
    std::string menu(WorkedCase const& c) {
        return json::serialize(service.sign_in("handler").get(c.path("/actions")).json().at("actions"));
    }

    static std::string text(json::object const& object, std::string_view member) {
        return std::string(object.at(member).as_string());
    }

    static json::array items(Reply const& reply) {
        EXPECT_EQ(reply.status(), 200U) << reply.body();
        return reply.json().at("items").as_array();
    }

    /// Every case is still what its journal says.
    void expect_sound() {
        auto reader = service.store().connect();
        EXPECT_EQ(service.store().cases().refold(*reader, [](auto, auto) {}), std::vector<std::string>());
    }

    Service service;
};

// ---- 好差评 --------------------------------------------------------------------------------------------------------

TEST_F(FollowUpsTest, ABadMarkIsAFileToItsEnd) {
    auto [c, number, code] = replied();
    auto citizen = applicant(number, code);
    ASSERT_EQ(
        citizen.post(
                   "/api/v1/tracking/actions/rate", {{"number", number}, {"score", 1}, {"text", "等了很久"}}
        ).status(),
        200U
    );
    EXPECT_EQ(citizen.post("/api/v1/tracking/actions/rate", {{"number", number}, {"score", 5}}).status(), 409U);
    ASSERT_EQ(
        citizen.post(
                   "/api/v1/tracking/actions/add_to_rating", {{"number", number}, {"text", "至今没有人联系"}}
        ).status(),
        200U
    );
    EXPECT_EQ(
        citizen.post("/api/v1/tracking/actions/add_to_rating", {{"number", number}, {"text", "再补充"}}).status(), 409U
    );

    auto office = service.sign_in("office");
    auto legal = service.sign_in("legal");
    refresh(c, office);
    auto const open = items(office.get("/api/v1/matters?kind=rating&open=true"));
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].at("case_id"), json::value(c.id));
    EXPECT_EQ(open[0].at("next").at("action"), "assign_rating");
    EXPECT_EQ(open[0].at("next").at("due"), "2026-03-03");
    EXPECT_EQ(open[0].at("rating_file").at("addition").at("text"), "至今没有人联系");
    EXPECT_EQ(office.get(c.path()).json().at("open_matters").as_array().size(), 1U);

    auto const wrong = c.act(office, "assign_rating", {{"investigator", "id-handler"}, {"gravity", "ordinary"}});
    EXPECT_EQ(wrong.status(), 422U);
    EXPECT_EQ(wrong.json().at("code"), "investigator_is_rated");
    auto const stranger = c.act(office, "assign_rating", {{"investigator", "id-stranger"}, {"gravity", "ordinary"}});
    EXPECT_EQ(stranger.json().at("errors").as_array()[0].at("code"), "unknown_investigator");
    must(c, office, "assign_rating", {{"investigator", "id-legal"}, {"gravity", "complex"}});

    service.time.go_to("2026-03-06");
    office = service.sign_in("office");
    legal = service.sign_in("legal");
    auto const late = items(office.get("/api/v1/matters?kind=rating&open=true"));
    EXPECT_EQ(late[0].at("investigator_name"), "测试legal");
    EXPECT_EQ(late[0].at("next").at("overdue_workdays"), 1) << "to be contacted by 03-05";
    EXPECT_EQ(
        c.act(
             office, "contact_rater", {{"contacted_on", "2026-03-06"}, {"finding", "founded"}, {"text", "电话联系"}}
        ).status(),
        403U
    );
    must(
        c,
        legal,
        "contact_rater",
        {{"contacted_on", "2026-03-06"}, {"finding", "founded"}, {"text", "电话联系,情况属实"}}
    );
    must(c, legal, "rectify_rating", {{"rectified_on", "2026-03-06"}, {"measures", "补发清晰的扫描件"}});
    must(c, legal, "call_back_rater", {{"called_on", "2026-03-06"}, {"satisfied", true}, {"text", "表示满意"}});

    EXPECT_TRUE(items(office.get("/api/v1/matters?kind=rating&open=true")).empty());
    auto const closed = items(office.get("/api/v1/matters?kind=rating&open=false"));
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].at("steps").as_array().size(), 4U);
    auto const figures = office.get("/api/v1/ratings/figures?from=2026-03-01&to=2026-03-31").json();
    EXPECT_EQ(figures.at("total").at("rated"), 1);
    EXPECT_EQ(figures.at("total").at("concluded"), 1);
    EXPECT_EQ(figures.at("total").at("average").to_number<double>(), 1.0);
    EXPECT_EQ(figures.at("total").at("bad_closed"), 1);
    EXPECT_EQ(figures.at("agencies").as_array()[0].at("agency"), "430500-01");
    EXPECT_EQ(office.get("/api/v1/ratings/figures?to=2026-02-01").json().at("total").at("rated"), 0);
    expect_sound();
}

TEST_F(FollowUpsTest, TheRatedNeverLearnWhoRated) {
    auto [c, number, code] = replied();
    auto const before = menu(c);
    auto citizen = applicant(number, code);
    ASSERT_EQ(
        citizen.post(
                   "/api/v1/tracking/actions/rate", {{"number", number}, {"score", 2}, {"text", "答复过于简单"}}
        ).status(),
        200U
    );
    auto office = service.sign_in("office");
    refresh(c, office);
    must(c, office, "assign_rating", {{"investigator", "id-legal"}, {"gravity", "ordinary"}});

    for (auto const* who : {"handler", "head"}) {
        auto rated = service.sign_in(who);
        auto const facts = rated.get(c.path()).json();
        EXPECT_TRUE(facts.at("rating").is_null()) << who;
        EXPECT_TRUE(facts.at("open_matters").as_array().empty());
        auto const timeline = rated.get(c.path("/timeline"));
        EXPECT_EQ(timeline.body().find("\"rate\""), std::string::npos);
        EXPECT_EQ(timeline.body().find("assign_rating"), std::string::npos);
        EXPECT_TRUE(rated.get(c.path("/matters")).json().at("items").as_array().empty());

        auto const list = rated.get("/api/v1/matters?kind=rating");
        ASSERT_EQ(items(list).size(), 1U);
        EXPECT_EQ(items(list)[0].at("rating").at("score"), 2) << "what was said they may know";
        for (auto const& traitor :
             {c.id, number, std::string("2026-03-02"), std::string("id-legal"), std::string("征收")}) {
            EXPECT_EQ(list.body().find(traitor), std::string::npos) << who << " " << traitor;
        }
        EXPECT_EQ(rated.get("/api/v1/ratings/figures").status(), 403U);
    }
    EXPECT_EQ(menu(c), before) << "nor does the menu tell";
    auto legal = service.sign_in("legal");
    EXPECT_EQ(legal.get(c.path()).json().at("rating").at("score"), 2);
}

// ---- 复议和诉讼 ----------------------------------------------------------------------------------------------------

TEST_F(FollowUpsTest, ALostDisputeBeginsALinkedCase) {
    auto [c, number, code] = replied();
    auto legal = service.sign_in("legal");
    json::object const opening{
        {"kind", "review"},
        {"procedure", "simplified"},
        {"authority", "邵阳市人民政府"},
        {"received_on", "2026-03-02"},
        {"reference", "邵府复〔2026〕1号"}};
    must(c, legal, "open_dispute", opening);
    auto const listed = items(legal.get("/api/v1/matters?kind=dispute&open=true"));
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].at("next").at("due"), "2026-03-09") << "5 working days (行政复议法第五十四条)";
    EXPECT_EQ(listed[0].at("dispute").at("authority"), "邵阳市人民政府");
    must(c, legal, "answer_dispute", {{"dispute", "d1"}, {"answered_on", "2026-03-02"}});
    must(c, legal, "close_dispute", {{"dispute", "d1"}, {"result", "corrected"}, {"decided_on", "2026-03-02"}});
    must(c, legal, "order_new_reply", {{"dispute", "d1"}, {"received_on", "2026-03-02"}, {"due", "2026-03-20"}});
    EXPECT_TRUE(items(legal.get("/api/v1/matters?kind=dispute&open=true")).empty());

    auto const links = legal.get(c.path("/matters")).json();
    ASSERT_EQ(links.at("new_replies").as_array().size(), 1U);
    auto const& again = links.at("new_replies").as_array()[0].as_object();
    auto const new_number = text(again, "number");
    EXPECT_EQ(again.at("clock").at("reply_due"), "2026-03-20");
    EXPECT_EQ(again.at("state"), "registered");

    auto const path = std::string(kCases) + "/" + text(again, "case_id");
    auto const linked = legal.get(path).json();
    EXPECT_EQ(linked.at("origin").at("number"), json::value(number));
    EXPECT_EQ(linked.at("application").at("applicant").at("name"), "张*");
    EXPECT_EQ(legal.get(path + "/matters").json().at("origin").at("case_id"), json::value(c.id));
    EXPECT_EQ(legal.get(path + "/clock").json().at("explain").as_array().back().at("effect"), "order");
    EXPECT_EQ(items(legal.get(path + "/timeline"))[0].at("action"), "reply_anew");

    auto citizen = applicant(new_number, code);  // the code of the request that was handed in
    EXPECT_EQ(citizen.get("/api/v1/tracking").json().at("number"), json::value(new_number));
    auto stranger = service.anonymous();
    EXPECT_EQ(
        stranger.post("/api/v1/tracking", {{"number", new_number}, {"query_code", "ABCDEFGH2345"}}).status(), 404U
    );
    auto const first = applicant(number, code).get("/api/v1/tracking").json();
    EXPECT_EQ(first.at("new_replies").as_array()[0].at("number"), json::value(new_number));

    auto registrar = service.sign_in("registrar");
    auto const next = registrar.post(kCases, registration());
    EXPECT_EQ(text(next.json(), "number"), "430500-01-2026-000003") << "numbers stay without a gap";

    auto const report = service.sign_in("supervisor").get("/api/v1/reports/annual?year=2026").json();
    EXPECT_EQ(report.at("table3").at("rows").at(0).at("cells").at(6), 2) << "the case made anew is no request received";
    EXPECT_EQ(report.at("table4").at("review").at(1), 1);
    auto supervisor = service.sign_in("supervisor");
    expect_each_cell_to_open_its_cases(supervisor, report);
    expect_sound();
}

TEST_F(FollowUpsTest, WhereNothingIsSaidTwentyWorkingDays) {
    auto [c, number, code] = replied();
    auto legal = service.sign_in("legal");
    must(
        c,
        legal,
        "open_dispute",
        {{"kind", "direct_suit"},
         {"authority", "大祥区人民法院"},
         {"received_on", "2026-03-02"},
         {"reference", "行初1号"}}
    );
    EXPECT_EQ(items(legal.get("/api/v1/matters?kind=dispute"))[0].at("next").at("due"), "2026-03-17");
    must(c, legal, "close_dispute", {{"dispute", "d1"}, {"result", "corrected"}, {"decided_on", "2026-03-02"}});
    must(c, legal, "order_new_reply", {{"dispute", "d1"}, {"received_on", "2026-03-02"}});
    auto const again = legal.get(c.path("/matters")).json().at("new_replies").as_array()[0];
    EXPECT_EQ(again.at("clock").at("reply_due"), "2026-03-30");
}

// ---- 主动公开和更正 ------------------------------------------------------------------------------------------------

TEST_F(FollowUpsTest, ASuggestionIsAnsweredWithAPublicationOrAReason) {
    auto [c, number, code] = replied();
    auto citizen = applicant(number, code);
    json::object const why{{"number", number}, {"reason", "很多人都需要这份方案"}};
    ASSERT_EQ(citizen.post("/api/v1/tracking/actions/suggest_publication", why).status(), 200U);
    EXPECT_EQ(citizen.post("/api/v1/tracking/actions/suggest_publication", why).status(), 409U);

    auto office = service.sign_in("office");
    refresh(c, office);
    auto const open = items(office.get("/api/v1/matters?kind=suggestion&open=true"));
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].at("next").at("due"), "2026-03-30") << "20 working days";
    EXPECT_EQ(c.act(office, "answer_suggestion", {{"decision", "declined"}}).json().at("code"), "decision_incomplete");
    EXPECT_EQ(c.act(office, "answer_suggestion", {{"decision", "published"}}).json().at("code"), "decision_incomplete");
    json::object const nowhere{{"decision", "published"}, {"publication", std::string(26, '0')}};
    EXPECT_EQ(
        c.act(office, "answer_suggestion", nowhere).json().at("errors").as_array()[0].at("code"), "unknown_publication"
    );

    json::object const record{
        {"title", "土地征收补偿方案"}, {"published_on", "2026-03-02"}, {"category", "answer"}, {"summary", "方案全文"}};
    auto const published = office.post("/api/v1/publications", record);
    ASSERT_EQ(published.status(), 201U) << published.body();
    must(c, office, "answer_suggestion", {{"decision", "published"}, {"publication", published.json().at("id")}});
    auto const progress = citizen.get("/api/v1/tracking").json();
    EXPECT_EQ(progress.at("suggestions").as_array()[0].at("answer").at("decision_label"), "已主动公开");
    EXPECT_EQ(progress.at("published").as_array()[0].at("title"), "土地征收补偿方案");

    ASSERT_EQ(citizen.post("/api/v1/tracking/actions/suggest_publication", why).status(), 200U);
    refresh(c, office);
    must(c, office, "answer_suggestion", {{"decision", "declined"}, {"reason", "已经公开"}});
    EXPECT_EQ(items(office.get("/api/v1/matters?kind=suggestion&open=false")).size(), 2U);
    expect_sound();
}

TEST_F(FollowUpsTest, ARecordAboutOneselfIsAmended) {
    auto [c, number, code] = replied();
    auto citizen = applicant(number, code);
    json::object const wish{{"number", number}, {"record", "出生日期应为1990年3月7日"}, {"evidence", "户口簿复印件"}};
    ASSERT_EQ(citizen.post("/api/v1/tracking/actions/request_amendment", wish).status(), 200U);
    auto handler = service.sign_in("handler");
    refresh(c, handler);
    auto const open = items(handler.get("/api/v1/matters?kind=amendment&open=true"));
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].at("next").at("due"), "2026-03-30");
    must(c, handler, "answer_amendment", {{"result", "amended"}, {"text", "经核实,已经更正。"}});
    EXPECT_EQ(
        citizen.get("/api/v1/tracking").json().at("amendments").as_array()[0].at("answer").at("result_label"), "已更正"
    );
}

// ---- lists ---------------------------------------------------------------------------------------------------------

TEST_F(FollowUpsTest, ListsStayInScopeAndTurnTheirPages) {
    for (int i = 0; i < 3; ++i) {
        auto const done = replied();
        auto citizen = applicant(done.number, done.query_code);
        ASSERT_EQ(
            citizen.post("/api/v1/tracking/actions/rate", {{"number", done.number}, {"score", 5}}).status(), 200U
        );
    }
    auto supervisor = service.sign_in("supervisor");
    auto const first = supervisor.get("/api/v1/matters?kind=rating&limit=2&from=2026-03-01&to=2026-03-02").json();
    EXPECT_EQ(first.at("items").as_array().size(), 2U);
    auto const rest = supervisor.get("/api/v1/matters?kind=rating&limit=2&cursor=" + text(first, "next_cursor")).json();
    EXPECT_EQ(rest.at("items").as_array().size(), 1U);
    EXPECT_TRUE(rest.at("next_cursor").is_null());
    EXPECT_TRUE(items(service.sign_in("stranger").get("/api/v1/matters?kind=rating")).empty());
    EXPECT_TRUE(items(supervisor.get("/api/v1/matters?kind=rating&agency=430500-02")).empty());
    EXPECT_EQ(supervisor.get("/api/v1/matters").status(), 400U);
    EXPECT_EQ(supervisor.get("/api/v1/matters?kind=rating&open=1").status(), 400U);
    EXPECT_EQ(supervisor.get("/api/v1/matters?kind=rating&from=1").status(), 400U);
    EXPECT_EQ(supervisor.get("/api/v1/matters?kind=rating&cursor=x").status(), 422U);
    EXPECT_EQ(supervisor.get("/api/v1/matters?kind=rating&agency=none").status(), 404U);
}

}  // namespace
}  // namespace server::api
