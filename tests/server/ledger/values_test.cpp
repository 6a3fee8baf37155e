#include "server/ledger/values.hpp"

#include "workflow/reports/annual_report.hpp"

#include <gtest/gtest.h>

namespace server::ledger {
namespace {

using workflow::ApplicantKind;
using workflow::Outcome;

TEST(LedgerValues, ReadsTheDatesThatPeopleWrite) {
    auto const wanted = workflow::parse_date("2026-01-02");
    for (auto const text :
         {"2026-01-02",
          "2026-1-2",
          "2026/1/2",
          "2026.01.02",
          "2026年1月2日",
          "2026-01-02 08:30",
          "46024",
          "46024.35"}) {
        EXPECT_EQ(parse_day(text), wanted) << text;
    }
    for (auto const text : {"", "2026-02-30", "1月2日", "2026-01", "20260102", "2026-1-2x", "12", "-5", "昨天"}) {
        EXPECT_EQ(parse_day(text), std::nullopt) << text;
    }
}

TEST(LedgerValues, KnowsCodesAndLabels) {
    EXPECT_EQ(parse_applicant_kind("商业企业"), ApplicantKind::Business);
    EXPECT_EQ(parse_applicant_kind("business"), ApplicantKind::Business);
    EXPECT_EQ(parse_applicant_kind("其他"), ApplicantKind::OtherOrg);
    EXPECT_EQ(parse_applicant_kind("个人"), std::nullopt);
    EXPECT_EQ(parse_channel("邮寄（签收）"), workflow::Channel::RegisteredMail);
    EXPECT_EQ(parse_state("已归档"), workflow::State::Archived);
    EXPECT_EQ(trim(" \u3000张三\t "), "张三");
}

TEST(LedgerValues, KnowsAnOutcomeByEveryNameOfIt) {
    EXPECT_EQ(parse_outcome("not_our_agency"), Outcome::NotOurAgency);
    EXPECT_EQ(parse_outcome("非本机关负责公开"), Outcome::NotOurAgency);
    EXPECT_EQ(parse_outcome("（一）予以公开"), Outcome::Disclosed);
    EXPECT_EQ(parse_outcome("部分公开"), Outcome::Partial);
    EXPECT_EQ(parse_outcome("属于国家秘密"), Outcome::RefusedSecret);
    EXPECT_EQ(parse_outcome("不予公开：国家秘密"), Outcome::RefusedSecret);
    EXPECT_EQ(parse_outcome("3.其他"), Outcome::Other);
    EXPECT_EQ(parse_outcome("好"), std::nullopt);
}

TEST(LedgerValues, KnowsEveryRowOfTable3ByItsLabel) {
    for (std::size_t row = 0; row < workflow::kTable3Rows.size(); ++row) {
        auto const& shown = workflow::kTable3Rows[row];
        if (shown.count != workflow::Table3Count::Concluded) continue;
        auto const outcome = parse_outcome(shown.label);
        ASSERT_TRUE(outcome) << shown.label;
        EXPECT_EQ(rule_of(*outcome).table3_row, static_cast<int>(row) + 1) << shown.label;
    }
}

}  // namespace
}  // namespace server::ledger
