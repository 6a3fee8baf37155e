#include "server/http/multipart.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace server::http {
namespace {

constexpr std::size_t kPiece = 16 * 1024;
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046 section 5.1.1
constexpr std::size_t kLongestHead = 8 * 1024;

BodyFailure malformed() {
    return BodyFailure(Problem{
        .status = status::bad_request, .code = "malformed_form", .detail = "提交的表单不完整，请返回后重新提交。"});
}

/// The value of `name="…"` or `name=…` in a field; browsers write quotes in names as %22.
std::optional<std::string> parameter(std::string_view field, std::string_view name) {
    std::size_t at = 0;
    while ((at = field.find(';', at)) != std::string_view::npos) {
        at = std::min(field.find_first_not_of(" \t", at + 1), field.size());
        auto rest = field.substr(at);
        if (rest.size() <= name.size() || rest[name.size()] != '=' ||
            !boost::beast::iequals(rest.substr(0, name.size()), name))
            continue;
        rest.remove_prefix(name.size() + 1);
        bool const quoted = rest.starts_with('"');
        if (!quoted) return std::string(rest.substr(0, rest.find_first_of("; \t\r\n")));
        auto const end = rest.find('"', 1);
        if (end == std::string_view::npos) return std::nullopt;
        return std::string(rest.substr(1, end - 1));
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
    constexpr std::string_view kForm = "multipart/form-data";
    if (!boost::beast::iequals(content_type.substr(0, content_type.find(';')), kForm)) return std::nullopt;
    auto boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > kLongestBoundary) return std::nullopt;
    return boundary;
}

std::optional<PartHead> parse_part_head(std::string_view lines) {
    constexpr std::string_view kField = "content-disposition:";
    while (!lines.empty()) {
        auto const line = lines.substr(0, lines.find("\r\n"));
        lines.remove_prefix(std::min(line.size() + 2, lines.size()));
        if (!boost::beast::iequals(line.substr(0, kField.size()), kField)) continue;
        auto name = parameter(line, "name");
        if (!name) return std::nullopt;
        return PartHead{std::move(*name), parameter(line, "filename")};
    }
    return std::nullopt;
}

MultipartReader::MultipartReader(BodyReader& body, std::string_view boundary)
    : body_(body), delimiter_("\r\n--" + std::string(boundary)) {}

net::awaitable<bool> MultipartReader::fill() {
    std::array<char, kPiece> piece;
    auto const got = co_await body_.read_some(piece);
    buffer_.append(piece.data(), got);
    co_return got > 0;
}

net::awaitable<std::string> MultipartReader::read_until(std::string_view end, std::size_t most) {
    std::size_t found = buffer_.find(end);
    while (found == std::string::npos) {
        if (buffer_.size() > most) throw malformed();
        bool const more = co_await fill();
        if (!more) throw malformed();
        found = buffer_.find(end);
    }
    std::string text = buffer_.substr(0, found);
    buffer_.erase(0, found + end.size());
    co_return text;
}

net::awaitable<std::optional<PartHead>> MultipartReader::next() {
    if (in_part_) {
        std::vector<char> passed_over(kPiece);
        while (in_part_) co_await read_some(passed_over);
    }
    while (buffer_.size() < 2) {
        bool const more = co_await fill();
        if (!more) throw malformed();
    }
    if (buffer_.starts_with("--")) {  // the last delimiter; the rest is ignored
        bool more = true;
        while (more) {
            buffer_.clear();
            more = co_await fill();
        }
        buffer_ = "--";
        co_return std::nullopt;
    }
    co_await read_until("\r\n", kLongestHead);
    auto const lines = co_await read_until("\r\n\r\n", kLongestHead);
    auto head = parse_part_head(lines + "\r\n");
    if (!head) throw malformed();
    in_part_ = true;
    co_return head;
}

net::awaitable<std::size_t> MultipartReader::read_some(std::span<char> into) {
    while (in_part_) {
        auto const end = buffer_.find(delimiter_);
        if (end == 0) {
            buffer_.erase(0, delimiter_.size());
            in_part_ = false;
            break;
        }
        bool const all_here = end != std::string::npos;
        auto const certain = all_here ? end : buffer_.size() - std::min(buffer_.size(), delimiter_.size() - 1);
        if (certain > 0) {
            auto const count = std::min(certain, into.size());
            std::copy_n(buffer_.begin(), count, into.begin());
            buffer_.erase(0, count);
            co_return count;
        }
        bool const more = co_await fill();
        if (!more) throw malformed();
    }
    co_return std::size_t{0};
}

net::awaitable<std::string> MultipartReader::read_text(std::size_t most) {
    std::vector<char> piece(kPiece);
    std::string text;
    while (true) {
        auto const got = co_await read_some(piece);
        if (got == 0) break;
        text.append(piece.data(), std::min(got, most - std::min(most, text.size())));
    }
    co_return text;
}

}  // namespace server::http
