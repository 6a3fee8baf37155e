#include "server/http/target.hpp"

#include <optional>

#include "server/runtime/utf8.hpp"

namespace server::http {
namespace {

Problem bad_target(std::string_view detail) {
    return {.status = status::bad_request, .code = "bad_target", .detail = std::string(detail)};
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Part { Path, Form };

bool is_text(std::string_view text, Part part) {
    while (!text.empty()) {
        auto const length = utf8_sequence(text);
        if (length == 0) return false;
        auto const byte = static_cast<unsigned char>(text.front());
        bool const line_break = byte == '\t' || byte == '\r' || byte == '\n';  // of a text area in a form
        bool const control = byte < 0x20 || byte == 0x7F;
        if (control && (!line_break || part != Part::Form)) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::optional<std::string> decode(std::string_view text, Part part) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            auto const high = hex_digit(text[i + 1]);
            auto const low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i] == '+' && part == Part::Form ? ' ' : text[i];
        }
    }
    if (!is_text(decoded, part)) return std::nullopt;
    return decoded;
}

}  // namespace

boost::system::result<Target, Problem> parse_target(std::string_view target) {
    Target parsed;
    auto const question = target.find('?');
    auto path = target.substr(0, question);
    path.remove_prefix(1);
    while (!(path.empty() && parsed.segments.empty())) {
        auto const slash = path.find('/');
        auto segment = decode(path.substr(0, slash), Part::Path);
        if (!segment || *segment == "." || *segment == "..") return bad_target("请求的地址不合法。");
        parsed.segments.push_back(*std::move(segment));
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    if (question != std::string_view::npos) {
        auto query = parse_form(target.substr(question + 1));
        if (!query) return query.error();
        parsed.query = *std::move(query);
    }
    return parsed;
}

boost::system::result<std::vector<Parameter>, Problem> parse_form(std::string_view text) {
    std::vector<Parameter> parameters;
    while (!text.empty()) {
        auto const pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
        if (pair.empty()) continue;
        auto const equals = std::min(pair.find('='), pair.size());
        auto name = decode(pair.substr(0, equals), Part::Form);
        auto value = decode(pair.substr(std::min(equals + 1, pair.size())), Part::Form);
        if (!name || !value) return bad_target("参数的编码不合法。");
        parameters.push_back({*std::move(name), *std::move(value)});
    }
    return parameters;
}

}  // namespace server::http
