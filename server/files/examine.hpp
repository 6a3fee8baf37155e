#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/files/child.hpp"
#include "server/files/file_type.hpp"
#include "server/files/plain_file.hpp"

/// What an uploaded file is held to before it is kept: beginning, end, limits and a parser must all agree with its name
/// (domain.md 7.5). Blocks, also on child processes: on a worker thread.
namespace server::files {

inline constexpr std::uint64_t kMostPixels = 100'000'000;

/// The version of what is looked for here. One more with every rule that older files have to be held to as well: they
/// are then examined again.
inline constexpr std::int64_t kExaminationRules = 1;

/// Why a file is refused: "pixel_bomb" …, and one sentence that says what to do.
struct FileFault {
    std::string code;
    std::string detail;
};

/// How far a file has been read; the later one goes for the whole.
enum class Reading : std::uint8_t {
    ToItsEnd,
    Unfinished,  ///< a limit, or a parser that broke: what it would have found is not known
    Impossible,  ///< the parsers are not there or were stopped; the file has no part in it
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

/// Of the file that a child was to read.
Reading reading_of(ChildOutcome const& outcome);

}  // namespace server::files
