#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

/// Texts kept in the source folder and held equal to what the code says. SOURCE_FOLDER comes from CMake.
namespace workflow {

inline std::string read_source(std::string const& path) {
    std::ifstream file(SOURCE_FOLDER "/" + path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The file is as `expected`; with the variable `update` set in the environment it is written instead.
inline void expect_source(std::string const& path, std::string const& expected, char const* update) {
    if (std::getenv(update) != nullptr) std::ofstream(SOURCE_FOLDER "/" + path, std::ios::binary) << expected;
    EXPECT_TRUE(read_source(path) == expected)
        << path << " is stale. Refresh it: " << update
        << "=1 workflow_test --gtest_filter=" << testing::UnitTest::GetInstance()->current_test_suite()->name() << ".*";
}

/// workflow/README.md holds `expected` between its two markers of this name.
inline void expect_in_readme(std::string const& name, std::string const& expected) {
    std::string const path = "workflow/README.md";
    std::string const begin = "<!-- begin " + name + " -->\n";
    std::string const end = "<!-- end " + name + " -->\n";
    std::string text = read_source(path);
    auto const from = text.find(begin);
    auto const to = text.find(end);
    ASSERT_TRUE(from != std::string::npos && to != std::string::npos && from < to)
        << path << " lacks the markers of " << name;
    text.replace(from + begin.size(), to - from - begin.size(), expected);
    expect_source(path, text, "UPDATE_README");
}

}  // namespace workflow
