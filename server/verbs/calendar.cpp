#include "workflow/time/calendar.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <iterator>

#include "server/access/accounts.hpp"
#include "server/api/shapes/input.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/verbs/calendar_for.hpp"
#include "server/verbs/commands.hpp"
#include "server/verbs/verb.hpp"
#include "workflow/time/holidays.hpp"
#include "workflow/time/notice_text.hpp"

namespace server::verbs {
namespace {

namespace json = boost::json;
using workflow::Result;

struct CalendarOptions {
    int year = 0;
    bool as_json = false;
    DataOption data;
};

struct CalendarImport {
    std::string file = "-";
    std::optional<int> year;
    std::optional<std::string> number;
    std::optional<std::string> issued;
    std::string url;
    bool dry_run = false;
    bool as_json = false;
    DataOption data;
};

/// The columns of a terminal that a text fills: a Chinese character fills two.
std::size_t columns_of(std::string_view text) {
    auto const wide = (text.size() - static_cast<std::size_t>(std::ranges::count_if(
                                         text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; }
                                     ))) /
                      3;
    return text.size() - wide;
}

std::string padded(std::string_view text, std::size_t columns) {
    auto const own = columns_of(text);
    return std::string(text) + std::string(own < columns ? columns - own : 0, ' ');
}

/// The days of one festival, each run of them from … to …: "2027年2月5日（星期五）至2027年2月12日（星期五），共8天".
std::string runs_of(std::vector<workflow::SpecialDay> const& days, std::string_view festival) {
    std::vector<workflow::Date> dates;
    for (auto const& day : days)
        if (day.festival == festival) dates.push_back(day.date);
    std::ranges::sort(dates);
    std::string runs;
    for (auto first = dates.begin(); first != dates.end();) {
        auto const end =
            std::adjacent_find(first, dates.end(), [](auto a, auto b) { return b - a != std::chrono::days{1}; });
        auto const last = end == dates.end() ? std::prev(end) : end;
        if (!runs.empty()) runs += "、";
        runs += workflow::to_chinese(*first);
        if (first != last)
            runs += fmt::format("至{}，共{}天", workflow::to_chinese(*last), std::distance(first, last) + 1);
        first = std::next(last);
    }
    return runs.empty() ? "无" : runs;
}

/// The year as a table of its festivals, and the notices that it comes from.
void print(workflow::CalendarYear const& year) {
    std::vector<std::string_view> festivals;
    for (auto const* days : {&year.off, &year.work})
        for (auto const& day : *days)
            if (std::ranges::find(festivals, day.festival) == festivals.end()) festivals.push_back(day.festival);
    std::vector<std::array<std::string, 3>> rows{{"节日", "放假", "调休上班"}};
    for (auto const festival : festivals)
        rows.push_back({std::string(festival), runs_of(year.off, festival), runs_of(year.work, festival)});
    std::array<std::size_t, 2> widest{};
    for (auto const& row : rows)
        for (std::size_t i = 0; i < widest.size(); ++i) widest[i] = std::max(widest[i], columns_of(row[i]));
    std::cout << fmt::format("{}年放假安排\n", year.year);
    for (auto const& [festival, off, work] : rows)
        std::cout << fmt::format("  {}  {}  {}\n", padded(festival, widest[0]), padded(off, widest[1]), work);
    for (auto const& notice : year.notices)
        std::cout << fmt::format(
            "来源：{}（{}发布）{}{}\n",
            notice.number,
            workflow::letter_date(notice.issued),
            notice.url.empty() ? "" : "  ",
            notice.url
        );
}

std::string to_json(workflow::CalendarYear const& year) {
    api::JsonWriter writer;
    writer.value(year);
    return writer.take();
}

/// The first fault stands for all: a verb explains a failure in one line.
workflow::Refusal first_fault(workflow::Refusal const& refusal) {
    return refusal.errors.empty() ? refusal : invalid(refusal.code, refusal.errors.front().detail);
}

/// A year in the form of `show --json`.
Result<workflow::CalendarYear> parse_year(json::value const& value) {
    if (!value.is_object()) return invalid("not_an_object", "文件应当是一个 JSON 对象，格式同 calendar show --json。");
    workflow::CalendarYear form;
    api::InputReader reader;
    reader.read(value, form, "");
    if (!reader.errors().empty()) {
        auto const& first = reader.errors().front();
        return invalid("invalid_calendar", fmt::format("{}：{}", first.pointer, first.detail));
    }
    auto year = workflow::check_calendar_year(std::move(form));
    if (!year) return first_fault(year.error());
    return year;
}

/// What the file says: a year in JSON, or else the text of the notice itself.
Result<workflow::CalendarYear> read_year(CalendarImport const& options) {
    auto const text = read_text(options.file);
    if (!text) return text.error();
    auto const begin = text->find_first_not_of(" \t\r\n");
    if (begin != std::string::npos && (*text)[begin] == '{') {
        auto const value = parse_json(*text);
        if (!value) return value.error();
        return parse_year(*value);
    }
    workflow::NoticeFacts given{options.year, options.number, {}, options.url};
    if (options.issued) {
        given.issued = workflow::parse_date(*options.issued);
        if (!given.issued) return invalid("bad_date", fmt::format("{} 不是日期，应当像 2026-11-04。", *options.issued));
    }
    auto year = workflow::read_notice(*text, given);
    if (!year) return first_fault(year.error());
    return year;
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
        std::cout << to_json(*year) << '\n';
    } else {
        print(*year);
    }
    return kDone;
}

Result<ExitCode> import_year(CalendarImport const& options) {
    auto const year = read_year(options);
    if (!year) return year.error();
    auto const as_json = to_json(*year);
    if (options.dry_run) {
        if (options.as_json) {
            std::cout << as_json << '\n';
        } else {
            print(*year);
            std::cout << "只是查看，没有录入。\n";
        }
        return kDone;
    }
    auto const result = run_command(options.data, "calendar.import", json::parse(as_json).as_object());
    if (!result) return result.error();
    if (options.as_json) {
        std::cout << json::serialize(*result) << '\n';
    } else {
        print(*year);
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
    auto const year = parse_year(arguments);
    if (!year) return year.error();
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
        auto* verb = calendar->add_subcommand(
            "import", "录入一年的安排：放假通知的全文，或者 show --json 的格式；在办件的期限随之重算"
        );
        auto const options = std::make_shared<CalendarImport>();
        verb->add_option("FILE", options->file, "文件；省略时读标准输入");
        verb->add_flag("--dry-run", options->dry_run, "只显示读出的安排，不录入");
        verb->add_option("--year", options->year, "哪一年；通知中写明时可以省略");
        verb->add_option("--number", options->number, "通知的文号；通知中写明时可以省略");
        verb->add_option("--issued", options->issued, "通知的发布日期；通知末尾有落款日期时可以省略")
            ->type_name("DATE");
        verb->add_option("--url", options->url, "通知的网址");
        verb->add_flag("--json", options->as_json, "输出 JSON");
        options->data.add_to(*verb);
        verb->footer("例：disclosure calendar import 通知.txt --dry-run");
        verb->callback([&work, options] { work = [options] { return import_year(*options); }; });
    }
}

}  // namespace server::verbs
