#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>

#include "server/api/cases/case_json.hpp"
#include "server/delivery/fetch.hpp"
#include "server/verbs/progress.hpp"
#include "server/verbs/receipt.hpp"
#include "server/verbs/verb.hpp"
#include "storage/journal/canonical_json.hpp"
#include "storage/journal/journal_verify.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Result;

struct JournalOptions {
    std::int64_t seq = 0;
    std::string file = "-";
    bool as_json = false;
    // what a receipt is compared with
    std::string root;
    std::string head;
    std::string consistency;
    std::string url;
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

/// Folds all cases again from the journal; one sentence for each difference to what is stored.
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
    if (!out)
        return invalid("file_unwritable", fmt::format("写不进文件 {}，请检查路径、权限和磁盘空间。", options.file));
    return kDone;
}

Result<ExitCode> prove(JournalOptions const& options) {
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    storage::Connection& connection = *(*store)->connection;
    auto const head = storage::read_head(connection);
    auto path = storage::prove_inclusion(connection, options.seq, head.size);
    if (!path) return invalid("no_such_entry", fmt::format("日志没有第 {} 条，现有 {} 条。", options.seq, head.size));
    auto entry = storage::read_entries(connection, options.seq, 1).front();
    storage::Receipt const receipt{options.seq, std::move(entry.record), head.size, head.root, std::move(*path)};
    api::JsonWriter writer;
    api::write_receipt(writer, receipt);
    std::cout << writer.take() << '\n';
    return kDone;
}

/// The largest answer accepted; what a service publishes about its journal is small.
constexpr std::size_t kLongestAnswer = 1024 * 1024;

Result<json::value> published(std::string base, std::string const& what) {
    while (base.ends_with('/')) base.pop_back();
    auto const text = delivery::fetch(base + "/api/v1/journal/" + what, kLongestAnswer);
    if (!text) return text.error();
    auto value = storage::parse_json(*text);
    if (!value) return invalid("not_a_service", fmt::format("{} 的答复不是本系统的。", base));
    return std::move(*value);
}

/// The head that the service publishes now, and its proof that the receipt's journal and this one are the same.
Result<void> compare_with_service(storage::Receipt const& receipt, std::string const& url) {
    auto const head = published(url, "head");
    if (!head) return head.error();
    auto const known = read_known_tree(*head);
    if (!known) return known.error();
    std::optional<Consistency> proof;
    if (known->size != receipt.tree_size) {
        auto const [from, to] = std::minmax({receipt.tree_size, known->size});
        auto const answer = published(url, fmt::format("consistency?from={}&to={}", from, to));
        if (!answer) return answer.error();
        auto read = read_consistency(*answer);
        if (!read) return read.error();
        proof = std::move(*read);
    }
    return compare(receipt, *known, proof);
}

Result<void> compare_with_head(storage::Receipt const& receipt, JournalOptions const& options) {
    auto const head = read_json(options.head);
    if (!head) return head.error();
    auto const known = read_known_tree(*head);
    if (!known) return known.error();
    std::optional<Consistency> proof;
    if (!options.consistency.empty()) {
        auto const value = read_json(options.consistency);
        if (!value) return value.error();
        auto read = read_consistency(*value);
        if (!read) return read.error();
        proof = std::move(*read);
    }
    return compare(receipt, *known, proof);
}

Result<void> compare_with_root(storage::Receipt const& receipt, std::string root) {
    std::ranges::transform(root, root.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (root == storage::to_hex(receipt.root)) return {};
    return invalid(
        "other_root",
        fmt::format(
            "凭证不成立：它的树根与给出的不同。凭证是日志有 {} 条时的；给出的树根若是别的时候的，请改用 --head 和 "
            "--consistency，或者 --url。",
            receipt.tree_size
        )
    );
}

/// What the receipt is compared with; empty when nothing was given.
std::string_view measure_of(JournalOptions const& options) {
    if (!options.root.empty()) return "root";
    if (!options.head.empty()) return "head";
    return options.url.empty() ? "" : "url";
}

Result<void> compare(storage::Receipt const& receipt, JournalOptions const& options) {
    auto const measure = measure_of(options);
    if (measure == "root") return compare_with_root(receipt, options.root);
    if (measure == "head") return compare_with_head(receipt, options);
    if (measure == "url") return compare_with_service(receipt, options.url);
    return invalid(
        "not_compared",
        "凭证本身前后一致，但这还不能证明什么：这样的文件谁都能造。请与机关公布的日志头比对：--url 网址、--head 文件，"
        "或者 --root 树根。"
    );
}

Result<ExitCode> check(JournalOptions const& options) {
    auto const value = read_json(options.file);
    if (!value) return value.error();
    auto const receipt = read_receipt(*value);
    if (!receipt) return receipt.error();
    auto const result = compare(*receipt, options);
    auto const measure = measure_of(options);
    if (options.as_json) {
        json::object const answer{
            {"holds", result.has_value()},
            {"consistent", true},
            {"compared_with", measure.empty() ? json::value() : json::value(measure)},
            {"record", receipt->record},
            {"seq", receipt->seq},
            {"tree_size", receipt->tree_size},
            {"root", storage::to_hex(receipt->root)}};
        std::cout << json::serialize(answer) << '\n';
    }
    if (!result) return result.error();
    if (!options.as_json) {
        std::cout << fmt::format(
            "凭证有效：该记录（{}）是共 {} 条的日志中的第 {} 条，与{}一致。\n",
            describe_record(*receipt),
            receipt->tree_size,
            receipt->seq,
            measure == "root" ? "给出的树根" : "公布的日志头"
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
        verb->callback([&work, given = options] { work = [given] { return verify(*given); }; });
    }
    {
        auto const [verb, options] = add(*journal, "export", "逐行输出日志（JSON Lines），供第三方核对");
        options->data.add_to(*verb);
        verb->add_option("FILE", options->file, "输出文件；省略时写标准输出");
        verb->footer("例：disclosure journal export journal.jsonl");
        verb->callback([&work, given = options] { work = [given] { return export_lines(*given); }; });
    }
    {
        auto const [verb, options] = add(*journal, "prove", "证明一条记录在日志中（RFC 9162 包含证明，JSON）");
        options->data.add_to(*verb);
        verb->add_option("SEQ", options->seq, "记录编号，从 1 起")->required();
        verb->footer("例：disclosure journal prove 42 > proof.json");
        verb->callback([&work, given = options] { work = [given] { return prove(*given); }; });
    }
    {
        auto const [verb, options] = add(*journal, "check-receipt", "用已知的日志头核对申请人的凭证或 prove 的输出");
        verb->add_option("FILE", options->file, "凭证文件；省略时读标准输入");
        auto* root = verb->add_option("--root", options->root, "已知的树根（与凭证的日志一样长）")->type_name("HEX");
        auto* head = verb->add_option("--head", options->head, "日志头文件：/api/v1/journal/head 的答复");
        head->type_name("FILE")->excludes(root);
        verb->add_option("--consistency", options->consistency, "一致性证明文件，凭证与日志头的条数不同时要有")
            ->type_name("FILE")
            ->needs(head);
        verb->add_option("--url", options->url, "公布日志头的网址，日志头和证明都从那里取")
            ->type_name("BASE")
            ->excludes(root)
            ->excludes(head);
        verb->footer(
            "没有已知的日志头，凭证证明不了什么，退出码为 1。\n"
            "例：disclosure journal check-receipt receipt.json --url https://gk.example.gov.cn\n"
            "    disclosure journal check-receipt receipt.json --head head.json --consistency consistency.json"
        );
        verb->callback([&work, given = options] { work = [given] { return check(*given); }; });
    }
}

}  // namespace server::verbs
