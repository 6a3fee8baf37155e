#pragma once

#include <span>
#include <string_view>

/// What people see in a browser, as bytes of the program. The server knows these files and nothing of how they were
/// made; they meet the rest over HTTP.
namespace web {

/// One file. Lives as long as the program.
struct Asset {
    std::string_view path;  ///< inside its folder: "templates/layout.mustache"
    std::string_view type;  ///< Content-Type
    std::string_view bytes;
    std::string_view gzip;  ///< the same compressed; empty where that gains nothing
    std::string_view tag;   ///< first 16 hex digits of the SHA-256 of `bytes`
};

/// Templates, texts, style sheet and script of the public pages.
std::span<Asset const> public_assets();
/// The built staff application: index.html and assets/, whose names carry their hash.
std::span<Asset const> staff_assets();

}  // namespace web
