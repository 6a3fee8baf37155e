#include "server/files/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace server::files {
namespace {

using Clock = std::chrono::steady_clock;

/// prlimit(1) sets the limits on itself and becomes the program: nothing has to be done between fork and exec.
std::vector<std::string> with_limits(std::vector<std::string> const& arguments, ChildLimits const& limits) {
    std::vector<std::string> all{
        "prlimit",
        "--cpu=" + std::to_string(limits.time.count()),
        "--as=" + std::to_string(limits.memory),
        "--fsize=0",
        "--core=0",
        "--nofile=64",
        "--",
        "timeout",  // also for one that closes its output and sleeps
        "--foreground",
        "--signal=KILL",
        std::to_string(limits.time.count() + 1)};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    }
    ~Pipe() {
        close_writing();
        ::close(ends[0]);
    }
    void close_writing() {
        if (ends[1] >= 0) ::close(ends[1]);
        ends[1] = -1;
    }
    Pipe(Pipe const&) = delete;
    Pipe& operator=(Pipe const&) = delete;

    std::array<int, 2> ends{};
};

/// What the child finds open and how it stands: its own process group, no signals blocked.
struct SpawnPlan {
    SpawnPlan(int input, int output) {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, output, 1);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        // dup2 onto itself would leave close-on-exec set, so the input goes by way of another number.
        posix_spawn_file_actions_adddup2(&actions, input, kSpare);
        posix_spawn_file_actions_adddup2(&actions, kSpare, 3);
        posix_spawn_file_actions_addclose(&actions, kSpare);
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(SpawnPlan const&) = delete;
    SpawnPlan& operator=(SpawnPlan const&) = delete;

    static constexpr int kSpare = 1000;  ///< below the usual limit of 1024
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
};

pid_t spawn(std::vector<std::string> arguments, int input, int output) {
    SpawnPlan const plan(input, output);
    std::vector<char*> texts;
    for (auto& argument : arguments) texts.push_back(argument.data());
    texts.push_back(nullptr);
    std::string path = "PATH=/usr/bin:/bin";
    std::string locale = "LC_ALL=C.UTF-8";
    std::array<char*, 3> environment{path.data(), locale.data(), nullptr};
    pid_t child = 0;
    int const error =
        ::posix_spawn(&child, "/usr/bin/prlimit", &plan.actions, &plan.attributes, texts.data(), environment.data());
    return error == 0 ? child : -1;
}

/// Reads until the end, a limit or the reader's word.
ChildEnd drain(int from, ChildOutput const& output, ChildLimits const& limits) {
    auto const deadline = Clock::now() + limits.time;
    std::array<char, 64 * 1024> piece;
    std::uint64_t total = 0;
    while (true) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd wait{from, POLLIN, 0};
        int const ready = left > 0 ? ::poll(&wait, 1, static_cast<int>(left)) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return ChildEnd::Stopped;
        auto const got = ::read(from, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0 ? ChildEnd::Done : ChildEnd::Failed;
        total += static_cast<std::uint64_t>(got);
        if (total > limits.output) return ChildEnd::Stopped;
        if (!output({piece.data(), static_cast<std::size_t>(got)})) return ChildEnd::Done;
    }
}

/// Kills what is left of the group and takes the child's status.
int finish(pid_t child, bool wait_for_it) {
    if (!wait_for_it) ::kill(-child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

}  // namespace

ChildEnd run_child(
    std::vector<std::string> const& arguments, PlainFile const& input, ChildOutput output, ChildLimits limits
) {
    Pipe pipe;
    pid_t const child = spawn(with_limits(arguments, limits), input.descriptor(), pipe.ends[1]);
    if (child < 0) return ChildEnd::Failed;
    pipe.close_writing();
    bool content = true;
    auto const heard = [&](std::string_view piece) { return content = output(piece); };
    ChildEnd const end = drain(pipe.ends[0], heard, limits);
    int const status = finish(child, end == ChildEnd::Done && content);
    if (end != ChildEnd::Done || !content) return end;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ChildEnd::Done : ChildEnd::Failed;
}

ChildText child_text(std::vector<std::string> const& arguments, PlainFile const& input, ChildLimits limits) {
    ChildText result{ChildEnd::Failed, {}};
    auto const keep = [&result](std::string_view piece) {
        result.text += piece;
        return true;
    };
    result.end = run_child(arguments, input, keep, limits);
    return result;
}

}  // namespace server::files
