#pragma once

#include "storage/office/directory.hpp"
#include "storage/papers/annual_reports.hpp"
#include "workflow/reports/annual_report.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// 年度报告 as it is handed out: the same bytes by the API and by `disclosure report annual`.
namespace server::reports {

struct AnnualReport {
    storage::ReportKey key;
    std::string agency_name;
    std::optional<workflow::Date> as_of;
    storage::TypedVersion typed;
    storage::CountedTables tables;
    std::vector<workflow::EquationCheck> checks;
    std::vector<workflow::OutcomeReading> readings = {};  ///< by which table3 was counted
};

/// The file formats, in the order in which they are published.
inline constexpr std::array<std::string_view, 3> kReportFormats{"json", "xlsx", "html"};

/// Counted now, or as of the end of a past day. The agency must be there. Any thread, its own connection,
/// inside one transaction.
AnnualReport count_report(
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::ReportKey const& key,
    std::optional<workflow::Date> as_of = {}
);

/// One of kReportFormats.
std::string render(AnnualReport const& report, std::string_view format);

/// What to hand out: the published version `version` byte for byte, or for 0 what is counted now. Without a version it
/// is the last one published, if there is one; a past day is always counted. Nullopt for a version that is not there.
std::optional<std::string> report_file(
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::ReportKey const& key,
    std::string_view format,
    std::optional<std::int64_t> version,
    std::optional<workflow::Date> as_of
);

/// The tables alone, by the readings of the agency that reports.
storage::CountedTables count_tables(
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::ReportKey const& key,
    std::optional<workflow::Date> as_of = {}
);

}  // namespace server::reports
