#include <gtest/gtest.h>

#include <map>

#include "tests/server/api/reports/annual_cells.hpp"
#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kAnnual = "/api/v1/reports/annual";

std::string annual(std::string_view rest) { return std::string(kAnnual) + std::string(rest); }

std::int64_t cell(json::object const& report, std::size_t row, std::size_t column) {
    return report.at("table3").at("rows").at(row).at("cells").at(column).as_int64();
}

/// One case withdrawn, one open, both of natural persons; one open elsewhere.
void hand_in_some(Service& service) {
    auto registrar = service.sign_in("registrar");
    WorkedCase c(registrar.post(kCases, registration()).json());
    ASSERT_EQ(c.act(registrar, "withdraw", oral_withdrawal()).status(), 200U);
    ASSERT_EQ(registrar.post(kCases, registration()).status(), 201U);
    auto anyone = service.anonymous();
    ASSERT_EQ(anyone.post("/api/v1/applications", application("430500-02")).status(), 201U);
}

TEST(AnnualReports, CountAnAgencyOrAllBelowIt) {
    Service service;
    hand_in_some(service);
    auto supervisor = service.sign_in("supervisor");
    auto const tree = supervisor.get(annual("?year=2026")).json();
    EXPECT_EQ(tree.at("agency").as_string(), "430500-00");
    EXPECT_EQ(cell(tree, 0, 6), 3);
    EXPECT_EQ(cell(tree, 22, 0), 1);
    EXPECT_EQ(cell(tree, 23, 6), 1);
    EXPECT_EQ(cell(tree, 24, 0), 2);
    EXPECT_EQ(cell(supervisor.get(annual("?year=2026&scope=own")).json(), 0, 6), 0);
    EXPECT_EQ(cell(supervisor.get(annual("?year=2026&agency=430500-02")).json(), 0, 6), 1);
    for (auto const& check : tree.at("checks").as_array()) EXPECT_TRUE(check.at("holds").as_bool()) << check;

    auto office = service.sign_in("office");
    EXPECT_EQ(cell(office.get(annual("?year=2026")).json(), 0, 6), 2);
    EXPECT_EQ(office.get(annual("?year=2026&agency=430500-02")).code(), "agency_not_found");
    EXPECT_EQ(office.get(annual("?year=20x6")).code(), "bad_query");
    EXPECT_EQ(office.get(annual("?scope=all")).code(), "bad_query");
    auto handler = service.sign_in("handler");
    EXPECT_EQ(handler.get(annual("?year=2026")).code(), "role_required");
}

TEST(AnnualReports, EachCellOpensExactlyItsCases) {
    Service service;
    hand_in_some(service);
    auto supervisor = service.sign_in("supervisor");
    expect_each_cell_to_open_its_cases(supervisor, supervisor.get(annual("?year=2026")).json());
}

TEST(AnnualReports, APastDayIsAnsweredAsItWasThen) {
    Service service;
    hand_in_some(service);
    auto office = service.sign_in("office");
    auto const then = office.get(annual("?year=2026")).json();
    service.time.go_to("2026-03-05");
    auto registrar = service.sign_in("registrar");
    auto form = registration();
    form["received_on"] = "2026-03-03";
    ASSERT_EQ(registrar.post(kCases, form).status(), 201U);
    office = service.sign_in("office");
    EXPECT_EQ(cell(office.get(annual("?year=2026")).json(), 0, 6), 3);
    auto const again = office.get(annual("?year=2026&as_of=2026-03-02")).json();
    EXPECT_EQ(again.at("table3"), then.at("table3"));
    EXPECT_EQ(again.at("table4"), then.at("table4"));
    EXPECT_EQ(office.get(annual("?year=2026&as_of=2026-03-06")).code(), "bad_query") << "not over yet";
}

TEST(AnnualReports, KeepWhatIsTypedIn) {
    Service service;
    auto office = service.sign_in("office");
    json::object const rules{{"made", 1}, {"repealed", 0}, {"in_force", 11}};
    json::object body{
        {"table2",
         {{"regulations", rules},
          {"normative_documents", rules},
          {"licences", 447228},
          {"penalties", 0},
          {"coercions", 0},
          {"fees", "96171.6"}}},
        {"overview", "新收政府信息公开申请3件。"}};
    auto const path = annual("?year=2026");
    EXPECT_EQ(office.put(path, body).status(), 428U);
    ASSERT_EQ(office.put(path, body, {{"If-Match", "\"0\""}}).status(), 200U);
    EXPECT_EQ(office.put(path, body, {{"If-Match", "\"0\""}}).status(), 412U);
    auto const report = office.get(path).json();
    EXPECT_EQ(report.at("table2").at("fees").as_string(), "96171.6");
    EXPECT_EQ(report.at("typed_version").as_int64(), 1);
    EXPECT_FALSE(report.at("checks").at(6).at("holds").as_bool()) << "E7: the text says 3, the table 0";
    body["table2"].as_object()["fees"] = "很多";
    EXPECT_EQ(
        office.put(path, body, {{"If-Match", "\"1\""}}).json().at("errors").at(0).at("pointer").as_string(),
        "/table2/fees"
    );
    auto registrar = service.sign_in("registrar");
    EXPECT_EQ(registrar.put(path, body, {{"If-Match", "\"1\""}}).code(), "role_required");
}

TEST(AnnualReports, WhatWasPublishedKeepsItsBytes) {
    Service service;
    hand_in_some(service);
    auto office = service.sign_in("office");
    auto const publications = annual("/publications?year=2026");
    auto const made = office.post(publications, json::object{});
    ASSERT_EQ(made.status(), 201U) << made.body();
    std::map<std::string, std::string> published;
    for (std::string const ending : {"", ".xlsx", ".html"})
        published[ending] = office.get(annual(ending + "?year=2026")).body();

    EXPECT_EQ(office.post(publications, json::object{{"reason", "没有变化"}}).code(), "nothing_to_correct");
    auto registrar = service.sign_in("registrar");
    ASSERT_EQ(registrar.post(kCases, registration()).status(), 201U);
    for (auto const& [ending, bytes] : published) {
        EXPECT_EQ(office.get(annual(ending + "?year=2026")).body(), bytes) << ending;
        EXPECT_NE(office.get(annual(ending + "?year=2026&version=0")).body(), bytes) << ending;
    }
    EXPECT_EQ(office.get(annual("?year=2026&version=2")).code(), "no_such_version");
    EXPECT_EQ(office.get(publications).json().at("differences").as_array().size(), 4U);
    EXPECT_EQ(office.post(publications, json::object{}).json().at("errors").at(0).at("pointer").as_string(), "/reason");
    auto const corrected = office.post(publications, json::object{{"reason", "补登一件"}});
    ASSERT_EQ(corrected.status(), 201U) << corrected.body();
    EXPECT_EQ(corrected.json().at("changes").as_array().size(), 4U);
    EXPECT_EQ(cell(office.get(annual("?year=2026")).json(), 0, 6), 3);
    EXPECT_EQ(office.get(annual("?year=2026&version=1")).body(), published.at(""));
    EXPECT_EQ(office.get(publications).json().at("items").as_array().size(), 2U);
}

TEST(AnnualReports, ThePageEscapesWhatPeopleTyped) {
    Service service;
    auto office = service.sign_in("office");
    json::object const rules{{"made", 0}, {"repealed", 0}, {"in_force", 0}};
    json::object const body{
        {"table2",
         {{"regulations", rules},
          {"normative_documents", rules},
          {"licences", 0},
          {"penalties", 0},
          {"coercions", 0},
          {"fees", "0"}}},
        {"overview", "<script>alert(1)</script>"}};
    ASSERT_EQ(office.put(annual("?year=2026"), body, {{"If-Match", "\"0\""}}).status(), 200U);
    auto const page = office.get(annual(".html?year=2026"));
    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.body().find("<script"), std::string::npos);
    EXPECT_NE(page.body().find("四、结转下年度继续办理"), std::string::npos);
}

TEST(QuarterlyReports, RankTheAgencies) {
    Service service;
    hand_in_some(service);
    auto supervisor = service.sign_in("supervisor");
    auto const report = supervisor.get("/api/v1/reports/quarterly?year=2026&quarter=1").json();
    EXPECT_EQ(report.at("title").as_string(), "邵阳市人民政府2026年第1季度政府信息公开申请办理情况通报");
    EXPECT_EQ(report.at("agencies").as_array().size(), 3U);
    EXPECT_EQ(report.at("total").at("received").as_int64(), 3);
    EXPECT_EQ(report.at("total").at("concluded").as_int64(), 1);
    auto const list = std::string(report.at("total").at("received_list").as_string());
    EXPECT_EQ(supervisor.get(std::string(kCases) + "?" + list).json().at("items").as_array().size(), 3U);
    EXPECT_EQ(supervisor.get("/api/v1/reports/quarterly?quarter=5").code(), "bad_query");
    auto const file = supervisor.get("/api/v1/reports/quarterly.xlsx?year=2026&quarter=1");
    EXPECT_TRUE(file.body().starts_with("PK")) << file.body().substr(0, 100);
    EXPECT_EQ(supervisor.get("/api/v1/reports/quarterly.xlsx?year=2026&quarter=1").body(), file.body())
        << "the same bytes";
}

TEST(LedgerWorkbook, TakesTheFilterOfTheList) {
    Service service;
    hand_in_some(service);
    auto registrar = service.sign_in("registrar");
    auto const file = registrar.get("/api/v1/reports/ledger.xlsx?open=true");
    ASSERT_EQ(file.status(), 200U);
    EXPECT_TRUE(file.body().starts_with("PK"));
    EXPECT_EQ(file.header("Content-Disposition"), "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6-2026-03-02.xlsx");
    EXPECT_EQ(registrar.get("/api/v1/reports/ledger.xlsx?open=maybe").status(), 422U);
}

}  // namespace
}  // namespace server::api
