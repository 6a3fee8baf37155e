#pragma once

#include "workflow/cases/case_files.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include "server/files/plain_file.hpp"

namespace server::files {

enum class ScanVerdict : std::uint8_t {
    Clean,
    Infected,
    Unknown  ///< no answer, or none that can be understood: the file is not to be handed out
};
/// The state of a file after this verdict of the scanner.
workflow::FileState state_after(ScanVerdict verdict);

/// A clamd (clamav-daemon) as `uploads.clamd` names it: "unix:/path" or "host:port". Any thread.
class Clamd {
public:
    explicit Clamd(std::string address, std::chrono::milliseconds patience = std::chrono::seconds(30))
        : address_(std::move(address)), patience_(patience) {}

    /// Whether an address can be one.
    static bool is_address(std::string const& text);

    /// Sends the file through INSTREAM. Blocks; `patience` bounds each step.
    ScanVerdict scan(PlainFile const& file) const;

private:
    std::string address_;
    std::chrono::milliseconds patience_;
};

}  // namespace server::files
