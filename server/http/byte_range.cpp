#include "server/http/byte_range.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

namespace server::http {
namespace {

constexpr std::string_view kUnit = "bytes=";

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

/// If-Range names the version of which the client has a part; with another version, or a date, the whole is sent.
bool still_wants_part(Request const& request, std::string_view etag) {
    auto const condition = request.header("If-Range");
    return condition.empty() || condition == etag;
}

}  // namespace

std::optional<ByteRange> parse_range(std::string_view field, std::uint64_t size) {
    if (field.size() <= kUnit.size() || !boost::beast::iequals(field.substr(0, kUnit.size()), kUnit))
        return std::nullopt;
    field.remove_prefix(kUnit.size());
    auto const dash = field.find('-');
    if (dash == std::string_view::npos || field.find(',') != std::string_view::npos) return std::nullopt;
    auto const first = number(field.substr(0, dash));
    auto const last = number(field.substr(dash + 1));
    std::uint64_t const end = std::max<std::uint64_t>(size, 1) - 1;
    if (dash == 0) {  // "-n": the last n bytes
        if (!last) return std::nullopt;
        if (*last == 0 || size == 0) return ByteRange{size, size};
        return ByteRange{size - std::min(*last, size), end};
    }
    bool const open_ended = dash + 1 == field.size();
    if (!first || (!last && !open_ended) || (last && *last < *first)) return std::nullopt;
    return ByteRange{*first, last ? std::min(*last, end) : end};
}

Response ranged_response(
    Request const& request,
    std::string_view etag,
    std::uint64_t size,
    std::function<BodySource(std::uint64_t offset, std::uint64_t count)> const& open
) {
    Response response;
    response.set("ETag", etag).set("Accept-Ranges", "bytes");
    auto const wanted = parse_range(request.header("Range"), size);
    if (!wanted || !still_wants_part(request, etag)) {
        response.stream = open(0, size);
        return response;
    }
    auto const of_size = "/" + std::to_string(size);
    if (wanted->first >= size) {
        Problem const problem{
            .status = status::range_not_satisfiable, .code = "range_not_satisfiable", .detail = "文件没有这么长。"};
        response = problem_response(problem, request.trace_id);
        response.set("Content-Range", "bytes *" + of_size);
        return response;
    }
    response.status = status::partial_content;
    response.set(
        "Content-Range", "bytes " + std::to_string(wanted->first) + '-' + std::to_string(wanted->last) + of_size
    );
    response.stream = open(wanted->first, wanted->last - wanted->first + 1);
    return response;
}

}  // namespace server::http
