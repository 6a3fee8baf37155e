#include <fmt/format.h>

#include <charconv>
#include <iostream>
#include <optional>

#include <boost/json/serialize.hpp>

#include "server/api/cases/workdays_json.hpp"
#include "server/verbs/calendar_for.hpp"
#include "server/verbs/verb.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Date;
using workflow::Result;

struct WorkdaysOptions {
    std::string from;
    std::string to;
    bool as_json = false;
    DataOption data;
};

/// "+7": seven working days.
std::optional<int> parse_count(std::string_view text) {
    if (!text.starts_with('+')) return std::nullopt;
    int count = 0;
    auto const [end, failed] = std::from_chars(text.data() + 1, text.data() + text.size(), count);
    bool const whole = failed == std::errc() && end == text.data() + text.size();
    return whole && count >= 0 && count <= api::kMostWorkdays ? std::optional(count) : std::nullopt;
}

Result<ExitCode> run(WorkdaysOptions const& options) {
    auto const from = workflow::parse_date(options.from);
    if (!from) return invalid("bad_date", fmt::format("“{}”不是 YYYY-MM-DD 形式的真实日期。", options.from));
    auto const to = workflow::parse_date(options.to);
    auto const count = parse_count(options.to);
    if (!to && !count) {
        return invalid(
            "bad_date",
            fmt::format("“{}”既不是日期，也不是 +N（N 为 0 至 {} 的工作日数）。", options.to, api::kMostWorkdays)
        );
    }
    auto const calendar = calendar_for(options.data);
    if (!calendar) return calendar.error();

    auto const answer =
        count ? api::workday_after(**calendar, *from, *count) : api::workdays_between(**calendar, *from, *to);
    if (options.as_json) {
        std::cout << json::serialize(answer) << '\n';
    } else {
        auto const text = count ? std::string(answer.at("date").as_string()) : json::serialize(answer.at("workdays"));
        bool const uncertain = answer.at("provisional").as_bool();
        std::cout << text << (uncertain ? "（暂定：经过尚未公布放假安排的年份）" : "") << '\n';
    }
    return kDone;
}

}  // namespace

void add_workdays(CLI::App& program, Work& work) {
    auto* verb = program.add_subcommand("workdays", "数工作日");
    auto const options = std::make_shared<WorkdaysOptions>();
    verb->add_option("FROM", options->from, "起算日期，当日不计")->required();
    verb->add_option("TO", options->to, "截止日期，或者 +N：第 N 个工作日")->required();
    verb->add_flag("--json", options->as_json, "输出 JSON");
    options->data.add_to(*verb);
    verb->footer(
        "例：disclosure workdays 2026-09-14 +20        2026-10-16\n"
        "    disclosure workdays 2026-09-14 2026-10-16  20"
    );
    verb->callback([&work, options] { work = [options] { return run(*options); }; });
}

}  // namespace server::verbs
