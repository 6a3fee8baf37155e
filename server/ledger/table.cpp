#include "server/ledger/table.hpp"

#include <fmt/format.h>

namespace server::ledger {

workflow::Refusal unreadable(std::string detail) {
    return {workflow::RefusalKind::Invalid, "unreadable_ledger", std::move(detail)};
}

workflow::Result<void> put_cell(
    Table& table, std::size_t row, std::size_t column, std::string text, Limits const& limits
) {
    if (row >= limits.rows) return unreadable(fmt::format("表格超过了{}行，请分成几个文件导入。", limits.rows));
    if (text.size() > limits.cell_bytes) return unreadable(fmt::format("第{}行有一格内容过长。", row + 1));
    if (column >= limits.columns) {
        if (text.empty()) return {};
        return unreadable(fmt::format("第{}行超过了{}列。", row + 1, limits.columns));
    }
    if (table.rows.size() <= row) table.rows.resize(row + 1);
    Row& cells = table.rows[row];
    if (cells.size() <= column) cells.resize(column + 1);
    cells[column] = std::move(text);
    return {};
}

workflow::Result<Table> read_table(std::string_view file, Limits const& limits) {
    if (file.empty()) return unreadable("文件是空的。");
    return file.starts_with("PK\x03\x04") ? read_workbook(file, limits) : read_csv(file, limits);
}

}  // namespace server::ledger
