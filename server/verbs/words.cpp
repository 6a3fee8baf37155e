#include "server/verbs/words.hpp"

#include "storage/engine/driver.hpp"
#include "storage/engine/migrations.hpp"

#include <boost/system/system_error.hpp>

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <new>
#include <regex>
#include <string_view>
#include <utility>
#include <vector>

#include "server/runtime/system_fault.hpp"

namespace server::verbs {
namespace {

/// A message of the parser as a pattern (CLI/Error.hpp), and our text with the groups of the pattern.
struct Sentence {
    char const* english;
    std::string_view chinese;
};
constexpr std::array kSentences{
    Sentence{"A subcommand is required", "缺少动词"},
    Sentence{"(.*) is required", "缺少 {0}"},
    Sentence{"(.*) requires (.*)", "{0} 要和 {1} 一起用"},
    Sentence{"(.*) excludes (.*)", "{0} 不能和 {1} 一起用"},
    Sentence{"The following arguments? (?:was|were) not expected: (.*)", "有不认识或多余的参数 {0}"},
    Sentence{"Could not convert: (.*) = (.*)", "{0} 的值“{1}”不对"},
    Sentence{"(.*): Value (.*) not in range (.*) to (.*)", "{0} 的值“{1}”不在 {2} 至 {3} 之间"},
    Sentence{"(.*): (.*) not in \\{(.*)\\}", "{0} 的值“{1}”不对，可用的有 {2}"},
    Sentence{"(.*): .* required .* missing", "{0} 后面缺少它的值"},
    Sentence{"(.*): At least (.*) required but received (.*)", "{0} 至少要 {1} 个值，给了 {2} 个"},
    Sentence{"(.*): At Most (.*) required but received (.*)", "{0} 最多 {1} 个值，给了 {2} 个"},
    Sentence{"(.*) was given a disallowed flag override", "{0} 后面不能写值"},
};

/// Whether the text is one of ours, not of a library: it contains a character that is not ASCII.
bool is_ours(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string describe_database(storage::DatabaseError const& error) {
    if (auto const* newer = dynamic_cast<storage::SchemaTooNew const*>(&error)) {
        return fmt::format(
            "数据库由更新的程序写成（结构版本 {}，本程序只认识到 {}），请换用新版程序。", newer->found, newer->known
        );
    }
    if (auto const* older = dynamic_cast<storage::SchemaTooOld const*>(&error)) {
        return fmt::format(
            "数据库由以前的程序写成（结构版本 {}），请先用本程序的 disclosure serve 打开一次，它会完成升级。",
            older->found
        );
    }
    if (dynamic_cast<storage::DamagedDatabase const*>(&error) != nullptr) {
        return "数据库文件已损坏，或者不是本系统的数据库；请勿继续使用，改用备份恢复。";
    }
    if (dynamic_cast<storage::StorageFull const*>(&error) != nullptr) {
        return "磁盘空间不足，没有写入任何内容；请腾出空间后重试。";
    }
    if (dynamic_cast<storage::DatabaseBusy const*>(&error) != nullptr) {
        return "数据库正被别的程序占用，没有写入任何内容；请稍后重试。";
    }
    if (dynamic_cast<storage::StorageFault const*>(&error) != nullptr) {
        return "读写数据目录失败；请检查磁盘，以及运行本程序的用户对数据目录的权限。";
    }
    return fmt::format("数据库没有接受这次操作，没有完成。技术信息（供维护人员）：{}", error.what());
}

/// The help of the parser, its headings and marks in Chinese and with the colon that belongs to them.
class ChineseHelp final : public CLI::Formatter {
public:
    ChineseHelp() {
        constexpr std::array<std::pair<char const*, char const*>, 14> kLabels{{
            {"Usage", "用法"},
            {"Positionals", "参数"},
            {"OPTIONS", "选项"},
            {"SUBCOMMAND", "动词"},
            {"SUBCOMMANDS", "动词"},
            {"REQUIRED", "必填"},
            {"Excludes", "不能同时用"},
            {"Needs", "要同时用"},
            {"Env", "环境变量"},
            {"TEXT", "文字"},
            {"INT", "整数"},
            {"UINT", "整数"},
            {"FLOAT", "数"},
            {"BOOLEAN", "true/false"},
        }};
        for (auto const& [english, chinese] : kLabels) label(english, chinese);
    }

    std::string make_usage(CLI::App const* verb, std::string name) const override {
        return widen_colons(Formatter::make_usage(verb, std::move(name)));
    }
    std::string make_group(std::string group, bool positional, std::vector<CLI::Option const*> options) const override {
        std::string text = '\n' + std::move(group) + "：\n";
        for (CLI::Option const* option : options) text += make_option(option, positional);
        return text;
    }
    std::string make_option_opts(CLI::Option const* option) const override {
        return widen_colons(Formatter::make_option_opts(option));
    }
    std::string make_subcommands(CLI::App const* verb, CLI::AppFormatMode mode) const override {
        return widen_colons(Formatter::make_subcommands(verb, mode));
    }

private:
    /// A colon after Chinese is full-width and takes the place of the space behind it.
    static std::string widen_colons(std::string const& help) {
        static std::regex const colon("([^ -~]): ?");
        return std::regex_replace(help, colon, "$1：");
    }
};

}  // namespace

void speak_chinese(CLI::App& program) {
    program.formatter(std::make_shared<ChineseHelp>());
    for (CLI::Option* option : program.get_options()) option->group("选项");
    for (CLI::App* verb : program.get_subcommands({})) {
        verb->group("动词");
        speak_chinese(*verb);
    }
}

std::string describe(CLI::App const& program, CLI::ParseError const& error) {
    std::string const english = error.what();
    std::string what = "命令行读不懂";
    for (auto const& sentence : kSentences) {
        std::smatch found;
        if (!std::regex_match(english, found, std::regex(sentence.english))) continue;
        fmt::dynamic_format_arg_store<fmt::format_context> parts;
        for (std::size_t i = 1; i < found.size(); ++i) parts.push_back(found[i].str());
        what = fmt::vformat(sentence.chinese, parts);
        break;
    }
    // An unknown verb leaves the place of the verb empty.
    auto const unknown = program.remaining(true);
    bool const verb_missing = english == kSentences.front().english;
    if (verb_missing && !unknown.empty()) what = fmt::format("没有“{}”这个动词", unknown.front());
    return what + "；加 --help 查看用法。";
}

std::string describe(std::exception const& error) {
    if (auto const* database = dynamic_cast<storage::DatabaseError const*>(&error)) return describe_database(*database);
    if (auto const* file = dynamic_cast<std::filesystem::filesystem_error const*>(&error)) {
        return fmt::format(
            "读写 {} 失败（{}），没有完成。", file->path1().string(), describe_system_fault(file->code())
        );
    }
    constexpr std::string_view kSystem = "系统调用失败（{}），没有完成。";
    if (auto const* system = dynamic_cast<std::system_error const*>(&error)) {
        return fmt::format(kSystem, describe_system_fault(system->code()));
    }
    if (auto const* socket = dynamic_cast<boost::system::system_error const*>(&error)) {
        return fmt::format(kSystem, describe_system_fault(socket->code()));
    }
    if (dynamic_cast<std::bad_alloc const*>(&error) != nullptr) return "内存不足，没有完成。";
    if (is_ours(error.what())) return fmt::format("{}；没有完成。", error.what());
    return fmt::format("程序出错，没有完成。技术信息（供维护人员）：{}", error.what());
}

}  // namespace server::verbs
