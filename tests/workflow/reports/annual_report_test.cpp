#include "workflow/reports/annual_report.hpp"

#include "tests/workflow/reports/published_tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace workflow {
namespace {

AnnualFigures figures_of(PublishedTables const& published) {
    return {{}, published.table3, published.table4, std::nullopt};
}

AnnualFacts facts(int received, std::optional<int> concluded, std::optional<Outcome> outcome = Outcome::Disclosed) {
    return {received, concluded, ApplicantKind::Business, concluded ? outcome : std::nullopt};
}

/// The keys of the rows in which the case counts.
std::set<std::string_view> rows_of(AnnualFacts const& facts, int year) {
    Table3 table{};
    count_in(table, year, facts);
    std::set<std::string_view> keys;
    for (std::size_t row = 0; row < table.size(); ++row) {
        EXPECT_EQ(table[row][1], table[row].back()) << "in the column of its applicant and in the sum";
        if (table[row].back() != 0) keys.insert(kTable3Rows[row].key);
    }
    return keys;
}

using Keys = std::set<std::string_view>;

TEST(AnnualReport, HasTheRowsAndColumnsOfTheForm) {
    EXPECT_EQ(kTable3Rows.size(), 25U);
    EXPECT_EQ(kTable3Columns, 7U);
    EXPECT_EQ(table3_column(0), "自然人");
    EXPECT_EQ(table3_column(6), "总计");
    EXPECT_EQ(kTable3Rows[0].label, "一、本年新收政府信息公开申请数量");
    EXPECT_EQ(kTable3Rows[20].label, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请");
    EXPECT_EQ(kTable3Rows[24].label, "四、结转下年度继续办理");
    std::set<std::string_view> keys;
    for (Table3Row const& row : kTable3Rows) keys.insert(row.key);
    EXPECT_EQ(keys.size(), kTable3Rows.size());
}

TEST(AnnualReport, EveryOutcomeIsCountedInOneRow) {
    std::size_t counted = 0;
    for (std::size_t row = 0; row < kTable3Rows.size(); ++row) {
        auto const outcomes = outcomes_of_row(row);
        counted += outcomes.size();
        EXPECT_EQ(outcomes.empty(), kTable3Rows[row].count != Table3Count::Concluded) << kTable3Rows[row].key;
    }
    EXPECT_EQ(counted, kOutcomes.size());
}

TEST(AnnualReport, CountsACaseByItsYears) {
    EXPECT_EQ(rows_of(facts(2025, 2025), 2025), (Keys{"new", "open", "total"}));
    EXPECT_EQ(rows_of(facts(2025, {}), 2025), (Keys{"new", "carried_out"}));
    EXPECT_EQ(rows_of(facts(2025, 2026), 2025), (Keys{"new", "carried_out"}));
    EXPECT_EQ(rows_of(facts(2025, 2026), 2026), (Keys{"carried_in", "open", "total"}));
    EXPECT_EQ(rows_of(facts(2025, 2027), 2026), (Keys{"carried_in", "carried_out"}));
    EXPECT_EQ(rows_of(facts(2025, 2025), 2026), Keys{});
    EXPECT_EQ(rows_of(facts(2026, {}), 2025), Keys{});
    EXPECT_EQ(rows_of(facts(2025, 2025, Outcome::NotOurAgency), 2025), (Keys{"new", "cant_nothold", "total"}));
}

TEST(AnnualReport, CountsADisputeWhenItIsDecidedAndWhileItIsPending) {
    auto const block = [](DisputeFacts const& dispute, int year) {
        Table4 table{};
        count_in(table, year, dispute);
        return table[static_cast<std::size_t>(dispute.kind)];
    };
    DisputeFacts const lost{DisputeKind::DirectSuit, 2025, 2026, DisputeResult::Corrected};
    EXPECT_EQ(block(lost, 2024), (Table4Block{0, 0, 0, 0, 0}));
    EXPECT_EQ(block(lost, 2025), (Table4Block{0, 0, 0, 1, 1}));
    EXPECT_EQ(block(lost, 2026), (Table4Block{0, 1, 0, 0, 1}));
    EXPECT_EQ(block(lost, 2027), (Table4Block{0, 0, 0, 0, 0}));
}

TEST(AnnualReport, PublishedTablesHoldEveryEquation) {
    for (PublishedTables const& published : kPublishedTables) {
        auto const checks = check_equations(figures_of(published));
        ASSERT_EQ(checks.size(), kEquations.size());
        for (auto const& check : checks) EXPECT_TRUE(check.holds) << published.name << check.detail;
    }
}

/// What breaks one equation and no other.
struct Broken {
    Equation rule;
    void (*spoil)(AnnualFigures&);
};

class EquationTest : public testing::TestWithParam<Broken> {};

TEST_P(EquationTest, IsTheOneThatFails) {
    auto figures = figures_of(kPublishedTables.front());
    figures.table3_before.emplace();
    figures.table3_before->back() = figures.table3[1];
    for (auto const& check : check_equations(figures)) ASSERT_TRUE(check.holds) << check.detail;
    GetParam().spoil(figures);
    for (auto const& check : check_equations(figures)) {
        EXPECT_EQ(check.holds, check.rule != GetParam().rule) << code(check.rule) << ' ' << check.detail;
        EXPECT_FALSE(check.detail.empty());
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each,
    EquationTest,
    testing::Values(
        Broken{Equation::E1, [](AnnualFigures& f) { ++f.table3[0][1], ++f.table3[0].back(); }},
        Broken{Equation::E2, [](AnnualFigures& f) { ++f.table3[2][1], ++f.table3[2].back(); }},
        Broken{Equation::E3, [](AnnualFigures& f) { ++f.table3[0][1], ++f.table3[24][1]; }},
        Broken{Equation::E4, [](AnnualFigures& f) { ++f.table4[2][3]; }},
        Broken{Equation::E5, [](AnnualFigures& f) { ++(*f.table3_before).back()[0]; }},
        Broken{Equation::E6, [](AnnualFigures& f) { f.typed.table2.licences = -1; }},
        Broken{Equation::E7, [](AnnualFigures& f) { f.typed.overview = "全年新收政府信息公开申请3118件。"; }}
    ),
    [](auto const& broken) { return std::string(code(broken.param.rule)); }
);

TEST(AnnualReport, FindsTheNumbersThatTheTextQuotes) {
    auto const& published = kPublishedTables.front();
    auto const check = [&](std::string_view text) {
        return check_quotations(text, published.table3, published.table4);
    };
    EXPECT_TRUE(check("新收政府信息公开申请3119件，上年结转34件，予以公开1362件；行政复议共351件，行政诉讼46件。").holds
    );
    EXPECT_TRUE(check("新收政府信息公开申请较多，行政复议机构健全。").holds) << "no number is quoted";
    EXPECT_EQ(check("不予公开179件，行政复议134起。").detail, "“行政复议”：134≠351；“不予公开”：179≠178");
}

TEST(AnnualReport, TakesAmountsAsTheyAreTyped) {
    for (auto const text : {"0", "96171.6", "59237.2449", "316441", "0.000001"}) EXPECT_TRUE(is_amount(text)) << text;
    for (auto const text : {"", "-1", ".5", "1.", "1,000", "1.1234567", "1e3", "一万"}) EXPECT_FALSE(is_amount(text));
}

}  // namespace
}  // namespace workflow
