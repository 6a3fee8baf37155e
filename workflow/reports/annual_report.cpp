#include "workflow/reports/annual_report.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace workflow {

namespace {

constexpr std::size_t kSum = kTable3Columns - 1;

constexpr std::size_t row_of(Table3Count count) {
    return static_cast<std::size_t>(std::ranges::find(kTable3Rows, count, &Table3Row::count) - kTable3Rows.begin());
}
constexpr std::size_t kReceived = row_of(Table3Count::Received);
constexpr std::size_t kCarriedIn = row_of(Table3Count::CarriedIn);
constexpr std::size_t kTotal = row_of(Table3Count::Total);
constexpr std::size_t kCarriedOut = row_of(Table3Count::CarriedOut);

/// Remembers where an equation does not hold.
class EquationFinding {
public:
    explicit EquationFinding(Equation rule) { check_.rule = rule; }

    void compare(std::string_view where, std::int64_t left, std::int64_t right) {
        if (left == right) return;
        check_.holds = false;
        add(where);
        check_.detail.append("：").append(std::to_string(left)).append("≠").append(std::to_string(right));
    }
    void fault(std::string_view where) {
        check_.holds = false;
        add(where);
    }
    EquationCheck take(std::string_view otherwise) {
        if (check_.detail.empty()) check_.detail = otherwise;
        return std::move(check_);
    }

private:
    void add(std::string_view where) {
        if (!check_.detail.empty()) check_.detail.append("；");
        check_.detail.append(where);
    }
    EquationCheck check_;
};

std::string column_name(std::size_t column) { return "“" + std::string(table3_column(column)) + "”列"; }

std::string row_name(Table3Row const& row) { return "“" + std::string(row.part) + std::string(row.label) + "”"; }

template <std::size_t N>
std::int64_t sum_but_last(std::array<std::int64_t, N> const& cells) {
    return std::accumulate(cells.begin(), cells.end() - 1, std::int64_t{0});
}

std::int64_t sum_of_rows(Table3 const& table, int from, int to) {
    std::int64_t sum = 0;
    for (int row = from; row <= to; ++row) sum += table[static_cast<std::size_t>(row - 1)][kSum];
    return sum;
}

// ---- E7: numbers in the text --------------------------------------------------------------------------------------

/// A figure that reports quote in their first chapter, by the words before it.
struct QuotableFigure {
    std::string_view words;
    std::int64_t figure;
};

std::vector<QuotableFigure> quotable(Table3 const& table, Table4 const& disputes) {
    std::vector<QuotableFigure> all{
        {"新收政府信息公开申请", table[kReceived][kSum]},
        {"收到政府信息公开申请", table[kReceived][kSum]},
        {"受理政府信息公开申请", table[kReceived][kSum]},
        {"上年结转", table[kCarriedIn][kSum]},
        {"结转下年度", table[kCarriedOut][kSum]},
        {"行政复议", disputes[0].back()},
        {"行政诉讼", disputes[1].back() + disputes[2].back()},
    };
    int first = static_cast<int>(row_of(Table3Count::Concluded)) + 1;
    for (Table3Part const& part : kTable3Parts) {
        all.push_back({part.label, sum_of_rows(table, first, part.last_row)});
        first = part.last_row + 1;
    }
    return all;
}

/// The number that follows `words` directly or after a few words such as “共”, and is counted in 件 or 起.
std::optional<std::int64_t> number_after(std::string_view text) {
    constexpr std::array<std::string_view, 6> kBetween{"申请", "案件", "共", "计", "数量", "为"};
    for (bool moved = true; moved;) {
        moved = false;
        for (std::string_view const word : kBetween) {
            if (!text.starts_with(word)) continue;
            text.remove_prefix(word.size());
            moved = true;
        }
    }
    auto const digits = std::min(text.find_first_not_of("0123456789"), text.size());
    auto const rest = text.substr(digits);
    if (digits == 0 || digits > 12 || !(rest.starts_with("件") || rest.starts_with("起") || rest.starts_with("宗")))
        return std::nullopt;
    std::int64_t number = 0;
    for (char const digit : text.substr(0, digits)) number = number * 10 + (digit - '0');
    return number;
}

}  // namespace

// ---- counting ------------------------------------------------------------------------------------------------------

void count_in(
    Table3& table, int year, AnnualFacts const& facts, std::int64_t n, std::span<OutcomeReading const> readings
) {
    auto const add = [&](std::size_t row) {
        table[row][static_cast<std::size_t>(facts.applicant)] += n;
        table[row][kSum] += n;
    };
    bool const open_when_it_began = !facts.concluded || *facts.concluded >= year;
    bool const open_when_it_ended = !facts.concluded || *facts.concluded > year;
    if (facts.received == year) add(kReceived);
    if (facts.received < year && open_when_it_began) add(kCarriedIn);
    if (facts.received <= year && open_when_it_ended) add(kCarriedOut);
    if (facts.concluded != year || !facts.outcome) return;
    add(static_cast<std::size_t>(table3_row_of(*facts.outcome, readings) - 1));
    add(kTotal);
}

std::vector<Outcome> outcomes_of_row(std::size_t row, std::span<OutcomeReading const> readings) {
    std::vector<Outcome> outcomes;
    for (OutcomeRule const& rule : kOutcomeRules) {
        if (table3_row_of(rule.outcome, readings) == static_cast<int>(row) + 1) outcomes.push_back(rule.outcome);
    }
    return outcomes;
}

void count_in(Table4& table, int year, DisputeFacts const& facts, std::int64_t n) {
    Table4Block& block = table[static_cast<std::size_t>(facts.kind)];
    auto const add = [&](std::size_t column) {
        block[column] += n;
        block.back() += n;
    };
    if (facts.decided == year && facts.result) add(static_cast<std::size_t>(*facts.result));
    if (facts.received <= year && (!facts.decided || *facts.decided > year)) add(kPendingColumn);
}

bool is_amount(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789";
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    auto const decimals = point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
    auto const digits = [&](std::string_view part, std::size_t most) {
        return !part.empty() && part.size() <= most && part.find_first_not_of(kDigits) == std::string_view::npos;
    };
    return digits(whole, 12) && digits(decimals, 6);
}

// ---- the equations -------------------------------------------------------------------------------------------------

EquationCheck check_sums_of_columns(Table3 const& table) {
    EquationFinding found(Equation::E1);
    for (std::size_t column = 0; column < kTable3Columns; ++column) {
        found.compare(
            column_name(column),
            table[kReceived][column] + table[kCarriedIn][column],
            table[kTotal][column] + table[kCarriedOut][column]
        );
    }
    return found.take("每列新收加上年结转等于办结加结转下年度");
}

EquationCheck check_results(Table3 const& table) {
    EquationFinding found(Equation::E2);
    for (std::size_t column = 0; column < kTable3Columns; ++column) {
        std::int64_t sum = 0;
        for (std::size_t row = 0; row < table.size(); ++row) {
            if (kTable3Rows[row].count == Table3Count::Concluded) sum += table[row][column];
        }
        found.compare(column_name(column), sum, table[kTotal][column]);
    }
    return found.take("每列各种办理结果之和等于总计");
}

EquationCheck check_rows(Table3 const& table) {
    EquationFinding found(Equation::E3);
    for (std::size_t row = 0; row < table.size(); ++row) {
        found.compare(row_name(kTable3Rows[row]), sum_but_last(table[row]), table[row][kSum]);
    }
    return found.take("每行六类申请人之和等于总计");
}

EquationCheck check_disputes(Table4 const& table) {
    EquationFinding found(Equation::E4);
    for (std::size_t block = 0; block < table.size(); ++block) {
        found.compare(kDisputeKinds[block].label, sum_but_last(table[block]), table[block].back());
    }
    return found.take("表四三部分都等于各自的总计");
}

EquationCheck check_carried(Table3 const& table, std::optional<Table3> const& before) {
    EquationFinding found(Equation::E5);
    if (!before) return found.take("没有上一年度的数，不作比较");
    for (std::size_t column = 0; column < kTable3Columns; ++column) {
        found.compare(column_name(column), table[kCarriedIn][column], (*before)[kCarriedOut][column]);
    }
    return found.take("上年结转与上一年度报告的结转下年度一致");
}

EquationCheck check_signs(AnnualFigures const& figures) {
    EquationFinding found(Equation::E6);
    auto const check = [&](std::string_view where, std::span<std::int64_t const> cells) {
        if (std::ranges::any_of(cells, [](std::int64_t cell) { return cell < 0; })) found.fault(where);
    };
    for (std::size_t row = 0; row < figures.table3.size(); ++row) {
        check(row_name(kTable3Rows[row]), figures.table3[row]);
    }
    for (std::size_t block = 0; block < figures.table4.size(); ++block) {
        check(kDisputeKinds[block].label, figures.table4[block]);
    }
    Table2 const& typed = figures.typed.table2;
    for (RuleCounts const& rules : {typed.regulations, typed.normative_documents}) {
        check("表二", std::array{rules.made, rules.repealed, rules.in_force});
    }
    check("表二", std::array{typed.licences, typed.penalties, typed.coercions});
    if (!is_amount(typed.fees.value)) found.fault("表二行政事业性收费");
    return found.take("各数都是不小于零的整数");
}

EquationCheck check_quotations(std::string_view overview, Table3 const& table, Table4 const& disputes) {
    EquationFinding found(Equation::E7);
    std::size_t quoted = 0;
    for (auto const& [words, figure] : quotable(table, disputes)) {
        for (auto at = overview.find(words); at != std::string_view::npos; at = overview.find(words, at + 1)) {
            auto const number = number_after(overview.substr(at + words.size()));
            if (!number) continue;
            ++quoted;
            found.compare("“" + std::string(words) + "”", *number, figure);
        }
    }
    return found.take(quoted == 0 ? "总体情况中没有引用表中的数" : "总体情况中引用的数与表中一致");
}

std::vector<EquationCheck> check_equations(AnnualFigures const& figures) {
    return {
        check_sums_of_columns(figures.table3),
        check_results(figures.table3),
        check_rows(figures.table3),
        check_disputes(figures.table4),
        check_carried(figures.table3, figures.table3_before),
        check_signs(figures),
        check_quotations(figures.typed.overview, figures.table3, figures.table4)};
}

}  // namespace workflow
