#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/words/fields.hpp"

#include <string_view>

namespace storage {

/// The next number, from 1, of one agency, year and class ("case" or the code of a class of letter). Drawn in the
/// transaction that uses it, so a refused or failed job leaves no gap. Writer thread.
int next_serial(Connection& connection, workflow::Code const& agency, int year, std::string_view number_class);

}  // namespace storage
