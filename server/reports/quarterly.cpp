#include "server/reports/quarterly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "server/reports/grid.hpp"
#include "storage/papers/quarterly_figures.hpp"

namespace server::reports {
namespace {

using workflow::Code;
using workflow::Date;

/// The agencies with what they did. Of an agency that did nothing there are no figures.
std::vector<AgencyQuarter> read_agencies(
    storage::Connection& connection,
    storage::Directory const& directory,
    std::span<Code const> agencies,
    Quarter quarter,
    Date today
) {
    auto const counted = storage::read_quarterly_figures(connection, quarter.first(), quarter.last(), today);
    std::vector<AgencyQuarter> list;
    for (Code const& code : agencies) {
        AgencyQuarter& agency = list.emplace_back();
        agency.agency = code;
        agency.agency_name = directory.agency(code)->name;
        auto const found = counted.find(code);
        if (found == counted.end()) continue;
        storage::QuarterlyFigures const& figures = found->second;
        agency.received = figures.received;
        agency.concluded = figures.concluded;
        agency.on_time = figures.on_time;
        agency.late = figures.late;
        agency.unanswered = figures.unanswered;
        agency.yellow_cards = figures.yellow_cards;
        agency.red_cards = figures.red_cards;
        agency.ratings = figures.ratings;
        if (figures.ratings > 0) {
            agency.rating = static_cast<double>(figures.rating_points) / static_cast<double>(figures.ratings);
        }
        agency.disputes = figures.disputes;
        agency.corrected = figures.corrected;
    }
    std::ranges::sort(list, {}, &AgencyQuarter::agency);
    return list;
}

void finish(AgencyQuarter& agency, std::string const& whose, Quarter const& quarter, Date today) {
    auto const due = agency.on_time + agency.late + agency.unanswered;
    if (due > 0) agency.on_time_rate = static_cast<double>(agency.on_time) / static_cast<double>(due);
    auto const until = [&](std::string_view what, Date end) {
        return fmt::format(
            "{0}&{1}_after={2}&{1}_before={3}",
            whose,
            what,
            workflow::to_string(workflow::add_days(quarter.first(), -1)),
            workflow::to_string(end)
        );
    };
    Date const end = workflow::add_days(quarter.last(), 1);
    auto const within = [&](std::string_view what) { return until(what, end); };
    agency.received_list = within("received") + "&sort=received";
    agency.concluded_list = within("concluded") + "&sort=concluded";
    agency.on_time_list = within("last_day") + "&on_time=true&sort=concluded";
    agency.late_list = within("last_day") + "&on_time=false&sort=concluded";
    agency.unanswered_list = until("due", std::min(end, today));
}

AgencyQuarter sum_of(std::vector<AgencyQuarter> const& agencies) {
    AgencyQuarter sum;
    double points = 0;
    for (AgencyQuarter const& each : agencies) {
        sum.received += each.received;
        sum.concluded += each.concluded;
        sum.on_time += each.on_time;
        sum.late += each.late;
        sum.unanswered += each.unanswered;
        sum.yellow_cards += each.yellow_cards;
        sum.red_cards += each.red_cards;
        sum.ratings += each.ratings;
        points += each.rating.value_or(0) * static_cast<double>(each.ratings);
        sum.disputes += each.disputes;
        sum.corrected += each.corrected;
    }
    if (sum.ratings > 0) sum.rating = points / static_cast<double>(sum.ratings);
    return sum;
}

/// Equal figures share a rank, and the next one counts them all.
void give_ranks(
    std::vector<AgencyQuarter>& agencies,
    std::optional<double> AgencyQuarter::*figure,
    std::optional<std::int64_t> AgencyQuarter::*rank
) {
    for (AgencyQuarter& agency : agencies) {
        if (!(agency.*figure)) continue;
        agency.*rank = 1 + std::ranges::count_if(agencies, [&](AgencyQuarter const& other) {
                           return other.*figure && *(other.*figure) > *(agency.*figure);
                       });
    }
}

}  // namespace

Date Quarter::first() const {
    using namespace std::chrono;
    return local_days{std::chrono::year{year} / (quarter * 3 - 2) / 1};
}

Date Quarter::last() const { return workflow::add_days(workflow::add_months(first(), 3), -1); }

std::string Quarter::label() const { return fmt::format("{}年第{}季度", year, quarter); }

QuarterlyReport read_quarterly(
    storage::Connection& connection,
    storage::Directory const& directory,
    Code const& agency,
    std::span<Code const> agencies,
    Quarter quarter,
    Date today
) {
    auto listed = read_agencies(connection, directory, agencies, quarter, today);
    auto const name = directory.agency(agency)->name;
    QuarterlyReport report{agency, name, quarter.year, quarter.quarter, {}, sum_of(listed), std::move(listed)};
    report.title = name + quarter.label() + "政府信息公开申请办理情况通报";
    report.total.agency = agency;
    report.total.agency_name = "合计";
    finish(report.total, "agency=" + agency.value, quarter, today);
    for (AgencyQuarter& each : report.agencies) finish(each, "agency_only=" + each.agency.value, quarter, today);
    give_ranks(report.agencies, &AgencyQuarter::on_time_rate, &AgencyQuarter::rank);
    give_ranks(report.agencies, &AgencyQuarter::rating, &AgencyQuarter::rating_rank);
    std::ranges::stable_sort(report.agencies, {}, [](AgencyQuarter const& each) {
        return each.rank.value_or(INT64_MAX);
    });
    return report;
}

std::string quarterly_workbook(QuarterlyReport const& report) {
    using Content = std::variant<std::string, std::int64_t, double>;
    struct Column {
        std::string_view head;
        Content (*read)(AgencyQuarter const&);
    };
    constexpr auto percent = [](std::optional<double> rate) {
        return Content(rate ? fmt::format("{:.1f}%", *rate * 100) : std::string("-"));
    };
    static constexpr auto number_or = [](std::optional<std::int64_t> number) {
        return number ? Content(*number) : Content(std::string("-"));
    };
    static constexpr auto rate_of = percent;
    static constexpr std::array kColumns{
        Column{"名次", [](AgencyQuarter const& a) { return number_or(a.rank); }},
        Column{"机关", [](AgencyQuarter const& a) { return Content(a.agency_name); }},
        Column{"收到", [](AgencyQuarter const& a) { return Content(a.received); }},
        Column{"办结", [](AgencyQuarter const& a) { return Content(a.concluded); }},
        Column{"按时答复", [](AgencyQuarter const& a) { return Content(a.on_time); }},
        Column{"逾期答复", [](AgencyQuarter const& a) { return Content(a.late); }},
        Column{"超期未答复", [](AgencyQuarter const& a) { return Content(a.unanswered); }},
        Column{"按时答复率", [](AgencyQuarter const& a) { return rate_of(a.on_time_rate); }},
        Column{"黄牌", [](AgencyQuarter const& a) { return Content(a.yellow_cards); }},
        Column{"红牌", [](AgencyQuarter const& a) { return Content(a.red_cards); }},
        Column{"评价数", [](AgencyQuarter const& a) { return Content(a.ratings); }},
        Column{
            "平均评分",
            [](AgencyQuarter const& a) {
                return a.rating ? Content(fmt::format("{:.2f}", *a.rating)) : Content(std::string("-"));
            }},
        Column{"评分名次", [](AgencyQuarter const& a) { return number_or(a.rating_rank); }},
        Column{"复议诉讼", [](AgencyQuarter const& a) { return Content(a.disputes); }},
        Column{"结果纠正", [](AgencyQuarter const& a) { return Content(a.corrected); }},
    };
    Grid grid{"季度通报", report.title, std::vector<double>(kColumns.size(), 10), {}};
    grid.widths[1] = 30;
    auto const line = [&](int row, AgencyQuarter const& agency) {
        for (std::size_t i = 0; i < kColumns.size(); ++i) grid.put(row, static_cast<int>(i), kColumns[i].read(agency));
    };
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        grid.head(0, static_cast<int>(i), 1, 1, std::string(kColumns[i].head));
    }
    int row = 1;
    for (AgencyQuarter const& agency : report.agencies) line(row++, agency);
    line(row, report.total);
    return to_workbook(std::span(&grid, 1));
}

}  // namespace server::reports
