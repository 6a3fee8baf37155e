#include <iconv.h>

#include <fmt/format.h>

#include <cstdint>
#include <optional>

#include "server/ledger/table.hpp"
#include "server/runtime/utf8.hpp"

namespace server::ledger {
namespace {

using workflow::Result;

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        auto const length = utf8_sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// Decodes GB18030, the default of Chinese spreadsheet programs; nullopt where the text is not that either.
std::optional<std::string> from_gb18030(std::string_view text) {
    auto* const converter = ::iconv_open("UTF-8", "GB18030");
    if (reinterpret_cast<std::intptr_t>(converter) == -1) return std::nullopt;
    std::string out(text.size() * 3 + 16, '\0');
    std::string in(text);
    char* from = in.data();
    char* to = out.data();
    std::size_t from_left = in.size();
    std::size_t to_left = out.size();
    auto const failed = ::iconv(converter, &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1);
    ::iconv_close(converter);
    if (failed) return std::nullopt;
    out.resize(out.size() - to_left);
    return out;
}

/// RFC 4180, with any line end.
class CsvReader {
public:
    CsvReader(std::string_view text, Limits const& limits) : text_(text), limits_(limits) {}

    Result<Table> read() {
        Table table;
        for (std::size_t row = 0; at_ < text_.size(); ++row) {
            for (std::size_t column = 0;; ++column) {
                auto cell = text_[at_] == '"' ? read_quoted(row) : plain();
                if (!cell) return cell.error();
                if (auto const put = put_cell(table, row, column, std::move(*cell), limits_); !put) return put.error();
                if (at_ >= text_.size() || text_[at_] != ',') break;
                if (++at_ >= text_.size()) break;
            }
            end_line();
        }
        return table;
    }

private:
    Result<std::string> plain() {
        auto const end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        std::string cell(text_.substr(at_, end - at_));
        at_ = end;
        return cell;
    }
    Result<std::string> read_quoted(std::size_t row) {
        std::string cell;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] != '"') {
                cell += text_[at_];
            } else if (text_.substr(at_ + 1).starts_with('"')) {
                cell += '"';
                ++at_;
            } else {
                ++at_;
                auto rest = plain();
                return cell + *rest;
            }
        }
        return unreadable(fmt::format("第{}行有一格的引号没有结束。", row + 1));
    }
    void end_line() {
        if (text_.substr(at_).starts_with("\r\n")) {
            at_ += 2;
        } else if (at_ < text_.size()) {
            ++at_;
        }
    }

    std::string_view text_;
    Limits const& limits_;
    std::size_t at_ = 0;
};

}  // namespace

Result<Table> read_csv(std::string_view file, Limits const& limits) {
    if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
    if (is_utf8(file)) return CsvReader(file, limits).read();
    auto const text = from_gb18030(file);
    if (!text) return unreadable("文件既不是 UTF-8 也不是 GB18030 编码的文本，也不是 XLSX 表格。");
    return CsvReader(*text, limits).read();
}

}  // namespace server::ledger
