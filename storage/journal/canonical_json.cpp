#include "storage/journal/canonical_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace storage {
namespace {

namespace json = boost::json;

constexpr std::int64_t kLargestInteger = (std::int64_t{1} << 53) - 1;  // RFC 8785 3.2.2.3, RFC 7493 2.2

/// Orders UTF-8 as if it were UTF-16: only U+E000 … U+FFFF (lead bytes EE, EF) come after the surrogates that UTF-16
/// uses for U+10000 and up (lead bytes F0 … F4). Elsewhere the order of the bytes is the order of the code units.
bool utf16_less(std::string_view a, std::string_view b) {
    auto const [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
    auto const rank = [](char c) {
        int const byte = static_cast<unsigned char>(c);
        return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
    };
    return rank(*x) < rank(*y);
}

void append_integer(std::string& out, std::int64_t number) {
    if (number > kLargestInteger || number < -kLargestInteger) {
        throw std::invalid_argument("an integer beyond 2^53 has no canonical form");
    }
    char digits[20];
    auto const end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    out.append(std::begin(digits), end);
}

/// The offset of the first byte that is not part of well-formed UTF-8 (Unicode 3.9, table 3-7).
std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    auto const between = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
    for (std::size_t i = 0; i < text.size();) {
        unsigned const lead = byte(i);
        if (lead < 0x80) {
            ++i;
        } else if (lead >= 0xC2 && lead <= 0xDF) {
            if (!between(i + 1, 0x80, 0xBF)) return i;
            i += 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            unsigned const low = lead == 0xE0 ? 0xA0 : 0x80;
            unsigned const high = lead == 0xED ? 0x9F : 0xBF;
            if (!between(i + 1, low, high) || !between(i + 2, 0x80, 0xBF)) return i;
            i += 3;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            unsigned const low = lead == 0xF0 ? 0x90 : 0x80;
            unsigned const high = lead == 0xF4 ? 0x8F : 0xBF;
            if (!between(i + 1, low, high) || !between(i + 2, 0x80, 0xBF) || !between(i + 3, 0x80, 0xBF)) return i;
            i += 4;
        } else {
            return i;
        }
    }
    return std::nullopt;
}

/// Builds a value from the events of the parser; unlike boost::json::parse it notices a member that comes twice.
class Builder {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }

    bool on_object_begin(json::error_code&) { return open(json::object()); }
    bool on_object_end(std::size_t, json::error_code& ec) { return close(ec); }
    bool on_array_begin(json::error_code&) { return open(json::array()); }
    bool on_array_end(std::size_t, json::error_code& ec) { return close(ec); }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return collect(part); }
    bool on_key(json::string_view part, std::size_t, json::error_code& ec) {
        collect(part);
        Level& level = open_.back();
        level.key = std::exchange(text_, {});
        if (!level.value.get_object().contains(level.key)) return true;
        duplicate_ = std::move(level.key);
        ec = json::error::exception;  // any error stops the parser; `duplicate` tells which it was
        return false;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return collect(part); }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        collect(part);
        bool const added = add(json::string(text_));
        text_.clear();
        return added;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&) { return add(number); }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) { return add(number); }
    bool on_double(double number, json::string_view, json::error_code&) { return add(number); }
    bool on_bool(bool truth, json::error_code&) { return add(truth); }
    bool on_null(json::error_code&) { return add(nullptr); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    json::value release() { return std::move(result_); }
    std::optional<std::string>& duplicate() { return duplicate_; }

private:
    struct Level {
        json::value value;
        std::string key;  ///< of the member whose value comes next
    };

    bool open(json::value container) {
        open_.push_back({std::move(container), {}});
        return true;
    }
    bool close(json::error_code&) {
        json::value done = std::move(open_.back().value);
        open_.pop_back();
        return add(std::move(done));
    }
    bool collect(json::string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool add(json::value value) {
        if (open_.empty()) {
            result_ = std::move(value);
        } else if (json::value& parent = open_.back().value; parent.is_object()) {
            parent.get_object().emplace(open_.back().key, std::move(value));
        } else {
            parent.get_array().push_back(std::move(value));
        }
        return true;
    }

    std::vector<Level> open_;
    std::string text_;
    json::value result_;
    std::optional<std::string> duplicate_;
};

}  // namespace

void append_canonical_string(std::string& out, std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0;  // where the run of characters that stand for themselves began
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        out += '\\';
        switch (byte) {
            case '\b':
                out += 'b';
                break;
            case '\t':
                out += 't';
                break;
            case '\n':
                out += 'n';
                break;
            case '\f':
                out += 'f';
                break;
            case '\r':
                out += 'r';
                break;
            case '"':
            case '\\':
                out += text[i];
                break;
            default:
                out += "u00";
                out += kHex[byte >> 4];
                out += kHex[byte & 15];
        }
    }
    out.append(text, plain, text.size() - plain);
    out += '"';
}

void append_canonical(std::string& out, json::object const& object) {
    std::vector<json::key_value_pair const*> members;
    members.reserve(object.size());
    for (auto const& member : object) members.push_back(&member);
    std::ranges::sort(members, utf16_less, [](auto const* member) { return std::string_view(member->key()); });
    char separator = '{';
    for (auto const* member : members) {
        out += separator;
        append_canonical_string(out, member->key());
        out += ':';
        append_canonical(out, member->value());
        separator = ',';
    }
    if (members.empty()) out += '{';
    out += '}';
}

void append_canonical(std::string& out, json::value const& value) {
    switch (value.kind()) {
        case json::kind::null:
            out += "null";
            break;
        case json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            break;
        case json::kind::int64:
            append_integer(out, value.get_int64());
            break;
        case json::kind::uint64:
            if (value.get_uint64() > std::uint64_t(kLargestInteger)) {
                throw std::invalid_argument("an integer beyond 2^53 has no canonical form");
            }
            append_integer(out, static_cast<std::int64_t>(value.get_uint64()));
            break;
        case json::kind::double_:
            throw std::invalid_argument("a fraction has no canonical form here");
        case json::kind::string:
            append_canonical_string(out, value.get_string());
            break;
        case json::kind::array: {
            out += '[';
            bool first = true;
            for (auto const& element : value.get_array()) {
                if (!std::exchange(first, false)) out += ',';
                append_canonical(out, element);
            }
            out += ']';
            break;
        }
        case json::kind::object:
            append_canonical(out, value.get_object());
            break;
    }
}

std::string to_canonical(json::value const& value) {
    std::string out;
    append_canonical(out, value);
    return out;
}

void throw_exception_from_error(JsonError const& error, boost::source_location const&) {
    throw std::invalid_argument("not valid JSON at byte " + std::to_string(error.offset));
}

boost::system::result<json::value, JsonError> parse_json(std::string_view text, JsonLimits limits) {
    if (text.size() > limits.bytes) return JsonError{JsonFault::too_large, limits.bytes};
    if (auto const offset = first_invalid_utf8(text)) return JsonError{JsonFault::bad_utf8, *offset};

    json::parse_options options;
    options.max_depth = limits.depth;
    json::basic_parser<Builder> parser(options);
    json::error_code ec;
    std::size_t const read = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && read < text.size()) return JsonError{JsonFault::trailing_data, read};
    if (!ec) return parser.handler().release();
    if (parser.handler().duplicate()) {
        return JsonError{JsonFault::duplicate_key, read, std::move(*parser.handler().duplicate())};
    }
    return JsonError{ec == json::error::too_deep ? JsonFault::too_deep : JsonFault::malformed, read};
}

}  // namespace storage
