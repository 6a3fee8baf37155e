#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/http/request.hpp"

/// Forms with files (multipart/form-data, RFC 7578), read as they come: a file is never held whole.
namespace server::http {

/// The head of one part: the name of its field, and of its file where it is one.
struct PartHead {
    std::string name;
    std::optional<std::string> file_name = {};
    bool operator==(PartHead const&) const = default;
};

/// The boundary in a Content-Type field; nullopt for anything but a form with files.
std::optional<std::string> multipart_boundary(std::string_view content_type);

/// Reads the field lines of a part, with their line ends; nullopt when they give no name.
std::optional<PartHead> parse_part_head(std::string_view lines);

/// Reads one form. Belongs to the handler; throws BodyFailure as BodyReader does, and for a form that is malformed.
class MultipartReader {
public:
    MultipartReader(BodyReader& body, std::string_view boundary);

    /// Skips the rest of the present part; nullopt after the last one.
    net::awaitable<std::optional<PartHead>> next();
    /// Reads from the present part; 0 at its end.
    net::awaitable<std::size_t> read_some(std::span<char> into);
    /// The present part as text, which is cut off at `most`.
    net::awaitable<std::string> read_text(std::size_t most);

private:
    net::awaitable<bool> fill();
    net::awaitable<std::string> read_until(std::string_view end, std::size_t most);

    BodyReader& body_;
    std::string delimiter_;
    std::string buffer_ = "\r\n";  ///< so that the first delimiter looks like the others
    bool in_part_ = true;          ///< the text before the first delimiter is skipped like a part
};

}  // namespace server::http
