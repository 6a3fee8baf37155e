#pragma once

#include "storage/engine/driver.hpp"
#include "storage/office/directory.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

/// 季度通报: how the agencies of a tree did in one quarter, beside each other (条例第四十七条).
namespace server::reports {

struct Quarter {
    int year = 0;
    int quarter = 0;  ///< 1 to 4
    workflow::Date first() const;
    workflow::Date last() const;
    std::string label() const;  ///< "2026年第1季度"
};

/// One agency by itself. Cards are those issued in the quarter and not revoked, ratings those of the cases concluded in
/// it.
struct AgencyQuarter {
    workflow::Code agency;
    std::string agency_name;
    std::int64_t received = 0;
    std::int64_t concluded = 0;
    std::int64_t on_time = 0;            ///< of those whose last day lies in the quarter: replied by then
    std::int64_t late = 0;               ///< likewise, replied later
    std::int64_t unanswered = 0;         ///< likewise, the last day is over and there is no reply
    std::optional<double> on_time_rate;  ///< 0 to 1, of these three; null where nothing was due
    std::optional<std::int64_t> rank;    ///< by that rate, the best is 1
    std::int64_t yellow_cards = 0;
    std::int64_t red_cards = 0;  ///< severe ones included
    std::int64_t ratings = 0;
    std::optional<double> rating;  ///< the mean of 1 to 5
    std::optional<std::int64_t> rating_rank;
    std::int64_t disputes = 0;   ///< 复议、诉讼 received in the quarter
    std::int64_t corrected = 0;  ///< decided in it: 结果纠正
    std::string received_list;   ///< queries of GET /cases
    std::string concluded_list;
    std::string on_time_list;
    std::string late_list;
    std::string unanswered_list;
};

struct QuarterlyReport {
    workflow::Code agency;
    std::string agency_name;
    int year = 0;
    int quarter = 0;
    std::string title;
    AgencyQuarter total;
    std::vector<AgencyQuarter> agencies;  ///< the best first; those that owed no reply last
};

/// Of the agencies given, which are those of `agency` and below, as it stands on `today`. One snapshot; any thread, its
/// own connection.
QuarterlyReport read_quarterly(
    storage::Connection& connection,
    storage::Directory const& directory,
    workflow::Code const& agency,
    std::span<workflow::Code const> agencies,
    Quarter quarter,
    workflow::Date today
);

/// The same as an XLSX file.
std::string quarterly_workbook(QuarterlyReport const& report);

constexpr auto fields(std::type_identity<AgencyQuarter>) {
    using T = AgencyQuarter;
    return std::tuple{
        workflow::field("agency", &T::agency, "机关代码"),
        workflow::field("agency_name", &T::agency_name, "机关"),
        workflow::field("received", &T::received, "收到"),
        workflow::field("concluded", &T::concluded, "办结"),
        workflow::field("on_time", &T::on_time, "按时答复"),
        workflow::field("late", &T::late, "逾期答复"),
        workflow::field("unanswered", &T::unanswered, "超期未答复"),
        workflow::field("on_time_rate", &T::on_time_rate, "按时答复率"),
        workflow::field("rank", &T::rank, "按时答复率名次"),
        workflow::field("yellow_cards", &T::yellow_cards, "黄牌"),
        workflow::field("red_cards", &T::red_cards, "红牌"),
        workflow::field("ratings", &T::ratings, "评价数"),
        workflow::field("rating", &T::rating, "平均评分"),
        workflow::field("rating_rank", &T::rating_rank, "评分名次"),
        workflow::field("disputes", &T::disputes, "复议诉讼"),
        workflow::field("corrected", &T::corrected, "结果纠正"),
        workflow::field("received_list", &T::received_list, "GET /api/v1/cases 的查询字符串：收到的"),
        workflow::field("concluded_list", &T::concluded_list, "办结的"),
        workflow::field("on_time_list", &T::on_time_list, "按时答复的"),
        workflow::field("late_list", &T::late_list, "逾期答复的"),
        workflow::field("unanswered_list", &T::unanswered_list, "超期未答复的")};
}

constexpr auto fields(std::type_identity<QuarterlyReport>) {
    using T = QuarterlyReport;
    return std::tuple{
        workflow::field("agency", &T::agency, "机关代码"),
        workflow::field("agency_name", &T::agency_name, "机关"),
        workflow::field("year", &T::year, "年"),
        workflow::field("quarter", &T::quarter, "季度"),
        workflow::field("title", &T::title, "标题"),
        workflow::field("total", &T::total, "合计"),
        workflow::field("agencies", &T::agencies, "各机关")};
}

}  // namespace server::reports
