#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <set>
#include <vector>

#include "storage/journal/merkle.hpp"
#include "storage/journal/merkle_verify.hpp"
#include "tests/server/api/letters_made.hpp"
#include "tests/server/api/service.hpp"
#include "tests/storage/each_database.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

TEST(Idempotency, TheSameKeyGivesTheFirstAnswerAgain) {
    Service service;
    auto client = service.anonymous();
    auto const first = client.post("/api/v1/applications", application(), {{"Idempotency-Key", "k1"}});
    auto const again = client.post("/api/v1/applications", application(), {{"Idempotency-Key", "k1"}});
    ASSERT_EQ(first.status(), 201U) << first.body();
    EXPECT_EQ(again.status(), 201U);
    EXPECT_EQ(first.body(), again.body());
    EXPECT_EQ(first.header("Location"), again.header("Location"));
    auto other = application();
    other["provide_as"] = "disc";
    auto const reused = client.post("/api/v1/applications", other, {{"Idempotency-Key", "k1"}});
    EXPECT_EQ(reused.status(), 422U);
    EXPECT_EQ(reused.code(), "idempotency_key_reused");
    EXPECT_EQ(client.post("/api/v1/applications", other, {{"Idempotency-Key", "a b"}}).status(), 400U);
    EXPECT_NE(client.post("/api/v1/applications", application(), {{"Idempotency-Key", "k2"}}).body(), first.body());
}

TEST(Idempotency, AlsoWhenTheyComeAtOnce) {
    Service service;
    std::vector<std::future<std::string>> answers;
    for (int i = 0; i < 8; ++i) {
        answers.push_back(std::async(std::launch::async, [&service] {
            auto client = service.anonymous();
            return client.post("/api/v1/applications", application(), {{"Idempotency-Key", "k"}}).body();
        }));
    }
    std::set<std::string> bodies;
    for (auto& answer : answers) bodies.insert(answer.get());
    EXPECT_EQ(bodies.size(), 1U);
    auto registrar = service.sign_in("registrar");
    EXPECT_EQ(registrar.get(kCases).json().at("items").as_array().size(), 1U);
}

TEST(Overload, AFullQueueSaysComeAgainAndLosesNothing) {
    Service service;
    service.restart({.queued_jobs = 1});
    auto& writes = service.store().writes();
    auto const nobody_waits = [](storage::WriteOutcome const&) {};
    std::promise<void> gate;
    writes.submit(
        [open = gate.get_future().share()](storage::Connection&) -> workflow::Result<void> {
            open.wait();
            return {};
        },
        nobody_waits
    );
    while (writes.statistics().queued_jobs > 0) std::this_thread::yield();  // the writer has it in hand
    writes.submit([](storage::Connection&) -> workflow::Result<void> { return {}; }, nobody_waits);

    auto client = service.anonymous();
    auto const refused = client.post("/api/v1/applications", application(), {{"Idempotency-Key", "k"}});
    EXPECT_EQ(refused.status(), 503U);
    EXPECT_EQ(refused.code(), "queue_full");
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_EQ(client.get("/healthz").status(), 200U);  // reads go on

    gate.set_value();
    while (writes.statistics().queued_jobs > 0) std::this_thread::yield();
    auto const taken = client.post("/api/v1/applications", application(), {{"Idempotency-Key", "k"}});
    EXPECT_EQ(taken.status(), 201U) << taken.body();
    EXPECT_EQ(service.sign_in("registrar").get(kCases).json().at("items").as_array().size(), 1U);
}

TEST(Journal, ProvesWhatItHolds) {
    Service service;
    auto client = service.anonymous();
    auto const receipt = client.post("/api/v1/applications", application()).json().at("receipt");
    auto const seq = std::to_string(receipt.at("seq").as_int64());
    auto const head = client.get("/api/v1/journal/head").json();
    auto auditor = service.sign_in("auditor");
    auto const proof = auditor.get("/api/v1/journal/proof?seq=" + seq);
    ASSERT_EQ(proof.status(), 200U) << proof.body();
    EXPECT_EQ(proof.json().at("record"), receipt.at("record"));
    auto const entry = auditor.get("/api/v1/journal?limit=1&from=" + seq).json();
    EXPECT_EQ(entry.at("items").as_array().at(0).at("leaf"), proof.json().at("leaf"));

    std::vector<storage::Bytes> path;
    for (auto const& step : proof.json().at("path").as_array()) {
        path.push_back(storage::from_hex(std::string_view(step.as_string())).value());
    }
    auto const record = std::string(receipt.at("record").as_string());
    storage::Digest root{};
    auto const bytes = storage::from_hex(std::string_view(head.at("root").as_string())).value();
    std::copy(bytes.begin(), bytes.end(), root.begin());
    EXPECT_TRUE(storage::merkle::verify_inclusion(
        static_cast<std::uint64_t>(receipt.at("seq").as_int64() - 1),
        static_cast<std::uint64_t>(head.at("size").as_int64()),
        storage::merkle::leaf_hash(storage::as_bytes(record)),
        path,
        root
    ));
    EXPECT_EQ(client.get("/api/v1/journal/consistency?from=1").status(), 200U) << "for whoever kept an earlier head";
    EXPECT_EQ(client.get("/api/v1/journal/consistency?from=9999").status(), 404U);
    EXPECT_EQ(client.get("/api/v1/journal/proof?seq=" + seq).status(), 401U);
    EXPECT_EQ(auditor.get("/api/v1/journal/proof?seq=9999").status(), 404U);
    EXPECT_EQ(auditor.get("/api/v1/journal/proof?seq=x").status(), 400U);
    auto const page = auditor.get("/api/v1/journal?limit=2").json();
    EXPECT_EQ(page.at("items").as_array().size(), 2U);
    EXPECT_EQ(page.at("next_cursor"), "3");
}

TEST(Journal, IsReadFromEitherEndAndSearched) {
    Service service;
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    ASSERT_EQ(registrar.post(c.path("/applicant"), {{"reason", "电话核对通信地址"}}).status(), 200U);
    auto auditor = service.sign_in("auditor");
    auto const items = [&auditor](std::string const& query) {
        auto const answer = auditor.get("/api/v1/journal?limit=1000" + query);
        EXPECT_EQ(answer.status(), 200U) << answer.body();
        return answer.json().at("items").as_array();
    };
    auto forwards = items("");
    std::reverse(forwards.begin(), forwards.end());
    auto const backwards = items("&order=newest");
    EXPECT_EQ(forwards, backwards);
    EXPECT_EQ(backwards[0].at("record").at("action"), "reveal_applicant");
    EXPECT_EQ(backwards[0].at("action_label"), "查看申请人完整信息");
    EXPECT_EQ(backwards[0].at("role_label"), "登记员");
    EXPECT_EQ(backwards[0].at("by_name"), registrar.get("/api/v1/session").json().at("name"));
    auto const second = auditor.get("/api/v1/journal?limit=1&order=newest").json().at("next_cursor").as_string();
    EXPECT_EQ(items("&order=newest&cursor=" + std::string(second))[0], backwards[1]);

    EXPECT_EQ(items("&action=register").size(), 1U);
    EXPECT_EQ(items("&object_type=case&object_id=" + c.id).size(), 1U);
    EXPECT_EQ(items("&object_type=staff&action=register").size(), 0U);
    EXPECT_EQ(auditor.get("/api/v1/journal?object_id=" + c.id).status(), 400U);
}

TEST(Journal, NamesWhateverStandsInIt) {
    Service service;
    auto sysadmin = service.sign_in("sysadmin");
    auto calendar = sysadmin.get("/api/v1/calendar/2026").json();
    calendar.erase("year");
    ASSERT_EQ(sysadmin.put("/api/v1/calendar/2026", calendar).status(), 200U);
    auto auditor = service.sign_in("auditor");
    auto const journal = auditor.get("/api/v1/journal?limit=1000");
    for (auto const& entry : journal.json().at("items").as_array()) {
        auto const& record = entry.at("record");
        EXPECT_NE(entry.at("action_label"), record.at("action"));
        EXPECT_NE(entry.at("object_label"), record.at("object").at("type"));
        EXPECT_NE(entry.at("role_label"), record.at("by").at("role"));
    }
}

TEST(Calendar, AChangeShowsWhatMovesBeforeItIsStored) {
    Service service;
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    auto sysadmin = service.sign_in("sysadmin");
    auto year = sysadmin.get("/api/v1/calendar/2026").json();
    year.erase("year");
    year["off"].as_array().push_back(json::object{{"date", "2026-03-10"}, {"festival", "特别放假"}});
    auto const preview = sysadmin.put("/api/v1/calendar/2026?preview=1", year);
    ASSERT_EQ(preview.status(), 200U) << preview.body();
    auto const& moved = preview.json().at("moved").as_array();
    ASSERT_EQ(moved.size(), 1U);
    EXPECT_EQ(moved[0].at("before"), "2026-03-30");
    EXPECT_EQ(moved[0].at("after"), "2026-03-31");
    EXPECT_EQ(registrar.get(c.path()).json().at("clock").at("reply_due"), "2026-03-30");

    ASSERT_EQ(sysadmin.put("/api/v1/calendar/2026", year).status(), 200U);
    EXPECT_EQ(registrar.get(c.path()).json().at("clock").at("reply_due"), "2026-03-31");
    EXPECT_EQ(registrar.get(kCases).json().at("items").as_array().at(0).at("reply_due"), "2026-03-31");
    year["off"] = json::array{json::object{{"date", "2026-07-01"}, {"festival", "建党节"}}};
    EXPECT_EQ(sysadmin.put("/api/v1/calendar/2026", year).status(), 422U);  // the fixed holidays are gone
    EXPECT_EQ(sysadmin.get("/api/v1/calendar/2027").code(), "calendar_not_published");
}

/// The seven paragraphs of a notice for 2027.
constexpr char const* kNotice2027 =
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。2月14日（周日）、2月20日（周六）上班。\n"
    "三、清明节：4月3日（周六）至5日（周一）放假，共3天。\n"
    "四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。\n"
    "五、端午节：6月9日（周三）放假1天，不调休。\n六、中秋节：9月15日（周三）放假1天，不调休。\n"
    "七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";

TEST(Calendar, TheTextOfANoticeIsReadAndNothingStored) {
    Service service;
    auto sysadmin = service.sign_in("sysadmin");
    constexpr auto kRead = "/api/v1/calendar/2027/notice";
    json::object form{{"text", kNotice2027}, {"number", "国办发明电〔2026〕9号"}, {"issued", "2026-11-04"}};
    auto const read = sysadmin.post(kRead, form);
    ASSERT_EQ(read.status(), 200U) << read.body();
    auto const& off = read.json().at("off").as_array();
    EXPECT_EQ(off.size(), 28U);
    EXPECT_EQ(off[0].at("date"), "2027-01-01");
    EXPECT_EQ(off[0].at("festival"), "元旦");
    EXPECT_EQ(read.json().at("work").as_array().size(), 6U);
    EXPECT_EQ(read.json().at("notices").as_array().at(0).at("number"), "国办发明电〔2026〕9号");
    EXPECT_EQ(sysadmin.get("/api/v1/calendar/2027").code(), "calendar_not_published");

    EXPECT_EQ(service.sign_in("registrar").post(kRead, form).status(), 403U);
    form["text"] = "国务院办公厅关于2026年部分节假日安排的通知" + std::string(kNotice2027);
    auto const wrong_year = sysadmin.post(kRead, form);
    EXPECT_EQ(wrong_year.status(), 422U);
    EXPECT_EQ(wrong_year.code(), "year_wrong");
    form["text"] = "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。";
    auto const wrong_day = sysadmin.post(kRead, form);
    EXPECT_EQ(wrong_day.status(), 422U);
    EXPECT_EQ(wrong_day.code(), "weekday_wrong");

    auto entered = read.json();
    entered.erase("year");
    EXPECT_EQ(sysadmin.put("/api/v1/calendar/2027", entered).status(), 200U);
}

TEST(Calendar, AMissingYearIsATaskOfTheSystemAdministratorAndAMetric) {
    Service service;
    auto const tasks = [&] { return service.sign_in("sysadmin").get("/api/v1/tasks").json().at("items").as_array(); };
    auto const weeks = [&](int count) {
        auto const metrics = service.anonymous().get("/metrics").body();
        return metrics.find("\ncalendar_missing_weeks " + std::to_string(count) + "\n") != std::string::npos;
    };
    auto const warned = [&] {
        auto const ready = service.anonymous().get("/readyz").json();
        return std::ranges::any_of(ready.at("warnings").as_array(), [](json::value const& each) {
            return each.at("code") == "calendar_missing";
        });
    };
    service.time.go_to("2026-10-31");
    EXPECT_TRUE(tasks().empty());
    EXPECT_TRUE(weeks(0));
    EXPECT_FALSE(warned());

    service.time.go_to("2026-11-01");
    ASSERT_EQ(tasks().size(), 1U);
    EXPECT_EQ(tasks()[0].at("code"), "calendar_missing");
    EXPECT_EQ(tasks()[0].at("urgency"), "reminder");
    EXPECT_EQ(tasks()[0].at("year"), 2027);
    EXPECT_TRUE(weeks(1));
    EXPECT_TRUE(warned());
    service.time.go_to("2026-11-16");
    EXPECT_EQ(tasks()[0].at("urgency"), "warning");
    EXPECT_TRUE(weeks(3));
    service.time.go_to("2027-01-04");
    EXPECT_EQ(tasks()[0].at("urgency"), "alarm");
    EXPECT_EQ(service.sign_in("registrar").get("/api/v1/tasks").status(), 403U);

    auto sysadmin = service.sign_in("sysadmin");
    json::object const form{{"text", kNotice2027}, {"number", "国办发明电〔2026〕9号"}, {"issued", "2026-11-04"}};
    auto entered = sysadmin.post("/api/v1/calendar/2027/notice", form).json();
    entered.erase("year");
    ASSERT_EQ(sysadmin.put("/api/v1/calendar/2027", entered).status(), 200U);
    EXPECT_TRUE(tasks().empty());
    EXPECT_TRUE(weeks(0));
}

TEST(MasterData, AgenciesDepartmentsAndSettings) {
    Service service;
    auto sysadmin = service.sign_in("sysadmin");
    auto agency = sysadmin.get("/api/v1/agencies/430500-02").json();
    EXPECT_EQ(agency.at("name"), "邵阳市教育局");
    json::object const form{
        {"code", "430502-01"},
        {"parent", "430500-00"},
        {"name", "双清区人民政府"},
        {"word", "双政"},
        {"address", "区政府"},
        {"postcode", "422001"},
        {"phone", "0739-7654321"},
        {"office", "区政府办公室"},
        {"channels", {"online", "counter"}},
        {"review_body", "邵阳市人民政府"},
        {"court", "双清区人民法院"}};
    auto const made = sysadmin.post("/api/v1/agencies", form);
    ASSERT_EQ(made.status(), 201U) << made.body();
    EXPECT_EQ(sysadmin.post("/api/v1/agencies", form).status(), 422U);
    auto wrong = form;
    wrong["email"] = "gk@shuangqing.example.cn, other@example.cn";
    wrong["review_url"] = "javascript:alert(1)";
    auto const errors = sysadmin.post("/api/v1/agencies", wrong).json().at("errors").as_array();
    ASSERT_EQ(errors.size(), 2U);
    EXPECT_EQ(errors[0].at("pointer"), "/email");
    EXPECT_EQ(errors[1].at("pointer"), "/review_url");
    auto client = service.anonymous();
    auto const tree = client.get("/api/v1/agencies").json().at("items").as_array();
    ASSERT_EQ(tree.size(), 1U);
    EXPECT_EQ(tree[0].at("children").as_array().size(), 3U);

    auto changed = form;
    changed.erase("code");
    changed["phone"] = "0739-1111111";
    auto const path = "/api/v1/agencies/430502-01";
    EXPECT_EQ(sysadmin.put(path, changed).status(), 428U);
    auto const tag = client.get(path).header("ETag");
    auto const put = sysadmin.put(path, changed, {{"If-Match", tag}});
    ASSERT_EQ(put.status(), 200U) << put.body();
    EXPECT_EQ(put.header("ETag"), client.get(path).header("ETag"));
    EXPECT_EQ(sysadmin.put(path, changed, {{"If-Match", tag}}).status(), 412U);

    changed["active"] = false;
    auto const last = client.get(path).header("ETag");
    ASSERT_EQ(sysadmin.put(path, changed, {{"If-Match", last}}).status(), 200U);
    auto const children = [&client](std::string const& query) {
        return client.get("/api/v1/agencies" + query).json().at("items").as_array()[0].at("children").as_array().size();
    };
    EXPECT_EQ(children(""), 2U);
    EXPECT_EQ(children("?inactive=true"), 3U);

    json::object const department{{"code", "430502-01-d1"}, {"agency", "430502-01"}, {"name", "综合科"}};
    ASSERT_EQ(sysadmin.post("/api/v1/departments", department).status(), 201U);
    EXPECT_EQ(sysadmin.get("/api/v1/departments?agency=430502-01").json().at("items").as_array().size(), 1U);
    auto const renamed =
        sysadmin.put("/api/v1/departments/430502-01-d1", {{"name", "法规科"}}, {{"If-Match", "\"1\""}});
    EXPECT_EQ(renamed.status(), 200U) << renamed.body();
    EXPECT_EQ(renamed.json().at("name"), "法规科");

    json::object const settings{{"online_receipt", "by_staff"}, {"correction_days", 10}, {"fees_enabled", false}};
    auto const version = sysadmin.get("/api/v1/settings/430500-01").header("ETag");
    ASSERT_EQ(sysadmin.put("/api/v1/settings/430500-01", settings, {{"If-Match", version}}).status(), 200U);
    auto const handed_in = client.post("/api/v1/applications", application()).json();
    EXPECT_TRUE(handed_in.at("received_on").is_null());
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.get(kCases).json().at("items").as_array()[0].as_object());
    EXPECT_EQ(registrar.get(c.path()).json().at("clock").at("shadow"), true);
}

TEST(Health, TellsTheLinkedDatabase) {
    Service service;
    auto client = service.anonymous();
    EXPECT_FALSE(client.get("/healthz").json().at("sqlite").as_string().empty());
    EXPECT_EQ(client.get("/readyz").json().at("status"), "ready");
    EXPECT_NE(client.get("/metrics").body().find("write_queue_jobs"), std::string::npos);
}

TEST(Health, ItsInsideIsForThoseWhoLookAfterIt) {
    Service service;
    service.config().metrics_networks = {"10.0.0.0/8"};
    service.restart();
    auto const sees = [](HttpClient client) {
        auto const metrics = client.get("/metrics");
        bool const all = metrics.status() == 200U;
        EXPECT_EQ(metrics.status() == 403U && metrics.code() == "operators_only", !all);
        EXPECT_EQ(client.get("/healthz").json().contains("sqlite"), all);
        EXPECT_EQ(client.get("/readyz").json().contains("letters"), all);
        EXPECT_EQ(client.get("/readyz").json().contains("warnings"), all);
        return all;
    };
    EXPECT_FALSE(sees(service.anonymous()));
    EXPECT_FALSE(sees(service.sign_in("registrar")));
    for (auto const* who : {"sysadmin", "secadmin", "auditor"}) EXPECT_TRUE(sees(service.sign_in(who))) << who;

    service.config().metrics_networks = {"127.0.0.1", "198.51.100.9"};
    service.restart();
    EXPECT_TRUE(sees(service.anonymous()));
    service.config().trusted_proxies = {"127.0.0.1"};
    service.restart();
    EXPECT_FALSE(sees(service.anonymous())) << "the address of a proxy is nobody's";
    EXPECT_EQ(service.anonymous().get("/metrics", {{"X-Forwarded-For", "198.51.100.9"}}).status(), 200U);
    EXPECT_EQ(service.anonymous().get("/metrics", {{"X-Forwarded-For", "203.0.113.7"}}).status(), 403U)
        << "the client counts, not the proxy";
    service.config().trusted_proxies.clear();
    service.restart();
    EXPECT_EQ(service.anonymous().get("/metrics", {{"X-Real-IP", "203.0.113.7"}}).status(), 403U)
        << "whose address is that of a proxy nobody has named";
}

std::vector<std::string> warning_codes(HttpClient& client) {
    std::vector<std::string> codes;
    auto const ready = client.get("/readyz").json();
    for (auto const& warning : ready.at("warnings").as_array()) {
        codes.emplace_back(warning.at("code").as_string());
        EXPECT_FALSE(warning.at("detail").as_string().empty());
    }
    return codes;
}

TEST(Health, SaysHowManyLettersWaitAndSinceWhen) {
    Service service;
    auto client = service.anonymous();
    auto const letters = [&] { return client.get("/readyz").json().at("letters").as_object(); };
    EXPECT_EQ(letters().at("waiting"), 0);
    EXPECT_TRUE(letters().at("oldest_at").is_null());
    ASSERT_EQ(client.post("/api/v1/applications", application()).status(), 201U);
    EXPECT_GT(letters().at("waiting").as_int64(), 0);
    EXPECT_EQ(letters().at("oldest_at"), "2026-03-02T09:00:00.000+08:00");
    service.time.advance(std::chrono::seconds(90));
    EXPECT_NE(client.get("/metrics").body().find("\nletters_oldest_seconds 90\n"), std::string::npos);
    EXPECT_TRUE(warning_codes(client).empty());

    // Somebody takes it in hand, and is never heard of again.
    auto const lease = service.config().outbox_lease;
    ASSERT_TRUE(service.store().writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
        auto& outbox = service.store().outbox();
        return outbox.claim(connection, storage::MessageKind::Letter, service.time.now(), 1, lease).size() == 1;
    }));
    EXPECT_TRUE(warning_codes(client).empty());
    service.time.advance(lease);
    EXPECT_EQ(warning_codes(client), std::vector<std::string>{"past_lease"});
    EXPECT_NE(client.get("/metrics").body().find("\noutbox_past_lease 1\n"), std::string::npos);
    EXPECT_EQ(client.get("/readyz").status(), 200U);
    EXPECT_GT(make_letters(service), 0);
    EXPECT_TRUE(warning_codes(client).empty());
}

TEST(Health, WarnsOfProxiesThatNobodyHasNamed) {
    Service service;
    service.config().public_url = "https://gk.example.cn";
    service.restart();
    auto client = service.anonymous();
    EXPECT_EQ(warning_codes(client), std::vector<std::string>{"no_trusted_proxy"});
    EXPECT_EQ(client.get("/api/v1/agencies", {{"X-Forwarded-For", "203.0.113.7"}}).status(), 200U);
    EXPECT_EQ(warning_codes(client), (std::vector<std::string>{"no_trusted_proxy", "misforwarded"}));
    service.config().trusted_proxies = {"127.0.0.1"};
    service.restart();
    auto other = service.sign_in("auditor");
    EXPECT_EQ(other.get("/api/v1/agencies", {{"X-Forwarded-For", "203.0.113.7"}}).status(), 200U);
    EXPECT_TRUE(warning_codes(other).empty());
    EXPECT_EQ(other.get("/api/v1/agencies", {{"X-Forwarded-For", "unknown"}}).status(), 200U);
    EXPECT_EQ(warning_codes(other), std::vector<std::string>{"misforwarded"}) << "a proxy that names nobody";
    auto proxy = service.anonymous();
    EXPECT_EQ(proxy.get("/metrics").status(), 403U) << "the address of a proxy is nobody's";
    EXPECT_EQ(proxy.get("/metrics", {{"X-Forwarded-For", "203.0.113.7:4711"}}).status(), 403U);
}

TEST(Health, AFullDiskIsAnsweredAsSuchAndWarnedOfUntilThereIsRoom) {
    Service service;
    auto client = service.anonymous();
    limit_growth(service.store(), true);
    auto form = application();
    form.at("items").as_array()[0].as_object()["description"] = std::string(1'000, 'x');
    Reply refused;
    for (int i = 0; i < 100 && refused.status() != 507U; ++i) refused = client.post("/api/v1/applications", form);
    EXPECT_EQ(refused.status(), 507U);
    EXPECT_EQ(refused.code(), "storage_full");
    EXPECT_EQ(warning_codes(client), std::vector<std::string>{"storage_full"});
    limit_growth(service.store(), false);
    EXPECT_EQ(client.post("/api/v1/applications", form).status(), 201U);
    EXPECT_TRUE(warning_codes(client).empty());
}

TEST(Overload, VisitorsCannotTakeTheShareOfTheService) {
    Service service;
    service.restart({.queued_jobs = 1});
    auto& writes = service.store().writes();
    auto const nobody_waits = [](storage::WriteOutcome const&) {};
    std::promise<void> gate;
    auto const wait = [open = gate.get_future().share()](storage::Connection&) -> workflow::Result<void> {
        open.wait();
        return {};
    };
    writes.submit(wait, nobody_waits);
    while (writes.statistics().queued_jobs > 0) std::this_thread::yield();  // the writer has it in hand
    writes.submit(wait, nobody_waits);
    auto client = service.anonymous();
    EXPECT_EQ(client.post("/api/v1/applications", application()).code(), "queue_full");
    auto own = std::async(std::launch::async, [&] {
        return writes.run([](storage::Connection&) -> workflow::Result<int> { return 7; });
    });
    while (writes.statistics().queued_jobs < 2) std::this_thread::yield();
    gate.set_value();
    EXPECT_EQ(own.get().value(), 7);
}

}  // namespace
}  // namespace server::api
