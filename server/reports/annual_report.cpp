#include "server/reports/annual_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "server/api/shapes/json_writer.hpp"
#include "server/reports/annual_grids.hpp"

namespace server::reports {
namespace {

using workflow::Table3Count;

/// Queries of GET /cases: each cell of the tables opens exactly its cases.
class CellLists {
public:
    CellLists(storage::ReportKey const& key, std::span<workflow::OutcomeReading const> readings)
        : readings_(readings),
          whose_((key.scope == storage::ReportScope::Own ? "agency_only=" : "agency=") + key.agency.value),
          counted_(whose_ + "&anew=false"),
          year_(key.year) {}

    std::string row(std::size_t row) const {
        switch (workflow::kTable3Rows[row].count) {
            case Table3Count::Received:
                return counted_ + in_year("received") + "&sort=received";
            case Table3Count::CarriedIn:
                return counted_ + fmt::format("&open_on={}-12-31", year_ - 1);
            case Table3Count::CarriedOut:
                return counted_ + fmt::format("&open_on={}-12-31", year_);
            case Table3Count::Total:
                return counted_ + in_year("concluded") + "&sort=concluded";
            case Table3Count::Concluded:
                return counted_ + in_year("concluded") + "&outcome=" + outcomes(row) + "&sort=concluded";
        }
        return counted_;
    }
    static std::string column(std::size_t column) {
        if (column >= workflow::kApplicantKinds.size()) return {};
        return "&applicant_kind=" + std::string(workflow::kApplicantKinds[column].code);
    }
    std::string dispute(std::size_t block, std::size_t column) const {
        std::string_view result = "any";  // the sum
        if (column < workflow::kPendingColumn) result = workflow::kDisputeResults[column].code;
        if (column == workflow::kPendingColumn) result = "pending";
        return whose_ + fmt::format("&dispute={}/{}/{}", workflow::kDisputeKinds[block].code, result, year_);
    }

private:
    std::string in_year(std::string_view what) const {
        return fmt::format("&{0}_after={1}-12-31&{0}_before={2}-01-01", what, year_ - 1, year_ + 1);
    }
    std::string outcomes(std::size_t row) const {
        std::string list;
        for (workflow::Outcome const outcome : workflow::outcomes_of_row(row, readings_)) {
            list.append(list.empty() ? "" : ",").append(workflow::code(outcome));
        }
        return list;
    }

    std::span<workflow::OutcomeReading const> readings_;
    std::string whose_;
    std::string counted_;
    int year_;
};

template <std::size_t N>
void write_numbers(api::JsonWriter& json, std::array<std::int64_t, N> const& numbers) {
    json.open_list();
    for (std::int64_t const number : numbers) json.value(number);
    json.close_list();
}

void write_table3(api::JsonWriter& json, workflow::Table3 const& table, CellLists const& lists) {
    json.key("table3").open_object();
    json.member("note", workflow::kTable3Note).member("columns_title", workflow::kTable3ColumnsTitle);
    json.member("organisations", workflow::kTable3Organisations);
    json.key("columns").open_list();
    for (std::size_t column = 0; column < workflow::kTable3Columns; ++column) {
        json.value(workflow::table3_column(column));
    }
    json.close_list();
    json.key("column_lists").open_list();
    for (std::size_t column = 0; column < workflow::kTable3Columns; ++column) json.value(CellLists::column(column));
    json.close_list();
    json.key("rows").open_list();
    for (std::size_t row = 0; row < table.size(); ++row) {
        auto const& shown = workflow::kTable3Rows[row];
        json.open_object().member("key", shown.key).member("label", shown.label).member("part", shown.part);
        json.member("group", workflow::is_result(shown) ? workflow::kTable3Results : std::string_view());
        json.key("cells");
        write_numbers(json, table[row]);
        json.member("list", lists.row(row)).close_object();
    }
    json.close_list().close_object();
}

void write_table4(api::JsonWriter& json, workflow::Table4 const& table, CellLists const& lists) {
    json.key("table4").open_object();
    for (std::size_t block = 0; block < table.size(); ++block) {
        json.key(workflow::kTable4Keys[block]);
        write_numbers(json, table[block]);
    }
    json.close_object();
    json.key("table4_columns").open_list();
    for (std::string_view const column : workflow::kTable4Columns) json.value(column);
    json.close_list();
    json.key("table4_lists").open_object();
    for (std::size_t block = 0; block < table.size(); ++block) {
        json.key(workflow::kTable4Keys[block]).open_list();
        for (std::size_t column = 0; column < table[block].size(); ++column) json.value(lists.dispute(block, column));
        json.close_list();
    }
    json.close_object();
}

std::string to_json(AnnualReport const& report) {
    CellLists const lists(report.key, report.readings);
    api::JsonWriter json;
    json.open_object();
    json.member("agency", report.key.agency).member("agency_name", report.agency_name);
    json.member("scope", report.key.scope).member("year", report.key.year).member("as_of", report.as_of);
    json.member("typed_version", report.typed.version);
    json.member("overview", report.typed.typed.overview).member("table2", report.typed.typed.table2);
    write_table3(json, report.tables.table3, lists);
    write_table4(json, report.tables.table4, lists);
    json.key("checks").open_list();
    for (auto const& check : report.checks) {
        json.open_object().member("rule", workflow::code(check.rule)).member("title", workflow::label(check.rule));
        json.member("holds", check.holds).member("detail", check.detail).close_object();
    }
    json.close_list().close_object();
    return json.take();
}

std::string title_of(AnnualReport const& report) {
    return fmt::format("{}{}年政府信息公开工作年度报告", report.agency_name, report.key.year);
}

std::array<Grid, 3> grids_of(AnnualReport const& report) {
    return {
        table2_grid(report.typed.typed.table2), table3_grid(report.tables.table3), table4_grid(report.tables.table4)};
}

std::string to_html(AnnualReport const& report) {
    std::vector<std::string> paragraphs;
    if (!report.typed.typed.overview.empty()) paragraphs.push_back(report.typed.typed.overview);
    return to_page(title_of(report), paragraphs, grids_of(report));
}

/// The agencies that a report counts.
std::vector<workflow::Code> agencies_of(storage::Directory const& directory, storage::ReportKey const& key) {
    return key.scope == storage::ReportScope::Own ? std::vector{key.agency} : directory.subtree(key.agency);
}

/// The table of the previous year: as published, otherwise as counted.
std::optional<workflow::Table3> table_before(
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::ReportKey key,
    std::optional<workflow::Date> as_of
) {
    --key.year;
    auto const published = storage::publications_of(connection, key, as_of);
    if (!published.empty()) return published.back().tables.table3;
    return count_tables(connection, directory, key, as_of).table3;
}

}  // namespace

storage::CountedTables count_tables(
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::ReportKey const& key,
    std::optional<workflow::Date> as_of
) {
    auto const& readings = directory.agency(key.agency)->policy.outcome_readings;
    return storage::count_annual(connection, agencies_of(directory, key), key.year, as_of, readings);
}

AnnualReport count_report(
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::ReportKey const& key,
    std::optional<workflow::Date> as_of
) {
    AnnualReport report{key, directory.agency(key.agency)->name, as_of, {}, {}, {}};
    report.readings = directory.agency(key.agency)->policy.outcome_readings;
    report.typed = storage::typed_part(connection, key, as_of);
    report.tables = count_tables(connection, directory, key, as_of);
    report.checks = workflow::check_equations(
        {report.typed.typed,
         report.tables.table3,
         report.tables.table4,
         table_before(connection, directory, key, as_of)}
    );
    return report;
}

std::string render(AnnualReport const& report, std::string_view format) {
    if (format == "xlsx") return to_workbook(grids_of(report));
    return format == "html" ? to_html(report) : to_json(report);
}

std::optional<std::string> report_file(
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::ReportKey const& key,
    std::string_view format,
    std::optional<std::int64_t> version,
    std::optional<workflow::Date> as_of
) {
    storage::Transaction const snapshot(connection, storage::Access::read);
    if (!version && !as_of) version = static_cast<std::int64_t>(storage::publications_of(connection, key).size());
    if (version.value_or(0) > 0) return storage::published_file(connection, key, *version, format);
    return render(count_report(connection, directory, key, as_of), format);
}

}  // namespace server::reports
