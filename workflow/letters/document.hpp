#pragma once

#include "workflow/time/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// What a paper says, before it has pages: the same for PDF, DOCX, preview and e-mail. Texts are plain UTF-8 without
/// markup; a line break in one starts a new line.
namespace workflow {

/// A line above its part of a longer paper, bold where the format has bold.
struct Heading {
    std::string text;
    bool operator==(Heading const&) const = default;
};

/// First line indented by two characters.
struct Paragraph {
    std::string text;
    bool operator==(Paragraph const&) const = default;
};

/// Words of others (the request, an opinion), set off from the agency's own.
struct Quotation {
    std::string text;
    bool operator==(Quotation const&) const = default;
};

/// A table with a head; `widths` are shares of the line, one for each column.
struct Table {
    std::vector<std::string> head;
    std::vector<int> widths;
    std::vector<std::vector<std::string>> rows;
    bool operator==(Table const&) const = default;
};

/// A form of labels and values (登记表, 审批单): one row each, ruled.
struct FactTable {
    std::vector<std::pair<std::string, std::string>> rows;
    bool operator==(FactTable const&) const = default;
};

using Block = std::variant<Heading, Paragraph, Quotation, Table, FactTable>;

/// One paper: a letter that leaves the house, or a sheet of the 案卷. Empty parts are left out.
struct Document {
    std::string agency;                    ///< 发文机关, above the title
    std::string title;                     ///< 标题
    std::string number;                    ///< 文号
    std::string addressee;                 ///< 主送, without its colon
    std::vector<Block> body;               ///< 正文
    std::vector<std::string> attachments;  ///< 附件: one line each, numbered where there are several
    std::string contact;                   ///< 联系人、联系电话
    std::string signed_by;                 ///< 落款
    std::optional<Date> dated;             ///< 成文日期
    bool sealed = false;                   ///< leave room for the seal over 落款 and date
    bool operator==(Document const&) const = default;
};

}  // namespace workflow
