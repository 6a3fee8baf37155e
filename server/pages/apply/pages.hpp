#pragma once

#include <vector>

#include "server/pages/kit/html_page.hpp"

/// What this room adds to the table of pages (server/pages/pages.cpp).
namespace server::pages {

std::vector<HtmlPage> apply_pages();
std::vector<HtmlPage> receipt_pages();

}  // namespace server::pages
