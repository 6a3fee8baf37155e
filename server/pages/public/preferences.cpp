#include <algorithm>

#include "server/pages/public/pages.hpp"

namespace server::pages {
namespace {

constexpr std::chrono::hours kYear{365 * 24};
constexpr std::string_view kPreferences = "/preferences";

/// An address of this site and of nobody else's, written the way Visit::address() writes it.
bool is_own_address(std::string_view address) {
    bool const plain = std::ranges::all_of(address, [](char c) { return c > ' ' && c < 0x7F && c != '\\'; });
    return plain && address.starts_with('/') && !address.starts_with("//") && !address.starts_with(kPreferences);
}

/// `?a11y=elder&back=/apply`: remembers each preference that is named, and goes back.
Answer remember(Site& site, Visit& visit) {
    auto const& request = visit.call.request;
    for (std::string_view const name : {"a11y", "contrast", "lang"}) {
        auto const value = request.query(name);
        if (!value) continue;
        bool const word = std::ranges::all_of(*value, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
        if (!word || value->size() > 20) return api::bad_request("bad_preference", "没有这种显示方式。");
        visit.set_cookies.push_back(set_cookie(site.services.config, name, *value, kYear));
    }
    auto const back = request.query("back").value_or("/");
    return see_other(is_own_address(back) ? back : "/");
}

Answer explain_accessibility(Site& site, Visit& visit) { return render(site, visit, "accessibility", {}); }

}  // namespace

std::vector<HtmlPage> preference_pages() {
    return {
        {http::verb::get, kPreferences, remember},
        {http::verb::get, "/accessibility", explain_accessibility, false},
    };
}

}  // namespace server::pages
