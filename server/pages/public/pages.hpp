#pragma once

#include <vector>

#include "server/pages/kit/html_page.hpp"

/// What this room adds to the table of pages (server/pages/pages.cpp).
namespace server::pages {

std::vector<HtmlPage> calculator_pages();
std::vector<HtmlPage> calendar_pages();
std::vector<HtmlPage> preference_pages();
std::vector<HtmlPage> published_pages();
std::vector<HtmlPage> start_pages();
std::vector<HtmlPage> statistics_pages();

}  // namespace server::pages
