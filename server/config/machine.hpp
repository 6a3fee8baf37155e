#pragma once

#include <vector>

#include "server/config/config.hpp"

namespace server {

/// What the machine lacks for these settings; the service runs all the same. Reads the list of installed fonts.
[[nodiscard]] std::vector<Warning> warnings_of_machine(Config const& config);

}  // namespace server
