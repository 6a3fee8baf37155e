#pragma once

#include <CLI/CLI.hpp>

#include <exception>
#include <string>

/// Translates the messages of the libraries and of the system for those who run the program: the command line parser,
/// the operating system, the database. Each text is one line and says what to do where that is known.
namespace server::verbs {

/// The headings and marks of --help, for every verb.
void speak_chinese(CLI::App& program);

/// What is wrong with a command line that `program` has refused.
std::string describe(CLI::App const& program, CLI::ParseError const& error);

/// Why the work of a verb ended early.
std::string describe(std::exception const& error);

}  // namespace server::verbs
