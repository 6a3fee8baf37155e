#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

/// Tables with merged cells as the official forms have them, laid out once for workbook and page.
namespace server::reports {

struct Cell {
    int row = 0;
    int column = 0;
    int rows = 1;
    int columns = 1;
    std::variant<std::string, std::int64_t, double> content;
    bool head = false;
};

/// One table; also one sheet of a workbook. Cells stand row by row and cover it without a gap.
struct Grid {
    std::string name;            ///< of the sheet
    std::string title;           ///< above the table
    std::vector<double> widths;  ///< of the columns, in characters
    std::vector<Cell> cells;

    void head(int row, int column, int rows, int columns, std::string text) {
        cells.push_back({row, column, rows, columns, std::move(text), true});
    }
    void put(int row, int column, std::variant<std::string, std::int64_t, double> content, int columns = 1) {
        cells.push_back({row, column, 1, columns, std::move(content), false});
    }
};

/// An XLSX file with a sheet for each table: the same tables give the same bytes.
std::string to_workbook(std::span<Grid const> grids);

/// A page by itself, without script, style or anything else from elsewhere; prints as it stands.
std::string to_page(std::string const& title, std::span<std::string const> paragraphs, std::span<Grid const> grids);

}  // namespace server::reports
