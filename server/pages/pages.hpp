#pragma once

#include <array>
#include <vector>

#include "server/pages/page.hpp"

/// The files of the pages: each contributes what it answers.
namespace server::pages {

std::vector<Page> start_pages();
std::vector<Page> apply_pages();
std::vector<Page> receipt_pages();
std::vector<Page> tracking_pages();
std::vector<Page> own_action_pages();
std::vector<Page> own_file_pages();
std::vector<Page> own_contact_pages();
std::vector<Page> calculator_pages();
std::vector<Page> calendar_pages();
std::vector<Page> published_pages();
std::vector<Page> statistics_pages();
std::vector<Page> preference_pages();

inline constexpr std::array kPages{
    start_pages,
    apply_pages,
    receipt_pages,
    tracking_pages,
    own_action_pages,
    own_file_pages,
    own_contact_pages,
    calculator_pages,
    calendar_pages,
    published_pages,
    statistics_pages,
    preference_pages};

}  // namespace server::pages
