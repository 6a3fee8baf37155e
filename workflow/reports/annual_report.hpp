#pragma once

#include "workflow/reports/table3.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/outcomes.hpp"
#include "workflow/words/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// 政府信息公开工作年度报告 (条例第五十条) in the form of 国办公开办函〔2021〕30号: its tables to the letter, where
/// each case is counted in them, and the equations (勾稽关系) that published figures are held to. Pure; any thread.
namespace workflow {

// ---- 表三: 收到和处理政府信息公开申请情况 -------------------------------------------------------------------------

/// What a row of 表三 counts.
enum class Table3Count : std::uint8_t {
    Received,    ///< received in the year
    CarriedIn,   ///< received before it and not concluded when it began
    Concluded,   ///< concluded in it, with an outcome of this row
    Total,       ///< concluded in it
    CarriedOut,  ///< not concluded when it ended
};

struct Table3Row {
    std::string_view key;
    std::string_view label;
    std::string_view part;  ///< the label of the rows it stands under; empty where it stands alone
    Table3Count count;
};

inline constexpr std::string_view kTable3Note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
inline constexpr std::string_view kTable3Results = "三、本年度办理结果";

// clang-format off
inline constexpr std::array kTable3Rows{
    Table3Row{"new",            "一、本年新收政府信息公开申请数量", "", Table3Count::Received},
    Table3Row{"carried_in",     "二、上年结转政府信息公开申请数量", "", Table3Count::CarriedIn},
    Table3Row{"open",           "（一）予以公开", "", Table3Count::Concluded},
    Table3Row{"partial",        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "", Table3Count::Concluded},
    Table3Row{"no_secret",      "1.属于国家秘密", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"no_law",         "2.其他法律行政法规禁止公开", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"no_3s1w",        "3.危及“三安全一稳定”", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"no_third",       "4.保护第三方合法权益", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"no_internal",    "5.属于三类内部事务信息", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"no_process",     "6.属于四类过程性信息", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"no_enforce",     "7.属于行政执法案卷", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"no_query",       "8.属于行政查询事项", "（三）不予公开", Table3Count::Concluded},
    Table3Row{"cant_nothold",   "1.本机关不掌握相关政府信息", "（四）无法提供", Table3Count::Concluded},
    Table3Row{"cant_needmake",  "2.没有现成信息需要另行制作", "（四）无法提供", Table3Count::Concluded},
    Table3Row{"cant_unclear",   "3.补正后申请内容仍不明确", "（四）无法提供", Table3Count::Concluded},
    Table3Row{"np_petition",    "1.信访举报投诉类申请", "（五）不予处理", Table3Count::Concluded},
    Table3Row{"np_repeat",      "2.重复申请", "（五）不予处理", Table3Count::Concluded},
    Table3Row{"np_publication", "3.要求提供公开出版物", "（五）不予处理", Table3Count::Concluded},
    Table3Row{"np_massive",     "4.无正当理由大量反复申请", "（五）不予处理", Table3Count::Concluded},
    Table3Row{"np_confirm",     "5.要求行政机关确认或重新出具已获取信息", "（五）不予处理", Table3Count::Concluded},
    Table3Row{"ot_nocorrect",   "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "（六）其他处理", Table3Count::Concluded},
    Table3Row{"ot_nopay",       "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "（六）其他处理", Table3Count::Concluded},
    Table3Row{"ot_other",       "3.其他", "（六）其他处理", Table3Count::Concluded},
    Table3Row{"total",          "（七）总计", "", Table3Count::Total},
    Table3Row{"carried_out",    "四、结转下年度继续办理", "", Table3Count::CarriedOut},
};
// clang-format on

/// Whether the row stands under 三、本年度办理结果.
constexpr bool is_result(Table3Row const& row) {
    return row.count == Table3Count::Concluded || row.count == Table3Count::Total;
}

/// The columns: one for each kind of applicant, in the order of ApplicantKind, then their sum. All but the first and
/// the sum stand under 法人或其他组织.
inline constexpr std::size_t kTable3Columns = kApplicantKinds.size() + 1;
inline constexpr std::string_view kTable3ColumnsTitle = "申请人情况";
inline constexpr std::string_view kTable3Organisations = "法人或其他组织";
inline constexpr std::string_view kTotalLabel = "总计";
constexpr std::string_view table3_column(std::size_t column) {
    return column < kApplicantKinds.size() ? kApplicantKinds[column].label : kTotalLabel;
}

using Table3 = std::array<std::array<std::int64_t, kTable3Columns>, kTable3Rows.size()>;

/// All that 表三 asks of one case: the years of its receipt and of its conclusion.
struct AnnualFacts {
    int received = 0;
    std::optional<int> concluded;
    ApplicantKind applicant{};
    std::optional<Outcome> outcome;
};

/// Counts `n` such cases in the table of `year`; a negative `n` takes them out.
void count_in(
    Table3& table, int year, AnnualFacts const& facts, std::int64_t n = 1, std::span<OutcomeReading const> readings = {}
);

/// The outcomes that row `row` (from 0) counts; empty for the rows that count whatever the outcome.
std::vector<Outcome> outcomes_of_row(std::size_t row, std::span<OutcomeReading const> readings = {});

// ---- 表四: 政府信息公开行政复议、行政诉讼情况 ---------------------------------------------------------------------

/// The columns of each of its three blocks, which are those of DisputeKind.
inline constexpr std::array<std::string_view, 5> kTable4Columns{
    "结果维持", "结果纠正", "其他结果", "尚未审结", kTotalLabel};
/// The member of each block in JSON, in the order of DisputeKind.
inline constexpr std::array<std::string_view, 3> kTable4Keys{"review", "direct", "after_review"};
inline constexpr std::size_t kPendingColumn = 3;

using Table4Block = std::array<std::int64_t, kTable4Columns.size()>;
using Table4 = std::array<Table4Block, kTable4Keys.size()>;
static_assert(kTable4Keys.size() == kDisputeKinds.size() && kPendingColumn == kDisputeResults.size());

struct DisputeFacts {
    DisputeKind kind{};
    int received = 0;
    std::optional<int> decided;
    std::optional<DisputeResult> result;
};

/// Counts `n` such disputes in the table of `year`: those decided in it by their result, and all that were pending when
/// it ended.
void count_in(Table4& table, int year, DisputeFacts const& facts, std::int64_t n = 1);

// ---- 表二: 主动公开政府信息情况, typed in -------------------------------------------------------------------------

/// The largest number that is taken.
inline constexpr std::int64_t kMostCounted = 1'000'000'000'000;

/// 第二十条第（一）项: 本年制发件数, 本年废止件数, 现行有效件数.
struct RuleCounts {
    std::int64_t made = 0;
    std::int64_t repealed = 0;
    std::int64_t in_force = 0;
    bool operator==(RuleCounts const&) const = default;
};

struct Table2 {
    RuleCounts regulations;          ///< 规章
    RuleCounts normative_documents;  ///< 行政规范性文件
    std::int64_t licences = 0;       ///< 第(五)项 行政许可
    std::int64_t penalties = 0;      ///< 第(六)项 行政处罚
    std::int64_t coercions = 0;      ///< 第(六)项 行政强制
    Code fees{"0"};  ///< 第(八)项 行政事业性收费, in 万元: a decimal number, exactly as typed
    bool operator==(Table2 const&) const = default;
};

/// What people add to the figures.
struct TypedPart {
    Table2 table2;
    std::string overview;  ///< 一、总体情况; public like the report, so it names no applicant
    bool operator==(TypedPart const&) const = default;
};

/// Whether the text is an amount in 万元: digits, and up to six decimals.
bool is_amount(std::string_view text);

constexpr auto fields(std::type_identity<RuleCounts>) {
    using T = RuleCounts;
    return std::tuple{
        field("made", &T::made, "本年制发件数", {0, kMostCounted}),
        field("repealed", &T::repealed, "本年废止件数", {0, kMostCounted}),
        field("in_force", &T::in_force, "现行有效件数", {0, kMostCounted})};
}

constexpr auto fields(std::type_identity<Table2>) {
    using T = Table2;
    return std::tuple{
        field("regulations", &T::regulations, "规章"),
        field("normative_documents", &T::normative_documents, "行政规范性文件"),
        field("licences", &T::licences, "行政许可", {0, kMostCounted}),
        field("penalties", &T::penalties, "行政处罚", {0, kMostCounted}),
        field("coercions", &T::coercions, "行政强制", {0, kMostCounted}),
        field("fees", &T::fees, "行政事业性收费（万元）", {1, 20})};
}

constexpr auto fields(std::type_identity<TypedPart>) {
    using T = TypedPart;
    return std::tuple{
        field("table2", &T::table2, "表二"), field("overview", &T::overview, "一、总体情况", {0, kLongText})};
}

// ---- the equations ------------------------------------------------------------------------------------------------

enum class Equation : std::uint8_t { E1, E2, E3, E4, E5, E6, E7 };
// clang-format off
inline constexpr std::array kEquations{
    Term{Equation::E1, "E1", "每列：第一项加第二项之和，等于第三项加第四项之和"},
    Term{Equation::E2, "E2", "每列：各种办理结果之和等于（七）总计"},
    Term{Equation::E3, "E3", "每行：六类申请人之和等于总计"},
    Term{Equation::E4, "E4", "表四每部分：维持、纠正、其他、尚未审结之和等于总计"},
    Term{Equation::E5, "E5", "每列：上年结转等于上一年度报告的结转下年度"},
    Term{Equation::E6, "E6", "各数都不是负数"},
    Term{Equation::E7, "E7", "总体情况中引用的数与表中一致"},
};
// clang-format on
constexpr auto const& terms(Equation) { return kEquations; }
static_assert(is_well_formed<Equation>());

struct EquationCheck {
    Equation rule{};
    bool holds = true;
    std::string detail;  ///< where it does not hold, or what was compared
};

/// What the equations look at.
struct AnnualFigures {
    TypedPart typed;
    Table3 table3{};
    Table4 table4{};
    std::optional<Table3> table3_before;  ///< of the year before, where there is one
};

EquationCheck check_sums_of_columns(Table3 const& table);                                                ///< E1
EquationCheck check_results(Table3 const& table);                                                        ///< E2
EquationCheck check_rows(Table3 const& table);                                                           ///< E3
EquationCheck check_disputes(Table4 const& table);                                                       ///< E4
EquationCheck check_carried(Table3 const& table, std::optional<Table3> const& before);                   ///< E5
EquationCheck check_signs(AnnualFigures const& figures);                                                 ///< E6
EquationCheck check_quotations(std::string_view overview, Table3 const& table, Table4 const& disputes);  ///< E7

/// All of them, in their order.
std::vector<EquationCheck> check_equations(AnnualFigures const& figures);

// ---- what the compiler holds the tables to ------------------------------------------------------------------------

static_assert(kTable3Rows.size() == 25 && kTable3Columns == 7);
static_assert(
    [] {
        for (OutcomeRule const& rule : kOutcomeRules) {
            auto const& row = kTable3Rows[static_cast<std::size_t>(rule.table3_row - 1)];
            if (row.count != Table3Count::Concluded) return false;
        }
        return kTable3Parts.back().last_row == 23;
    }(),
    "an outcome is counted in a row that counts something else"
);

}  // namespace workflow
