#include "server/pages/pages.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "server/pages/apply/pages.hpp"
#include "server/pages/own/pages.hpp"
#include "server/pages/public/pages.hpp"

namespace server::pages {
namespace {

constexpr std::array kPages{
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

}  // namespace

std::vector<HtmlPage> all_pages() {
    std::vector<HtmlPage> all;
    for (auto const& contribute : kPages) std::ranges::move(contribute(), std::back_inserter(all));
    return all;
}

}  // namespace server::pages
