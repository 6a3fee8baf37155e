#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/files/child.hpp"
#include "server/files/file_type.hpp"
#include "server/files/plain_file.hpp"

/// Examines an uploaded file before it is kept: beginning, end, limits and a parser must all agree with its name.
/// Blocks, also on child processes: on a worker thread.
namespace server::files {

inline constexpr std::uint64_t kMostPixels = 100'000'000;

/// The version of the examination rules. Raised with every new rule that also applies to stored files: they are then
/// examined again.
inline constexpr std::int64_t kExaminationRules = 1;

/// Why a file is refused: "pixel_bomb" …, and one sentence that says what to do.
struct FileFault {
    std::string code;
    std::string detail;
};

/// How far a file has been read; of several results the greater one counts for the whole file.
enum class Reading : std::uint8_t {
    ToItsEnd,
    Unfinished,  ///< a limit was reached or a parser failed: the rest of the file is unknown
    Impossible,  ///< the parsers are missing or were stopped; this says nothing about the file
};

struct Examination {
    std::optional<FileFault> fault = {};
    std::string secrecy_mark = {};  ///< found in the text; empty for none
    Reading reading = Reading::ToItsEnd;
};

/// `limits` hold for each child.
Examination examine(Format format, PlainFile const& file, ChildLimits const& limits = {});

/// Whether the content begins as a file of that format does.
bool begins_as(Format format, std::string_view first);

/// How far a child process has read its file.
Reading reading_of(ChildOutcome const& outcome);

}  // namespace server::files
