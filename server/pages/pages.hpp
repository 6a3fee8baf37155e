#pragma once

#include <vector>

#include "server/pages/kit/page.hpp"

namespace server::pages {

/// Every public page. Each room contributes its own.
std::vector<Page> all_pages();

}  // namespace server::pages
