#include <utility>

#include "server/api/reports/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"
#include "server/api/supervision/report_access.hpp"
#include "server/reports/quarterly.hpp"

/// 季度通报.
namespace server::api {
namespace {

using http::verb;
using storage::Connection;

struct Asked {
    Supervised reach;
    reports::Quarter quarter;
};

boost::system::result<Asked, http::Problem> read_wanted_quarter(Call const& call) {
    auto reach = reach_of(call, call.request.query("agency"));
    if (!reach) return reach.error();
    std::chrono::year_month_day const today(call.today());
    auto const year = query_number(call.request, "year", 2000, 2199, static_cast<int>(today.year()));
    if (!year) return year.error();
    auto const this_quarter = (static_cast<unsigned>(today.month()) + 2) / 3;
    auto const quarter = query_number(call.request, "quarter", 1, 4, this_quarter);
    if (!quarter) return quarter.error();
    return Asked{std::move(*reach), {static_cast<int>(*year), static_cast<int>(*quarter)}};
}

reports::QuarterlyReport report_of(Connection& connection, Call const& call, Asked const& asked) {
    auto const& [reach, quarter] = asked;
    return reports::read_quarterly(connection, *call.directory, reach.agency, reach.agencies, quarter, call.today());
}

net::awaitable<Answer> read_json(Services& services, Call& call) {
    auto const wanted = read_wanted_quarter(call);
    if (!wanted) co_return wanted.error();
    auto work = [&call, &wanted](Connection& connection) {
        JsonWriter json;
        json.value(report_of(connection, call, *wanted));
        return json.take();
    };
    auto body = co_await services.pool.read(std::move(work));
    co_return http::text_response(http::status::ok, "application/json", std::move(body));
}

net::awaitable<Answer> read_workbook(Services& services, Call& call) {
    auto const wanted = read_wanted_quarter(call);
    if (!wanted) co_return wanted.error();
    auto work = [&call, &wanted](Connection& connection) {
        return reports::quarterly_workbook(report_of(connection, call, *wanted));
    };
    auto body = co_await services.pool.read(std::move(work));
    auto response = http::text_response(http::status::ok, media::kXlsx, std::move(body));
    // 季度通报
    std::string name = "%E5%AD%A3%E5%BA%A6%E9%80%9A%E6%8A%A5-" + std::to_string(wanted->quarter.year);
    name.append("-").append(std::to_string(wanted->quarter.quarter)).append(".xlsx");
    response.set("Content-Disposition", "attachment; filename*=UTF-8''" + name);
    co_return response;
}

std::vector<QueryParameter> which_quarter() {
    return {
        {"agency", "机关代码，含其下级机关；省略时为本机关"},
        {"year", "年；省略时为今年", whole_number(2000, 2199)},
        {"quarter", "季度；省略时为本季度", whole_number(1, 4)}};
}

}  // namespace

std::vector<Operation> quarterly_report_operations() {
    auto json = report_operation(
        "/api/v1/reports/quarterly", "readQuarterlyReport", "季度通报：各机关办理情况和名次", read_json, which_quarter()
    );
    json.response = answer_schema<reports::QuarterlyReport>;
    auto workbook = report_operation(
        "/api/v1/reports/quarterly.xlsx", "readQuarterlyWorkbook", "季度通报的表格文件", read_workbook, which_quarter()
    );
    workbook.produces = media::kXlsx;
    return {std::move(json), std::move(workbook)};
}

}  // namespace server::api
