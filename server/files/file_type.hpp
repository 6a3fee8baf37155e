#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The types of files that may be uploaded, by the last extension of their names. examine.hpp checks whether the
/// content matches.
namespace server::files {

enum class Format : std::uint8_t { Pdf, Ofd, Docx, Xlsx, Jpeg, Png, Tiff, Text };

struct FileType {
    std::string_view extension;  ///< lower case, without its dot
    Format format;
    std::string_view media_type;
};

/// By the last extension of the name; null for a type that is not taken.
FileType const* file_type(std::string_view name);

/// "pdf、ofd、docx …", for people.
std::string accepted_types();

/// The name without folders; nullopt when it is empty, over 120 characters, or holds characters that are not seen
/// (controls, line ends, changes of direction).
std::optional<std::string> clean_name(std::string_view name);

/// The name with `addition` before its extension, and with another extension if one is given; shortened to be clean.
std::string derived_name(std::string_view name, std::string_view addition, std::string_view extension = {});

/// The name in a Content-Disposition field (RFC 8187).
std::string percent_encoded(std::string_view name);

}  // namespace server::files
