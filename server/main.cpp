#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <iostream>

#include "server/verbs/verb.hpp"
#include "storage/driver.hpp"
#include "storage/migrations.hpp"

namespace {

using namespace server::verbs;

/// What is wrong with a command line; the details are the parser's own.
std::string describe(CLI::ParseError const& error) {
    struct Fault {
        std::string_view name;
        std::string_view what;
    };
    constexpr std::array kFaults{
        Fault{"RequiredError", "缺少必填的参数"},
        Fault{"ExtrasError", "有不认识或多余的参数"},
        Fault{"ConversionError", "参数的值不对"},
        Fault{"ArgumentMismatch", "参数的个数不对"},
        Fault{"ExcludesError", "有不能同时使用的选项"},
    };
    auto const fault = std::ranges::find(kFaults, std::string_view(error.get_name()), &Fault::name);
    auto const what = fault == kFaults.end() ? std::string_view("命令行读不懂") : fault->what;
    return fmt::format("{}（{}）；加 --help 查看用法。", what, error.what());
}

/// The headings of --help, for every verb.
void name_groups(CLI::App& app) {
    for (CLI::Option* option : app.get_options()) option->group("选项");
    for (CLI::App* verb : app.get_subcommands({})) {
        verb->group("动词");
        name_groups(*verb);
    }
}

/// Does the work of the chosen verb; whatever goes wrong becomes one line that says what to do.
int perform(Work const& work) {
    try {
        auto const done = work();
        if (done) return *done;
        std::cerr << done.error().detail << '\n';
    } catch (storage::SchemaTooNew const& error) {
        std::cerr << fmt::format(
            "数据库由更新的程序写成（结构版本 {}，本程序只认识到 {}），请换用新版程序。\n", error.found, error.known
        );
    } catch (storage::DamagedDatabase const&) {
        std::cerr << "数据库文件已损坏，或者不是本系统的数据库；请勿继续使用，改用备份恢复。\n";
    } catch (storage::StorageFull const&) {
        std::cerr << "磁盘空间不足，没有写入任何内容；请腾出空间后重试。\n";
    } catch (storage::DatabaseError const& error) {
        std::cerr << fmt::format("读写数据库失败（{}），请检查磁盘和数据目录的权限。\n", error.what());
    } catch (std::exception const& error) {
        std::cerr << fmt::format("程序出错，没有完成：{}\n", error.what());
    }
    return kFailed;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program{"依申请公开办理系统", "disclosure"};
    program.set_help_flag("-h,--help", "显示帮助");
    auto const formatter = program.get_formatter();
    formatter->label("Usage", "用法");
    formatter->label("Positionals", "参数");
    formatter->label("OPTIONS", "选项");
    formatter->label("SUBCOMMAND", "动词");
    formatter->label("REQUIRED", "必填");
    program.require_subcommand(1);
    program.footer("每个动词都有 --help。退出码：0 成功，1 失败并说明原因，2 用法不对。");
    Work work;
    for (auto const add :
         {add_init, add_serve, add_demo, add_workdays, add_clock, add_calendar, add_journal, add_report, add_import,
          add_retention, add_user}) {
        add(program, work);
    }
    name_groups(program);
    try {
        program.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return program.exit(error);  // --help
        std::cerr << describe(error) << '\n';
        return kWrongUsage;
    }
    return perform(work);
}
