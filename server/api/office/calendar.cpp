#include "workflow/time/calendar.hpp"
#include "workflow/time/notice_text.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "server/api/kit/master_data.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

namespace server::api {

/// What an administrator enters from the notice of the 国务院办公厅.
struct CalendarForm {
    std::vector<workflow::SpecialDay> off;
    std::vector<workflow::SpecialDay> work;
    std::vector<workflow::Notice> notices;
};

constexpr auto fields(std::type_identity<CalendarForm>) {
    using T = CalendarForm;
    return std::tuple{
        workflow::field("off", &T::off, "放假", {1, 100}),
        workflow::field("work", &T::work, "调休上班", {0, 50}),
        workflow::field("notices", &T::notices, "通知", {1, 10})};
}

/// The text of the notice, and what it may lack.
struct NoticeForm {
    std::string text;
    std::optional<std::string> number;
    std::optional<workflow::Date> issued;
    std::optional<std::string> url;
};

constexpr auto fields(std::type_identity<NoticeForm>) {
    using T = NoticeForm;
    return std::tuple{
        workflow::field("text", &T::text, "通知全文", {1, 20000}),
        workflow::field("number", &T::number, "文号；通知中写明时可以省略", {1, 100}),
        workflow::field("issued", &T::issued, "发布日期；通知末尾有落款日期时可以省略"),
        workflow::field("url", &T::url, "网址", {0, 500})};
}

namespace {

using http::verb;
using storage::Connection;
using workflow::Result;

constexpr workflow::RoleSet kAdministrator{workflow::Role::SystemAdmin};

boost::system::result<int, http::Problem> year_of(Call const& call) {
    auto const text = call.parameter(0);
    int year = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (error == std::errc() && end == text.data() + text.size() && year >= 2000 && year <= 2199) return year;
    return not_found("no_such_year", "年份应当在2000到2199之间。");
}

std::string year_json(workflow::CalendarYear const& year) {
    JsonWriter json;
    json.value(year);
    return json.take();
}

Answer read_year(Services& services, Call& call) {
    auto const year = year_of(call);
    if (!year) return year.error();
    auto const calendar = services.store.calendar().current();
    auto const* days = calendar->find(*year);
    if (days == nullptr) {
        return not_found("calendar_not_published", "这一年的放假安排还没有公布，暂按周一至周五为工作日计算。");
    }
    return http::text_response(http::status::ok, "application/json", year_json(*days));
}

std::string moved_json(std::vector<storage::CaseStore::Moved> const& moved) {
    JsonWriter json;
    json.open_object().key("moved").open_list();
    for (auto const& each : moved) {
        json.open_object().member("number", each.number);
        json.member("before", each.before).member("after", each.after).close_object();
    }
    json.close_list().close_object();
    return json.take();
}

json::object moved_schema() {
    auto const moved = ObjectSchema()
                           .member<std::string>("number", "受理编号")
                           .member<std::optional<workflow::Date>>("before", "原来的答复期限")
                           .member<std::optional<workflow::Date>>("after", "之后的答复期限")
                           .named("MovedCase");
    return ObjectSchema().member("moved", list_of(moved), "答复期限改变的在办件").named("MovedCases");
}

/// The open cases whose reply date another calendar would change, as JSON.
net::awaitable<std::string> list_moved_cases(Services& services, Call& call, workflow::WorkdayCalendar calendar) {
    auto work = [&services, &call, &calendar](Connection& connection) {
        return moved_json(services.store.cases().moved_by(connection, calendar, call.today()));
    };
    co_return co_await services.pool.read(std::move(work));
}

/// What the text of the notice arranges for the year; nothing is stored.
Answer read_notice_text(Services&, Call& call) {
    auto const number = year_of(call);
    if (!number) return number.error();
    auto const form = read_body<NoticeForm>(call.request.body);
    if (!form) return form.error();
    auto const year = workflow::read_notice(form->text, {*number, form->number, form->issued, form->url.value_or("")});
    if (!year) return http::problem_of(year.error());
    return http::text_response(http::status::ok, "application/json", year_json(*year));
}

/// `?preview=1` shows which open cases would move; without it the year is stored and they do.
net::awaitable<Answer> put_year(Services& services, Call& call) {
    if (auto const elsewhere = kept_at_the_top(call)) co_return *elsewhere;
    auto const number = year_of(call);
    if (!number) co_return number.error();
    auto form = read_body<CalendarForm>(call.request.body);
    if (!form) co_return form.error();
    auto year = workflow::check_calendar_year(workflow::CalendarYear{
        *number, std::move(form->off), std::move(form->work), std::move(form->notices)});
    if (!year) co_return http::problem_of(year.error());
    auto const changed = services.store.calendar().with(*year);
    if (!changed) co_return http::problem_of(changed.error());
    auto moved = co_await list_moved_cases(services, call, *changed);
    if (call.request.query("preview") != "1") {
        std::function<Result<bool>(Connection&)> work = [&services, &call, &year](Connection& connection
                                                        ) -> Result<bool> {
            auto const by = journal_author(call, kAdministrator);
            auto const put = services.store.calendar().put(connection, *year, by, call.now);
            if (!put) return put.error();
            services.store.cases().reproject_open(connection, by, call.now);
            return true;
        };
        auto const stored = co_await commit_write<bool>(services, std::move(work));
        if (!stored) co_return http::problem_of(stored.error());
    }
    co_return http::text_response(http::status::ok, "application/json", std::move(moved));
}

}  // namespace

std::vector<Operation> calendar_operations() {
    constexpr std::string_view kPath = "/api/v1/calendar/{year}";
    return {
        {.method = verb::get,
         .path = kPath,
         .id = "readCalendar",
         .summary = "一年的放假和调休安排",
         .tag = "calendar",
         .who = Who::Anyone,
         .handler = read_year,
         .response = answer_schema<workflow::CalendarYear>},
        {.method = verb::put,
         .path = kPath,
         .id = "putCalendar",
         .summary = "录入一年的放假和调休安排",
         .tag = "calendar",
         .who = Who::Staff,
         .handler = put_year,
         .roles = kAdministrator,
         .request = shape_schema<CalendarForm>,
         .response = moved_schema,
         .query = {{"preview", "1：只看哪些在办件的答复期限会变，不保存", enumeration({"1"})}}},
        {.method = verb::post,
         .path = "/api/v1/calendar/{year}/notice",
         .id = "readNotice",
         .summary = "从放假通知的全文读出一年的安排，不保存；看不懂的句子原样指出",
         .tag = "calendar",
         .who = Who::Staff,
         .handler = read_notice_text,
         .roles = kAdministrator,
         .request = shape_schema<NoticeForm>,
         .response = answer_schema<workflow::CalendarYear>},
    };
}

}  // namespace server::api
