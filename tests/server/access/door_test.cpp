#include "server/access/door.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "server/access/access.hpp"
#include "server/access/proof_of_work.hpp"

namespace server::access {
namespace {

using namespace std::chrono_literals;

constexpr workflow::Instant kMorning{std::chrono::milliseconds{1'772'413'200'000}};

constexpr DoorRule kRule{
    .wait = {.failures = 3, .delay = 30s, .longest = 5min},
    .failures_of_network = 10,
    .failures_of_name = 20,
    .work = 8,
    .hardest_work = 11};

Caller from(std::string network, std::string name = "registrar", std::string device = "") {
    return {.name = std::move(name), .network = std::move(network), .device = std::move(device)};
}

TEST(Door, WaitsAreOfOneNameInOnePlace) {
    Door door(kRule);
    for (int i = 0; i < 3; ++i) door.record_failure(from("203.0.113.1"), kMorning);
    EXPECT_EQ(door.wait(from("203.0.113.1"), kMorning), 30s);
    EXPECT_FALSE(door.wait(from("203.0.113.2"), kMorning)) << "the owner, elsewhere";
    EXPECT_FALSE(door.wait(from("203.0.113.1", "reviewer"), kMorning)) << "a colleague behind the same address";
    EXPECT_FALSE(door.wait(from("203.0.113.1", "registrar", "laptop"), kMorning)) << "the owner's own device";
    for (int i = 0; i < 3; ++i) door.record_failure(from("203.0.113.1", "registrar", "laptop"), kMorning);
    EXPECT_EQ(door.wait(from("198.51.100.9", "registrar", "laptop"), kMorning), 30s)
        << "a device has its tries anywhere";
    EXPECT_FALSE(door.wait(from("203.0.113.1", "registrar", "telephone"), kMorning));
}

TEST(Door, WhoOpensItHasFailedNoMoreButTheNetworkHas) {
    Door door(kRule);
    for (int i = 0; i < 10; ++i) door.record_failure(from("203.0.113.1", "name " + std::to_string(i)), kMorning);
    door.record_success(from("203.0.113.1", "name 3"));
    EXPECT_EQ(door.work(from("203.0.113.1"), kMorning), 8) << "an account of one's own buys no tries at others";
    for (int i = 0; i < 3; ++i) door.record_failure(from("203.0.113.1"), kMorning);
    door.record_success(from("203.0.113.1"));
    EXPECT_FALSE(door.wait(from("203.0.113.1"), kMorning));
}

TEST(Door, ManyFailuresCostWorkThatGrowsToItsLimit) {
    Door door(kRule);
    auto const fail = [&](int times) {
        for (int i = 0; i < times; ++i) door.record_failure(from("203.0.113.1", "name " + std::to_string(i)), kMorning);
    };
    fail(9);
    EXPECT_EQ(door.work(from("203.0.113.1"), kMorning), 0);
    fail(1);
    EXPECT_EQ(door.work(from("203.0.113.1"), kMorning), 8);
    EXPECT_EQ(door.work(from("203.0.113.1", "registrar", "laptop"), kMorning), 0) << "not for known devices";
    EXPECT_EQ(door.work(from("203.0.113.2"), kMorning), 0) << "not elsewhere";
    fail(10);
    EXPECT_EQ(door.work(from("203.0.113.1"), kMorning), 9);
    fail(1'000);
    EXPECT_EQ(door.work(from("203.0.113.1"), kMorning), 11);
    EXPECT_EQ(door.work(from("203.0.113.1"), kMorning + 24h), 0);
}

TEST(Door, ANameTriedFromEverywhereCostsStrangersWork) {
    Door door(kRule);
    for (int i = 0; i < 20; ++i) door.record_failure(from("203.0.113." + std::to_string(i)), kMorning);
    EXPECT_EQ(door.work(from("198.51.100.9"), kMorning), 8);
    EXPECT_EQ(door.work(from("198.51.100.9", "reviewer"), kMorning), 0);
    EXPECT_EQ(door.work(from("198.51.100.9", "registrar", "laptop"), kMorning), 0);
    for (int i = 0; i < 100; ++i) door.record_failure(from("198.51.100.9", "reviewer", "laptop"), kMorning);
    EXPECT_EQ(door.work(from("198.51.100.9", "reviewer"), kMorning), 0) << "known devices fail on their own account";
}

TEST(Door, ForgetsANameWhereverItFailed) {
    Door door(kRule);
    for (int i = 0; i < 30; ++i) door.record_failure(from("203.0.113.1"), kMorning);
    for (int i = 0; i < 3; ++i) door.record_failure(from("203.0.113.2", "registrar", "laptop"), kMorning);
    for (int i = 0; i < 3; ++i) door.record_failure(from("203.0.113.2", "the registrar"), kMorning);
    door.forget("registrar");
    EXPECT_FALSE(door.wait(from("203.0.113.1"), kMorning));
    EXPECT_FALSE(door.wait(from("203.0.113.2", "registrar", "laptop"), kMorning));
    EXPECT_EQ(door.work(from("198.51.100.9"), kMorning), 0);
    EXPECT_TRUE(door.wait(from("203.0.113.2", "the registrar"), kMorning));
}

// ---- proof of work ------------------------------------------------------------------------------------------------

bool solves(Task const& task, std::string_view text) {
    auto const digest =
        storage::sha256({storage::as_bytes(task.challenge), storage::as_bytes(":"), storage::as_bytes(text)});
    return digest[0] == 0;  // the tasks of these tests have 8 bits
}

/// The first number that solves the task, or the first that does not.
std::string number_that(bool is_right, Task const& task) {
    std::uint64_t number = 0;
    while (solves(task, std::to_string(number)) != is_right) ++number;
    return std::to_string(number);
}

std::string solution_of(Task const& task) { return number_that(true, task); }

class ProofOfWorkTest : public testing::Test {
protected:
    std::optional<Task> left(
        std::string_view challenge,
        std::string_view solution,
        workflow::Instant at = kMorning,
        std::string_view network = "203.0.113.1",
        int bits = 8
    ) {
        return work.left_to_do("sign_in registrar", network, bits, challenge, solution, at);
    }
    Task asked(std::string_view network = "203.0.113.1") { return left("", "", kMorning, network).value(); }

    ProofOfWork work{60s, 10min};
};

TEST_F(ProofOfWorkTest, CountsOnce) {
    auto const task = asked();
    EXPECT_EQ(task.bits, 8);
    EXPECT_EQ(task.wait, 60s);
    auto const solution = solution_of(task);
    EXPECT_FALSE(left(task.challenge, solution));
    auto const again = left(task.challenge, solution);
    ASSERT_TRUE(again);
    EXPECT_NE(again->challenge, task.challenge) << "a new one";
}

TEST_F(ProofOfWorkTest, AWrongSolutionLeavesTheChallenge) {
    auto const task = asked();
    auto const refused = left(task.challenge, number_that(false, task));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->challenge, task.challenge);
    EXPECT_EQ(left(task.challenge, "")->challenge, task.challenge);
    EXPECT_EQ(left(task.challenge, std::string(10'000, '7'))->challenge, task.challenge);
    EXPECT_FALSE(left(task.challenge, solution_of(task)));
}

TEST_F(ProofOfWorkTest, HoldsForItsPurposeNetworkAndTime) {
    auto const task = asked();
    auto const solution = solution_of(task);
    EXPECT_TRUE(left(task.challenge, solution, kMorning, "203.0.113.2"));
    EXPECT_TRUE(work.left_to_do("sign_in reviewer", "203.0.113.1", 8, task.challenge, solution, kMorning));
    EXPECT_TRUE(left(task.challenge, solution, kMorning + 11min));
    auto easier = task.challenge;
    easier.replace(easier.find(".8."), 3, ".0.");
    EXPECT_TRUE(left(easier, "1")) << "whoever makes it easier breaks its signature";
    EXPECT_TRUE(
        ProofOfWork(60s, 10min).left_to_do("sign_in registrar", "203.0.113.1", 8, task.challenge, solution, kMorning)
    ) << "of another process";
    EXPECT_FALSE(left(task.challenge, solution, kMorning + 10min));
}

TEST_F(ProofOfWorkTest, StaysAsHardAsItWasGiven) {
    auto const task = asked();
    EXPECT_FALSE(left(task.challenge, solution_of(task), kMorning, "203.0.113.1", 20));
}

TEST_F(ProofOfWorkTest, IsReplacedByWaiting) {
    auto const task = asked();
    auto const waiting = left(task.challenge, "", kMorning + 20s);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->challenge, task.challenge);
    EXPECT_EQ(waiting->wait, 40s);
    EXPECT_FALSE(left(task.challenge, "", kMorning + 60s));
    EXPECT_NE(left(task.challenge, "", kMorning + 120s)->challenge, task.challenge) << "for one try";
}

TEST_F(ProofOfWorkTest, WaitingManyTimesAtOnceGainsNothing) {
    std::vector<Task> tasks;
    for (int i = 0; i < 10; ++i) tasks.push_back(asked());
    auto const elsewhere = asked("203.0.113.2");
    int heard = 0;
    for (auto at = kMorning; at < kMorning + 5min; at += 1s) {
        for (auto const& task : tasks) heard += left(task.challenge, "", at) ? 0 : 1;
    }
    EXPECT_EQ(heard, 4) << "one after each minute";
    EXPECT_FALSE(left(elsewhere.challenge, "", kMorning + 60s, "203.0.113.2"));
    auto const other = work.left_to_do("sign_in reviewer", "203.0.113.1", 8, "", "", kMorning);
    ASSERT_TRUE(other);
    EXPECT_FALSE(work.left_to_do("sign_in reviewer", "203.0.113.1", 8, other->challenge, "", kMorning + 60s))
        << "who waits at one name keeps nobody from another";
}

// ---- figures ------------------------------------------------------------------------------------------------------

/// What a day of guessing at one name comes to.
struct Day {
    std::int64_t guesses = 0;
    double hashes = 0;  ///< to be computed for them
};

/// From so many networks at once, each trying as soon as it may; the second day goes on where the first ended.
std::vector<Day> days_of_guessing(Door& door, int networks, int days) {
    using Next = std::pair<workflow::Instant, int>;
    std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
    for (int i = 0; i < networks; ++i) next.emplace(kMorning, i);
    std::vector<Day> result(static_cast<std::size_t>(days));
    while (next.top().first < kMorning + days * 24h) {
        auto const [now, network] = next.top();
        next.pop();
        auto const caller = from("network" + std::to_string(network), "target");
        auto& day = result[static_cast<std::size_t>((now - kMorning) / 24h)];
        ++day.guesses;
        if (auto const bits = door.work(caller, now); bits > 0) day.hashes += std::exp2(bits);
        door.record_failure(caller, now);
        next.emplace(now + door.wait(caller, now).value_or(1s), network);
    }
    return result;
}

/// The rules as they come, measured. server/README.md says these figures.
TEST(Figures, GuessesADay) {
    Config const config;
    Access few(config);
    auto const one = days_of_guessing(few.sign_in, 1, 2);
    EXPECT_EQ(one[0].guesses, 34);
    EXPECT_EQ(one[1].guesses, 24);
    Access many(config);
    auto const thousand = days_of_guessing(many.sign_in, 1000, 2);
    EXPECT_EQ(thousand[0].guesses, 34'000);
    EXPECT_EQ(thousand[1].guesses, 24'000);
    EXPECT_EQ(thousand[1].hashes, 24'000 * std::exp2(22));

    EXPECT_EQ(days_of_guessing(few.tracking, 1, 1)[0].guesses, 153);
    auto const codes = days_of_guessing(many.tracking, 1000, 1)[0].guesses;
    EXPECT_EQ(codes, 153'000);
    EXPECT_LT(365.0 * static_cast<double>(codes) / std::exp2(80), 1e-16) << "a year of it, a code of 80 random bits";

    Failures second_factor;
    int tries = 0;
    for (auto now = kMorning; now < kMorning + 24h; ++tries) {
        second_factor.add("account", now);
        now += second_factor.wait("account", few.sign_in_wait, now).value_or(1s);
    }
    EXPECT_EQ(tries, 34) << "of a million codes, three of which are right at a time, from wherever";
}

}  // namespace
}  // namespace server::access
