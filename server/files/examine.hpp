#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/files/file_type.hpp"
#include "server/files/plain_file.hpp"

/// What an uploaded file is held to before it is kept: beginning, end, limits and a parser must all agree with its name
/// (domain.md 7.5). Blocks, also on child processes: on a worker thread.
namespace server::files {

inline constexpr std::uint64_t kMostPixels = 100'000'000;

/// Why a file is refused: "pixel_bomb" …, and one sentence that says what to do.
struct FileFault {
    std::string code;
    std::string detail;
};

struct Examination {
    std::optional<FileFault> fault;
    std::string secrecy_mark;  ///< found in the text; empty for none
};

Examination examine(Format format, PlainFile const& file);

/// Whether the content begins as a file of that format does.
bool begins_as(Format format, std::string_view first);

}  // namespace server::files
