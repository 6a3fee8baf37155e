#include <fmt/format.h>

#include <iostream>

#include "server/api/cases/clock_json.hpp"
#include "server/runtime/time_source.hpp"
#include "server/verbs/calendar_for.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {
namespace {

using workflow::Result;

struct ClockOptions {
    std::string file = "-";
    DataOption data;
};

Result<ExitCode> run(ClockOptions const& options) {
    auto const json = read_json(options.file);
    if (!json) return json.error();
    auto const input = api::read_timeline(*json);
    if (!input) return input.error();
    auto const calendar = calendar_for(options.data);
    if (!calendar) return calendar.error();
    auto const as_of = input->as_of.value_or(SystemTime().today());
    auto const clock = workflow::compute_clock(input->timeline, as_of, **calendar);
    if (!clock) return clock.error();
    std::cout << api::clock_json(*clock) << '\n';
    return kDone;
}

}  // namespace

void add_clock(CLI::App& program, Work& work) {
    auto* verb = program.add_subcommand("clock", "由时间线计算各项期限，并说明理由（输入、输出都是 JSON）");
    auto const options = std::make_shared<ClockOptions>();
    verb->add_option("FILE", options->file, "时间线文件；省略时读标准输入");
    verb->add_flag("--json")->description("输出 JSON（总是如此）");
    options->data.add_to(*verb);
    verb->footer(
        "例：echo '{\"received\": \"2026-09-14\", \"as_of\": \"2026-09-22\", \"events\": []}' | disclosure clock"
    );
    verb->callback([&work, options] { work = [options] { return run(*options); }; });
}

}  // namespace server::verbs
