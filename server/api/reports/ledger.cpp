#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "server/api/cases/case_filter.hpp"
#include "server/api/cases/case_json.hpp"
#include "server/api/reports/operations.hpp"
#include "server/api/shapes/csv.hpp"
#include "server/reports/workbook.hpp"

/// 台账: the list of GET /cases as a file, of whatever length.
namespace server::api {
namespace {

using http::verb;
using workflow::Result;

constexpr std::int64_t kRowsAtOnce = 200;

// ---- the columns ---------------------------------------------------------------------------------------------------

std::string text_of(std::optional<workflow::Date> date) { return date ? workflow::to_string(*date) : std::string(); }

std::string name_of(auto const* record) { return record != nullptr ? record->name : std::string(); }

workflow::Code code_or_none(std::optional<std::string> const& text) { return workflow::Code{text.value_or("")}; }

std::string outcome_of(storage::CaseRow const& row) {
    return row.outcome ? std::string(workflow::label(*row.outcome)) : std::string();
}

std::string days_text(storage::CaseRow const& row, View const& view) {
    if (!row.reply_due || row.concluded_on) return {};
    auto const [remaining, overdue] = workdays_left(row, view);
    return overdue > 0 ? "超期" + std::to_string(overdue) : std::to_string(remaining);
}

struct Column {
    std::string_view title;
    std::string (*cell)(storage::CaseRow const&, View const&);
};

using Row = storage::CaseRow;

// clang-format off
constexpr std::array kColumns{
    Column{"受理编号",   [](Row const& row, View const&) { return row.number; }},
    Column{"申请人类型", [](Row const& row, View const&) { return std::string(workflow::label(row.applicant_kind)); }},
    Column{"申请人",     [](Row const& row, View const&) { return row.applicant; }},
    Column{"渠道",       [](Row const& row, View const&) { return std::string(workflow::label(row.channel)); }},
    Column{"提交日期",   [](Row const& row, View const&) { return text_of(row.submitted_on); }},
    Column{"收到日期",   [](Row const& row, View const&) { return text_of(row.received_on); }},
    Column{"摘要",       [](Row const& row, View const&) { return row.title; }},
    Column{"办理机关",   [](Row const& row, View const& view) { return name_of(view.directory.agency(workflow::Code{row.agency})); }},
    Column{"承办部门",   [](Row const& row, View const& view) { return name_of(view.directory.department(code_or_none(row.department))); }},
    Column{"承办人",     [](Row const& row, View const& view) { return name_of(view.directory.staff(code_or_none(row.assignee))); }},
    Column{"状态",       [](Row const& row, View const&) { return std::string(workflow::label(row.state)); }},
    Column{"办理结果",   [](Row const& row, View const&) { return outcome_of(row); }},
    Column{"答复期限",   [](Row const& row, View const&) { return text_of(row.reply_due); }},
    Column{"剩余工作日", days_text},
    Column{"办结日期",   [](Row const& row, View const&) { return text_of(row.concluded_on); }},
};
// clang-format on

std::vector<std::string_view> titles() {
    std::vector<std::string_view> titles;
    for (auto const& column : kColumns) titles.push_back(column.title);
    return titles;
}

std::vector<std::string> line_of(storage::CaseRow const& row, View const& view) {
    std::vector<std::string> line;
    line.reserve(kColumns.size());
    for (auto const& column : kColumns) line.push_back(column.cell(row, view));
    return line;
}

// ---- the export ----------------------------------------------------------------------------------------------------

/// One export: where it stands between two reads. Its members go from thread to thread, one read after the other.
struct Export {
    Services& services;
    std::shared_ptr<storage::Directory const> directory;
    std::shared_ptr<workflow::WorkdayCalendar const> calendar;
    workflow::Date today;
    storage::CaseScope scope;
    storage::CaseFilter filter;  ///< its cursor moves on
    std::string text = {};       ///< a page
    std::size_t sent = 0;        ///< of that page
    bool ended = false;          ///< there is no further page
};

/// The lines of the next page. On a worker.
Result<std::vector<std::vector<std::string>>> next_lines(Export& out, storage::Connection& connection) {
    auto page = out.services.store.cases().list(connection, out.scope, out.filter);
    if (!page) return page.error();
    View const view{*out.directory, *out.calendar, out.today};
    std::vector<std::vector<std::string>> lines;
    for (auto const& row : page->items) lines.push_back(line_of(row, view));
    out.ended = !page->next_cursor;
    out.filter.cursor = std::move(page->next_cursor).value_or("");
    return lines;
}

/// Puts the next page in place of the one that was sent. On a worker.
Result<void> turn_page(Export& out, storage::Connection& connection) {
    auto const lines = next_lines(out, connection);
    if (!lines) return lines.error();
    CsvWriter csv;
    for (auto const& line : *lines) {
        for (auto const& cell : line) csv.cell(cell);
        csv.end_row();
    }
    out.text = csv.take();
    out.sent = 0;
    return {};
}

net::awaitable<std::size_t> send_some(std::shared_ptr<Export> out, std::span<char> buffer) {
    if (out->sent == out->text.size() && !out->ended) {
        auto turn = [&out](storage::Connection& connection) { return turn_page(*out, connection); };
        auto const turned = co_await out->services.pool.read_patiently(std::move(turn));
        if (!turned) throw std::runtime_error(turned.error().code);
    }
    auto const size = std::min(buffer.size(), out->text.size() - out->sent);
    std::copy_n(out->text.begin() + static_cast<std::ptrdiff_t>(out->sent), size, buffer.begin());
    out->sent += size;
    co_return size;
}

std::string head_line() {
    CsvWriter csv;
    for (auto const& column : kColumns) csv.cell(column.title);
    csv.end_row();
    return std::string(kByteOrderMark) + csv.take();
}

boost::system::result<std::shared_ptr<Export>, http::Problem> begin_export(Services& services, Call& call) {
    auto filter = case_filter(call, call.request.target.query);
    if (!filter) return filter.error();
    filter->limit = kRowsAtOnce;
    filter->cursor.clear();
    return std::make_shared<Export>(Export{
        services,
        call.directory,
        services.store.calendar().current(),
        call.today(),
        storage::scope_of(call.actor, *call.directory),
        std::move(*filter)});
}

void name_file(http::Response& response, Call const& call, std::string_view ending) {
    std::string name = "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6-";  // 台账
    response.set("Content-Disposition", name.append(workflow::to_string(call.today())).append(ending));
}

net::awaitable<Answer> export_text(Services& services, Call& call) {
    auto const begun = begin_export(services, call);
    if (!begun) co_return begun.error();
    auto const& out = *begun;
    // The first page is read before the answer begins, so that a search that cannot be done is still refused.
    auto turn = [&out](storage::Connection& connection) { return turn_page(*out, connection); };
    auto const turned = co_await services.pool.read(std::move(turn));
    if (!turned) co_return http::problem_of(turned.error());
    out->text.insert(0, head_line());

    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.stream = http::BodySource{[out](std::span<char> buffer) { return send_some(out, buffer); }};
    name_file(response, call, ".csv");
    co_return response;
}

/// A workbook has its directory at the end: it is written page by page into a file, then sent.
net::awaitable<Answer> export_workbook(Services& services, Call& call) {
    auto const begun = begin_export(services, call);
    if (!begun) co_return begun.error();
    auto const& out = *begun;
    reports::ListWorkbook workbook("台账", titles());
    while (!out->ended) {
        auto write = [&out, &workbook](storage::Connection& connection) -> Result<void> {
            auto const lines = next_lines(*out, connection);
            if (!lines) return lines.error();
            for (auto const& line : *lines) workbook.row(line);
            return {};
        };
        auto const written = co_await services.pool.read(std::move(write));
        if (!written) co_return http::problem_of(written.error());
    }
    auto finish = [&workbook] { return workbook.finish(); };
    auto const file = co_await offload(services.pool.threads(), std::move(finish));
    http::Response response;
    response.content_type = media::kXlsx;
    response.stream = http::file_source(file, services.pool.threads());
    name_file(response, call, ".xlsx");
    co_return response;
}

}  // namespace

std::vector<Operation> ledger_operations() {
    Operation const text{
        .method = verb::get,
        .path = "/api/v1/reports/ledger.csv",
        .id = "exportLedger",
        .summary = "台账：与 GET /cases 同样筛选的全部申请件",
        .tag = "reports",
        .who = Who::Staff,
        .handler = export_text,
        .query = case_filter_parameters(),
        .problems = {http::status::unprocessable_entity},
        .produces = "text/csv"};
    Operation workbook = text;
    workbook.path = "/api/v1/reports/ledger.xlsx";
    workbook.id = "exportLedgerWorkbook";
    workbook.summary = "台账的表格文件";
    workbook.handler = export_workbook;
    workbook.produces = media::kXlsx;
    return {text, std::move(workbook)};
}

}  // namespace server::api
