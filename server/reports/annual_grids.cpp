#include "server/reports/annual_grids.hpp"

#include <algorithm>

namespace server::reports {
namespace {

using workflow::Table3Row;

constexpr int kLabels = 3;  ///< columns of 表三 before its figures

/// How many of the rows from `row` on stand under the same label.
int rows_together(std::size_t row, auto const& same) {
    int count = 0;
    while (row < workflow::kTable3Rows.size() && same(workflow::kTable3Rows[row])) ++count, ++row;
    return count;
}

void add_table3_head(Grid& grid) {
    auto const organisations = static_cast<int>(workflow::kApplicantKinds.size()) - 1;
    auto const sum = kLabels + organisations + 1;
    grid.head(0, 0, 3, kLabels, std::string(workflow::kTable3Note));
    grid.head(0, kLabels, 1, organisations + 2, std::string(workflow::kTable3ColumnsTitle));
    grid.head(1, kLabels, 2, 1, std::string(workflow::table3_column(0)));
    grid.head(1, kLabels + 1, 1, organisations, std::string(workflow::kTable3Organisations));
    grid.head(1, sum, 2, 1, std::string(workflow::kTotalLabel));
    for (int column = 1; column <= organisations; ++column) {
        grid.head(2, kLabels + column, 1, 1, std::string(workflow::table3_column(static_cast<std::size_t>(column))));
    }
}

void add_table3_labels(Grid& grid, std::size_t row, int at) {
    Table3Row const& shown = workflow::kTable3Rows[row];
    Table3Row const* const above = row == 0 ? nullptr : &workflow::kTable3Rows[row - 1];
    if (!workflow::is_result(shown)) return grid.head(at, 0, 1, kLabels, std::string(shown.label));
    if (above != nullptr && !workflow::is_result(*above)) {
        grid.head(at, 0, rows_together(row, workflow::is_result), 1, std::string(workflow::kTable3Results));
    }
    if (shown.part.empty()) return grid.head(at, 1, 1, 2, std::string(shown.label));
    if (above->part != shown.part) {
        auto const same = [&](Table3Row const& each) { return each.part == shown.part; };
        grid.head(at, 1, rows_together(row, same), 1, std::string(shown.part));
    }
    grid.head(at, 2, 1, 1, std::string(shown.label));
}

/// 第二十条第(…)项: a heading, a line of heads, then the lines.
class Table2Layout {
public:
    explicit Table2Layout(Grid& grid) : grid_(grid) {}

    void item(std::string heading, std::vector<std::string> const& heads) {
        grid_.head(row_++, 0, 1, 4, std::move(heading));
        line(heads, true);
    }
    void line(std::vector<std::string> const& cells, bool head = false) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            bool const wide = i + 1 == cells.size() && cells.size() == 2;
            grid_.cells.push_back({row_, static_cast<int>(i), 1, wide ? 3 : 1, cells[i], head || i == 0});
        }
        ++row_;
    }

private:
    Grid& grid_;
    int row_ = 0;
};

}  // namespace

Grid table2_grid(workflow::Table2 const& table) {
    Grid grid{"表二", "二、主动公开政府信息情况", {28, 18, 18, 18}, {}};
    Table2Layout layout(grid);
    auto const text = [](std::int64_t number) { return std::to_string(number); };
    auto const rules = [&](std::string name, workflow::RuleCounts const& counts) {
        layout.line({std::move(name), text(counts.made), text(counts.repealed), text(counts.in_force)});
    };
    layout.item("第二十条第（一）项", {"信息内容", "本年制发件数", "本年废止件数", "现行有效件数"});
    rules("规章", table.regulations);
    rules("行政规范性文件", table.normative_documents);
    layout.item("第二十条第（五）项", {"信息内容", "本年处理决定数量"});
    layout.line({"行政许可", text(table.licences)});
    layout.item("第二十条第（六）项", {"信息内容", "本年处理决定数量"});
    layout.line({"行政处罚", text(table.penalties)});
    layout.line({"行政强制", text(table.coercions)});
    layout.item("第二十条第（八）项", {"信息内容", "本年收费金额（单位：万元）"});
    layout.line({"行政事业性收费", table.fees.value});
    return grid;
}

Grid table3_grid(workflow::Table3 const& table) {
    Grid grid{"表三", "三、收到和处理政府信息公开申请情况", {12, 14, 42, 9, 9, 9, 11, 11, 9, 9}, {}};
    add_table3_head(grid);
    for (std::size_t row = 0; row < table.size(); ++row) {
        int const at = static_cast<int>(row) + 3;
        add_table3_labels(grid, row, at);
        for (std::size_t column = 0; column < table[row].size(); ++column) {
            grid.put(at, kLabels + static_cast<int>(column), table[row][column]);
        }
    }
    return grid;
}

Grid table4_grid(workflow::Table4 const& table) {
    auto const width = static_cast<int>(workflow::kTable4Columns.size());
    Grid grid{
        "表四",
        "四、政府信息公开行政复议、行政诉讼情况",
        std::vector<double>(table.size() * workflow::kTable4Columns.size(), 9),
        {}};
    grid.head(0, 0, 1, width, "行政复议");
    grid.head(0, width, 1, width * 2, "行政诉讼");
    for (int column = 0; column < width; ++column) {
        grid.head(1, column, 2, 1, std::string(workflow::kTable4Columns[static_cast<std::size_t>(column)]));
    }
    for (int block = 1; block < 3; ++block) {
        grid.head(
            1, block * width, 1, width, std::string(workflow::kDisputeKinds[static_cast<std::size_t>(block)].label)
        );
    }
    for (int column = width; column < width * 3; ++column) {
        grid.head(2, column, 1, 1, std::string(workflow::kTable4Columns[static_cast<std::size_t>(column % width)]));
    }
    for (std::size_t block = 0; block < table.size(); ++block) {
        for (std::size_t column = 0; column < table[block].size(); ++column) {
            grid.put(3, static_cast<int>(block) * width + static_cast<int>(column), table[block][column]);
        }
    }
    return grid;
}

}  // namespace server::reports
