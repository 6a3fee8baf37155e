#include "workflow/time/calendar.hpp"

#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <iostream>

#include "server/access/accounts.hpp"
#include "server/api/shapes/input.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/verbs/calendar_for.hpp"
#include "server/verbs/commands.hpp"
#include "server/verbs/verb.hpp"
#include "workflow/time/holidays.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Result;

struct CalendarOptions {
    int year = 0;
    std::string file = "-";
    bool as_json = false;
    DataOption data;
};

void print(std::string_view title, std::vector<workflow::SpecialDay> const& days) {
    std::cout << title << '\n';
    for (auto const& day : days) std::cout << fmt::format("  {}  {}\n", workflow::to_chinese(day.date), day.festival);
}

Result<ExitCode> show(CalendarOptions const& options) {
    auto const calendar = calendar_for(options.data);
    if (!calendar) return calendar.error();
    auto const* year = (*calendar)->find(options.year);
    if (year == nullptr) {
        return invalid(
            "calendar_not_published",
            fmt::format(
                "没有 {} 年的放假安排，暂按周一至周五计算；公布后用 disclosure calendar import 录入。", options.year
            )
        );
    }
    if (options.as_json) {
        api::JsonWriter writer;
        writer.value(*year);
        std::cout << writer.take() << '\n';
        return kDone;
    }
    for (auto const& notice : year->notices) std::cout << fmt::format("{}  {}\n", notice.number, notice.url);
    print("放假", year->off);
    print("调休上班", year->work);
    return kDone;
}

Result<ExitCode> import_file(CalendarOptions const& options) {
    auto const value = read_json(options.file);
    if (!value) return value.error();
    if (!value->is_object()) return invalid("not_an_object", "文件应当是一个 JSON 对象，格式同 calendar show --json。");
    auto const result = run_command(options.data, "calendar.import", value->get_object());
    if (!result) return result.error();
    if (options.as_json) {
        std::cout << json::serialize(*result) << '\n';
    } else {
        std::cout << fmt::format(
            "已录入 {} 年的放假安排，{} 件在办申请的答复期限随之改变。\n",
            result->at("year").as_int64(),
            result->at("moved").as_int64()
        );
    }
    return kDone;
}

}  // namespace

Result<std::shared_ptr<workflow::WorkdayCalendar const>> calendar_for(DataOption const& data) {
    if (!data.given()) return std::make_shared<workflow::WorkdayCalendar const>(workflow::statutory_calendar());
    auto const store = open_read_only(data);
    if (!store) return store.error();
    return (*store)->calendar.current();
}

Result<json::object> import_calendar(storage::Store& store, json::object const& arguments, workflow::Instant now) {
    workflow::CalendarYear form;
    api::InputReader reader;
    reader.read(json::value(arguments), form, "");
    if (!reader.errors().empty()) {
        auto const& first = reader.errors().front();
        return invalid("invalid_calendar", fmt::format("{}：{}", first.pointer, first.detail));
    }
    auto const year = workflow::check_calendar_year(std::move(form));
    if (!year) {
        auto const& errors = year.error().errors;
        return errors.empty() ? year.error() : invalid(year.error().code, errors.front().detail);
    }
    auto const changed = store.calendar().with(*year);
    if (!changed) return changed.error();
    auto const reading = store.connect();
    auto const moved = store.cases().moved_by(*reading, *changed, workflow::local_date(now));
    auto const stored = store.writes().run([&](storage::Connection& connection) -> Result<void> {
        if (auto const put = store.calendar().put(connection, *year, kOperator, now); !put) return put.error();
        store.cases().reproject_open(connection, kOperator, now);
        return {};
    });
    if (!stored) return stored.error();
    return json::object{{"year", year->year}, {"moved", static_cast<std::int64_t>(moved.size())}};
}

void add_calendar(CLI::App& program, Work& work) {
    auto* calendar = program.add_subcommand("calendar", "放假和调休的日历");
    calendar->require_subcommand(1);
    calendar->footer("例：disclosure calendar show 2026");
    {
        auto* verb = calendar->add_subcommand("show", "显示一年的放假和调休（没有 --data 时为内置的法定日历）");
        auto const options = std::make_shared<CalendarOptions>();
        verb->add_option("YEAR", options->year, "年份")->required();
        verb->add_flag("--json", options->as_json, "输出 JSON");
        options->data.add_to(*verb);
        verb->footer("例：disclosure calendar show 2026 --json");
        verb->callback([&work, options] { work = [options] { return show(*options); }; });
    }
    {
        auto* verb = calendar->add_subcommand("import", "录入一年的安排，格式同 show --json；在办件的期限随之重算");
        auto const options = std::make_shared<CalendarOptions>();
        verb->add_option("FILE", options->file, "文件；省略时读标准输入");
        verb->add_flag("--json", options->as_json, "输出 JSON");
        options->data.add_to(*verb);
        verb->footer("例：disclosure calendar import 2027.json --data data");
        verb->callback([&work, options] { work = [options] { return import_file(*options); }; });
    }
}

}  // namespace server::verbs
