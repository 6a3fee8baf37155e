#pragma once

#include <vector>

#include "server/pages/kit/html_page.hpp"

/// What this room adds to the table of pages (server/pages/pages.cpp).
namespace server::pages {

std::vector<HtmlPage> own_action_pages();
std::vector<HtmlPage> own_contact_pages();
std::vector<HtmlPage> own_file_pages();
std::vector<HtmlPage> tracking_pages();

}  // namespace server::pages
