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

/// Runs foreign programs on hostile files (poppler, exiftool, qpdf). Each run is a process with limits on time, memory
/// and output, an empty environment, no open file but the one it is given, and no way to gain rights. It ends when the
/// process that started it ends.
namespace server::files {

/// Placeholder for the file's name in the arguments.
inline constexpr std::string_view kInput = "/proc/self/fd/3";

struct ChildLimits {
    std::chrono::seconds cpu{20};   ///< processor time
    std::chrono::seconds wall{60};  ///< elapsed time
    std::uint64_t memory = 1024ULL * 1024 * 1024;
    std::uint64_t output = 64ULL * 1024 * 1024;
    int niceness = 10;          ///< so that requests have priority
    std::stop_token stop = {};  ///< ends it before its time
};

enum class ChildEnd : std::uint8_t {
    Finished,
    Failed,    ///< exit code other than 0, or killed by a signal
    OverTime,  ///< processor time or elapsed time
    OverOutput,
    OverMemory,  ///< as far as the program reported it
    NotStarted,  ///< there is no such program, or no process could be made
    Stopped,     ///< by ChildLimits::stop or end_children()
};

/// How a run ended. Only one that finished has read its file to the end.
struct [[nodiscard]] ChildOutcome {
    ChildEnd end;
    int exit_code = 0;        ///< where it ended by itself
    int signal = 0;           ///< that killed it
    bool had_errors = false;  ///< finished, but reported parts that it could not read

    bool finished() const { return end == ChildEnd::Finished; }
    /// The program itself rejected the file.
    bool gave_up() const { return end == ChildEnd::Failed && signal == 0; }
    /// The outcome says nothing about the file.
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

/// Ends all runs as Stopped and prevents new ones: for the shutdown of the service. Any thread.
void end_children();

}  // namespace server::files
