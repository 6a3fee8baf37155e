#pragma once

#include <CLI/CLI.hpp>

#include <exception>
#include <string>

/// What is English in the parts that the program is made of, in the words of those who run it: the parser of the
/// command line, the system, the database. Each text is one line and says what to do where that is known.
namespace server::verbs {

/// The headings and marks of --help, for every verb.
void speak_chinese(CLI::App& program);

/// What is wrong with a command line that `program` has refused.
std::string describe(CLI::App const& program, CLI::ParseError const& error);

/// Why the work of a verb ended early.
std::string describe(std::exception const& error);

}  // namespace server::verbs
