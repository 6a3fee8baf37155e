#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/files/plain_file.hpp"

/// Foreign programs that read hostile files (poppler, exiftool, qpdf): each run is a process of its own with limits on
/// time, memory and output, an empty environment and no file but the one it is given.
namespace server::files {

/// Stands in the arguments where the file's name goes.
inline constexpr std::string_view kInput = "/proc/self/fd/3";

struct ChildLimits {
    std::chrono::seconds time{20};
    std::uint64_t memory = 1024ULL * 1024 * 1024;
    std::uint64_t output = 64ULL * 1024 * 1024;
};

enum class ChildEnd : std::uint8_t {
    Done,
    Failed,   ///< it gave up, died, or there is no such program
    Stopped,  ///< it went over a limit and was killed
};

/// Takes what the program writes, piece by piece; false ends the run as Done.
using ChildOutput = std::function<bool(std::string_view piece)>;

/// Runs `arguments` (the first is the program, found in the system's folders) on `input`. Blocks: on a worker thread.
ChildEnd run_child(
    std::vector<std::string> const& arguments, PlainFile const& input, ChildOutput output, ChildLimits limits = {}
);

struct ChildText {
    ChildEnd end;
    std::string text;
};
ChildText child_text(std::vector<std::string> const& arguments, PlainFile const& input, ChildLimits limits = {});

}  // namespace server::files
