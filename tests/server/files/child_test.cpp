#include "server/files/child.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace server::files {
namespace {

using namespace std::chrono_literals;

ChildOutcome outcome(std::vector<std::string> const& arguments, ChildLimits const& limits = {}) {
    return run_child(
        arguments, PlainFile("x"), [](std::string_view) { return true; }, limits
    );
}

std::vector<std::string> perl(std::string program) { return {"perl", "-e", std::move(program)}; }

TEST(Child, FinishesWithWhatItWrote) {
    PlainFile const file("x");
    EXPECT_EQ(child_text({"cat", std::string(kInput)}, file).value(), "x");
    EXPECT_EQ(child_text({"env"}, file).value().find("HOME="), std::string::npos);
    std::string heard;
    auto const enough = run_child({"yes"}, file, [&heard](std::string_view piece) {
        heard += piece;
        return false;
    });
    EXPECT_TRUE(enough.finished());
    EXPECT_TRUE(heard.starts_with("y\ny\n"));
}

TEST(Child, SaysHowItFailed) {
    auto const gave_up = outcome(perl("exit 3"));
    EXPECT_EQ(gave_up.end, ChildEnd::Failed);
    EXPECT_EQ(gave_up.exit_code, 3);
    EXPECT_TRUE(gave_up.gave_up());
    auto const died = outcome(perl("kill 'SEGV', $$"));
    EXPECT_EQ(died.end, ChildEnd::Failed);
    EXPECT_EQ(died.signal, SIGSEGV);
    EXPECT_FALSE(died.gave_up());
    auto const missing = outcome({"no-such-program"});
    EXPECT_EQ(missing.end, ChildEnd::NotStarted);
    EXPECT_TRUE(missing.says_nothing());
}

TEST(Child, IsStoppedAtItsLimits) {
    EXPECT_EQ(outcome({"sleep", "1000"}, {.wall = 1s}).end, ChildEnd::OverTime);
    EXPECT_EQ(outcome(perl("close STDOUT; close STDERR; sleep 1000"), {.wall = 1s}).end, ChildEnd::OverTime);
    EXPECT_EQ(outcome(perl("1 while 1"), {.cpu = 1s}).end, ChildEnd::OverTime);
    EXPECT_EQ(outcome(perl("$SIG{XCPU} = 'IGNORE'; 1 while 1"), {.cpu = 1s}).end, ChildEnd::OverTime);
    EXPECT_EQ(outcome({"yes"}, {.output = 100'000}).end, ChildEnd::OverOutput);
    EXPECT_EQ(outcome(perl("$x = 'a' x 500_000_000"), {.memory = 100'000'000}).end, ChildEnd::OverMemory);
}

TEST(Child, GivesTextOnlyWhenItFinished) {
    PlainFile const file("x");
    auto const half = child_text(perl("print 'half'; exit 1"), file);
    ASSERT_FALSE(half);
    EXPECT_TRUE(half.error().gave_up());
    EXPECT_THROW(half.value(), std::logic_error);
}

TEST(Child, IsStoppedFromOutside) {
    std::stop_source stop;
    auto const on_first_word = [&stop](std::string_view) {
        stop.request_stop();
        return true;
    };
    auto const stopped =
        run_child(perl("$| = 1; print 1; sleep 1000"), PlainFile("x"), on_first_word, {.stop = stop.get_token()});
    EXPECT_EQ(stopped.end, ChildEnd::Stopped);
}

TEST(Child, IsEndedWhereItsReaderGivesUp) {
    auto const run = [] {
        return run_child(perl("$| = 1; print 1; sleep 1000"), PlainFile("x"), [](std::string_view) -> bool {
            throw std::runtime_error("cannot read on");
        });
    };
    EXPECT_THROW(static_cast<void>(run()), std::runtime_error);
}

TEST(Child, HasNothingOpenButItsOwn) {
    int const left_open = ::open("/dev/null", O_RDONLY);  // without close-on-exec, as a careless library may
    ASSERT_GE(left_open, 0);
    ASSERT_EQ(::dup2(left_open, 77), 77);
    auto const open = child_text(perl("print join(' ', grep { -e \"/proc/self/fd/$_\" } 0..1023)"), PlainFile("x"));
    ::close(left_open);
    ::close(77);
    EXPECT_EQ(open.value(), "0 1 2 3");
}

TEST(Child, MayNotGainRights) {
    auto const status = child_text({"cat", "/proc/self/status"}, PlainFile("x"));
    EXPECT_NE(status.value().find("NoNewPrivs:\t1"), std::string::npos);
}

/// Runs a child that tells its number through `told` and then sleeps.
void run_sleeper(int told) {
    auto const tell = [told](std::string_view piece) {
        return ::write(told, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size());
    };
    static_cast<void>(run_child(perl("$| = 1; print $$; sleep 1000"), PlainFile("x"), tell, {.wall = 1000s}));
}

TEST(Child, DiesWithItsParent) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    pid_t const parent = ::fork();
    if (parent == 0) {
        run_sleeper(pipe[1]);
        ::_exit(0);
    }
    std::array<char, 32> text{};
    auto const got = ::read(pipe[0], text.data(), text.size());
    ASSERT_GT(got, 0);
    pid_t child = 0;
    std::from_chars(text.data(), text.data() + got, child);
    int const process = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    ASSERT_GE(process, 0);
    ::kill(parent, SIGKILL);
    ::waitpid(parent, nullptr, 0);
    pollfd ended{process, POLLIN, 0};
    EXPECT_EQ(::poll(&ended, 1, 60'000), 1);
    ::close(process);
    ::close(pipe[0]);
    ::close(pipe[1]);
}

/// In a process of its own, since nothing starts there any more: 0 when all is as it should be.
int after_the_end() {
    ChildEnd first{};
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) return 1;
    std::thread running([&first, told = pipe[1]] {
        auto const tell = [told](std::string_view) { return ::write(told, "x", 1) == 1; };
        first = run_child(perl("$| = 1; print 1; sleep 1000"), PlainFile("x"), tell, {.wall = 1000s}).end;
    });
    char started = 0;
    if (::read(pipe[0], &started, 1) != 1) return 2;
    end_children();
    running.join();
    if (first != ChildEnd::Stopped) return 3;
    return outcome({"true"}).end == ChildEnd::Stopped ? 0 : 4;
}

TEST(ChildDeathTest, NoneRunsAfterTheEnd) { EXPECT_EXIT(::_exit(after_the_end()), testing::ExitedWithCode(0), ""); }

}  // namespace
}  // namespace server::files
