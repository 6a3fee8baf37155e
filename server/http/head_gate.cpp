#include "server/http/head_gate.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace server::http {
namespace {

using boost::beast::iequals;
template <typename T>
using Checked = boost::system::result<T, Problem>;

Problem refusal(http::status status, std::string_view code, std::string_view detail) {
    return {.status = status, .code = std::string(code), .detail = std::string(detail)};
}
Problem malformed(std::string_view code, std::string_view detail) { return refusal(status::bad_request, code, detail); }

constexpr std::array<bool, 256> character_table(std::string_view members) {
    std::array<bool, 256> table{};
    for (char const c : members) table[static_cast<unsigned char>(c)] = true;
    return table;
}
#define LETTERS_AND_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
// RFC 9110 section 5.6.2.
constexpr auto kToken = character_table(LETTERS_AND_DIGITS "!#$%&'*+-.^_`|~");
// Without "_": gateways turn "-" into "_", so that two names would become one.
constexpr auto kFieldName = character_table(LETTERS_AND_DIGITS "!#$%&'*+-.^`|~");
// Host names as in DNS; the sub-delimiters that RFC 3986 also allows occur only in attacks.
constexpr auto kHostName = character_table(LETTERS_AND_DIGITS "-._");
constexpr auto kIpv6 = character_table("0123456789abcdefABCDEF:.");
constexpr auto kDigit = character_table("0123456789");
#undef LETTERS_AND_DIGITS

bool consists_of(std::string_view text, std::array<bool, 256> const& members) {
    return std::ranges::all_of(text, [&](char c) { return members[static_cast<unsigned char>(c)]; });
}

bool is_field_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

bool is_visible_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Takes the text up to `separator` off the front of `rest`; everything when there is no separator.
std::string_view take_until(std::string_view& rest, std::string_view separator) {
    auto const end = rest.find(separator);
    auto const taken = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + separator.size());
    return taken;
}

/// host [":" port], RFC 9110 section 7.2.
bool is_host(std::string_view value) {
    std::string_view port;
    if (value.starts_with('[')) {
        auto const end = value.find(']');
        if (end == std::string_view::npos || end < 3 || !consists_of(value.substr(1, end - 1), kIpv6)) return false;
        port = value.substr(end + 1);
    } else {
        auto const end = std::min(value.find(':'), value.size());
        if (end == 0 || !consists_of(value.substr(0, end), kHostName)) return false;
        port = value.substr(end);
    }
    return port.empty() || (port.size() <= 6 && port.starts_with(':') && consists_of(port.substr(1), kDigit));
}

/// The fields the gate reads. Each may appear once: a second one is where two parsers would disagree.
enum Field : std::size_t {
    Host,
    ContentLength,
    TransferEncoding,
    ContentType,
    ContentEncoding,
    Authorization,
    Expect,
    FieldCount
};
constexpr std::array<std::string_view, FieldCount> kFieldNames{
    "Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Content-Encoding", "Authorization", "Expect"};
using Fields = std::array<std::optional<std::string_view>, FieldCount>;

Checked<Fields> read_fields(std::string_view lines, Limits const& limits) {
    Fields fields;
    std::size_t count = 0;
    while (!lines.empty()) {
        auto const line = take_until(lines, "\r\n");
        if (line.size() > limits.line_bytes) {
            return refusal(status::request_header_fields_too_large, "field_too_long", "请求头中有一行过长。");
        }
        if (++count > limits.fields) {
            return refusal(status::request_header_fields_too_large, "too_many_fields", "请求头的字段过多。");
        }
        if (line.starts_with(' ') || line.starts_with('\t')) return malformed("folded_field", "请求头不得折行。");
        auto const colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0 || !consists_of(line.substr(0, colon), kFieldName)) {
            return malformed("bad_field_name", "请求头的字段名不合法。");
        }
        auto const value = line.substr(colon + 1);
        if (!is_field_value(value)) return malformed("bad_field_value", "请求头的字段值含有控制字符。");
        for (std::size_t i = 0; i < FieldCount; ++i) {
            if (kFieldNames[i].size() != colon || !iequals(kFieldNames[i], line.substr(0, colon))) continue;
            if (fields[i]) {
                return malformed("duplicate_field", "请求头的字段 " + std::string(kFieldNames[i]) + " 重复。");
            }
            fields[i] = trim(value);
        }
    }
    return fields;
}

Checked<std::string_view> read_target(std::string_view target, Head const& head, Fields const& fields) {
    if (target.starts_with('/')) return target;
    if (target == "*" && head.method == boost::beast::http::verb::options) return target;
    constexpr std::string_view kScheme = "http://";
    if (target.size() > kScheme.size() && iequals(target.substr(0, kScheme.size()), kScheme)) {
        target.remove_prefix(kScheme.size());
        auto const path = std::min(target.find('/'), target.size());
        if (fields[Host] && iequals(target.substr(0, path), *fields[Host])) {
            return path == target.size() ? "/" : target.substr(path);
        }
    }
    return malformed("bad_target", "请求的地址不合法。");
}

Checked<std::uint64_t> read_length(std::string_view value) {
    constexpr std::size_t kDigits = 15;  // far above every limit, far below an overflow
    bool const leading_zero = value.size() > 1 && value.starts_with('0');
    if (value.empty() || value.size() > kDigits || leading_zero || !consists_of(value, kDigit)) {
        return malformed("bad_content_length", "Content-Length 不合法。");
    }
    std::uint64_t length = 0;
    std::from_chars(value.data(), value.data() + value.size(), length);
    return length;
}

std::optional<Problem> refuse_coding(std::string_view value) {
    if (value == "chunked") return std::nullopt;
    while (true) {
        auto const comma = value.find(',');
        auto const coding = trim(value.substr(0, comma));
        if (coding.empty() || !consists_of(coding, kToken)) break;
        if (!iequals(coding, "chunked")) {
            return refusal(status::not_implemented, "unknown_transfer_coding", "不支持这种传输编码。");
        }
        if (comma == std::string_view::npos) break;
        value.remove_prefix(comma + 1);
    }
    return malformed("bad_transfer_encoding", "Transfer-Encoding 只能是 chunked。");
}

/// Method, target and version: "METHOD SP target SP HTTP/1.1", nothing else.
Checked<std::string_view> read_request_line(std::string_view line, Head& head, Limits const& limits) {
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return malformed("bad_request_line", "请求行不合法。");
    auto const method = line.substr(0, first);
    auto const target = line.substr(first + 1, last - first - 1);
    auto const version = line.substr(last + 1);
    if (method.empty() || !consists_of(method, kToken)) return malformed("bad_method", "请求方法不合法。");
    if (target.size() > limits.target_bytes)
        return refusal(status::uri_too_long, "target_too_long", "请求的地址过长。");
    if (target.empty() || !is_visible_ascii(target) || target.find('#') != std::string_view::npos) {
        return malformed("bad_target", "请求的地址不合法。");
    }
    head.http_1_0 = version == "HTTP/1.0";
    if (!head.http_1_0 && version != "HTTP/1.1") {
        bool const other = version.size() == 8 && version.starts_with("HTTP/") &&
                           consists_of(version.substr(5, 1), kDigit) && version[6] == '.' &&
                           consists_of(version.substr(7), kDigit);
        if (other)
            return refusal(status::http_version_not_supported, "unsupported_version", "只支持 HTTP/1.0 和 HTTP/1.1。");
        return malformed("bad_version", "HTTP 版本不合法。");
    }
    using boost::beast::http::verb;
    head.method = boost::beast::http::string_to_verb(method);
    constexpr std::array kMethods{
        verb::get, verb::head, verb::post, verb::put, verb::patch, verb::delete_, verb::options};
    if (std::ranges::find(kMethods, head.method) == kMethods.end()) {
        return refusal(status::not_implemented, "unknown_method", "不支持这种请求方法。");
    }
    return target;
}

bool takes_body(boost::beast::http::verb method) {
    using boost::beast::http::verb;
    return method == verb::post || method == verb::put || method == verb::patch;
}

}  // namespace

boost::system::result<std::size_t, Problem> head_size(std::string_view bytes, Limits const& limits) {
    constexpr std::string_view kEnd = "\r\n\r\n";
    auto const end = bytes.substr(0, limits.head_bytes).find(kEnd);
    if (end != std::string_view::npos) return end + kEnd.size();
    for (auto feed = bytes.find('\n'); feed != std::string_view::npos; feed = bytes.find('\n', feed + 1)) {
        if (feed == 0 || bytes[feed - 1] != '\r') return malformed("bare_line_feed", "请求头的行必须以 CR LF 结束。");
    }
    if (bytes.size() < limits.head_bytes) return std::size_t{0};
    if (bytes.find('\n') == std::string_view::npos) {
        return refusal(status::uri_too_long, "target_too_long", "请求的地址过长。");
    }
    return refusal(status::request_header_fields_too_large, "head_too_large", "请求头过大。");
}

boost::system::result<Head, Problem> check_head(std::string_view bytes, Limits const& limits) {
    Head head;
    head.size = bytes.size();
    bytes.remove_suffix(2);  // the empty line; each line left ends in CR LF
    auto const raw_target = read_request_line(take_until(bytes, "\r\n"), head, limits);
    if (!raw_target) return raw_target.error();
    auto const fields = read_fields(bytes, limits);
    if (!fields) return fields.error();

    auto const& seen = *fields;
    if (seen[Host] ? !is_host(*seen[Host]) : !head.http_1_0)
        return malformed("bad_host", "请求头缺少 Host 或其值不合法。");
    auto const target = read_target(*raw_target, head, seen);
    if (!target) return target.error();
    head.target = *target;

    if (seen[ContentLength] && seen[TransferEncoding]) {
        return malformed("ambiguous_length", "Content-Length 与 Transfer-Encoding 不得同时出现。");
    }
    if (seen[ContentLength]) {
        auto const length = read_length(*seen[ContentLength]);
        if (!length) return length.error();
        head.content_length = *length;
    }
    if (seen[TransferEncoding]) {
        if (head.http_1_0) return malformed("bad_transfer_encoding", "HTTP/1.0 不得使用 Transfer-Encoding。");
        if (auto refused = refuse_coding(*seen[TransferEncoding])) return *std::move(refused);
        head.chunked = true;
    }
    if (head.http_1_0 && takes_body(head.method) && !head.content_length) {
        return refusal(
            status::length_required, "length_required", "HTTP/1.0 的这种请求必须带有 Content-Length。"
        );  // RFC 1945 8.3
    }
    if (head.has_body() && !takes_body(head.method)) return malformed("unexpected_body", "这种请求不得带有正文。");
    if (seen[ContentEncoding]) {
        return refusal(status::unsupported_media_type, "encoded_body", "不接受压缩过的正文。");
    }
    if (seen[Expect]) {
        if (!iequals(*seen[Expect], "100-continue")) {
            return refusal(status::expectation_failed, "unknown_expectation", "不支持 Expect 中的要求。");
        }
        head.expects_continue = !head.http_1_0;
    }
    return head;
}

}  // namespace server::http
