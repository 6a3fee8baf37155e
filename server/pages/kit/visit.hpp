#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "server/api/kit/operation.hpp"
#include "server/http/target.hpp"

namespace server::pages {

/// How somebody likes to see the pages; each lives in a cookie of its own for a year.
struct Preferences {
    bool elder = false;                       ///< 长辈版
    bool high_contrast = false;               ///< 高对比
    std::vector<std::string> languages = {};  ///< in order: the chosen one, then those the browser asks for
};

/// One request for a page, while it is answered.
struct Visit {
    api::Call call;
    Preferences preferences;
    std::string visitor;                         ///< the secret of this browser: owner of its drafts and its forms
    storage::DraftRoom draft_room;               ///< where its drafts have to find their place
    std::vector<http::Parameter> form = {};      ///< what was posted
    std::vector<http::Header> set_cookies = {};  ///< go out with the answer

    workflow::Date today() const { return call.today(); }
    /// Whose drafts are this browser's.
    storage::DraftOwner draft_owner() const { return {storage::DraftKind::Visitor, visitor, draft_room}; }
    /// What was posted under that name, or an empty view.
    std::string_view posted(std::string_view name) const;
    /// The address asked for, encoded again, with its query.
    std::string address() const;
};

/// Begins to answer a request. A browser without a secret gets a new one, which is stored in a cookie when form_token()
/// is called.
Visit begin_visit(api::Services& services, http::Request& request);

/// The token that each form carries as "token": it stands for the browser's secret, so another site cannot know it.
/// Renews the cookie of the secret.
std::string form_token(api::Services const& services, Visit& visit);
/// Whether the posted form carries the token of this browser.
bool has_form_token(api::Services const& services, Visit const& visit);

/// How long the secret of a browser, and what it has typed, is kept.
inline constexpr std::chrono::hours kDraftTime{24};

/// A cookie of the pages; they are for the server alone. An empty value takes it away.
http::Header set_cookie(
    Config const& config, std::string_view name, std::string_view value, std::chrono::seconds lifetime
);

/// Percent-encoded for a path segment or a query.
std::string encoded(std::string_view text);

}  // namespace server::pages
