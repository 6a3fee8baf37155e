#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/time/calendar.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/outcomes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "server/api/supervision/supervision.hpp"

/// The figures of the supervisor's first page. Each comes with the query of GET /cases that lists exactly its cases.
namespace server::api {

struct Figure {
    std::string label;
    std::int64_t count = 0;
    std::string list;
};

/// Cards of one level that are being dealt with. `open_cards` and `today_cards` are queries of GET /supervision/cards.
struct CardFigure {
    workflow::CardLevel level{};
    std::int64_t open = 0;
    std::string open_cards;
    std::int64_t today = 0;  ///< of these issued today
    std::string today_cards;
};

struct OverviewScope {
    workflow::Code agency;
    std::string agency_name;
};

struct OverviewTitles {
    std::string figures;
    std::string cards;
    std::string agencies;
    std::string on_time_rate;
    std::string weeks;
    std::string ages;
    std::string outcomes;
};

struct OverviewFigures {
    Figure overdue;
    Figure due_in_1;  ///< of working days from today, those of a shorter time included
    Figure due_in_3;
    Figure due_in_5;
    Figure paused;
    Figure unread;
    Figure open;
};

/// One agency by itself, without those below it.
struct AgencyFigures {
    workflow::Code agency;
    std::string agency_name;
    Figure open;
    Figure overdue;
    Figure due_in_3;
    Figure replied_on_time;
    Figure replied_late;
    Figure unanswered;                   ///< the last day is over and there is no reply
    std::optional<double> on_time_rate;  ///< 0 to 1, of these three; null where nothing was due
};

struct WeekFigures {
    workflow::Date monday;
    std::string label;
    Figure received;
    Figure concluded;
};

/// Open cases by the working days since their receipt; both days belong to the span.
struct AgeFigure {
    std::string label;
    std::optional<workflow::Date> received_from;
    workflow::Date received_to;
    std::int64_t count = 0;
    std::string list;
};

struct OutcomeFigure {
    workflow::Outcome outcome;
    std::string article;
    std::int64_t table3_row = 0;
    std::int64_t count = 0;
    std::string list;
};

struct Overview {
    workflow::Instant as_of;
    workflow::Date today;
    std::int64_t seq = 0;
    OverviewScope scope;
    OverviewTitles titles;
    OverviewFigures figures;
    std::vector<CardFigure> cards;
    std::vector<AgencyFigures> agencies;
    std::vector<WeekFigures> weeks;
    std::vector<AgeFigure> ages;
    std::vector<OutcomeFigure> outcomes;
};

/// From the kept tallies, in one snapshot: takes time by the number of agencies and days, not of cases.
Overview read_overview(
    storage::Connection& connection,
    Supervised const& supervised,
    storage::Directory const& directory,
    workflow::WorkdayCalendar const& calendar,
    workflow::Instant now
);

constexpr auto fields(std::type_identity<Figure>) {
    using T = Figure;
    return std::tuple{
        workflow::field("label", &T::label, "名称"),
        workflow::field("count", &T::count, "件数"),
        workflow::field("list", &T::list, "GET /api/v1/cases 的查询字符串，列出的正是这些申请件")};
}

constexpr auto fields(std::type_identity<CardFigure>) {
    using T = CardFigure;
    return std::tuple{
        workflow::field("level", &T::level, "牌别"),
        workflow::field("open", &T::open, "处理中的张数"),
        workflow::field("open_cards", &T::open_cards, "GET /api/v1/supervision/cards 的查询字符串，列出的正是这些"),
        workflow::field("today", &T::today, "其中今日发出的张数"),
        workflow::field("today_cards", &T::today_cards, "列出今日发出的")};
}

constexpr auto fields(std::type_identity<OverviewScope>) {
    using T = OverviewScope;
    return std::tuple{
        workflow::field("agency", &T::agency, "机关代码"), workflow::field("agency_name", &T::agency_name, "机关名称")};
}

constexpr auto fields(std::type_identity<OverviewTitles>) {
    using T = OverviewTitles;
    return std::tuple{
        workflow::field("figures", &T::figures),
        workflow::field("cards", &T::cards),
        workflow::field("agencies", &T::agencies),
        workflow::field("on_time_rate", &T::on_time_rate),
        workflow::field("weeks", &T::weeks),
        workflow::field("ages", &T::ages),
        workflow::field("outcomes", &T::outcomes)};
}

constexpr auto fields(std::type_identity<OverviewFigures>) {
    using T = OverviewFigures;
    return std::tuple{
        workflow::field("overdue", &T::overdue),
        workflow::field("due_in_1", &T::due_in_1),
        workflow::field("due_in_3", &T::due_in_3),
        workflow::field("due_in_5", &T::due_in_5),
        workflow::field("paused", &T::paused),
        workflow::field("unread", &T::unread),
        workflow::field("open", &T::open)};
}

constexpr auto fields(std::type_identity<AgencyFigures>) {
    using T = AgencyFigures;
    return std::tuple{
        workflow::field("agency", &T::agency, "机关代码"),
        workflow::field("agency_name", &T::agency_name, "机关名称"),
        workflow::field("open", &T::open),
        workflow::field("overdue", &T::overdue),
        workflow::field("due_in_3", &T::due_in_3),
        workflow::field("replied_on_time", &T::replied_on_time),
        workflow::field("replied_late", &T::replied_late),
        workflow::field("unanswered", &T::unanswered),
        workflow::field("on_time_rate", &T::on_time_rate, "按时答复率，0 到 1；本年没有到期的申请件时为 null")};
}

constexpr auto fields(std::type_identity<WeekFigures>) {
    using T = WeekFigures;
    return std::tuple{
        workflow::field("monday", &T::monday, "这一周的周一"),
        workflow::field("label", &T::label, "图上的名称"),
        workflow::field("received", &T::received),
        workflow::field("concluded", &T::concluded)};
}

constexpr auto fields(std::type_identity<AgeFigure>) {
    using T = AgeFigure;
    return std::tuple{
        workflow::field("label", &T::label, "名称"),
        workflow::field("received_from", &T::received_from, "最早的收到日期；null 为不限"),
        workflow::field("received_to", &T::received_to, "最晚的收到日期"),
        workflow::field("count", &T::count, "件数"),
        workflow::field("list", &T::list, "GET /api/v1/cases 的查询字符串")};
}

constexpr auto fields(std::type_identity<OutcomeFigure>) {
    using T = OutcomeFigure;
    return std::tuple{
        workflow::field("outcome", &T::outcome, "办理结果"),
        workflow::field("article", &T::article, "所依据的条文"),
        workflow::field("table3_row", &T::table3_row, "年度报告表三的行，从1起"),
        workflow::field("count", &T::count, "件数"),
        workflow::field("list", &T::list, "GET /api/v1/cases 的查询字符串")};
}

constexpr auto fields(std::type_identity<Overview>) {
    using T = Overview;
    return std::tuple{
        workflow::field("as_of", &T::as_of, "截至的时刻"),
        workflow::field("today", &T::today, "截至的日期"),
        workflow::field("seq", &T::seq, "截至的审计日志序号；从这里接着看 GET /supervision/events"),
        workflow::field("scope", &T::scope, "范围：这个机关及其下级机关"),
        workflow::field("titles", &T::titles, "各部分的标题"),
        workflow::field("figures", &T::figures, "今日概况"),
        workflow::field("cards", &T::cards, "处理中的红黄牌，最重的在前"),
        workflow::field("agencies", &T::agencies, "各机关，不含其下级机关"),
        workflow::field("weeks", &T::weeks, "最近13周，最后一周是本周"),
        workflow::field("ages", &T::ages, "在办申请件收到后经过的工作日"),
        workflow::field("outcomes", &T::outcomes, "本年的办理结果，没有件数的不列")};
}

}  // namespace server::api
