#include "server/http/response_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <stdexcept>

namespace server::http {
namespace {

// The default policy for everything sent from here; a handler may set another for its answer.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";
constexpr std::string_view kSecurityFields =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";
constexpr std::string_view kStrictTransport = "Strict-Transport-Security: max-age=31536000\r\n";

/// The field "Date: Fri, 20 Nov 2026 08:00:00 GMT\r\n", rebuilt once per second. Nothing legal depends on it. Io thread
/// only.
std::string const& date_field() {
    static std::time_t last = -1;
    static std::string field;
    std::time_t const now = std::time(nullptr);
    if (now != last) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        std::array<char, 64> text{};
        // The C locale's names: the program never calls setlocale.
        auto const length = std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        field.assign(text.data(), length);
        last = now;
    }
    return field;
}

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool is_bodiless(http::status status) {
    return status == status::no_content || status == status::not_modified || static_cast<unsigned>(status) < 200;
}

void check_fields(Response const& response) {
    auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    auto const has_control = [&](std::string_view text) { return std::ranges::any_of(text, is_control); };
    bool const split = std::ranges::any_of(response.headers, [&](Header const& header) {
        return has_control(header.name) || has_control(header.value);
    });
    if (split || has_control(response.content_type)) throw std::logic_error("control character in a response field");
}

void write_head(std::string& out, Response const& response, HeadContext const& context) {
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<unsigned>(response.status));
    auto const reason = boost::beast::http::obsolete_reason(response.status);
    out.append(" ").append(reason.data(), reason.size()).append("\r\n").append(date_field());

    if (!response.content_type.empty()) append_field(out, "Content-Type", response.content_type);
    auto const length = response.stream ? response.stream->size : std::optional<std::uint64_t>(response.body.size());
    if (!is_bodiless(response.status)) {
        if (length) {
            out.append("Content-Length: ");
            append_number(out, *length);
            out.append("\r\n");
        } else if (!context.http_1_0) {
            out.append("Transfer-Encoding: chunked\r\n");
        }
    }
    if (!context.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (context.http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
    for (auto const& [name, value] : response.headers) append_field(out, name, value);
    if (response.header("Cache-Control").empty()) out.append("Cache-Control: no-store\r\n");
    if (response.header("Content-Security-Policy").empty()) {
        out.append("Content-Security-Policy: ").append(kContentSecurityPolicy).append("\r\n");
    }
    out.append(kSecurityFields);
    if (context.strict_transport) out.append(kStrictTransport);
    out.append("\r\n");
}

}  // namespace server::http
