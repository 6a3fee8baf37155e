#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Which files may be uploaded (domain.md 7.5): an extension of the list, and content that begins as that type does.
namespace server::api {

struct FileType {
    std::string_view extension;  ///< lower case, without its dot
    std::string_view media_type;
    bool (*fits)(std::string_view first);  ///< the first bytes of the content
};

/// How many first bytes FileType::fits has to see, unless the file is shorter.
inline constexpr std::size_t kFirstBytes = 512;

/// By the last extension of the name; null for a type that is not taken.
FileType const* file_type(std::string_view name);

/// "pdf、ofd、docx …", for people.
std::string accepted_types();

/// The name without folders; nullopt when it is empty, over 120 characters, or holds characters that are not seen.
std::optional<std::string> clean_name(std::string_view name);

/// The name in a Content-Disposition field (RFC 8187).
std::string percent_encoded(std::string_view name);

}  // namespace server::api
