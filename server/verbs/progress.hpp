#pragma once

#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <string>

namespace server::verbs {

/// A progress line on stderr, erased at the end; nothing where stderr is no terminal.
class ProgressLine {
public:
    explicit ProgressLine(std::string what) : what_(std::move(what)) {}
    ProgressLine(ProgressLine const&) = delete;
    ProgressLine& operator=(ProgressLine const&) = delete;
    ~ProgressLine() {
        if (shown_) std::cerr << "\r\033[K";
    }

    void show(std::int64_t done) { show(std::to_string(done)); }
    void show(std::int64_t done, std::int64_t of) { show(std::to_string(done) + " / " + std::to_string(of)); }

private:
    void show(std::string const& count) {
        if (!terminal_) return;
        std::cerr << '\r' << what_ << ' ' << count << "\033[K" << std::flush;
        shown_ = true;
    }

    std::string what_;
    bool terminal_ = ::isatty(STDERR_FILENO) == 1;
    bool shown_ = false;
};

}  // namespace server::verbs
