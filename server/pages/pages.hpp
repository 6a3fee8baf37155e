#pragma once

#include <vector>

#include "server/pages/kit/html_page.hpp"

namespace server::pages {

/// Every public page. Each room contributes its own.
std::vector<HtmlPage> all_pages();

}  // namespace server::pages
