#include "server/files/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace server::files {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestComplaint = 4096;

/// Each of these programs sets one limit on itself and then executes the next, so nothing has to run between fork and
/// exec, and the process id is that of the program itself.
std::vector<std::string> with_limits(std::vector<std::string> const& arguments, ChildLimits const& limits) {
    auto const cpu = limits.cpu.count();
    std::vector<std::string> all{
        "setpriv",
        "--pdeathsig=KILL",
        "--no-new-privs",
        "nice",
        "--adjustment=" + std::to_string(limits.niceness),
        "prlimit",
        "--cpu=" + std::to_string(cpu) + ":" + std::to_string(cpu + 1),  // reaching the first sends a signal of its own
        "--as=" + std::to_string(limits.memory),
        "--fsize=0",
        "--core=0",
        "--nofile=64",
        "--"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

struct Descriptor {
    explicit Descriptor(int opened) : number(opened) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    void close() {
        if (number >= 0) ::close(number);
        number = -1;
    }
    int number;
};

std::array<int, 2> new_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    return ends;
}

struct Pipe {
    explicit Pipe(std::array<int, 2> ends = new_pipe()) : reading(ends[0]), writing(ends[1]) {}
    Descriptor reading;
    Descriptor writing;
};

/// The child's file descriptors, process group and signal mask.
struct SpawnPlan {
    SpawnPlan(int input, int output, int complaints) {
        posix_spawn_file_actions_init(&actions);
        // Through spare numbers: dup2 onto the same number would leave close-on-exec set.
        posix_spawn_file_actions_adddup2(&actions, input, kSpare);
        posix_spawn_file_actions_adddup2(&actions, output, kSpare + 1);
        posix_spawn_file_actions_adddup2(&actions, complaints, kSpare + 2);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, kSpare + 1, 1);
        posix_spawn_file_actions_adddup2(&actions, kSpare + 2, 2);
        posix_spawn_file_actions_adddup2(&actions, kSpare, 3);
        posix_spawn_file_actions_addclosefrom_np(&actions, 4);
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

/// -1 where no process could be made.
pid_t spawn(std::vector<std::string> arguments, SpawnPlan const& plan) {
    std::vector<char*> texts;
    for (auto& argument : arguments) texts.push_back(argument.data());
    texts.push_back(nullptr);
    std::string path = "PATH=/usr/bin:/bin";
    std::string locale = "LC_ALL=C.UTF-8";
    std::array<char*, 3> environment{path.data(), locale.data(), nullptr};
    pid_t child = 0;
    int const error =
        ::posix_spawn(&child, "/usr/bin/setpriv", &plan.actions, &plan.attributes, texts.data(), environment.data());
    return error == 0 ? child : -1;
}

/// The children that have not been reaped yet: a process id is signalled only while it still belongs to the child. Any
/// thread.
class Children {
public:
    pid_t start(std::vector<std::string> const& arguments, SpawnPlan const& plan) {
        std::lock_guard const lock(mutex_);
        pid_t const child = ended_ ? -1 : spawn(arguments, plan);
        if (child >= 0) alive_.insert(child);
        return child;
    }

    /// Kills the child's whole process group.
    void kill(pid_t child) {
        std::lock_guard const lock(mutex_);
        if (alive_.contains(child)) ::kill(-child, SIGKILL);
    }

    /// Waits for its end.
    int reap(pid_t child, rusage& usage) {
        siginfo_t ended{};
        while (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
        }
        std::lock_guard const lock(mutex_);
        int status = 0;
        ::wait4(child, &status, 0, &usage);
        alive_.erase(child);
        return status;
    }

    void end() {
        std::lock_guard const lock(mutex_);
        ended_ = true;
        for (auto const child : alive_) ::kill(-child, SIGKILL);
    }

    bool has_ended() const {
        std::lock_guard const lock(mutex_);
        return ended_;
    }

private:
    mutable std::mutex mutex_;
    std::set<pid_t> alive_;  ///< under mutex_, as the next
    bool ended_ = false;
};

Children& children() {
    static Children all;
    return all;
}

/// One run. Destroyed early, it kills the child.
class Run {
public:
    Run(std::vector<std::string> const& arguments, PlainFile const& input, ChildLimits const& limits)
        : limits_(limits),
          child_(children().start(
              with_limits(arguments, limits),
              SpawnPlan(input.descriptor(), output_.writing.number, complaints_.writing.number)
          )) {
        output_.writing.close();
        complaints_.writing.close();
    }
    ~Run() {
        if (child_ < 0) return;
        children().kill(child_);
        rusage usage{};
        children().reap(child_, usage);
    }
    Run(Run const&) = delete;
    Run& operator=(Run const&) = delete;

    ChildOutcome run_to_end(ChildOutput const& output) {
        if (child_ < 0) return {is_stopped() ? ChildEnd::Stopped : ChildEnd::NotStarted};
        std::optional<ChildEnd> cut;
        {
            std::stop_callback const on_stop(limits_.stop, [child = child_] { children().kill(child); });
            cut = follow(output);
        }
        if (cut) children().kill(child_);
        rusage usage{};
        int const status = children().reap(std::exchange(child_, -1), usage);
        return cut ? ChildOutcome{*cut} : outcome(status, usage);
    }

private:
    bool is_stopped() const { return limits_.stop.stop_requested() || children().has_ended(); }

    /// Reads the child's output until it has ended and closed its pipes; otherwise returns why it has to be killed.
    std::optional<ChildEnd> follow(ChildOutput const& output) {
        Descriptor const process(static_cast<int>(::syscall(SYS_pidfd_open, child_, 0)));
        if (process.number < 0) throw std::system_error(errno, std::generic_category(), "pidfd_open");
        auto const deadline = Clock::now() + limits_.wall;
        std::array<pollfd, 3> wait{
            pollfd{output_.reading.number, POLLIN, 0},
            pollfd{complaints_.reading.number, POLLIN, 0},
            pollfd{process.number, POLLIN, 0}};
        auto& [said, complained, ended] = wait;
        while (said.fd >= 0 || complained.fd >= 0 || ended.fd >= 0) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
            int const ready = left > 0 ? ::poll(wait.data(), wait.size(), static_cast<int>(left)) : 0;
            if (ready < 0 && errno == EINTR) continue;
            if (ready <= 0) return ChildEnd::OverTime;
            if (ended.fd >= 0 && ended.revents != 0) ended.fd = -1;
            if (complained.fd >= 0 && complained.revents != 0) {
                auto const piece = next_piece(complained);
                complaint_.append(piece.substr(0, kLongestComplaint - complaint_.size()));
            }
            if (said.fd < 0 || said.revents == 0) continue;
            auto const piece = next_piece(said);
            total_ += piece.size();
            if (total_ > limits_.output) return ChildEnd::OverOutput;
            if (!piece.empty() && !output(piece)) return ChildEnd::Finished;
        }
        return std::nullopt;
    }

    /// The next output; empty at its end, after which poll() ignores the pipe.
    std::string_view next_piece(pollfd& from) {
        auto const got = ::read(from.fd, piece_.data(), piece_.size());
        if (got > 0) return {piece_.data(), static_cast<std::size_t>(got)};
        if (got == 0 || errno != EINTR) from.fd = -1;
        return {};
    }

    ChildOutcome outcome(int status, rusage const& usage) const {
        constexpr int kNoProgram =
            126;  // and 127: exit codes of the limiting programs when they cannot execute the next
        bool const exited = WIFEXITED(status);
        int const code = exited ? WEXITSTATUS(status) : 0;
        int const signal = exited ? 0 : WTERMSIG(status);
        std::chrono::seconds const used(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
        if (exited && code == 0) {
            // Lines like "Syntax Error: …" mean that a part was not read; warnings do not.
            bool const errors = complaint_.find("Error") != std::string::npos;
            return {.end = ChildEnd::Finished, .had_errors = errors};
        }
        if (signal == SIGKILL && is_stopped()) return {ChildEnd::Stopped};
        if (signal == SIGXCPU || (signal == SIGKILL && used >= limits_.cpu)) return {ChildEnd::OverTime};
        if (code == kNoProgram || code == kNoProgram + 1) return {ChildEnd::NotStarted};
        bool const out_of_memory =
            complaint_.find("ut of memory") != std::string::npos || complaint_.find("bad_alloc") != std::string::npos;
        return {out_of_memory ? ChildEnd::OverMemory : ChildEnd::Failed, code, signal};
    }

    ChildLimits const& limits_;
    Pipe output_;
    Pipe complaints_;
    std::string complaint_;
    std::uint64_t total_ = 0;
    std::array<char, 64 * 1024> piece_;
    pid_t child_;
};

}  // namespace

void throw_exception_from_error(ChildOutcome const& outcome, boost::source_location const&) {
    throw std::logic_error("the result of a child that ended as " + std::to_string(static_cast<int>(outcome.end)));
}

ChildOutcome run_child(
    std::vector<std::string> const& arguments,
    PlainFile const& input,
    ChildOutput const& output,
    ChildLimits const& limits
) {
    return Run(arguments, input, limits).run_to_end(output);
}

ChildResult<std::string> child_text(
    std::vector<std::string> const& arguments, PlainFile const& input, ChildLimits const& limits
) {
    std::string text;
    auto const keep = [&text](std::string_view piece) {
        text += piece;
        return true;
    };
    auto const outcome = run_child(arguments, input, keep, limits);
    if (!outcome.finished()) return outcome;
    return text;
}

void end_children() { children().end(); }

}  // namespace server::files
