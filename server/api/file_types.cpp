#include "server/api/file_types.hpp"

#include "workflow/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "server/api/input.hpp"
#include "server/utf8.hpp"

namespace server::api {
namespace {

constexpr std::int64_t kLongestName = 120;

bool is_pdf(std::string_view first) { return first.starts_with("%PDF-"); }
bool is_zip(std::string_view first) { return first.starts_with("PK\x03\x04"); }
bool is_jpeg(std::string_view first) { return first.starts_with("\xFF\xD8\xFF"); }
bool is_png(std::string_view first) { return first.starts_with("\x89PNG\r\n\x1A\n"); }
bool is_tiff(std::string_view first) {
    using namespace std::string_view_literals;
    return first.starts_with("II*\0"sv) || first.starts_with("MM\0*"sv);
}

/// UTF-8 without control characters; a sequence may be cut off at the end.
bool is_text(std::string_view first) {
    while (!first.empty()) {
        auto const size = utf8_sequence(first);
        if (size == 0) return first.size() < 4 && static_cast<unsigned char>(first[0]) >= 0xC2;
        bool const control = static_cast<unsigned char>(first[0]) < 0x20 && first.find_first_of("\t\n\r") != 0;
        if (control) return false;
        first.remove_prefix(size);
    }
    return true;
}

constexpr std::array kTypes{
    FileType{"pdf", "application/pdf", is_pdf},
    FileType{"ofd", "application/ofd", is_zip},
    FileType{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", is_zip},
    FileType{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_zip},
    FileType{"jpg", "image/jpeg", is_jpeg},
    FileType{"jpeg", "image/jpeg", is_jpeg},
    FileType{"png", "image/png", is_png},
    FileType{"tif", "image/tiff", is_tiff},
    FileType{"tiff", "image/tiff", is_tiff},
    FileType{"txt", "text/plain; charset=utf-8", is_text},
};

}  // namespace

FileType const* file_type(std::string_view name) {
    auto const dot = name.rfind('.');
    if (dot == std::string_view::npos) return nullptr;
    std::string extension(name.substr(dot + 1));
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    auto const* const found = std::ranges::find(kTypes, extension, &FileType::extension);
    return found == kTypes.end() ? nullptr : found;
}

std::string accepted_types() {
    std::string list;
    for (auto const& type : kTypes) list += (list.empty() ? "" : "、") + std::string(type.extension);
    return list;
}

std::optional<std::string> clean_name(std::string_view name) {
    auto const slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    bool const unseen = has_unseen_characters(name) || name.find_first_of("\n\t") != std::string_view::npos;
    if (name.empty() || workflow::characters(name) > kLongestName || unseen) return std::nullopt;
    return std::string(name);
}

std::string percent_encoded(std::string_view name) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (unsigned char const c : name) {
        if (std::isalnum(c) || c == '.' || c == '-' || c == '_') {
            result += static_cast<char>(c);
        } else {
            result += '%';
            result += kHex[c >> 4];
            result += kHex[c & 15U];
        }
    }
    return result;
}

}  // namespace server::api
