#pragma once

#include "workflow/words/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// A file that somebody made with a spreadsheet, as rows of text. Nothing in it is trusted: sizes are bounded before
/// memory is taken, and what cannot be read is refused in one sentence.
namespace server::ledger {

struct Limits {
    std::size_t rows = 200'000;  ///< with the head
    std::size_t columns = 64;
    std::size_t cell_bytes = 32 * 1024;
    std::size_t unpacked_bytes = 256 * 1024 * 1024;  ///< of each part of a workbook
    std::size_t parts = 2'000;                       ///< files in a workbook
};

using Row = std::vector<std::string>;

struct Table {
    std::vector<Row> rows;  ///< as in the file, empty ones included, so that a row's place is its number there
};

/// CSV (UTF-8 or GB18030) or XLSX (its first sheet), told apart by the first bytes.
workflow::Result<Table> read_table(std::string_view file, Limits const& limits = {});

/// The readers for the two formats.
workflow::Result<Table> read_csv(std::string_view file, Limits const& limits);
workflow::Result<Table> read_workbook(std::string_view file, Limits const& limits);

/// Stores a cell at its place, or refuses with the limit it exceeds.
workflow::Result<void> put_cell(
    Table& table, std::size_t row, std::size_t column, std::string text, Limits const& limits
);

workflow::Refusal unreadable(std::string detail);

}  // namespace server::ledger
