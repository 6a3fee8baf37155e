#include "server/reports/grid.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "server/reports/workbook.hpp"

namespace server::reports {
namespace {

// ---- the workbook --------------------------------------------------------------------------------------------------

struct Formats {
    lxw_format* title;
    lxw_format* head;
    lxw_format* cell;
};

lxw_format* ruled(Workbook& workbook) {
    auto* const format = workbook.add_format();
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, LXW_ALIGN_CENTER);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
    return format;
}

Formats make_formats(Workbook& workbook) {
    Formats const formats{workbook.add_format(), ruled(workbook), ruled(workbook)};
    format_set_bold(formats.title);
    format_set_align(formats.title, LXW_ALIGN_CENTER);
    format_set_bold(formats.head);
    return formats;
}

struct CellWriter {
    lxw_worksheet* sheet;
    lxw_row_t row;
    lxw_col_t column;
    lxw_format* format;

    void operator()(std::string const& text) const { worksheet_write_string(sheet, row, column, text.c_str(), format); }
    void operator()(std::int64_t number) const {
        worksheet_write_number(sheet, row, column, static_cast<double>(number), format);
    }
    void operator()(double number) const { worksheet_write_number(sheet, row, column, number, format); }
};

void write_sheet(Workbook& workbook, Formats const& formats, Grid const& grid) {
    auto* const sheet = workbook.add_sheet(grid.name);
    auto const last = static_cast<lxw_col_t>(grid.widths.size() - 1);
    for (lxw_col_t column = 0; column <= last; ++column) {
        worksheet_set_column(sheet, column, column, grid.widths[column], nullptr);
    }
    worksheet_merge_range(sheet, 0, 0, 0, last, grid.title.c_str(), formats.title);
    for (Cell const& cell : grid.cells) {
        auto const row = static_cast<lxw_row_t>(cell.row + 1);
        auto const column = static_cast<lxw_col_t>(cell.column);
        auto* const format = cell.head ? formats.head : formats.cell;
        if (cell.rows > 1 || cell.columns > 1) {
            auto const last_row = row + static_cast<lxw_row_t>(cell.rows - 1);
            auto const last_column = static_cast<lxw_col_t>(column + cell.columns - 1);
            worksheet_merge_range(sheet, row, column, last_row, last_column, "", format);
        }
        std::visit(CellWriter{sheet, row, column, format}, cell.content);
    }
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_fit_to_pages(sheet, 1, 1);
}

// ---- the page ------------------------------------------------------------------------------------------------------

std::string escape(std::string_view text) {
    std::string out;
    for (char const c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

struct TextOf {
    std::string operator()(std::string const& text) const { return escape(text); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
};

std::string span_of(std::string_view name, int count) {
    return count > 1 ? fmt::format(" {}=\"{}\"", name, count) : std::string();
}

void write_table(std::string& out, Grid const& grid) {
    out += fmt::format("<table border=\"1\">\n<caption>{}</caption>\n", escape(grid.title));
    int row = -1;
    for (Cell const& cell : grid.cells) {
        for (; row < cell.row; ++row) out += row < 0 ? "<tr>" : "</tr>\n<tr>";
        out += fmt::format(
            "<{0}{1}{2}>{3}</{0}>",
            cell.head ? "th" : "td",
            span_of("rowspan", cell.rows),
            span_of("colspan", cell.columns),
            std::visit(TextOf{}, cell.content)
        );
    }
    out += "</tr>\n</table>\n";
}

}  // namespace

std::string to_workbook(std::span<Grid const> grids) {
    Workbook workbook(Workbook::Order::Any);
    Formats const formats = make_formats(workbook);
    for (Grid const& grid : grids) write_sheet(workbook, formats, grid);
    std::ifstream file(workbook.finish(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string to_page(std::string const& title, std::span<std::string const> paragraphs, std::span<Grid const> grids) {
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{0}</title>\n</head>\n<body>\n<h1>{0}</h1>\n",
        escape(title)
    );
    for (std::string const& paragraph : paragraphs) out += fmt::format("<p>{}</p>\n", escape(paragraph));
    for (Grid const& grid : grids) {
        out += fmt::format("<h2>{}</h2>\n", escape(grid.name));
        write_table(out, grid);
    }
    return out + "</body>\n</html>\n";
}

}  // namespace server::reports
