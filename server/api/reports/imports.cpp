#include "storage/engine/sha256.hpp"

#include <algorithm>
#include <utility>

#include "server/api/kit/writing.hpp"
#include "server/api/reports/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/api/supervision/report_access.hpp"
#include "server/ledger/import.hpp"

/// 导入台账: the file is examined first, then imported as a whole.
namespace server::api {
namespace {

using http::verb;
using ledger::Progress;
using storage::Connection;
using workflow::Result;

constexpr std::size_t kLargestFile = 64 * 1024 * 1024;
constexpr std::size_t kUploadPiece = 64 * 1024;
constexpr workflow::RoleSet kImporters{workflow::Role::Registrar, workflow::Role::Supervisor};

std::optional<std::uint64_t> file_limit(Config const&) { return kLargestFile; }

net::awaitable<std::string> whole_body(http::BodyReader& body) {
    std::string file;
    std::vector<char> piece(kUploadPiece);
    for (;;) {
        auto const count = co_await body.read_some(piece);
        if (count == 0) break;
        file.append(piece.data(), count);
    }
    co_return file;
}

struct Examined {
    std::string sha256;
    Result<ledger::Sheet> sheet;
};

net::awaitable<Examined> examine(Services& services, Call& call, workflow::Code const& batch) {
    auto const file = co_await whole_body(*call.request.body_reader);
    auto work = [&services, &call, &batch, &file](Connection& connection) {
        auto const calendar = services.store.calendar().current();
        ledger::Reading const reading{*call.directory, *calendar, call.actor, call.now, batch};
        auto sheet = ledger::examine(file, connection, services.store.cases(), reading);
        return Examined{storage::to_hex(storage::sha256({storage::as_bytes(file)})), std::move(sheet)};
    };
    co_return co_await services.pool.read(std::move(work));
}

std::string examination_json(ledger::Sheet const& sheet) {
    JsonWriter json;
    json.open_object().member("holds", sheet.fault_count == 0).member("rows", sheet.rows);
    json.member("fault_count", sheet.fault_count);
    json.key("faults").open_list();
    for (auto const& [row, column, detail] : sheet.faults) {
        json.open_object().member("row", row).member("column", column).member("detail", detail).close_object();
    }
    json.close_list();
    std::int64_t open = 0;
    for (auto const& line : sheet.lines) open += line.record.outcome ? 0 : 1;
    json.member("open", open).close_object();
    return json.take();
}

json::object examination_schema() {
    auto const fault = ObjectSchema()
                           .member<std::int64_t>("row", "第几行，表头是第1行")
                           .member<std::string>("column", "列名；整行的问题为空")
                           .member<std::string>("detail")
                           .named("LedgerFault");
    return ObjectSchema()
        .member<bool>("holds", "没有问题，可以导入")
        .member<std::int64_t>("rows", "表头以外的行数")
        .member<std::int64_t>("fault_count", "问题的总数")
        .member("faults", list_of(fault), "前1000个问题")
        .member<std::int64_t>("open", "其中没有办理结果、导入后在办的件数")
        .named("LedgerExamination");
}

net::awaitable<Answer> examine_ledger(Services& services, Call& call) {
    workflow::Code const none{"examination"};
    auto const examined = co_await examine(services, call, none);
    if (!examined.sheet) co_return http::problem_of(examined.sheet.error());
    co_return http::text_response(http::status::ok, "application/json", examination_json(*examined.sheet));
}

// ---- bringing it in ------------------------------------------------------------------------------------------------

std::string_view code_of(Progress::Phase phase) {
    switch (phase) {
        case Progress::Phase::Running:
            return "running";
        case Progress::Phase::Done:
            return "done";
        case Progress::Phase::Failed:
            return "failed";
    }
    return "";
}

std::string progress_json(Progress const& progress) {
    auto const phase = progress.phase.load();
    JsonWriter json;
    json.open_object().member("id", progress.batch).member("rows", progress.rows).member("done", progress.done.load());
    json.member("state", code_of(phase));
    json.member("detail", phase == Progress::Phase::Failed ? progress.refusal.detail : std::string());
    json.member("list", "import=" + progress.batch.value + "&sort=number").close_object();
    return json.take();
}

json::object progress_schema() {
    return ObjectSchema()
        .member<workflow::Code>("id", "导入批次")
        .member<std::int64_t>("rows", "行数")
        .member<std::int64_t>("done", "已写入的行数；全部写入后才一并生效")
        .member("state", enumeration({"running", "done", "failed"}))
        .member<std::string>("detail", "没有导入的原因")
        .member<std::string>("list", "GET /api/v1/cases 的查询字符串：这一批的申请件")
        .named("LedgerImport");
}

workflow::Refusal refusal_of(storage::WriteOutcome const& outcome) {
    if (auto const* refusal = std::get_if<workflow::Refusal>(&outcome)) return *refusal;
    return {workflow::RefusalKind::Unavailable, "import_failed", "写入时出错，没有导入任何一行。"};
}

/// Hands the import to the writer and returns at once.
std::shared_ptr<Progress> start(Services& services, ledger::Import import) {
    auto const bytes = import.lines.size();
    auto progress = services.imports.begin(import.batch, static_cast<std::int64_t>(import.lines.size()));
    auto& store = services.store;
    auto work = [&store, progress, import = std::move(import)](Connection& connection) {
        return ledger::bring_in(store, connection, import, [&](std::int64_t done) { progress->done = done; });
    };
    auto finished = [progress](storage::WriteOutcome const& outcome) {
        bool const stored = std::holds_alternative<storage::Committed>(outcome);
        if (!stored) progress->refusal = refusal_of(outcome);
        progress->phase = stored ? Progress::Phase::Done : Progress::Phase::Failed;
    };
    store.writes().submit(std::move(work), std::move(finished), bytes);
    return progress;
}

workflow::Refusal refuse_faulty(ledger::Sheet const& sheet) {
    workflow::Refusal refusal{
        workflow::RefusalKind::Invalid,
        "ledger_has_faults",
        "台账中有" + std::to_string(sheet.fault_count) + "处问题，没有导入任何一行。"};
    for (auto const& [row, column, detail] : sheet.faults) {
        refusal.errors.push_back({"/" + std::to_string(row) + "/" + column, "bad_cell", detail});
    }
    return refusal;
}

net::awaitable<Answer> import_ledger(Services& services, Call& call) {
    workflow::Code const batch{storage::ordered_id(call.now)};
    auto examined = co_await examine(services, call, batch);
    if (!examined.sheet) co_return http::problem_of(examined.sheet.error());
    if (examined.sheet->fault_count > 0) co_return http::problem_of(refuse_faulty(*examined.sheet));
    ledger::Import import;
    import.lines = std::move(examined.sheet->lines);
    import.actor = call.actor;
    import.by = journal_author(call, kImporters);
    import.now = call.now;
    import.batch = batch;
    import.sha256 = std::move(examined.sha256);
    auto const progress = start(services, std::move(import));
    auto response = http::text_response(http::status::accepted, "application/json", progress_json(*progress));
    response.set("Location", "/api/v1/imports/" + batch.value);
    co_return response;
}

Answer read_import(Services& services, Call& call) {
    auto const progress = services.imports.find(workflow::Code{std::string(call.parameter(0))});
    if (!progress) return not_found("import_not_found", "没有找到这次导入。");
    return http::text_response(http::status::ok, "application/json", progress_json(*progress));
}

}  // namespace

std::vector<Operation> import_operations() {
    return {
        {.method = verb::post,
         .path = "/api/v1/imports/examination",
         .id = "examineLedger",
         .summary = "检查台账文件（CSV 或 XLSX），不写入",
         .tag = "imports",
         .who = Who::Staff,
         .handler = examine_ledger,
         .roles = kImporters,
         .response = examination_schema,
         .problems = {http::status::unprocessable_entity},
         .upload_limit = file_limit},
        {.method = verb::post,
         .path = "/api/v1/imports",
         .id = "importLedger",
         .summary = "导入台账文件：有一处问题就一行也不导入",
         .tag = "imports",
         .who = Who::Staff,
         .handler = import_ledger,
         .roles = kImporters,
         .response = progress_schema,
         .success = http::status::accepted,
         .problems = {http::status::unprocessable_entity},
         .upload_limit = file_limit},
        {.method = verb::get,
         .path = "/api/v1/imports/{id}",
         .id = "readImport",
         .summary = "一次导入的进度",
         .tag = "imports",
         .who = Who::Staff,
         .handler = read_import,
         .roles = kImporters,
         .response = progress_schema,
         .problems = {http::status::not_found}},
    };
}

}  // namespace server::api
