#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "server/reports/annual_report.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {
namespace {

using workflow::Result;

struct ReportOptions {
    std::string agency;
    int year = 0;
    std::vector<std::string> formats = {"json"};
    std::string scope = "tree";
    std::string as_of;
    std::string out = ".";
    bool as_json = false;
    DataOption data;
};

struct Wanted {
    storage::ReportKey key;
    std::optional<workflow::Date> as_of;
};

Result<Wanted> read_wanted(ReportOptions const& options, storage::Directory const& directory) {
    Wanted found{{workflow::Code{options.agency}, storage::ReportScope::Tree, options.year}, {}};
    if (directory.agency(found.key.agency) == nullptr) {
        return invalid("unknown_agency", fmt::format("没有代码为“{}”的机关。", options.agency));
    }
    found.key.scope = workflow::parse<storage::ReportScope>(options.scope).value_or(found.key.scope);
    if (options.as_of.empty()) return found;
    found.as_of = workflow::parse_date(options.as_of);
    if (!found.as_of) return invalid("bad_date", "--as-of 应当是 YYYY-MM-DD 形式的日期。");
    return found;
}

/// One format goes to standard output; several become files beside each other.
Result<void> hand_out(
    ReportOptions const& options, Wanted const& what, std::string const& format, std::string const& bytes
) {
    if (options.formats.size() == 1) {
        std::cout << bytes;
        if (format == "json") std::cout << '\n';
        return {};
    }
    auto const name = fmt::format("annual-{}-{}.{}", what.key.agency.value, what.key.year, format);
    auto const path = std::filesystem::path(options.out) / name;
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.close();
    if (!file) return invalid("file_unwritable", fmt::format("写不进文件 {}，请检查路径和权限。", path.string()));
    std::cout << path.string() << '\n';
    return {};
}

Result<ExitCode> annual(ReportOptions const& options) {
    auto const store = open_read_only(options.data);
    if (!store) return store.error();
    auto const directory = (*store)->directory.current();
    auto const what = read_wanted(options, *directory);
    if (!what) return what.error();
    for (std::string const& format : options.formats) {
        auto const bytes = reports::report_file(*(*store)->connection, *directory, what->key, format, {}, what->as_of);
        if (!bytes) return invalid("no_such_version", "没有发布过这一版年度报告。");
        if (auto const done = hand_out(options, *what, format, *bytes); !done) return done.error();
    }
    return kDone;
}

}  // namespace

void add_report(CLI::App& program, Work& work) {
    auto* report = program.add_subcommand("report", "统计报告");
    report->require_subcommand(1);
    report->footer("例：disclosure report annual --agency 430500-01 --year 2026");
    auto* verb = report->add_subcommand("annual", "年度报告的表二、表三、表四和勾稽关系");
    auto const options = std::make_shared<ReportOptions>();
    verb->add_option("--agency", options->agency, "机关代码")->required()->type_name("CODE");
    verb->add_option("--year", options->year, "年度")
        ->required()
        ->check(CLI::Range(2000, 2199).description("2000-2199"))
        ->type_name("Y");
    verb->add_option("--format", options->formats, "json、xlsx、html，可用逗号列出几种；几种时各写成文件")
        ->delimiter(',')
        ->check(CLI::IsMember({"json", "xlsx", "html"}))
        ->type_name("FORMAT");
    verb->add_option("--scope", options->scope, "tree 含下级机关，own 只有本机关")
        ->check(CLI::IsMember({"tree", "own"}))
        ->type_name("SCOPE");
    verb->add_option("--as-of", options->as_of, "按这一天结束时的情况")->type_name("DATE");
    verb->add_option("--out", options->out, "几种格式时写到哪个目录")->type_name("DIR");
    verb->add_flag("--json", options->as_json, "输出 JSON（默认）");
    options->data.add_to(*verb);
    verb->footer("例：disclosure report annual --agency 430500-01 --year 2026 --format json,xlsx,html --data data");
    verb->callback([&work, options] { work = [options] { return annual(*options); }; });
}

}  // namespace server::verbs
