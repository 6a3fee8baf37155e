#include <gtest/gtest.h>

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "server/ledger/import.hpp"
#include "tests/server/api/service.hpp"
#include "tests/workflow/reports/published_tables.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kHead =
    "申请人类型,申请人,收到日期,申请内容,办理机关代码,办理结果,答复日期,受理编号,状态,承办部门\r\n";

Reply post_file(HttpClient& who, std::string_view path, std::string const& file) {
    return who.send("POST", path, file, "application/octet-stream");
}

Reply examine(HttpClient& who, std::string const& rows) {
    return post_file(who, "/api/v1/imports/examination", std::string(kHead) + rows);
}

/// The faults as "row column".
std::vector<std::string> faults(Reply const& reply) {
    std::vector<std::string> list;
    for (auto const& fault : reply.json().at("faults").as_array()) {
        list.push_back(std::to_string(fault.at("row").as_int64()) + " " + std::string(fault.at("column").as_string()));
    }
    return list;
}

using Faults = std::vector<std::string>;

/// Waits until the writer is done with it.
json::object finished(HttpClient& who, Reply const& begun) {
    auto const path = "/api/v1/imports/" + std::string(begun.json().at("id").as_string());
    for (;;) {
        auto const state = who.get(path).json();
        if (state.at("state").as_string() != "running") return state;
        std::this_thread::yield();
    }
}

TEST(Imports, ExamineALedgerAndNameEveryFault) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const good =
        examine(registrar, "自然人,张三,2025/3/3,土地征收方案,430500-01,信息不存在,2025年3月20日,2025-1,,\r\n");
    ASSERT_EQ(good.status(), 200U) << good.body();
    EXPECT_TRUE(good.json().at("holds").as_bool());
    EXPECT_EQ(good.json().at("rows").as_int64(), 1);

    auto const bad = examine(
        registrar,
        "公司,张三,2025/3/3,方案,430500-01,,,,,\r\n"                        // 2: no such kind
        "自然人,,三月,方案,430500-01,,,,,\r\n"                              // 3: no name, no date
        "自然人,张三,2025-03-03,方案,430599-01,,,,,\r\n"                    // 4: no such agency
        "自然人,张三,2025-03-03,方案,430500-01,予以公开,,,,\r\n"            // 5: an outcome without its day
        "自然人,张三,2025-03-03,方案,430500-01,予以公开,2025-03-01,,,\r\n"  // 6: answered before it came
        "自然人,张三,2026-03-03,方案,430500-01,,,,,\r\n"                    // 7: received tomorrow
        "自然人,张三,2025-03-03,方案,430500-02,,,,,\r\n"                    // 8: another agency's
        "自然人,张三,2025-03-03,方案,430500-01,,,7,,\r\n"                   // 9, in order
        "\r\n"
        "自然人,张三,2025-03-03,方案,430500-01,,,7,,\r\n"       // 11: the same number
        "自然人,张三,2025-03-03,方案,430500-01,,,,已答复,\r\n"  // 12: answered without an outcome
        "自然人,张三,2025-03-03,方案,430500-01,,,,,财务科\r\n"  // 13: no such department
    );
    EXPECT_EQ(
        faults(bad),
        (Faults{
            "2 申请人类型",
            "3 收到日期",
            "3 申请人",
            "4 办理机关代码",
            "5 答复日期",
            "6 答复日期",
            "7 收到日期",
            "8 办理机关代码",
            "11 受理编号",
            "12 状态",
            "13 承办部门"})
    ) << bad.body();
    EXPECT_EQ(bad.json().at("rows").as_int64(), 11);
    EXPECT_EQ(registrar.get(kCases).json().at("items").as_array().size(), 0U) << "examining writes nothing";
}

TEST(Imports, NameTheFaultsOfTheHead) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const reply = post_file(registrar, "/api/v1/imports/examination", "申请人,申请人,序号\n张三,李四,1\n");
    EXPECT_EQ(
        faults(reply), (Faults{"1 申请人", "1 序号", "1 申请人类型", "1 收到日期", "1 申请内容", "1 办理机关代码"})
    ) << reply.body();
}

TEST(Imports, BringInAllOfItOrNothing) {
    Service service;
    auto registrar = service.sign_in("registrar");
    std::string const good = "自然人,张三,2025-03-03,土地征收方案,430500-01,信息不存在,2025-03-20,2025-1,,\r\n";
    auto const refused = post_file(registrar, "/api/v1/imports", std::string(kHead) + good + "谁,张三,,,,,,,,\r\n");
    EXPECT_EQ(refused.status(), 422U);
    EXPECT_EQ(refused.code(), "ledger_has_faults");
    EXPECT_EQ(registrar.get(kCases).json().at("items").as_array().size(), 0U);

    auto const begun = post_file(
        registrar,
        "/api/v1/imports",
        std::string(kHead) + good + "商业企业,某公司,2025-12-03,年度预算,430500-01,,,,,土地利用科\r\n"
    );
    ASSERT_EQ(begun.status(), 202U) << begun.body();
    auto const done = finished(registrar, begun);
    EXPECT_EQ(done.at("state").as_string(), "done");
    EXPECT_EQ(done.at("done").as_int64(), 2);

    auto const list = registrar.get(std::string(kCases) + "?" + std::string(done.at("list").as_string())).json();
    auto const& items = list.at("items").as_array();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].at("number").as_string(), "430500-01-2025-000001");
    EXPECT_EQ(items[0].at("state").as_string(), "archived");
    EXPECT_TRUE(items[0].at("imported").as_bool());
    EXPECT_EQ(items[1].at("state").as_string(), "handling");
    EXPECT_EQ(items[1].at("department").as_string(), "430500-01-d1");
    auto const id = std::string(items[0].at("id").as_string());
    EXPECT_EQ(registrar.get(std::string(kCases) + "/" + id).json().at("ledger").at("number").as_string(), "2025-1");

    auto const again = examine(registrar, good);
    EXPECT_EQ(faults(again), Faults{"2 受理编号"}) << "imported before";
}

TEST(Imports, AreForRegistrarsAndSupervisors) {
    Service service;
    auto handler = service.sign_in("handler");
    EXPECT_EQ(examine(handler, "").code(), "role_required");
    auto supervisor = service.sign_in("supervisor");
    auto const reply = examine(supervisor, "自然人,张三,2025-03-03,方案,430500-02,,,,,\r\n");
    EXPECT_TRUE(reply.json().at("holds").as_bool()) << "every agency below: " << reply.body();
    EXPECT_EQ(supervisor.get("/api/v1/imports/none").status(), 404U);
    EXPECT_EQ(post_file(supervisor, "/api/v1/imports/examination", "PK\x03\x04").code(), "unreadable_ledger");
}

/// A ledger with a line for each case that a published table counts.
std::string ledger_of(workflow::PublishedTables const& published) {
    std::string file(kHead);
    auto const last = workflow::kTable3Columns - 1;
    for (std::size_t column = 0; column < last; ++column) {
        std::int64_t carried = published.table3[1][column];
        for (std::size_t row = 2; row < published.table3.size(); ++row) {
            auto const& shown = workflow::kTable3Rows[row];
            if (shown.count == workflow::Table3Count::Total) continue;
            bool const open = shown.count == workflow::Table3Count::CarriedOut;
            for (std::int64_t n = 0; n < published.table3[row][column]; ++n) {
                file += fmt::format(
                    "{},某某,{}-06-30,某项信息,430500-01,\"{}\",{},,,\r\n",
                    workflow::kApplicantKinds[column].label,
                    published.year - (carried-- > 0 ? 1 : 0),
                    open ? "" : shown.label,
                    open ? "" : fmt::format("{}/12/1", published.year)
                );
            }
        }
    }
    return file;
}

class PublishedTableTest : public testing::TestWithParam<workflow::PublishedTables> {};

TEST_P(PublishedTableTest, ComesBackInEveryCellFromItsLedger) {
    auto const& published = GetParam();
    Service service;
    auto registrar = service.sign_in("registrar");
    auto const begun = post_file(registrar, "/api/v1/imports", ledger_of(published));
    ASSERT_EQ(begun.status(), 202U) << begun.body().substr(0, 2000);
    ASSERT_EQ(finished(registrar, begun).at("state").as_string(), "done");
    auto const report = registrar.get("/api/v1/reports/annual?year=" + std::to_string(published.year)).json();
    auto const& rows = report.at("table3").at("rows").as_array();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < workflow::kTable3Columns; ++column) {
            EXPECT_EQ(rows[row].at("cells").at(column).as_int64(), published.table3[row][column])
                << workflow::kTable3Rows[row].key << ' ' << workflow::table3_column(column);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each,
    PublishedTableTest,
    testing::ValuesIn(workflow::kPublishedTables),
    [](auto const& table) { return "Year" + std::to_string(table.param.year) + "Of" + std::to_string(table.index); }
);

}  // namespace
}  // namespace server::api
