#pragma once

#include <filesystem>

namespace cases {

/// Plays the cases of one file (README.md) against decide() and evolve() and returns how many they are. Throws
/// std::runtime_error with ":line: what differs".
int run_cases(std::filesystem::path const& file);

}  // namespace cases
