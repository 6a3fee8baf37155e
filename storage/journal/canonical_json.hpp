#pragma once

#include <boost/json/value.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace storage {

/// RFC 8785 (JCS), restricted to what a journal needs: null, booleans, integers within ±(2^53 - 1), strings, arrays,
/// objects. Members are sorted by UTF-16 code units. Strings must be valid UTF-8. A fraction or a larger number throws
/// std::invalid_argument: a programming error, input is checked before.
std::string to_canonical(boost::json::value const& value);
/// The same, appended to `out`.
void append_canonical(std::string& out, boost::json::value const& value);
void append_canonical(std::string& out, boost::json::object const& object);
void append_canonical_string(std::string& out, std::string_view text);

enum class JsonFault { too_large, bad_utf8, malformed, trailing_data, too_deep, duplicate_key };

struct JsonError {
    JsonFault fault;
    std::size_t offset;    ///< bytes from the start
    std::string key = {};  ///< the member that came twice, for duplicate_key
};

[[noreturn]] void throw_exception_from_error(JsonError const& error, boost::source_location const& where);

struct JsonLimits {
    std::size_t bytes = 1024 * 1024;
    std::size_t depth = 32;
};

/// One JSON text and nothing after it. Linear in the input, whatever the input.
boost::system::result<boost::json::value, JsonError> parse_json(std::string_view text, JsonLimits limits = {});

}  // namespace storage
