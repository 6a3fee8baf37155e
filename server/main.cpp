#include <exception>
#include <iostream>

#include "server/verbs/verb.hpp"
#include "server/verbs/version.hpp"
#include "server/verbs/words.hpp"

namespace {

using namespace server::verbs;

/// Does the work of the chosen verb; whatever goes wrong becomes one line that says what to do.
int perform(Work const& work) {
    try {
        auto const done = work();
        if (done) return *done;
        std::cerr << done.error().detail << '\n';
    } catch (std::exception const& error) {
        std::cerr << describe(error) << '\n';
    }
    return kFailed;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program{"依申请公开办理系统", "disclosure"};
    program.set_help_flag("-h,--help", "显示帮助");
    program.set_version_flag("--version", version, "显示版本和提交");
    program.require_subcommand(1);
    program.footer("每个动词都有 --help。退出码：0 成功，1 失败并说明原因，2 用法不对。");
    Work work;
    for (auto const add :
         {add_init,
          add_serve,
          add_demo,
          add_workdays,
          add_clock,
          add_calendar,
          add_journal,
          add_report,
          add_import,
          add_retention,
          add_user}) {
        add(program, work);
    }
    speak_chinese(program);
    try {
        program.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        // --help, --version
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return program.exit(error);
        std::cerr << describe(program, error) << '\n';
        return kWrongUsage;
    }
    return perform(work);
}
