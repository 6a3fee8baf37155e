#include "server/verbs/version.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "tests/server/verbs/program.hpp"

namespace server::verbs {
namespace {

TEST(Version, TellsVersionAndCommit) {
    auto const told = program::run({"--version"});
    EXPECT_EQ(told.exit_code, 0) << told.err;
    EXPECT_EQ(told.out, version() + "\n");
    EXPECT_TRUE(std::regex_match(version(), std::regex("disclosure \\d+\\.\\d+\\.\\d+（提交 ([0-9a-f]{12,}|未知)）")))
        << version();
}

}  // namespace
}  // namespace server::verbs
