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

}  // namespace server::http
