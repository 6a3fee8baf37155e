#pragma once

#include "workflow/reports/annual_report.hpp"

#include "server/reports/grid.hpp"

/// The tables of the annual report in the layout of 国办公开办函〔2021〕30号.
namespace server::reports {

Grid table2_grid(workflow::Table2 const& table);
Grid table3_grid(workflow::Table3 const& table);
Grid table4_grid(workflow::Table4 const& table);

}  // namespace server::reports
