#include "server/runtime/bounded_pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <future>
#include <string>
#include <vector>

namespace server {
namespace {

using namespace std::chrono_literals;

/// Jobs on a pool; each does nothing until the test lets it.
class BoundedPoolTest : public testing::Test {
protected:
    void open(PoolLimits const& limits) { pool.emplace(limits); }

    /// Asks for a job of this source; `done` then holds its name, or "503" and its own where it is turned away.
    void ask(std::string source, std::string name) {
        net::co_spawn(io, job(std::move(source), std::move(name)), net::detached);
        io.poll();
    }

    net::awaitable<void> job(std::string source, std::string name) {
        auto work = [this, name] {
            begun.push_back(name);
            gate.get_future().wait();
            gate = {};
        };
        try {
            co_await pool->run(std::move(source), std::move(work));
            done.push_back(name);
        } catch (Overloaded const& error) {
            retry_after = error.retry_after();
            done.push_back("503 " + name);
        }
    }

    /// Lets the one job that runs end, and everything that follows from it happen.
    void let_one_end() {
        auto const before = done.size();
        gate.set_value();
        while (done.size() == before) io.run_one();
        io.poll();
    }

    std::promise<void> gate;         ///< of the one thread
    std::vector<std::string> begun;  ///< by the one thread; read while it waits
    std::vector<std::string> done;
    std::chrono::seconds retry_after{};
    net::io_context io;
    std::optional<BoundedPool> pool;
};

TEST_F(BoundedPoolTest, TurnsAwayWhatTheQueueCannotHold) {
    open({1, 2, 1min});
    ask("a", "first");
    ask("b", "second");
    ask("c", "third");
    EXPECT_EQ(pool->waiting(), 2U);
    ask("d", "fourth");
    EXPECT_EQ(done, std::vector<std::string>{"503 fourth"});
    EXPECT_EQ(retry_after, 60s);
    for (int i = 0; i < 3; ++i) let_one_end();
    EXPECT_EQ(done, (std::vector<std::string>{"503 fourth", "first", "second", "third"}));
}

TEST_F(BoundedPoolTest, TurnsAwayWhatHasWaitedTooLong) {
    open({1, 2, 1ms});
    ask("a", "first");
    ask("b", "second");
    while (done.empty()) io.run_one();
    EXPECT_EQ(done, std::vector<std::string>{"503 second"});
    EXPECT_EQ(retry_after, 1s);
    EXPECT_EQ(pool->waiting(), 0U);
    let_one_end();
    EXPECT_EQ(done.back(), "first");
}

TEST_F(BoundedPoolTest, TakesTheSourcesInTurn) {
    open({1, 8, 1min});
    for (auto const* name : {"a1", "a2", "a3"}) ask("a", name);
    for (auto const* name : {"b1", "b2"}) ask("b", name);
    for (int i = 0; i < 5; ++i) let_one_end();
    EXPECT_EQ(done, (std::vector<std::string>{"a1", "b1", "a2", "b2", "a3"}));
    EXPECT_EQ(begun, done);
}

TEST_F(BoundedPoolTest, ASourceFillsAQuarterOfTheQueueAtMost) {
    open({1, 8, 1min});
    for (auto const* name : {"a1", "a2", "a3", "a4"}) ask("a", name);
    EXPECT_EQ(done, std::vector<std::string>{"503 a4"});
    ask("b", "b1");
    EXPECT_EQ(pool->waiting(), 3U);
    for (int i = 0; i < 4; ++i) let_one_end();
}

TEST_F(BoundedPoolTest, SaysBeforehandWhomItWouldTurnAway) {
    open({1, 4, 10s});
    EXPECT_NO_THROW(pool->expect_room("a"));
    ask("a", "a1");
    ask("a", "a2");
    EXPECT_THROW(pool->expect_room("a"), Overloaded) << "a quarter of the queue is taken";
    EXPECT_NO_THROW(pool->expect_room("b"));
    let_one_end();
    EXPECT_NO_THROW(pool->expect_room("a"));
    let_one_end();
}

TEST_F(BoundedPoolTest, RunsOneJobOfASourceAtATime) {
    open({2, 8, 1min});
    std::promise<void> hold;
    auto held = hold.get_future().share();
    std::vector<std::string> order;
    auto run = [this, &order, held](std::string source, std::string name, bool waits) -> net::awaitable<void> {
        auto work = [held, waits] {
            if (waits) held.wait();
        };
        co_await pool->run(std::move(source), std::move(work));
        order.push_back(name);
    };
    net::co_spawn(io, run("a", "a1", true), net::detached);
    net::co_spawn(io, run("a", "a2", false), net::detached);
    net::co_spawn(io, run("b", "b1", false), net::detached);
    while (order.empty()) io.run_one();
    EXPECT_EQ(order, std::vector<std::string>{"b1"});  // the second thread is free, but not for a
    EXPECT_EQ(pool->waiting(), 1U);
    hold.set_value();
    io.run();
    EXPECT_EQ(order, (std::vector<std::string>{"b1", "a1", "a2"}));
}

TEST_F(BoundedPoolTest, OwnWorkWaitsAsLongAsItTakes) {
    open({1, 1, 1ms});
    ask("a", "first");
    bool own = false;
    auto patient = [this, &own]() -> net::awaitable<void> {
        auto work = [&own] { own = true; };
        co_await pool->run_patiently(std::move(work));
        done.push_back("own");
    };
    net::co_spawn(io, patient(), net::detached);
    net::co_spawn(io, patient(), net::detached);
    ask("b", "second");
    while (done.empty()) io.run_one();  // the millisecond of the second has passed
    EXPECT_EQ(done, std::vector<std::string>{"503 second"});
    gate.set_value();
    io.run();
    EXPECT_EQ(done, (std::vector<std::string>{"503 second", "first", "own", "own"}));
    EXPECT_TRUE(own);
}

TEST_F(BoundedPoolTest, GivesItsPlaceBackAfterAFailure) {
    open({1, 1, 1min});
    auto failing = [this]() -> net::awaitable<void> {
        auto work = [] { throw std::runtime_error("broken"); };
        try {
            co_await pool->run("a", work);
        } catch (std::runtime_error const& error) {
            done.push_back(error.what());
        }
    };
    net::co_spawn(io, failing(), net::detached);
    io.run();
    io.restart();
    net::co_spawn(io, failing(), net::detached);
    io.run();
    EXPECT_EQ(done, (std::vector<std::string>{"broken", "broken"}));
}

}  // namespace
}  // namespace server
