#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "server/files/plain_file.hpp"

/// Foreign programs that read hostile files (poppler, exiftool, qpdf): each run is a process of its own with limits on
/// time, memory and output, an empty environment, no open file but the one it is given and no way to more rights. It
/// ends with the process that began it.
namespace server::files {

/// Stands in the arguments where the file's name goes.
inline constexpr std::string_view kInput = "/proc/self/fd/3";

struct ChildLimits {
    std::chrono::seconds cpu{20};   ///< its own work
    std::chrono::seconds wall{60};  ///< with all waiting
    std::uint64_t memory = 1024ULL * 1024 * 1024;
    std::uint64_t output = 64ULL * 1024 * 1024;
    int niceness = 10;          ///< requests come before it
    std::stop_token stop = {};  ///< ends it before its time
};

enum class ChildEnd : std::uint8_t {
    Finished,
    Failed,    ///< it gave up, or died
    OverTime,  ///< of its own work or with all waiting
    OverOutput,
    OverMemory,  ///< where it said so
    NotStarted,  ///< there is no such program, or no process could be made
    Stopped,     ///< by ChildLimits::stop or end_children()
};

/// How a run ended. Only one that finished has read its file to the end.
struct [[nodiscard]] ChildOutcome {
    ChildEnd end;
    int exit_code = 0;        ///< of one that gave up
    int signal = 0;           ///< that one died of
    bool had_errors = false;  ///< it finished, and has told of what it could not read

    bool finished() const { return end == ChildEnd::Finished; }
    /// The program itself turned the file down.
    bool gave_up() const { return end == ChildEnd::Failed && signal == 0; }
    /// Nothing of it comes from the file.
    bool says_nothing() const { return end == ChildEnd::NotStarted || end == ChildEnd::Stopped; }
};
[[noreturn]] void throw_exception_from_error(ChildOutcome const& outcome, boost::source_location const&);

template <typename T>
using ChildResult = boost::system::result<T, ChildOutcome>;

/// Takes what the program writes, piece by piece; false ends the run as Finished.
using ChildOutput = std::function<bool(std::string_view piece)>;

/// Runs `arguments` (the first is the program, found in the system's folders) on `input`. Blocks: on a worker thread.
/// Throws std::system_error where the process is out of descriptors, and what `output` throws.
ChildOutcome run_child(
    std::vector<std::string> const& arguments,
    PlainFile const& input,
    ChildOutput const& output,
    ChildLimits const& limits = {}
);

/// What the program wrote, if it finished.
[[nodiscard]] ChildResult<std::string> child_text(
    std::vector<std::string> const& arguments, PlainFile const& input, ChildLimits const& limits = {}
);

/// Ends every run of this process as Stopped and lets none begin any more: for its shutdown. Any thread.
void end_children();

}  // namespace server::files
