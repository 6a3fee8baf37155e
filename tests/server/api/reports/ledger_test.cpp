#include <gtest/gtest.h>

#include "tests/server/api/service.hpp"

namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kLedger = "/api/v1/reports/ledger.csv";

std::vector<std::string> lines(std::string const& text) {
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = text.find("\r\n", begin);
        EXPECT_NE(end, std::string::npos) << "the last line has an end too";
        found.push_back(text.substr(begin, end - begin));
        begin = end + 2;
    }
    return found;
}

TEST(Ledger, HasALineForEachCaseOfTheList) {
    Service service;
    auto registrar = service.sign_in("registrar");
    auto form = registration();
    form["items"].as_array()[0].as_object()["title"] = "=\"一\",二";
    WorkedCase c(registrar.post(kCases, form).json());
    ASSERT_EQ(c.act(registrar, "withdraw", oral_withdrawal()).status(), 200U);
    registrar.post(kCases, registration());

    auto const reply = registrar.get(std::string(kLedger) + "?sort=number");
    ASSERT_EQ(reply.status(), 200U) << reply.body();
    EXPECT_EQ(reply.header("Content-Type"), "text/csv; charset=utf-8");
    EXPECT_EQ(reply.header("Content-Disposition"), "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6-2026-03-02.csv");
    auto const found = lines(reply.body());
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(
        found[0],
        "\xEF\xBB\xBF受理编号,申请人类型,申请人,渠道,提交日期,收到日期,摘要,办理机关,承办部门,承办人,状态,办理结果,"
        "答复期限,剩余工作日,办结日期"
    );
    EXPECT_EQ(
        found[1],
        "430500-01-2026-000001,自然人,张*,当面,2026-03-02,2026-03-02,\"'=\"\"一\"\",二\",邵阳市自然资源局,,,已终止,"
        "申请人撤回,,,2026-03-02"
    );
    EXPECT_EQ(
        found[2],
        "430500-01-2026-000002,自然人,张*,当面,2026-03-02,2026-03-02,土地征收补偿方案,邵阳市自然资源局,,,待审核,,"
        "2026-03-30,20,"
    );
}

TEST(Ledger, TakesTheFilterOfTheList) {
    Service service;
    auto registrar = service.sign_in("registrar");
    registrar.post(kCases, registration());
    auto const count = [&](std::string_view query) {
        auto const reply = registrar.get(std::string(kLedger) + std::string(query));
        EXPECT_EQ(reply.status(), 200U) << reply.body();
        return lines(reply.body()).size() - 1;
    };
    EXPECT_EQ(count(""), 1U);
    EXPECT_EQ(count("?state=registered"), 1U);
    EXPECT_EQ(count("?state=handling"), 0U);
    EXPECT_EQ(count("?limit=1&cursor=whatever"), 1U);
    EXPECT_EQ(registrar.get(std::string(kLedger) + "?state=nowhere").status(), 422U);
    EXPECT_EQ(registrar.get(std::string(kLedger) + "?q=%E5%BE%81").code(), "search_text_too_short");
}

TEST(Ledger, GoesOnFromPageToPage) {
    Service service;
    auto registrar = service.sign_in("registrar");
    for (int i = 0; i < 205; ++i) ASSERT_EQ(registrar.post(kCases, registration()).status(), 201U);
    auto const found = lines(registrar.get(std::string(kLedger) + "?sort=number").body());
    ASSERT_EQ(found.size(), 206U);
    for (std::size_t i = 1; i < found.size(); ++i) {
        auto const serial = std::to_string(1'000'000 + i).substr(1);
        EXPECT_TRUE(found[i].starts_with("430500-01-2026-" + serial + ",")) << found[i];
    }
}

TEST(Ledger, SaysHowLongACaseIsOverdue) {
    Service service;
    service.sign_in("registrar").post(kCases, registration());
    service.time.go_to("2026-04-01");
    auto const found = lines(service.sign_in("registrar").get(kLedger).body());
    EXPECT_TRUE(found.at(1).ends_with(",2026-03-30,超期2,")) << found.at(1);
}

TEST(Ledger, ShowsWhatIsInReachAlone) {
    Service service;
    service.sign_in("registrar").post(kCases, registration());
    EXPECT_EQ(lines(service.sign_in("stranger").get(kLedger).body()).size(), 1U);
    EXPECT_EQ(lines(service.sign_in("auditor").get(kLedger).body()).size(), 1U);
    EXPECT_EQ(lines(service.sign_in("supervisor").get(kLedger).body()).size(), 2U);
    EXPECT_EQ(service.anonymous().get(kLedger).status(), 401U);
}

}  // namespace
}  // namespace server::api
