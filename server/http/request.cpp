#include "server/http/request.hpp"

#include <algorithm>

namespace server::http {

std::string_view Request::header(field name) const {
    auto const value = headers[name];
    return {value.data(), value.size()};
}

std::string_view Request::header(std::string_view name) const {
    auto const value = headers[name];
    return {value.data(), value.size()};
}

std::optional<std::string_view> Request::query(std::string_view name) const {
    auto const found = std::ranges::find(target.query, name, &Parameter::name);
    if (found == target.query.end()) return std::nullopt;
    return found->value;
}

std::string_view Request::cookie(std::string_view name) const {
    auto cookies = header(field::cookie);
    while (!cookies.empty()) {
        auto const end = cookies.find(';');
        auto pair = cookies.substr(0, end);
        cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        auto const equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
    return {};
}

}  // namespace server::http
