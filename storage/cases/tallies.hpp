#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/cases/case.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/term.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

struct ClockColumns;

/// What is counted; the codes stand in the table `tallies` and in its recount (schema/sqlite/0014_annual_tallies.sql).
/// Most steps of a case leave it in its cells and touch no tally.
enum class TallyKind : std::uint8_t { Open, Received, Concluded, Replied, Ended, Annual };

// clang-format off
inline constexpr std::array kTallyKinds{
    workflow::Term{TallyKind::Open,      "open",      "在办"},      ///< open cases by due_sort; key: see OpenTally
    workflow::Term{TallyKind::Received,  "received",  "收到"},      ///< concluded cases by the Monday of the week of receipt
    workflow::Term{TallyKind::Concluded, "concluded", "办结"},      ///< by the Monday of the week of conclusion
    workflow::Term{TallyKind::Replied,   "replied",   "答复"},      ///< by year of the last day for it; key: kOnTime or kLate
    workflow::Term{TallyKind::Ended,     "outcome",   "办理结果"},  ///< by year of conclusion; key: code of the outcome
    workflow::Term{TallyKind::Annual,    "annual",    "年度报告"},  ///< every case by year of receipt; key: see AnnualTally
};
// clang-format on
constexpr auto const& terms(TallyKind) { return kTallyKinds; }
static_assert(workflow::is_well_formed<TallyKind>());

inline constexpr std::string_view kOnTime = "on_time";
inline constexpr std::string_view kLate = "late";
inline constexpr std::string_view kUnread = "unread";  ///< 待登记: nobody has confirmed the receipt
inline constexpr std::string_view kPaused = "paused";  ///< 征求意见中

/// One cell of the table. A request whose receipt is not confirmed counts as received on the day of its submission.
struct Tally {
    TallyKind kind{};
    std::string period;
    workflow::Code agency;
    std::string key;

    auto operator<=>(Tally const&) const = default;
};

/// The Monday of the week in which `date` lies.
workflow::Date monday_of(workflow::Date date);

/// The cells in which a case counts, in their order.
std::vector<Tally> tallies_of(workflow::Case const& c, ClockColumns const& clock);

/// Takes a case out of the cells `before` and counts it in those of `after`; both in order. What stands in both costs
/// nothing. Writer thread, inside a job.
void move_tallies(Connection& connection, std::vector<Tally> const& before, std::vector<Tally> const& after);

struct TallyCount {
    Tally tally;
    std::int64_t n;
};

/// The cells of one kind from a period on.
std::vector<TallyCount> read_tallies(Connection& connection, TallyKind kind, std::string_view first_period = {});

/// A cell of open cases, its key taken apart: "<day of receipt>/<kUnread, kPaused or nothing>".
struct OpenTally {
    workflow::Code agency;
    std::string due_sort;
    workflow::Date received;
    std::string waiting;
    std::int64_t n;
};
std::vector<OpenTally> read_open_tallies(Connection& connection);

/// A cell of the annual report, taken apart: "<year of conclusion or nothing>/<kind of applicant>/<outcome or
/// nothing>".
struct AnnualTally {
    workflow::Code agency;
    int received = 0;  ///< year
    std::optional<int> concluded = {};
    workflow::ApplicantKind applicant{};
    std::optional<workflow::Outcome> outcome = {};
    std::int64_t n = 0;
};
AnnualTally annual_tally_of(workflow::Case const& c);
/// A reply made anew belongs to the case whose reply did not stand, which has been counted in its own year.
bool in_annual_report(workflow::Case const& c);
/// Of all agencies: the cases received in `year` or before it.
std::vector<AnnualTally> read_annual_tallies(Connection& connection, int year);

/// `journal verify`: one sentence for each cell that is not as the cases say.
std::vector<std::string> tally_differences(Connection& connection);

}  // namespace storage
