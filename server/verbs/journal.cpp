#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>

#include "server/api/case_json.hpp"
#include "server/verbs/progress.hpp"
#include "server/verbs/receipt.hpp"
#include "server/verbs/verb.hpp"
#include "storage/journal_verify.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Result;

struct JournalOptions {
    std::int64_t seq = 0;
    std::string file = "-";
    bool as_json = false;
    DataOption data;
};

/// A verb of `journal` with the options all of them have.
std::pair<CLI::App*, std::shared_ptr<JournalOptions>> add(
    CLI::App& journal, std::string const& name, std::string const& what
) {
    auto* verb = journal.add_subcommand(name, what);
    auto options = std::make_shared<JournalOptions>();
    verb->add_flag("--json", options->as_json, "输出 JSON");
    return {verb, options};
}

// ---- verify
// ----------------------------------------------------------------------------------------------------------

/// What is wrong with the projections: one sentence per difference.
std::vector<std::string> refold(ReadOnlyStore& store) {
    ProgressLine line("正在重放申请件");
    auto differences =
        store.cases.refold(*store.connection, [&](std::int64_t done, std::int64_t of) { line.show(done, of); });
    std::ranges::move(store.letters.differences(*store.connection), std::back_inserter(differences));
    std::ranges::move(store.retention.differences(*store.connection), std::back_inserter(differences));
    return differences;
}

Result<ExitCode> verify(JournalOptions const& options) {
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    auto const start = std::chrono::steady_clock::now();
    storage::VerifyReport report;
    {
        ProgressLine line("正在核对日志");
        report = storage::verify_journal(*(*store)->connection, {}, [&](std::int64_t done) { line.show(done); });
    }
    std::chrono::duration<double> const walked = std::chrono::steady_clock::now() - start;
    auto const differences = report.fault ? std::vector<std::string>() : refold(**store);
    std::chrono::duration<double> const total = std::chrono::steady_clock::now() - start;
    auto const rate = static_cast<std::int64_t>(static_cast<double>(report.head.size) / std::max(walked.count(), 1e-9));
    bool const holds = !report.fault && differences.empty();

    if (options.as_json) {
        json::object answer{
            {"holds", holds},
            {"entries", report.head.size},
            {"root", storage::to_hex(report.head.root)},
            {"chain", storage::to_hex(report.head.chain)},
            {"seconds", total.count()},
            {"entries_per_second", rate},
            {"fault", nullptr},
            {"differences", json::array(differences.begin(), differences.end())}};
        if (report.fault) answer["fault"] = json::object{{"seq", report.fault->seq}, {"what", report.fault->what}};
        std::cout << json::serialize(answer) << '\n';
    } else if (holds) {
        std::cout << fmt::format(
            "日志完整：{} 条记录的哈希链和树一致，每件申请都与其事件一致。\n"
            "树根 {}\n用时 {:.2f} 秒，核对日志每秒 {} 条。\n",
            report.head.size,
            storage::to_hex(report.head.root),
            total.count(),
            rate
        );
    }
    if (report.fault) {
        std::cerr << fmt::format(
            "日志在第 {} 条出错：{}。请停用此数据目录并用备份比对。\n", report.fault->seq, report.fault->what
        );
    }
    for (auto const& difference : differences) std::cerr << difference << '\n';
    return holds ? kDone : kFailed;
}

// ---- export, prove, check-receipt
// --------------------------------------------------------------------------------------

Result<ExitCode> export_lines(JournalOptions const& options) {
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    std::ofstream file;
    if (options.file != "-") file.open(options.file, std::ios::binary);
    std::ostream& out = options.file == "-" ? std::cout : file;
    storage::export_journal(*(*store)->connection, [&](std::string_view line) { out << line << '\n'; });
    out.flush();
    if (!out) return wrong("file_unwritable", fmt::format("写不进文件 {}，请检查路径、权限和磁盘空间。", options.file));
    return kDone;
}

Result<ExitCode> prove(JournalOptions const& options) {
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    storage::Connection& connection = *(*store)->connection;
    auto const head = storage::read_head(connection);
    auto path = storage::prove_inclusion(connection, options.seq, head.size);
    if (!path) return wrong("no_such_entry", fmt::format("日志没有第 {} 条，现有 {} 条。", options.seq, head.size));
    auto entry = storage::read_entries(connection, options.seq, 1).front();
    storage::Receipt const receipt{options.seq, std::move(entry.record), head.size, head.root, std::move(*path)};
    api::JsonWriter writer;
    api::write_receipt(writer, receipt);
    std::cout << writer.take() << '\n';
    return kDone;
}

Result<ExitCode> check(JournalOptions const& options) {
    auto const value = read_json(options.file);
    if (!value) return value.error();
    auto const checked = check_receipt(*value);
    if (!checked) return checked.error();
    if (options.as_json) {
        std::cout << json::serialize(json::object{
                         {"holds", true}, {"seq", checked->seq}, {"tree_size", checked->tree_size}})
                  << '\n';
    } else {
        std::cout << fmt::format(
            "凭证有效：该记录是共 {} 条的日志中的第 {} 条，树根 {}。\n请将树根与机关公布的日志头比对。\n",
            checked->tree_size,
            checked->seq,
            storage::to_hex(checked->root)
        );
    }
    return kDone;
}

}  // namespace

void add_journal(CLI::App& program, Work& work) {
    auto* journal = program.add_subcommand("journal", "审计日志");
    journal->require_subcommand(1);
    journal->footer("例：disclosure journal verify --data data");
    {
        auto const [verb, options] = add(*journal, "verify", "核对整个日志，并核对每件申请等于其事件之和");
        options->data.add_to(*verb);
        verb->footer("例：disclosure journal verify --data data");
        verb->callback([&work, options = options] { work = [options] { return verify(*options); }; });
    }
    {
        auto const [verb, options] = add(*journal, "export", "逐行输出日志（JSON Lines），供第三方核对");
        options->data.add_to(*verb);
        verb->add_option("FILE", options->file, "输出文件；省略时写标准输出");
        verb->footer("例：disclosure journal export journal.jsonl");
        verb->callback([&work, options = options] { work = [options] { return export_lines(*options); }; });
    }
    {
        auto const [verb, options] = add(*journal, "prove", "证明一条记录在日志中（RFC 9162 包含证明，JSON）");
        options->data.add_to(*verb);
        verb->add_option("SEQ", options->seq, "记录编号，从 1 起")->required();
        verb->footer("例：disclosure journal prove 42 > proof.json");
        verb->callback([&work, options = options] { work = [options] { return prove(*options); }; });
    }
    {
        auto const [verb, options] = add(*journal, "check-receipt", "离线核对申请人的凭证或 prove 的输出");
        verb->add_option("FILE", options->file, "凭证文件；省略时读标准输入");
        verb->footer("例：disclosure journal check-receipt receipt.json");
        verb->callback([&work, options = options] { work = [options] { return check(*options); }; });
    }
}

}  // namespace server::verbs
