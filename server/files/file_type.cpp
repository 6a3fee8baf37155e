#include "server/files/file_type.hpp"

#include "workflow/words/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "server/runtime/utf8.hpp"

namespace server::files {
namespace {

constexpr std::int64_t kLongestName = 120;

constexpr std::array kTypes{
    FileType{"pdf", Format::Pdf, "application/pdf"},
    FileType{"ofd", Format::Ofd, "application/ofd"},
    FileType{"docx", Format::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    FileType{"xlsx", Format::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    FileType{"jpg", Format::Jpeg, "image/jpeg"},
    FileType{"jpeg", Format::Jpeg, "image/jpeg"},
    FileType{"png", Format::Png, "image/png"},
    FileType{"tif", Format::Tiff, "image/tiff"},
    FileType{"tiff", Format::Tiff, "image/tiff"},
    FileType{"txt", Format::Text, "text/plain; charset=utf-8"},
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
    for (auto const& type : kTypes) list.append(list.empty() ? "" : "、").append(type.extension);
    return list;
}

std::optional<std::string> clean_name(std::string_view name) {
    auto const slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    bool const unseen = has_unseen_characters(name) || name.find_first_of("\n\t") != std::string_view::npos;
    if (name.empty() || workflow::characters(name) > kLongestName || unseen) return std::nullopt;
    return std::string(name);
}

std::string derived_name(std::string_view name, std::string_view addition, std::string_view extension) {
    constexpr std::size_t kLongestExtension = 8;
    auto dot = std::min(name.rfind('.'), name.size());
    if (name.size() - dot > kLongestExtension) dot = name.size();
    std::string const ending(extension.empty() ? name.substr(dot) : extension);
    std::string stem(name.substr(0, dot));
    while (workflow::characters(stem) + workflow::characters(addition) + workflow::characters(ending) > kLongestName) {
        while ((static_cast<unsigned char>(stem.back()) & 0xC0U) == 0x80U) stem.pop_back();
        stem.pop_back();
    }
    return stem.append(addition).append(ending);
}

std::string percent_encoded(std::string_view name) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (char const letter : name) {
        auto const c = static_cast<unsigned char>(letter);
        if (std::isalnum(c) || c == '.' || c == '-' || c == '_') {
            result += letter;
        } else {
            result += '%';
            result += kHex[c >> 4];
            result += kHex[c & 15U];
        }
    }
    return result;
}

}  // namespace server::files
