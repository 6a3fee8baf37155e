#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace server::pages {

/// What the pages say in one language: the file texts/LANGUAGE.json, its nested keys joined by dots. Immutable. A text
/// that stands in a template may hold {name}: what the page's data has under that name.
class Texts {
public:
    /// Throws std::runtime_error when `json` is not an object of objects and texts.
    Texts(std::string language, std::string_view json);

    std::string const& language() const { return language_; }
    /// Throws std::out_of_range, which names the key, when there is none.
    std::string const& at(std::string_view key) const;
    /// Null when there is none.
    std::string const* find(std::string_view key) const;
    std::map<std::string, std::string, std::less<>> const& all() const { return texts_; }

private:
    std::string language_;
    std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace server::pages
