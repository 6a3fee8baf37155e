#pragma once

#include "workflow/time/date.hpp"

#include <ostream>
#include <string_view>

/// A date in a test; throws std::bad_optional_access on a typing error.
inline workflow::Date day(std::string_view text) { return workflow::parse_date(text).value(); }

namespace std::chrono {
/// For GoogleTest, which looks in the namespace of the type.
inline void PrintTo(workflow::Date date, std::ostream* out) { *out << workflow::to_string(date); }
}  // namespace std::chrono
