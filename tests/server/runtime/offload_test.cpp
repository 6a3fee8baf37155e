#include "server/runtime/offload.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace server {
namespace {

/// Runs the coroutine to its end and throws what it threw.
template <typename Coroutine>
void run(net::io_context& io, Coroutine coroutine) {
    bool ended = false;
    std::exception_ptr error;
    net::co_spawn(io, std::move(coroutine), [&](std::exception_ptr const& thrown) {
        ended = true;
        error = thrown;
    });
    io.run();
    ASSERT_TRUE(ended);
    if (error) std::rethrow_exception(error);
}

net::awaitable<void> offload_text(net::thread_pool& pool, std::thread::id io_thread) {
    auto const prefix = std::make_shared<std::string>("on another thread: ");  // owning captures are what g++ 12 breaks
    auto work = [prefix, io_thread] { return *prefix + (std::this_thread::get_id() == io_thread ? "no" : "yes"); };
    auto const text = co_await offload(pool, work);
    EXPECT_EQ(text, "on another thread: yes");
    EXPECT_EQ(std::this_thread::get_id(), io_thread);
    EXPECT_EQ(prefix.use_count(), 2);  // here and in `work`
}

TEST(Offload, RunsOnThePoolAndComesBack) {
    net::io_context io{1};
    net::thread_pool pool(1);
    run(io, offload_text(pool, std::this_thread::get_id()));
}

net::awaitable<void> offload_nothing(net::thread_pool& pool, bool& done) {
    auto work = [&done] { done = true; };
    co_await offload(pool, work);
}

TEST(Offload, TakesWorkWithoutAResult) {
    net::io_context io{1};
    net::thread_pool pool(1);
    bool done = false;
    run(io, offload_nothing(pool, done));
    EXPECT_TRUE(done);
}

net::awaitable<void> offload_throwing(net::thread_pool& pool) {
    auto work = []() -> int { throw std::runtime_error("from the pool"); };
    co_await offload(pool, work);
}

TEST(Offload, BringsExceptionsBack) {
    net::io_context io{1};
    net::thread_pool pool(1);
    EXPECT_THROW(run(io, offload_throwing(pool)), std::runtime_error);
}

/// As a write queue is: takes work, answers on a thread of its own.
class Courier {
public:
    void submit(std::string text, std::function<void(std::string)> done) {
        threads_.emplace_back([text = std::move(text), done = std::move(done)] { done(text + " delivered"); });
    }

private:
    std::vector<std::jthread> threads_;
};

net::awaitable<void> deliver(Courier& courier, std::string const& text, std::thread::id io_thread, int& count) {
    auto submit = [&courier, text](std::function<void(std::string)> done) { courier.submit(text, std::move(done)); };
    auto const answer = co_await await_value<std::string>(submit);
    EXPECT_EQ(answer, text + " delivered");
    EXPECT_EQ(std::this_thread::get_id(), io_thread);
    ++count;
}

TEST(Delivered, GoesOnWithTheValueOnItsOwnThread) {
    net::io_context io{1};
    Courier courier;
    int count = 0;
    std::vector<std::string> texts;
    for (int i = 0; i < 100; ++i) texts.push_back("a letter long enough to need memory, number " + std::to_string(i));
    for (auto const& text : texts) {
        net::co_spawn(
            io,
            deliver(courier, text, std::this_thread::get_id(), count),
            [](std::exception_ptr const& error) { EXPECT_FALSE(error); }
        );
    }
    io.run();  // returns only when each has been delivered: the outstanding work keeps it
    EXPECT_EQ(count, 100);
}

net::awaitable<void> deliver_at_once() {
    auto submit = [](std::function<void(int)> const& done) { done(7); };
    auto const answer = co_await await_value<int>(submit);
    EXPECT_EQ(answer, 7);
}

TEST(Delivered, MayBeCalledBackWithinTheSubmission) {
    net::io_context io{1};
    run(io, deliver_at_once());
}

net::awaitable<void> deliver_and_keep(std::function<void(int)>& kept) {
    auto submit = [&kept](std::function<void(int)> const& done) {
        kept = done;
        done(7);
    };
    auto const answer = co_await await_value<int>(submit);
    EXPECT_EQ(answer, 7);
}

TEST(Delivered, LetsTheContextEndThoughItsCallbackIsKept) {
    net::io_context io{1};
    std::function<void(int)> kept;
    run(io, deliver_and_keep(kept));
    EXPECT_TRUE(kept);
}

net::awaitable<void> submit_throwing() {
    auto submit = [](std::function<void(int)> const&) { throw std::runtime_error("refused"); };
    co_await await_value<int>(submit);
}

TEST(Delivered, ThrowsWhatTheSubmissionThrows) {
    net::io_context io{1};
    EXPECT_THROW(run(io, submit_throwing()), std::runtime_error);
}

struct NoDefault {
    explicit NoDefault(int number) : value(number) {}
    int value;
};

net::awaitable<void> deliver_no_default() {
    auto submit = [](std::function<void(NoDefault)> const& done) { done(NoDefault(3)); };
    auto const answer = co_await await_value<NoDefault>(submit);
    EXPECT_EQ(answer.value, 3);
}

TEST(Delivered, NeedsNoDefaultConstructor) {
    net::io_context io{1};
    run(io, deliver_no_default());
}

}  // namespace
}  // namespace server
