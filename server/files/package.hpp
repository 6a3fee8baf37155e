#pragma once

#include <zip.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/files/plain_file.hpp"

/// DOCX, XLSX and OFD are ZIP packages of XML parts. What is read here was written by strangers: every size is counted
/// as it is read, not believed.
namespace server::files {

struct PackageLimits {
    std::size_t parts = 2'000;
    std::uint64_t total = 300ULL * 1024 * 1024;  ///< unpacked
    std::uint64_t ratio = 200;                   ///< of a part to its packed size, where it is over 1 MiB
};

/// Why a package was refused: "nested_archive" …, and one sentence.
struct PackageFault {
    std::string code;
    std::string detail;
};

/// One package, open for reading. Owned by one thread; `file` outlives it.
class Package {
public:
    /// Nullopt when it is no ZIP that libzip can read.
    static std::optional<Package> open(PlainFile const& file);

    std::vector<std::string> const& parts() const { return parts_; }
    bool has(std::string_view part) const;
    /// The part, when it is there and no longer than `most`.
    std::optional<std::string> part(std::string_view name, std::uint64_t most) const;

    /// Unpacks every part once and passes it to `see` piece by piece; returns the first fault.
    std::optional<PackageFault> walk(
        PackageLimits const& limits, std::function<void(std::string_view part, std::string_view piece)> const& see
    ) const;

private:
    struct Close {
        void operator()(zip_t* archive) const { zip_discard(archive); }
    };
    explicit Package(zip_t* archive);
    std::optional<PackageFault> walk_part(
        std::uint64_t index,
        PackageLimits const& limits,
        std::uint64_t& total,
        std::function<void(std::string_view, std::string_view)> const& see
    ) const;

    std::unique_ptr<zip_t, Close> archive_;
    std::vector<std::string> parts_;
};

/// Parts in their order, packed anew: no comments, no times, no stray bytes. Throws std::runtime_error.
std::string pack(std::vector<std::pair<std::string, std::string>> const& parts);

}  // namespace server::files
