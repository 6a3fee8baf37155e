#pragma once

#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/pages/kit/templates.hpp"
#include "server/pages/kit/visit.hpp"

/// The public pages, rendered here so that they work without a script. One table says which there are; each file
/// contributes its own.
namespace server::pages {

namespace json = boost::json;

/// What every page is rendered with. Io thread only; outlives the router.
class Site {
public:
    /// Throws std::runtime_error when a template or a text is missing or wrong.
    Site(api::Services& services, std::span<web::Asset const> files);

    /// Where a browser finds one of the files: the address changes with the content, so it may keep it for good.
    std::string address_of(std::string_view file) const;
    std::span<web::Asset const> files() const { return files_; }
    Texts const& texts(Visit const& visit) const { return templates_.texts(visit.preferences.languages); }
    Templates const& templates() const { return templates_; }

    api::Services& services;

private:
    std::span<web::Asset const> files_;
    Templates templates_;
};

using Answer = api::Answer;
using Handler = Answer (*)(Site&, Visit&);
using SlowHandler = net::awaitable<Answer> (*)(Site&, Visit&);

struct HtmlPage {
    http::verb method;
    std::string_view path;
    std::variant<Handler, SlowHandler> handler;
    bool personal = true;  ///< never kept by the browser; otherwise it may keep the page, but asks each time
    bool unpaced = false;  ///< api::check_pace() does not count it: the handler does, or it is bounded by its failures
    bool with_files = false;  ///< a form with files: the handler reads it, and checks its token, as it comes
};

/// Puts the pages on the router, the files they need, and the pages that show what went wrong.
void mount(http::Router& router, Site& site, std::span<HtmlPage const> pages);

/// The page templates/NAME.mustache with this data, inside the layout. A page with a form puts form_token() into
/// "token"; "contact" may name another agency to phone than that of the city (contact_of()).
http::Response render(
    Site const& site, Visit& visit, std::string_view name, json::object data, http::status status = http::status::ok
);

/// 303: the form has been processed; the browser continues at `address`.
http::Response see_other(std::string_view address);

/// A refusal as a page in plain words, with what to do next.
http::Response render_problem(Site const& site, Visit& visit, http::Problem const& problem);

/// Whom to phone: `{name, phone}`.
json::object contact_of(storage::Agency const& agency);

}  // namespace server::pages
