#pragma once

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <string_view>

#include "tests/fakes/http_client.hpp"

namespace server::pages {

/// A browser without scripts: asks for pages, follows where it is sent, posts the form it sees with its hidden fields.
class Browser {
public:
    explicit Browser(fakes::HttpClient http) : client(std::move(http)) {
        client.witness = nullptr;  // pages are no part of the API document
    }

    fakes::Reply const& open(std::string_view at) {
        go(client.get(at, {kAccept}), std::string(at));
        return page;
    }

    /// Posts the last form of the page, `fields` beside what it hides.
    fakes::Reply const& send(fakes::Fields fields) {
        auto const form = page.body().substr(page.body().rfind("<form"));
        std::smatch found;
        auto action = address.substr(0, address.find('#'));
        if (std::regex_search(form, found, std::regex(R"re(^<form[^>]* action="([^"]*)")re"))) action = found[1];
        std::regex const hidden(R"re(<input type="hidden" name="([^"]*)" value="([^"]*)">)re");
        for (std::sregex_iterator field(form.begin(), form.end(), hidden), end; field != end; ++field) {
            fields.emplace_back((*field)[1], (*field)[2]);
        }
        action = std::regex_replace(action, std::regex("&amp;"), "&");
        // The origin is what Chromium makes of it under Referrer-Policy: no-referrer.
        go(client.post_form(action, fields, {kAccept, {"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}}), action);
        return page;
    }

    bool shows(std::string_view text) const { return page.body().find(text) != std::string::npos; }

    fakes::HttpClient client;
    fakes::Reply page;
    std::string address;  ///< of the page

private:
    static constexpr std::pair<std::string_view, std::string_view> kAccept{"Accept", "text/html"};

    void go(fakes::Reply reply, std::string at) {
        address = std::move(at);
        page = std::move(reply);
        while (page.status() == 303) {
            address = page.header("Location");
            page = client.get(address.substr(0, address.find('#')), {kAccept});
        }
        // A date says its weekday in parentheses, so it never stands in others.
        EXPECT_FALSE(shows("））")) << address;
    }
};

}  // namespace server::pages
