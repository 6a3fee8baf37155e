#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "server/access/accounts.hpp"
#include "server/ledger/import.hpp"
#include "server/runtime/time_source.hpp"
#include "server/verbs/commands.hpp"
#include "server/verbs/progress.hpp"
#include "server/verbs/verb.hpp"
#include "storage/engine/sha256.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Result;

constexpr std::size_t kFaultsShown = 50;

struct ImportOptions {
    std::string file;
    bool dry_run = false;
    bool as_json = false;
    DataOption data;
};

using Counting = std::function<void(std::int64_t done, std::int64_t of)>;

/// Every fault on a line of its own, and how many more there are.
workflow::Refusal refuse_faulty(ledger::Sheet const& sheet) {
    std::string lines = fmt::format("台账中有 {} 处问题，没有导入任何一行：", sheet.fault_count);
    std::size_t shown = 0;
    for (auto const& [row, column, detail] : sheet.faults) {
        if (shown++ == kFaultsShown) break;
        lines += fmt::format("\n第 {} 行{}：{}", row, column.empty() ? "" : " " + column, detail);
    }
    if (sheet.fault_count > static_cast<std::int64_t>(kFaultsShown))
        lines += fmt::format(
            "\n……另有 {} 处，加 --json --dry-run 查看。", sheet.fault_count - static_cast<std::int64_t>(kFaultsShown)
        );
    return invalid("ledger_has_faults", std::move(lines));
}

json::object to_json(ledger::Sheet const& sheet) {
    json::array faults;
    for (auto const& [row, column, detail] : sheet.faults) {
        faults.push_back(json::object{{"row", row}, {"column", column}, {"detail", detail}});
    }
    return {
        {"holds", sheet.fault_count == 0},
        {"rows", sheet.rows},
        {"fault_count", sheet.fault_count},
        {"faults", std::move(faults)}};
}

Result<json::object> bring_in(
    storage::Store& store, std::string const& file, workflow::Instant now, Counting const& count
) {
    auto const text = read_text(file);
    if (!text) return text.error();
    auto const reading = store.connect();
    auto const directory = store.directory().current();
    auto const calendar = store.calendar().current();
    auto const actor = ledger::operator_actor();
    workflow::Code const batch{storage::ordered_id(now)};
    auto sheet = ledger::examine(*text, *reading, store.cases(), {*directory, *calendar, actor, now, batch});
    if (!sheet) return sheet.error();
    if (sheet->fault_count > 0) return refuse_faulty(*sheet);
    ledger::Import const import{
        std::move(sheet->lines),
        actor,
        kOperator,
        now,
        batch,
        storage::to_hex(storage::sha256({storage::as_bytes(*text)}))};
    auto const stored = store.writes().run([&](storage::Connection& connection) {
        return ledger::bring_in(store, connection, import, [&](std::int64_t done) { count(done, sheet->rows); });
    });
    if (!stored) return stored.error();
    return json::object{{"rows", sheet->rows}, {"batch", batch.value}};
}

Result<ExitCode> examine(ImportOptions const& options) {
    auto const text = read_text(options.file);
    if (!text) return text.error();
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    auto const directory = (*store)->directory.current();
    auto const calendar = (*store)->calendar.current();
    auto const actor = ledger::operator_actor();
    ledger::Reading const reading{*directory, *calendar, actor, SystemTime().now(), workflow::Code{"examination"}};
    auto const sheet = ledger::examine(*text, *(*store)->connection, (*store)->cases, reading);
    if (!sheet) return sheet.error();
    if (options.as_json) {
        std::cout << json::serialize(to_json(*sheet)) << '\n';
        return sheet->fault_count == 0 ? kDone : kFailed;
    }
    if (sheet->fault_count > 0) return refuse_faulty(*sheet);
    std::cout << fmt::format("{} 行都没有问题，可以导入。\n", sheet->rows);
    return kDone;
}

/// Imports in the service that runs on the folder, otherwise in this process, and shows its progress.
Result<json::object> import_somewhere(ImportOptions const& options, std::string const& file) {
    auto const path = options.data.folder();
    if (!path) return path.error();
    {
        auto const folder = storage::DataFolder::open_read_only(*path);
        if (!folder) return folder.error();
        if (auto answer = ask_service(folder->control_socket(), "ledger.import", {{"file", file}})) return *answer;
    }
    auto folder = storage::DataFolder::open(*path);
    if (!folder) return folder.error();
    auto const store = storage::Store::open(std::move(*folder));
    if (!store) return store.error();
    ProgressLine line("正在导入");
    constexpr std::int64_t kEvery = 500;
    return bring_in(**store, file, SystemTime().now(), [&](std::int64_t done, std::int64_t of) {
        if (done % kEvery == 0) line.show(done, of);
    });
}

Result<ExitCode> run(ImportOptions const& options) {
    if (options.dry_run) return examine(options);
    std::error_code unknown;
    auto const file = std::filesystem::absolute(options.file, unknown).string();
    auto const done = import_somewhere(options, file);
    if (!done) return done.error();
    if (options.as_json) {
        std::cout << json::serialize(*done) << '\n';
    } else {
        std::cout << fmt::format(
            "已导入 {} 件申请，批次 {}。\n", done->at("rows").as_int64(), std::string(done->at("batch").as_string())
        );
    }
    return kDone;
}

}  // namespace

Result<json::object> import_ledger(storage::Store& store, json::object const& arguments, workflow::Instant now) {
    auto const* file = arguments.if_contains("file");
    if (file == nullptr || !file->is_string()) return invalid("invalid_arguments", "请给出台账文件。");
    return bring_in(store, std::string(file->as_string()), now, [](std::int64_t, std::int64_t) {});
}

void add_import(CLI::App& program, Work& work) {
    auto* verb = program.add_subcommand("import", "导入台账（CSV 或 XLSX）：有一处问题就一行也不导入");
    auto const options = std::make_shared<ImportOptions>();
    verb->add_option("FILE", options->file, "台账文件，第一行是列名")->required();
    verb->add_flag("--dry-run", options->dry_run, "只检查，不写入");
    verb->add_flag("--json", options->as_json, "输出 JSON");
    options->data.add_to(*verb);
    std::string footer = "列名（次序不限）：";
    for (auto const name : ledger::column_names()) footer.append(name).append(" ");
    verb->footer(footer + "\n例：disclosure import 台账.xlsx --dry-run --data data");
    verb->callback([&work, options] { work = [options] { return run(*options); }; });
}

}  // namespace server::verbs
