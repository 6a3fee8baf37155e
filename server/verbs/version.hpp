#pragma once

#include <string>

namespace server::verbs {

/// The version of the program and the commit it was built from, as `disclosure --version` prints them.
std::string version();

}  // namespace server::verbs
