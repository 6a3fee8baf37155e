#include <algorithm>
#include <stdexcept>
#include <utility>

#include "server/api/case_filter.hpp"
#include "server/api/case_json.hpp"
#include "server/api/csv.hpp"
#include "server/api/resources.hpp"

/// 台账: the list of GET /cases as a file, of whatever length.
namespace server::api {
namespace {

using http::verb;
using workflow::Result;

constexpr std::int64_t kRowsAtOnce = 200;

constexpr std::string_view kColumns[] = {
    "受理编号",
    "申请人类型",
    "申请人",
    "渠道",
    "提交日期",
    "收到日期",
    "摘要",
    "办理机关",
    "承办部门",
    "承办人",
    "状态",
    "办理结果",
    "答复期限",
    "剩余工作日",
    "办结日期",
};

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

std::string text_of(std::optional<workflow::Date> date) { return date ? workflow::to_string(*date) : std::string(); }

template <typename Record>
std::string_view name_of(Record const* record) {
    return record != nullptr ? std::string_view(record->name) : std::string_view();
}

std::string days_text(storage::CaseRow const& row, View const& view) {
    if (!row.reply_due || row.concluded_on) return {};
    auto const [remaining, overdue] = workdays_left(row, view);
    return overdue > 0 ? "超期" + std::to_string(overdue) : std::to_string(remaining);
}

void write_line(CsvWriter& csv, storage::CaseRow const& row, View const& view) {
    auto const code = [](std::optional<std::string> const& text) { return workflow::Code{text.value_or("")}; };
    auto const& directory = view.directory;
    csv.cell(row.number).cell(workflow::label(row.applicant_kind)).cell(row.applicant);
    csv.cell(workflow::label(row.channel)).cell(text_of(row.submitted_on)).cell(text_of(row.received_on));
    csv.cell(row.title).cell(name_of(directory.agency(workflow::Code{row.agency})));
    csv.cell(name_of(directory.department(code(row.department)))).cell(name_of(directory.staff(code(row.assignee))));
    csv.cell(workflow::label(row.state)).cell(row.outcome ? workflow::label(*row.outcome) : std::string_view());
    csv.cell(text_of(row.reply_due)).cell(days_text(row, view)).cell(text_of(row.concluded_on)).end_row();
}

/// Puts the next page in place of the one that was sent. On a worker.
Result<void> turn_page(Export& out, storage::Connection& connection) {
    auto page = out.services.store.cases().list(connection, out.scope, out.filter);
    if (!page) return page.error();
    View const view{*out.directory, *out.calendar, out.today};
    CsvWriter csv;
    for (auto const& row : page->items) write_line(csv, row, view);
    out.text = csv.take();
    out.sent = 0;
    out.ended = !page->next_cursor;
    out.filter.cursor = std::move(page->next_cursor).value_or("");
    return {};
}

net::awaitable<std::size_t> send_some(std::shared_ptr<Export> out, std::span<char> buffer) {
    if (out->sent == out->text.size() && !out->ended) {
        auto turn = [&out](storage::Connection& connection) { return turn_page(*out, connection); };
        auto const turned = co_await out->services.pool.read(std::move(turn));
        if (!turned) throw std::runtime_error(turned.error().code);
    }
    auto const size = std::min(buffer.size(), out->text.size() - out->sent);
    std::copy_n(out->text.begin() + static_cast<std::ptrdiff_t>(out->sent), size, buffer.begin());
    out->sent += size;
    co_return size;
}

std::string head_line() {
    CsvWriter csv;
    for (auto const column : kColumns) csv.cell(column);
    csv.end_row();
    return std::string(kByteOrderMark) + csv.take();
}

net::awaitable<Answer> export_ledger(Services& services, Call& call) {
    auto filter = case_filter(call, call.request.target.query);
    if (!filter) co_return filter.error();
    filter->limit = kRowsAtOnce;
    filter->cursor.clear();
    auto const out = std::make_shared<Export>(Export{
        services,
        call.directory,
        services.store.calendar().current(),
        call.today(),
        storage::scope_of(call.actor, *call.directory),
        std::move(*filter)});
    // The first page before the answer begins: a search that cannot be made is still refused.
    auto turn = [&out](storage::Connection& connection) { return turn_page(*out, connection); };
    auto const turned = co_await services.pool.read(std::move(turn));
    if (!turned) co_return http::problem_of(turned.error());
    out->text.insert(0, head_line());

    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.stream = http::BodySource{[out](std::span<char> buffer) { return send_some(out, buffer); }};
    auto const name = "%E5%8F%B0%E8%B4%A6-" + workflow::to_string(call.today()) + ".csv";  // 台账
    response.set("Content-Disposition", "attachment; filename*=UTF-8''" + name);
    co_return response;
}

}  // namespace

std::vector<Operation> ledger_operations() {
    return {
        {.method = verb::get,
         .path = "/api/v1/reports/ledger.csv",
         .id = "exportLedger",
         .summary = "台账:与 GET /cases 同样筛选的全部申请件",
         .tag = "reports",
         .who = Who::Staff,
         .handler = export_ledger,
         .query = case_filter_parameters(),
         .problems = {http::status::unprocessable_entity},
         .produces = "text/csv"},
    };
}

}  // namespace server::api
