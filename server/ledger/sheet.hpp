#pragma once

#include "storage/office/directory.hpp"
#include "workflow/procedure/decide.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "server/ledger/table.hpp"

/// A ledger as cases: each row becomes what the procedure's action “import” takes, or faults that name row and column.
namespace server::ledger {

struct Fault {
    std::int64_t row = 0;  ///< as the spreadsheet counts them; the head is row 1
    std::string column;    ///< its name; empty where the whole row is meant
    std::string detail;    ///< one sentence
};

/// One row that is in order.
struct Line {
    std::int64_t row = 0;
    workflow::LedgerRecord record;
};

struct Sheet {
    std::int64_t rows = 0;  ///< without the head and the empty ones
    std::vector<Line> lines;
    std::vector<Fault> faults;  ///< the first kMostFaults of them
    std::int64_t fault_count = 0;

    static constexpr std::size_t kMostFaults = 1000;
    void add(Fault fault) {
        ++fault_count;
        if (faults.size() < kMostFaults) faults.push_back(std::move(fault));
    }
};

/// The names of the columns, the required ones first.
std::vector<std::string_view> column_names();

/// Checks each row against the directory, the calendar and the procedure. Neither reads nor writes the database.
struct Reading {
    storage::Directory const& directory;
    workflow::WorkdayCalendar const& calendar;
    workflow::Actor const& actor;
    workflow::Instant now;
    workflow::Code batch;  ///< of this import
};
Sheet read_sheet(Table const& table, Reading const& reading);

}  // namespace server::ledger
