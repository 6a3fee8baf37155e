#pragma once

#include <atomic>
#include <chrono>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <variant>

#include "server/runtime/metrics.hpp"

namespace spdlog {
class formatter;
namespace sinks {
class sink;
}
}  // namespace spdlog

namespace server {

enum class LogLevel { Debug, Info, Warning, Error };

/// One named value of a log line.
struct LogField {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
    LogField(std::string_view field, char const* text) : name(field), value(std::string_view(text)) {}
    LogField(std::string_view field, std::string const& text) : name(field), value(std::string_view(text)) {}
    LogField(std::string_view field, bool flag) : name(field), value(flag) {}
    LogField(std::string_view field, double number) : name(field), value(number) {}
    template <std::integral Integer>
    LogField(std::string_view field, Integer number) : name(field), value(static_cast<std::int64_t>(number)) {}
};
using LogFields = std::initializer_list<LogField>;

struct LogOptions {
    LogLevel level = LogLevel::Info;
    std::string file = {};                        ///< empty: standard error
    std::size_t waiting_bytes = 4 * 1024 * 1024;  ///< for the disk; lines beyond it are dropped and counted
};

/// The log: one JSON object per line (ts, level, msg, then the fields). Any thread may call it; no call ever waits for
/// the disk: lines gather in memory, a thread of its own writes them every 100 ms, warnings and errors at once. Values
/// are escaped, so that no input can make a second line, and cut at 512 bytes. Callers pass no personal data: no
/// bodies, no query strings, no names, addresses only as http::address_prefix().
class Log {
public:
    /// Throws std::runtime_error when the file cannot be opened.
    explicit Log(LogOptions const& options);
    ~Log();  ///< writes what is waiting
    Log(Log const&) = delete;
    Log& operator=(Log const&) = delete;

    void debug(std::string_view message, LogFields fields = {}) { write(LogLevel::Debug, message, fields); }
    void info(std::string_view message, LogFields fields = {}) { write(LogLevel::Info, message, fields); }
    void warning(std::string_view message, LogFields fields = {}) { write(LogLevel::Warning, message, fields); }
    void error(std::string_view message, LogFields fields = {}) { write(LogLevel::Error, message, fields); }

    void set_level(LogLevel level) { level_ = level; }
    /// Closes the file and continues in this one, which may be a new file under the old name; empty: standard error.
    /// Throws std::runtime_error when it cannot be opened, and continues as before.
    void reopen(std::string const& file);
    /// Waits until everything logged so far is written, but not longer than `patience`. For a process that is about to
    /// end.
    void flush(std::chrono::milliseconds patience);

    /// Lines dropped since the start because the disk was too slow.
    [[nodiscard]] std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }
    /// Registers its figure, read as long as the log lives.
    void report_to(Metrics& metrics) const;

private:
    void write(LogLevel level, std::string_view message, LogFields fields);
    void write_waiting(std::stop_token const& stop);

    std::size_t const waiting_bytes_;
    std::atomic<LogLevel> level_;
    std::shared_ptr<spdlog::sinks::sink> sink_;        ///< after construction the writing thread's alone
    std::unique_ptr<spdlog::formatter> const prefix_;  ///< up to the message; under mutex_
    std::mutex mutex_;
    std::condition_variable_any urgent_;
    std::condition_variable_any written_;
    std::shared_ptr<spdlog::sinks::sink> next_sink_;  ///< the next sink, after reopen(); under mutex_
    std::string waiting_;                             ///< whole lines; under mutex_
    bool hurry_ = false;                              ///< a warning waits; under mutex_
    bool busy_ = false;                               ///< lines are being written; under mutex_
    std::atomic<std::uint64_t> dropped_ = 0;
    std::jthread thread_;  ///< last, so that it ends first
};

}  // namespace server
