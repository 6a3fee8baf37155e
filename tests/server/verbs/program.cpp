#include "tests/server/verbs/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace program {
namespace {

/// Starts the program; `redirect(child_end)` runs in the child before exec.
template <typename Redirect>
pid_t start(std::vector<std::string> const& arguments, Redirect&& redirect) {
    std::vector<char*> argv{const_cast<char*>(DISCLOSURE_PROGRAM)};
    for (auto const& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    pid_t const pid = ::fork();
    if (pid < 0) throw std::runtime_error("fork failed");
    if (pid == 0) {
        redirect();
        ::execv(DISCLOSURE_PROGRAM, argv.data());
        ::_exit(127);
    }
    return pid;
}

int exit_code_of(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string read_file(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Run run(std::vector<std::string> const& arguments, std::string const& input) {
    TemporaryFolder const folder;
    auto const in = folder.write("in", input);
    auto const out = folder / "out";
    auto const err = folder / "err";
    pid_t const pid = start(arguments, [&] {
        ::dup2(::open(in.c_str(), O_RDONLY), STDIN_FILENO);
        ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
        ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    });
    int const code = exit_code_of(pid);
    return {code, read_file(out), read_file(err)};
}

Running::Running(std::vector<std::string> const& arguments) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("pipe failed");
    pid_ = start(arguments, [&] {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
    });
    ::close(pipe[1]);
    out_ = pipe[0];
}

Running::~Running() {
    if (!waited_) {
        signal(SIGKILL);
        wait();
    }
    ::close(out_);
}

std::string Running::wait_for(std::string const& text) {
    std::string read;
    char byte = 0;
    while (::read(out_, &byte, 1) == 1) {
        read += byte;
        if (byte == '\n' && read.find(text) != std::string::npos) return read;
    }
    return {};
}

void Running::signal(int number) const { ::kill(pid_, number); }

int Running::wait() {
    waited_ = true;
    return exit_code_of(pid_);
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "disclosure-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(std::string const& name, std::string const& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return *this / name;
}

long lines(std::string const& text) { return std::ranges::count(text, '\n'); }

}  // namespace program
