#pragma once

#include "storage/engine/driver.hpp"
#include "storage/journal/journal.hpp"
#include "workflow/reports/annual_report.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// 年度报告: counted from the tallies, completed by what people type in, and kept as it was when it was published. What
/// was typed and what was published are journal entries of the object "annual_report"; the figures of a past day are
/// those of today without what has happened to cases since.
namespace storage {

/// Whose cases a report counts.
enum class ReportScope : std::uint8_t { Tree, Own };
inline constexpr std::array kReportScopes{
    workflow::Term{ReportScope::Tree, "tree", "含下级机关"},
    workflow::Term{ReportScope::Own, "own", "本机关"},
};
constexpr auto const& terms(ReportScope) { return kReportScopes; }
static_assert(workflow::is_well_formed<ReportScope>());

struct ReportKey {
    workflow::Code agency;
    ReportScope scope = ReportScope::Tree;
    int year = 0;
};

/// The tables that follow from cases.
struct CountedTables {
    workflow::Table3 table3{};
    workflow::Table4 table4{};
    bool operator==(CountedTables const&) const = default;
};

/// Of the cases of these agencies, by the readings of the one that reports; with `as_of`, as they stood at the end of
/// that day. Takes time by the number of agencies, and for a past day by what has happened since. Any connection, its
/// own thread, inside one snapshot.
CountedTables count_annual(
    Connection& connection,
    std::span<workflow::Code const> agencies,
    int year,
    std::optional<workflow::Date> as_of = {},
    std::span<workflow::OutcomeReading const> readings = {}
);

struct TypedVersion {
    std::int64_t version = 0;  ///< 0: nothing has been typed yet
    workflow::TypedPart typed;
};

/// One figure that a correction changed.
struct ReportChange {
    std::string where;
    std::int64_t before = 0;
    std::int64_t after = 0;
};

/// 发布 or 更正: the figures as they went out.
struct ReportPublication {
    std::int64_t version = 0;  ///< from 1
    workflow::Instant at{};
    workflow::Code by;
    std::string reason;  ///< of a correction; empty in the first version
    std::vector<ReportChange> changes;
    CountedTables tables;
    workflow::TypedPart typed;
};

/// What was typed in, as of the end of a day.
TypedVersion typed_part(Connection& connection, ReportKey const& key, std::optional<workflow::Date> as_of = {});
/// Every publication, oldest first.
std::vector<ReportPublication> publications_of(
    Connection& connection, ReportKey const& key, std::optional<workflow::Date> as_of = {}
);
/// The file that was published; nullopt when there is none.
std::optional<std::string> published_file(
    Connection& connection, ReportKey const& key, std::int64_t version, std::string_view format
);

/// What differs between two sets of figures, cell by cell.
std::vector<ReportChange> changes_between(CountedTables const& before, CountedTables const& after);

/// A published report, rendered: what is handed out from then on, byte for byte.
struct ReportFile {
    std::string format;  ///< "json", "xlsx", "html"
    std::string bytes;
};

/// Writer thread, inside a job. `version` is that which the typist has seen; another one is refused as stale.
workflow::Result<TypedVersion> type_report(
    Connection& connection,
    Journal& journal,
    ReportKey const& key,
    workflow::TypedPart typed,
    std::int64_t version,
    Author const& by,
    workflow::Instant now
);

/// Writer thread, inside a job. The first version needs no reason; a later one is a correction and needs one that
/// changes something.
workflow::Result<ReportPublication> publish_report(
    Connection& connection,
    Journal& journal,
    ReportKey const& key,
    CountedTables const& tables,
    std::string reason,
    std::span<ReportFile const> files,
    Author const& by,
    workflow::Instant now
);

constexpr auto fields(std::type_identity<ReportChange>) {
    using T = ReportChange;
    return std::tuple{
        workflow::field("where", &T::where, "位置"),
        workflow::field("before", &T::before, "原数"),
        workflow::field("after", &T::after, "新数")};
}

}  // namespace storage
