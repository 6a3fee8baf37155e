#pragma once

#include <vector>

#include "server/pages/kit/page.hpp"

/// What this room adds to the table of pages (server/pages/pages.cpp).
namespace server::pages {

std::vector<Page> calculator_pages();
std::vector<Page> calendar_pages();
std::vector<Page> preference_pages();
std::vector<Page> published_pages();
std::vector<Page> start_pages();
std::vector<Page> statistics_pages();

}  // namespace server::pages
