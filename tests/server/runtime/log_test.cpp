#include "server/runtime/log.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace server {
namespace {

/// Runs `talk` with a log on a file of its own and returns the lines it made.
template <typename Talk>
std::vector<std::string> lines_of(LogLevel level, Talk talk) {
    auto const path = std::filesystem::temp_directory_path() / ("log_test_" + std::to_string(::getpid()));
    std::filesystem::remove(path);
    {
        Log log({.level = level, .file = path});
        talk(log);
    }
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    std::filesystem::remove(path);
    return lines;
}

TEST(Log, WritesOneJsonObjectPerLine) {
    auto const lines = lines_of(LogLevel::Info, [](Log& log) {
        log.info("request", {{"status", 200}, {"slow", false}, {"share", 0.5}, {"route", "/cases"}});
        log.error("second");
    });
    ASSERT_EQ(lines.size(), 2u);
    auto const first = boost::json::parse(lines[0]).as_object();
    EXPECT_EQ(first.at("level"), "info");
    EXPECT_EQ(first.at("msg"), "request");
    EXPECT_EQ(first.at("status"), 200);
    EXPECT_EQ(first.at("slow"), false);
    EXPECT_EQ(first.at("share"), 0.5);
    EXPECT_EQ(first.at("route"), "/cases");
    EXPECT_EQ(first.at("ts").as_string().size(), std::string("2026-01-02T03:04:05.678+08:00").size());
    EXPECT_EQ(boost::json::parse(lines[1]).at("level"), "error");
}

TEST(Log, StaysOnOneLineWhateverItIsGiven) {
    std::string const attack = "a\r\n{\"level\":\"audit\"}\x1B[31m\x7F\xC2\x85\\\"\xFF\xE7";
    auto const lines = lines_of(LogLevel::Info, [&](Log& log) { log.warning(attack, {{"name", attack}}); });
    ASSERT_EQ(lines.size(), 1u);
    for (char const c : lines[0]) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
    auto const line = boost::json::parse(lines[0]).as_object();
    boost::json::string const expected = "a\r\n{\"level\":\"audit\"}\x1B[31m\x7F\xC2\x85\\\"\uFFFD\uFFFD";
    EXPECT_EQ(line.at("name").as_string(), expected);
    EXPECT_EQ(line.at("msg").as_string(), expected);
    EXPECT_EQ(line.at("level"), "warning");
    EXPECT_EQ(lines[0].find("\xC2\x85"), std::string::npos);
}

TEST(Log, CutsLongValuesBetweenCharacters) {
    std::string text;
    while (text.size() < 600) text += "申";
    auto const lines = lines_of(LogLevel::Info, [&](Log& log) {
        log.info("m", {{"v", text}, {"w", std::string(512, 'x')}});
    });
    auto const line = boost::json::parse(lines.at(0)).as_object();
    EXPECT_EQ(line.at("v").as_string(), text.substr(0, 513) + "…");
    EXPECT_EQ(line.at("w").as_string(), std::string(512, 'x'));
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
    auto const lines = lines_of(LogLevel::Warning, [](Log& log) {
        log.debug("no");
        log.info("no");
        log.warning("yes");
    });
    EXPECT_EQ(lines.size(), 1u);
}

TEST(Log, DropsAndCountsWhatTheDiskCannotTake) {
    auto const path = std::filesystem::temp_directory_path() / ("log_full_" + std::to_string(::getpid()));
    Log log({.file = path, .waiting_bytes = 1'000});
    for (int i = 0; i < 100'000; ++i) log.info("flood");
    EXPECT_GT(log.dropped(), 0u);
    std::filesystem::remove(path);
}

TEST(Log, RefusesAFileItCannotOpen) { EXPECT_THROW(Log({.file = "/proc/no/such/folder/log"}), std::runtime_error); }

TEST(Log, GoesOnInANewFileUnderTheOldName) {
    auto const path = std::filesystem::temp_directory_path() / ("log_reopen_" + std::to_string(::getpid()));
    auto const rotated = path.string() + ".1";
    auto const text_of = [](std::filesystem::path const& file) {
        std::ifstream stream(file);
        return std::string(std::istreambuf_iterator<char>(stream), {});
    };
    {
        Log log({.level = LogLevel::Warning, .file = path});
        log.warning("before");
        log.flush(std::chrono::seconds(10));
        std::filesystem::rename(path, rotated);
        EXPECT_THROW(log.reopen(std::filesystem::temp_directory_path()), std::runtime_error);
        log.reopen(path);
        log.set_level(LogLevel::Info);
        log.info("after");
        log.flush(std::chrono::seconds(10));
        EXPECT_NE(text_of(path).find("after"), std::string::npos) << "flush() waits until it is written";
    }
    EXPECT_NE(text_of(rotated).find("before"), std::string::npos);
    EXPECT_EQ(text_of(rotated).find("after"), std::string::npos);
    std::filesystem::remove(path);
    std::filesystem::remove(rotated);
}

}  // namespace
}  // namespace server
