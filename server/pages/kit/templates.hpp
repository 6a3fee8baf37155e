#pragma once

#include <boost/json/object.hpp>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/pages/kit/texts.hpp"
#include "web/assets.hpp"

namespace server::pages {

/// The templates of all pages, parsed once for each language with its texts already in place. What is written into them
/// is escaped, always. Io thread only: the renderer keeps state while it renders.
///
/// A page is a file templates/NAME.mustache, set into templates/layout.mustache where that says {{> page}}. Beside
/// plain mustache a file may say
/// * {{> parts/field}}: the file templates/parts/field.mustache stands here;
/// * {{t.apply.hint}}: this text; a {name} in it is replaced by the value of that name in the page's data;
/// * {{t.page.title}}: the text "title" of the page itself ("apply/want" has "apply.want.title").
class Templates {
public:
    /// Throws std::runtime_error, which names the file, for one that cannot be parsed or asks for what is not there.
    explicit Templates(std::span<web::Asset const> files);
    ~Templates();

    /// Of the best language among those wanted, in order; else of the first.
    Texts const& texts(std::span<std::string const> wanted) const;
    std::vector<Texts> const& languages() const { return languages_; }

    /// Throws std::out_of_range when there is no such page.
    std::string render(std::string_view language, std::string_view page, boost::json::object const& data) const;

private:
    struct Parsed;

    std::vector<Texts> languages_;
    std::map<std::string, std::unique_ptr<Parsed>, std::less<>> parsed_;  ///< by "zh-CN/apply/want"
};

}  // namespace server::pages
