#pragma once

#include <vector>

#include "server/pages/kit/page.hpp"

/// What this room adds to the table of pages (server/pages/pages.cpp).
namespace server::pages {

std::vector<Page> own_action_pages();
std::vector<Page> own_contact_pages();
std::vector<Page> own_file_pages();
std::vector<Page> tracking_pages();

}  // namespace server::pages
