#include "server/pages/kit/templates.hpp"

#include <boost/json/array.hpp>

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace server::pages {
namespace {

namespace json = boost::json;
namespace mustache = kainjow::mustache;

constexpr std::string_view kFolder = "templates/";
constexpr std::string_view kParts = "parts/";
constexpr std::string_view kEnding = ".mustache";
constexpr std::string_view kLayout = "layout";
constexpr std::string_view kTexts = "texts/";

using Files = std::map<std::string, std::string_view, std::less<>>;

/// Puts the parts and the texts of one language into the template of one page.
class Assembly {
public:
    Assembly(Files const& files, Texts const& texts, std::string_view page)
        : files_(files), texts_(texts), page_(page) {}

    std::string of(std::string_view file) const {
        auto const found = files_.find(file);
        if (found == files_.end()) throw std::runtime_error("there is no template " + std::string(file));
        auto rest = found->second;
        std::string result;
        for (auto open = rest.find("{{"); open != std::string_view::npos; open = rest.find("{{")) {
            auto const close = rest.find("}}", open);
            if (close == std::string_view::npos) break;
            auto const tag = rest.substr(open + 2, close - open - 2);
            result += rest.substr(0, open);
            if (tag.starts_with("> ")) {
                result += of(tag.substr(2) == "page" ? page_ : tag.substr(2));
            } else if (tag.starts_with("t.")) {
                result += text(tag.substr(2), file);
            } else {
                result += rest.substr(open, close + 2 - open);
            }
            rest.remove_prefix(close + 2);
        }
        return result += rest;
    }

private:
    std::string text(std::string_view key, std::string_view file) const {
        std::string name(key);
        if (key.starts_with("page.")) {
            name = std::string(page_) + name.substr(4);
            std::ranges::replace(name, '/', '.');
        }
        auto const* found = texts_.find(name);
        if (found == nullptr) throw std::runtime_error(std::string(file) + " asks for the text " + name);
        std::string result;
        for (char const c : mustache::html_escape<std::string>(*found)) {
            result += c == '{' ? "{{" : c == '}' ? "}}" : std::string(1, c);
        }
        return result;
    }

    Files const& files_;
    Texts const& texts_;
    std::string_view page_;
};

mustache::data to_data(json::value const& value) {
    switch (value.kind()) {
        case json::kind::null:
            return mustache::data(false);
        case json::kind::bool_:
            return mustache::data(value.get_bool());
        case json::kind::int64:
            return mustache::data(std::to_string(value.get_int64()));
        case json::kind::uint64:
            return mustache::data(std::to_string(value.get_uint64()));
        case json::kind::double_:
            throw std::logic_error("a page shows whole numbers and texts");
        case json::kind::string:
            return mustache::data(std::string(value.get_string()));
        case json::kind::array: {
            mustache::data list(mustache::data::type::list);
            for (auto const& entry : value.get_array()) list.push_back(to_data(entry));
            return list;
        }
        case json::kind::object: {
            mustache::data object(mustache::data::type::object);
            for (auto const& member : value.get_object())
                object.set(std::string(member.key()), to_data(member.value()));
            return object;
        }
    }
    throw std::logic_error("JSON of no known kind");
}

}  // namespace

struct Templates::Parsed {
    mustache::mustache page;
};

Templates::Templates(std::span<web::Asset const> files) {
    Files templates;
    for (auto const& file : files) {
        auto path = file.path;
        if (path.starts_with(kTexts)) {
            path.remove_prefix(kTexts.size());
            languages_.emplace_back(std::string(path.substr(0, path.find('.'))), file.bytes);
        } else if (path.starts_with(kFolder) && path.ends_with(kEnding)) {
            path.remove_prefix(kFolder.size());
            path.remove_suffix(kEnding.size());
            templates.emplace(path, file.bytes);
        }
    }
    for (auto const& texts : languages_) {
        for (auto const& [name, source] : templates) {
            if (name == kLayout || name.starts_with(kParts)) continue;
            auto parsed = std::make_unique<Parsed>(Assembly(templates, texts, name).of(kLayout));
            if (!parsed->page.is_valid()) {
                throw std::runtime_error("template " + name + ": " + parsed->page.error_message());
            }
            parsed_.emplace(texts.language() + '/' + name, std::move(parsed));
        }
    }
    if (languages_.empty()) throw std::runtime_error("there are no texts for the pages");
}

Templates::~Templates() = default;

Texts const& Templates::texts(std::span<std::string const> wanted) const {
    for (auto const& language : wanted) {
        auto const found = std::ranges::find(languages_, language, &Texts::language);
        if (found != languages_.end()) return *found;
    }
    return languages_.front();
}

std::string Templates::render(std::string_view language, std::string_view page, json::object const& data) const {
    auto const found = parsed_.find(std::string(language) + '/' + std::string(page));
    if (found == parsed_.end()) throw std::out_of_range("there is no page " + std::string(page));
    return found->second->page.render(to_data(data));
}

}  // namespace server::pages
