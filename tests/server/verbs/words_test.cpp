#include "server/verbs/words.hpp"

#include "storage/engine/driver.hpp"
#include "storage/engine/migrations.hpp"

#include <gtest/gtest.h>
#include <boost/system/system_error.hpp>

#include <filesystem>
#include <regex>
#include <stdexcept>

#include "tests/server/verbs/program.hpp"

/// Those who run the program read Chinese, whichever part of it speaks.
namespace server::verbs {
namespace {

using Arguments = std::vector<std::string>;

/// The English of a text: words of three letters and more that are no options, values in capitals, nor given by whoever
/// typed the command line.
std::string english_in(std::string text, Arguments const& typed) {
    for (auto const& argument : typed) {
        for (auto at = text.find(argument); !argument.empty() && at != std::string::npos; at = text.find(argument)) {
            text.erase(at, argument.size());
        }
    }
    text = std::regex_replace(text, std::regex("--[a-z-]+"), "");
    std::string found;
    std::regex const word("[A-Za-z][a-z]{2,}");
    for (std::sregex_iterator each(text.begin(), text.end(), word), end; each != end; ++each)
        found += each->str() + ' ';
    return found;
}

/// Each half-width colon after Chinese, but for the form of an address, which is typed so.
std::string half_width_colons(std::string const& text) {
    std::string found;
    std::regex const colon("\\S*[^ -~]:\\S*");
    for (std::sregex_iterator each(text.begin(), text.end(), colon), end; each != end; ++each) {
        if (each->str().find("主机:端口") == std::string::npos) found += each->str() + ' ';
    }
    return found;
}

struct Refused {
    Arguments typed;
    std::string_view said;
};

TEST(Words, WhatIsWrongWithACommandLine) {
    Refused const all[] = {
        {{}, "缺少动词"},
        {{"fly"}, "没有“fly”这个动词"},
        {{"journal"}, "缺少动词"},
        {{"journal", "burn"}, "没有“burn”这个动词"},
        {{"journal", "prove"}, "缺少 SEQ"},
        {{"journal", "prove", "x"}, "SEQ 的值“x”不对"},
        {{"journal", "prove", "1", "2"}, "有不认识或多余的参数 2"},
        {{"serve", "--what"}, "有不认识或多余的参数 --what"},
        {{"serve", "--listen"}, "--listen 后面缺少它的值"},
        {{"serve", "--sample-config=maybe"}, "--sample-config 的值“maybe”不对"},
        {{"init"}, "缺少 --agency 和 --name（或者 --demo）"},
        {{"init", "--demo", "--agency", "430500-01"}, "--agency 不能和 --demo 一起用"},
        {{"report", "annual", "--agency", "430500-01", "--year", "1066"}, "--year 的值“1066”不在 2000 至 2199 之间"},
        {{"report", "annual", "--agency", "430500-01", "--year", "2026", "--format", "doc"},
         "--format 的值“doc”不对，可用的有 json,xlsx,html"},
        {{"journal", "check-receipt", "--consistency", "x"}, "--consistency 要和 --head 一起用"},
    };
    for (auto const& [typed, said] : all) {
        auto const refused = program::run(typed);
        EXPECT_EQ(refused.exit_code, 2) << said;
        EXPECT_EQ(refused.out, "");
        EXPECT_EQ(program::lines(refused.err), 1) << refused.err;
        EXPECT_NE(refused.err.find(said), std::string::npos) << refused.err;
        auto known = typed;
        known.insert(known.end(), {"json,xlsx,html", "maybe"});
        EXPECT_EQ(english_in(refused.err, known), "") << refused.err;
    }
}

TEST(Words, HelpHasNoneOfTheParsersOwn) {
    Arguments const verbs[] = {
        {},
        {"init"},
        {"serve"},
        {"demo"},
        {"workdays"},
        {"clock"},
        {"calendar", "show"},
        {"calendar", "import"},
        {"journal"},
        {"journal", "check-receipt"},
        {"report", "annual"},
        {"import"},
        {"retention", "erase"},
        {"user", "add"},
        {"user", "list"},
    };
    std::regex const own(
        "\\b(Usage|Options|OPTIONS|Positionals|Subcommands?|SUBCOMMANDS?|REQUIRED|Excludes|Needs|Env|TEXT|U?INT|FLOAT|"
        "BOOLEAN|in \\[)\\b"
    );
    for (auto arguments : verbs) {
        arguments.push_back("--help");
        auto const help = program::run(arguments);
        EXPECT_EQ(help.exit_code, 0);
        std::smatch found;
        EXPECT_FALSE(std::regex_search(help.out, found, own)) << found.str() << " in\n" << help.out;
        EXPECT_EQ(half_width_colons(help.out), "") << help.out;
    }
}

TEST(Words, HelpHasTheColonsOfChineseWhereverTheParserPutsOne) {
    CLI::App program("示范");
    auto* const first = program.add_option("--first", "头一个")->envname("FIRST");
    auto* const second = program.add_option("--second", "第二个（主机:端口）")->needs(first);
    program.add_option("--third", "第三个")->excludes(first, second);
    program.add_option("file", "文件");
    program.add_subcommand("do", "办理");
    speak_chinese(program);
    auto const help = program.help("prog");
    for (std::string_view const part :
         {"用法：prog",
          "\n参数：\n",
          "\n选项：\n",
          "\n动词：\n",
          "环境变量：FIRST",
          "要同时用：--first",
          "不能同时用：--"}) {
        EXPECT_NE(help.find(part), std::string::npos) << part << " in\n" << help;
    }
    EXPECT_EQ(half_width_colons(help), "") << help;
}

TEST(Words, WhyTheWorkEnded) {
    auto const system = [](std::errc code) { return std::make_error_code(code); };
    std::pair<std::string, std::string_view> const all[] = {
        {describe(storage::SchemaTooNew(99, 17)), "结构版本 99，本程序只认识到 17"},
        {describe(storage::SchemaTooOld(3)), "结构版本 3"},
        {describe(storage::DamagedDatabase("file is not a database")), "改用备份恢复"},
        {describe(storage::StorageFull("database or disk is full")), "腾出空间"},
        {describe(storage::StorageFault("disk I/O error")), "检查磁盘"},
        {describe(storage::DatabaseBusy("database is locked")), "稍后重试"},
        {describe(std::filesystem::filesystem_error("cannot copy", "/a/b", system(std::errc::permission_denied))),
         "/a/b 失败（没有权限）"},
        {describe(std::system_error(system(std::errc::too_many_files_open))), "打开的文件太多"},
        {describe(boost::system::system_error(boost::system::errc::make_error_code(boost::system::errc::address_in_use))
         ),
         "地址已被占用"},
        {describe(std::system_error(system(std::errc::owner_dead))), "系统错误"},
        {describe(std::bad_alloc()), "内存不足"},
        {describe(std::runtime_error("不能读取 /a/b")), "不能读取 /a/b；没有完成。"},
    };
    for (auto const& [text, said] : all) {
        EXPECT_NE(text.find(said), std::string::npos) << text;
        EXPECT_EQ(english_in(text, {"disclosure serve"}), "") << text;
        EXPECT_EQ(program::lines(text), 0) << text;
    }
    EXPECT_NE(describe(std::logic_error("no such step")).find("技术信息"), std::string::npos);
}

}  // namespace
}  // namespace server::verbs
