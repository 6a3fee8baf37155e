#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

/// Running the built program as people do: arguments and standard input in, exit code and both outputs out.
namespace program {

struct Run {
    int exit_code;
    std::string out;
    std::string err;
};

Run run(std::vector<std::string> const& arguments, std::string const& input = {});

/// A program that keeps running, e.g. `serve`; killed when it is destroyed still running.
class Running {
public:
    explicit Running(std::vector<std::string> const& arguments);
    ~Running();
    Running(Running const&) = delete;
    Running& operator=(Running const&) = delete;

    /// Reads standard output up to and including the line that contains `text`; everything read so far. Empty when the
    /// program ended without it.
    std::string wait_for(std::string const& text);
    void signal(int number) const;
    int wait();  ///< the exit code

private:
    pid_t pid_ = -1;
    int out_ = -1;
    bool waited_ = false;
};

/// A folder of its own that goes when the test does.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }
    /// A path inside.
    std::string operator/(std::string const& name) const { return (path_ / name).string(); }
    /// Writes a file inside and returns its path.
    std::string write(std::string const& name, std::string const& text) const;

private:
    std::filesystem::path path_;
};

/// How many lines; a refusal has one.
long lines(std::string const& text);

}  // namespace program
