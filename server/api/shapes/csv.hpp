#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace server::api {

/// So that a spreadsheet takes the file for UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Rows of comma-separated values by RFC 4180. A text that a spreadsheet would run as a formula gets a ' before it.
class CsvWriter {
public:
    CsvWriter& cell(std::string_view text);
    void end_row();

    std::string take() { return std::move(out_); }

private:
    std::string out_;
    bool row_begun_ = false;
};

}  // namespace server::api
