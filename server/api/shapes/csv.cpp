#include "server/api/shapes/csv.hpp"

#include <algorithm>
#include <array>

namespace server::api {
namespace {

using namespace std::string_view_literals;

constexpr std::array kFormulaStarts{"="sv, "+"sv, "-"sv, "@"sv, "\t"sv, "\r"sv, "＝"sv, "＋"sv, "－"sv, "＠"sv};

bool starts_a_formula(std::string_view text) {
    return std::ranges::any_of(kFormulaStarts, [&](std::string_view start) { return text.starts_with(start); });
}

}  // namespace

CsvWriter& CsvWriter::cell(std::string_view text) {
    if (row_begun_) out_ += ',';
    row_begun_ = true;
    bool const quoted = text.find_first_of("\",\r\n") != std::string_view::npos;
    if (quoted) out_ += '"';
    if (starts_a_formula(text)) out_ += '\'';
    for (char const c : text) {
        if (c == '"') out_ += '"';
        out_ += c;
    }
    if (quoted) out_ += '"';
    return *this;
}

void CsvWriter::end_row() {
    out_ += "\r\n";
    row_begun_ = false;
}

}  // namespace server::api
