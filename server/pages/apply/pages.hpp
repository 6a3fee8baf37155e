#pragma once

#include <vector>

#include "server/pages/kit/page.hpp"

/// What this room adds to the table of pages (server/pages/pages.cpp).
namespace server::pages {

std::vector<Page> apply_pages();
std::vector<Page> receipt_pages();

}  // namespace server::pages
