#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "server/http/request.hpp"
#include "server/http/response.hpp"

/// Range requests (RFC 9110 section 14): a client can resume a download that was interrupted.
namespace server::http {

/// A part of a representation, both ends included.
struct ByteRange {
    std::uint64_t first;
    std::uint64_t last;
    bool operator==(ByteRange const&) const = default;
};

/// The range that a Range field asks for in `size` bytes. Nullopt where the field is to be ignored: another unit than
/// bytes, malformed, or several ranges, which nobody needs of a file. A `first` beyond the end cannot be satisfied.
std::optional<ByteRange> parse_range(std::string_view field, std::uint64_t size);

/// Bytes that never change under their `etag`, or the part of them that the request asks for: 200, 206 or 416.
/// `open(offset, count)` gives the bytes to be sent.
Response ranged_response(
    Request const& request,
    std::string_view etag,
    std::uint64_t size,
    std::function<BodySource(std::uint64_t offset, std::uint64_t count)> const& open
);

}  // namespace server::http
