#include "server/ledger/sheet.hpp"

#include "workflow/cases/ledger.hpp"
#include "workflow/words/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "server/ledger/values.hpp"

namespace server::ledger {
namespace {

using workflow::Code;
using workflow::LedgerRecord;

/// Reads one row: its values and its faults.
struct RowReader {
    Reading const& reading;
    LedgerRecord record = {};
    std::vector<Fault> faults = {};
    std::string_view column = {};  ///< the one being read

    void fault(std::string detail) { faults.push_back({0, std::string(column), std::move(detail)}); }
    template <typename T>
    T require(std::optional<T> found, std::string_view text) {
        if (!found) fault(fmt::format("“{}”不是这一列的取值。", text.substr(0, 60)));
        return found.value_or(T{});
    }
    workflow::Applicant& applicant() { return record.application.applicant; }
    workflow::RequestedItem& item() { return record.application.items.front(); }
};

struct Column {
    std::string_view name;
    bool required;
    std::string_view pointer;  ///< the pointer by which the procedure names a fault in it
    void (*read)(RowReader&, std::string_view text);
};

workflow::Date read_day(RowReader& in, std::string_view text) {
    auto const day = parse_day(text);
    if (!day) in.fault(fmt::format("“{}”不是日期；请写成 2026-01-02。", text.substr(0, 40)));
    return day.value_or(workflow::Date{});
}

void read_id_number(RowReader& in, std::string_view text) {
    if (text.find("E+") != std::string_view::npos) {
        return in.fault("证件号码被表格软件改成了科学计数，请把这一列设为文本后重新填写。");
    }
    in.applicant().id_number = std::string(text);
}

void read_content(RowReader& in, std::string_view text) {
    in.item().description = std::string(text);
    // The title is what lists show: the first characters.
    std::size_t end = 0;
    for (std::int64_t shown = 0; end < text.size() && shown < workflow::kShortText; ++shown) {
        do ++end;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U);
    }
    in.item().title = std::string(text.substr(0, end));
}

void read_agency(RowReader& in, std::string_view text) {
    in.record.application.agency = Code{std::string(text)};
    auto const* agency = in.reading.directory.agency(in.record.application.agency);
    if (agency == nullptr || !agency->active) in.fault(fmt::format("没有代码为“{}”的机关。", text.substr(0, 40)));
}

// clang-format off
constexpr std::array kColumns{
    Column{"申请人类型", true, "/applicant/kind", [](RowReader& in, std::string_view text) { in.applicant().kind = in.require(parse_applicant_kind(text), text); }},
    Column{"申请人", true, "/applicant/name", [](RowReader& in, std::string_view text) { in.applicant().name = text; }},
    Column{"收到日期", true, "/received_on", [](RowReader& in, std::string_view text) { in.record.received_on = read_day(in, text); }},
    Column{"申请内容", true, "/items/0/description", read_content},
    Column{"办理机关代码", true, "/agency", read_agency},
    Column{"受理编号", false, "/source/number", [](RowReader& in, std::string_view text) { in.record.source.number = text; }},
    Column{"证件号码", false, "/applicant/id_number", read_id_number},
    Column{"联系电话", false, "/applicant/phone", [](RowReader& in, std::string_view text) { in.applicant().phone = text; }},
    Column{"渠道", false, "/channel", [](RowReader& in, std::string_view text) { in.record.channel = in.require(parse_channel(text), text); }},
    Column{"文号", false, "/items/0/document_number", [](RowReader& in, std::string_view text) { in.item().document_number = text; }},
    Column{"承办部门", false, "/department", [](RowReader& in, std::string_view text) { in.record.department = Code{std::string(text)}; }},
    Column{"状态", false, "/state", [](RowReader& in, std::string_view text) { in.record.state = in.require(parse_state(text), text); }},
    Column{"办理结果", false, "/outcome", [](RowReader& in, std::string_view text) { in.record.outcome = in.require(parse_outcome(text), text); }},
    Column{"答复日期", false, "/concluded_on", [](RowReader& in, std::string_view text) { in.record.concluded_on = read_day(in, text); }},
    Column{"答复文号", false, "/reply_number", [](RowReader& in, std::string_view text) { in.record.reply_number = Code{std::string(text)}; }},
    Column{"备注", false, "/source/remark", [](RowReader& in, std::string_view text) { in.record.source.remark = text; }},
};
// clang-format on

constexpr std::size_t kNoColumn = kColumns.size();

std::string_view column_at(std::string_view pointer) {
    auto const found = std::ranges::find_if(kColumns, [&](Column const& column) {
        return pointer == column.pointer || (pointer == "/items/0/title" && column.pointer == "/items/0/description");
    });
    return found == kColumns.end() ? std::string_view() : found->name;
}

bool is_empty(Row const& row) {
    return std::ranges::all_of(row, [](std::string const& cell) { return trim(cell).empty(); });
}

/// Maps the columns of the head; an unknown, repeated or missing column is a fault.
std::vector<std::size_t> read_head(Row const& head, Sheet& sheet) {
    std::vector<std::size_t> columns;
    for (std::string const& cell : head) {
        auto const name = trim(cell);
        auto const found = std::ranges::find(kColumns, name, &Column::name);
        auto const column = static_cast<std::size_t>(found - kColumns.begin());
        if (!name.empty() && found == kColumns.end())
            sheet.add({1, std::string(name.substr(0, 60)), "不认识这一列，请改名或删去。"});
        if (column != kNoColumn && std::ranges::find(columns, column) != columns.end())
            sheet.add({1, std::string(name), "这一列出现了两次。"});
        columns.push_back(column);
    }
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        if (kColumns[i].required && std::ranges::find(columns, i) == columns.end())
            sheet.add({1, std::string(kColumns[i].name), "缺少这一列。"});
    }
    return columns;
}

/// Name or code of a department of the agency.
void find_department(RowReader& in) {
    if (!in.record.department) return;
    in.column = "承办部门";
    for (auto const& [code, department] : in.reading.directory.departments()) {
        bool const meant = code == *in.record.department || department.name == in.record.department->value;
        if (!meant || department.agency != in.record.application.agency) continue;
        in.record.department = code;
        return;
    }
    in.fault("办理机关没有这个部门。");
}

/// Fills in what follows from the other columns where a ledger leaves it out.
void complete(RowReader& in, bool states, workflow::Date today) {
    auto& applicant = in.applicant();
    LedgerRecord& record = in.record;
    if (applicant.kind != workflow::ApplicantKind::NaturalPerson) {
        applicant.uscc = std::exchange(applicant.id_number, {});
    } else if (applicant.id_number) {
        bool const resident = !workflow::check_resident_id(*applicant.id_number, today);
        applicant.id_type = resident ? workflow::IdType::ResidentId : workflow::IdType::Other;
    }
    if (!states) record.state = workflow::usual_ledger_state(record.outcome);
    find_department(in);
    in.column = record.outcome ? "答复日期" : "办理结果";
    if (record.outcome.has_value() != record.concluded_on.has_value()) in.fault("办理结果和答复日期应当同时填写。");
    in.column = "答复日期";
    if (record.concluded_on && *record.concluded_on < record.received_on) in.fault("答复日期早于收到日期。");
}

/// Lets the procedure check a row that could be read.
void judge(RowReader& in) {
    auto const& reading = in.reading;
    auto const& agency = in.record.application.agency;
    auto const line = reading.directory.line(agency);
    workflow::Context const context{
        reading.actor, reading.now, reading.calendar, reading.directory.agency(agency)->policy, line};
    auto const decision = workflow::decide_new({workflow::Action::Import, in.record}, context);
    if (decision) return;
    workflow::Refusal const& refusal = decision.error();
    if (refusal.errors.empty()) {
        in.column = refusal.code == "other_agency" ? "办理机关代码" : "";
        in.fault(refusal.detail);
    }
    for (auto const& error : refusal.errors) {
        in.column = column_at(error.pointer);
        in.fault(error.detail);
    }
}

RowReader read_row(Row const& row, std::vector<std::size_t> const& columns, Reading const& reading) {
    RowReader in{reading};
    in.record.application.items.emplace_back();
    in.record.source.batch = reading.batch;
    std::array<bool, kColumns.size()> filled{};
    for (std::size_t i = 0; i < std::min(row.size(), columns.size()); ++i) {
        auto const text = trim(row[i]);
        if (columns[i] == kNoColumn || text.empty()) continue;
        Column const& column = kColumns[columns[i]];
        filled[columns[i]] = true;
        in.column = column.name;
        column.read(in, text);
    }
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        in.column = kColumns[i].name;
        if (kColumns[i].required && !filled[i]) in.fault("这一列是必填的。");
    }
    auto const state = static_cast<std::size_t>(std::ranges::find(kColumns, "状态", &Column::name) - kColumns.begin());
    complete(in, filled[state], workflow::local_date(reading.now));
    if (in.faults.empty()) judge(in);
    return in;
}

}  // namespace

std::vector<std::string_view> column_names() {
    std::vector<std::string_view> names;
    for (Column const& column : kColumns) names.push_back(column.name);
    return names;
}

Sheet read_sheet(Table const& table, Reading const& reading) {
    Sheet sheet;
    auto const columns = table.rows.empty() ? std::vector<std::size_t>() : read_head(table.rows.front(), sheet);
    if (table.rows.empty()) sheet.add({1, "", "表格是空的。"});
    if (sheet.fault_count > 0) return sheet;
    std::set<std::pair<Code, std::string>> numbers;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        if (is_empty(table.rows[i])) continue;
        ++sheet.rows;
        auto in = read_row(table.rows[i], columns, reading);
        auto const row = static_cast<std::int64_t>(i) + 1;
        auto const& number = in.record.source.number;
        if (number && !numbers.emplace(in.record.application.agency, *number).second)
            in.faults.push_back({row, "受理编号", "同一机关的这个受理编号在文件中出现了两次。"});
        for (Fault& fault : in.faults) {
            fault.row = row;
            sheet.add(std::move(fault));
        }
        if (in.faults.empty()) sheet.lines.push_back({row, std::move(in.record)});
    }
    if (sheet.rows == 0 && sheet.fault_count == 0) sheet.add({1, "", "表格只有表头，没有内容。"});
    return sheet;
}

}  // namespace server::ledger
