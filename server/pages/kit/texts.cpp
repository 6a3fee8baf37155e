#include "server/pages/kit/texts.hpp"

#include <boost/json/parse.hpp>

#include <stdexcept>

namespace server::pages {
namespace {

namespace json = boost::json;

void flatten(json::object const& object, std::string const& prefix, auto& texts) {
    for (auto const& [name, value] : object) {
        auto const key = prefix + std::string(name);
        if (auto const* inner = value.if_object()) {
            flatten(*inner, key + '.', texts);
        } else if (auto const* text = value.if_string()) {
            texts.emplace(key, *text);
        } else {
            throw std::runtime_error("text " + key + " is neither a text nor an object");
        }
    }
}

}  // namespace

Texts::Texts(std::string language, std::string_view json) : language_(std::move(language)) {
    boost::system::error_code error;
    auto const parsed = json::parse(json, error);
    if (error || !parsed.is_object()) throw std::runtime_error("texts of " + language_ + " are not a JSON object");
    flatten(parsed.get_object(), "", texts_);
}

std::string const& Texts::at(std::string_view key) const {
    if (auto const* text = find(key)) return *text;
    throw std::out_of_range("no text " + std::string(key) + " in " + language_);
}

std::string const* Texts::find(std::string_view key) const {
    auto const found = texts_.find(key);
    return found == texts_.end() ? nullptr : &found->second;
}

}  // namespace server::pages
