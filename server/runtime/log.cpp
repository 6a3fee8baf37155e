#include "server/runtime/log.hpp"

#include <fmt/format.h>
#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "server/runtime/utf8.hpp"

namespace server {
namespace {

constexpr std::size_t kValueBytes = 512;
constexpr std::chrono::milliseconds kWriteEvery{100};

using Line = fmt::memory_buffer;

void append(Line& line, std::string_view text) { line.append(text.data(), text.data() + text.size()); }

bool is_plain(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

/// Appends one character that needs an escape, or one byte that is not valid UTF-8. Returns how many bytes of `text` it
/// took.
std::size_t append_escaped(Line& line, std::string_view text) {
    auto const length = utf8_sequence(text);
    auto const byte = static_cast<unsigned char>(text.front());
    bool const c1_control = byte == 0xC2 && length == 2 && static_cast<unsigned char>(text[1]) < 0xA0;
    if (length == 0) {
        append(line, "\\ufffd");
        return 1;
    }
    if (byte < 0x20 || byte == 0x7F || c1_control) {
        fmt::format_to(fmt::appender(line), "\\u{:04x}", static_cast<unsigned char>(text[length - 1]));
    } else {
        if (byte == '"' || byte == '\\') line.push_back('\\');
        append(line, text.substr(0, length));
    }
    return length;
}

/// Appends `text`, whatever it contains, as a JSON string on one line of printable characters.
void append_string(Line& line, std::string_view text) {
    line.push_back('"');
    std::size_t at = 0;
    while (at < std::min(text.size(), kValueBytes)) {
        auto const* const from = text.data() + at;
        auto const* const limit = text.data() + std::min(text.size(), kValueBytes);
        auto const* const end = std::find_if_not(from, limit, is_plain);
        line.append(from, end);
        at += static_cast<std::size_t>(end - from);
        if (end != limit) at += append_escaped(line, text.substr(at));
    }
    if (at < text.size()) append(line, "…");
    line.push_back('"');
}

struct AppendValue {
    Line& line;
    void operator()(std::string_view text) const { append_string(line, text); }
    void operator()(std::int64_t number) const {
        fmt::format_int const digits(number);
        line.append(digits.data(), digits.data() + digits.size());
    }
    void operator()(double number) const { fmt::format_to(fmt::appender(line), "{:.3f}", number); }
    void operator()(bool flag) const { append(line, flag ? "true" : "false"); }
};

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return spdlog::level::debug;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Warning:
            return spdlog::level::warn;
        case LogLevel::Error:
            return spdlog::level::err;
    }
    throw std::logic_error("no such log level");
}

/// A sink that writes whole lines as they are.
spdlog::sink_ptr make_sink(std::string const& file) {
    spdlog::sink_ptr sink;
    if (file.empty()) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
    } else {
        sink = std::make_shared<spdlog::sinks::basic_file_sink_st>(file);
    }
    sink->set_formatter(std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::local, ""));
    return sink;
}

}  // namespace

Log::Log(LogOptions const& options) try
    : waiting_bytes_(options.waiting_bytes),
      level_(options.level),
      sink_(make_sink(options.file)),
      prefix_(std::make_unique<spdlog::pattern_formatter>(
          R"({"ts":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",)", spdlog::pattern_time_type::local, ""
      )),
      thread_([this](std::stop_token const& stop) { write_waiting(stop); }) {
} catch (spdlog::spdlog_ex const&) {
    throw std::runtime_error(fmt::format("不能写日志文件 {}，请检查路径、权限和磁盘空间", options.file));
}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view message, LogFields fields) {
    if (level < level_.load(std::memory_order_relaxed)) return;
    Line line;
    append(line, "\"msg\":");
    append_string(line, message);
    for (auto const& [name, value] : fields) {
        append(line, ",\"");
        append(line, name);
        append(line, "\":");
        std::visit(AppendValue{line}, value);
    }
    append(line, "}\n");

    spdlog::memory_buf_t prefix;
    bool const urgent = level >= LogLevel::Warning;
    {
        std::lock_guard const lock(mutex_);
        if (waiting_.size() > waiting_bytes_) {
            dropped_.fetch_add(1, std::memory_order_relaxed);
            return;
        }
        prefix_->format(spdlog::details::log_msg("", spdlog_level(level), ""), prefix);
        waiting_.append(prefix.data(), prefix.size()).append(line.data(), line.size());
        hurry_ = hurry_ || urgent;
    }
    if (urgent) urgent_.notify_one();
}

void Log::reopen(std::string const& file) try {
    auto sink = make_sink(file);
    std::lock_guard const lock(mutex_);
    next_sink_ = std::move(sink);
} catch (spdlog::spdlog_ex const& error) {
    throw std::runtime_error(error.what());
}

void Log::report_to(Metrics& metrics) const {
    metrics.gauge("log_lines_dropped", "Log lines dropped because the disk was too slow.", [this] {
        return static_cast<double>(dropped());
    });
}

void Log::flush(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    hurry_ = true;
    urgent_.notify_one();
    written_.wait_for(lock, patience, [this] { return waiting_.empty() && !busy_; });
}

void Log::write_waiting(std::stop_token const& stop) {
    std::string lines;
    bool stopped = false;
    while (!stopped) {
        {
            std::unique_lock lock(mutex_);
            urgent_.wait_for(lock, stop, kWriteEvery, [this] { return hurry_; });
            stopped = stop.stop_requested();
            hurry_ = false;
            lines.clear();
            lines.swap(waiting_);
            busy_ = !lines.empty();
            if (next_sink_) sink_ = std::move(next_sink_);
        }
        if (!lines.empty()) {
            sink_->log(spdlog::details::log_msg("", spdlog::level::info, lines));
            sink_->flush();
        }
        {
            std::lock_guard const lock(mutex_);
            busy_ = false;
        }
        written_.notify_all();
    }
}

}  // namespace server
