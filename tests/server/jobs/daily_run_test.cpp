#include "server/jobs/daily_run.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json/parse.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include "server/demo/city.hpp"
#include "server/demo/people.hpp"
#include "tests/fakes/manual_time.hpp"
#include "tests/server/verbs/program.hpp"

namespace {

using namespace server;
using workflow::Action;
using workflow::Code;
using workflow::Role;
using workflow::State;

/// A city in which one request waits for a correction until 2026-05-22.
class DailyRunTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(demo::found_city(*store, time.now(), "", time.now()));
        workflow::Application application;
        application.agency = Code{std::string(demo::kFirstAgency)};
        application.applicant = demo::make_applicant(0, time.today());
        application.items = {{"会议纪要", {}, "关于老旧小区改造的会议纪要"}};
        application.obtain_by = workflow::ObtainBy::Post;
        auto const registered = store->writes().run([&](storage::Connection& connection) {
            workflow::Registration const payload{application, workflow::Channel::Counter, time.today(), "当面提交", {}};
            return store->cases().create(connection, {Action::Register, payload}, who(Role::Registrar), time.now());
        });
        ASSERT_TRUE(registered) << registered.error().detail;
        id = registered->stored.id;
        act(Role::Reviewer,
            {Action::RequestCorrection,
             workflow::CorrectionRequest{{"时间"}, "请写明形成时间", true, day("2026-05-22")}});
        workflow::NoticeDispatch sent;
        sent.letter = workflow::NoticeKind::Correction;
        sent.method = workflow::ObtainBy::PickUp;
        sent.dispatched_on = time.today();
        sent.recipient = application.applicant.name;
        act(Role::Registrar, {Action::DispatchLetter, sent});
    }

    static workflow::Date day(char const* text) { return workflow::parse_date(text).value(); }

    workflow::Actor who(Role role) const {
        return demo::actor_for(*store->directory().current(), Code{std::string(demo::kFirstAgency)}, role, {}, 0);
    }

    void act(Role role, workflow::Command const& command) {
        auto const acted = store->writes().run([&](storage::Connection& connection) {
            return store->cases().act(connection, id, std::nullopt, command, who(role), time.now());
        });
        ASSERT_TRUE(acted) << acted.error().detail;
    }

    workflow::Case stored() const { return store->cases().find(*store->connect(), id)->facts; }

    /// One run at the time it is; how many cases it touched.
    std::int64_t run() {
        net::io_context io;
        jobs::DailyRun daily_run(io, *store, config, time, log);
        std::int64_t touched = -1;
        auto task = [&]() -> net::awaitable<void> { touched = co_await daily_run.run_day(time.now()); };
        net::co_spawn(io, task(), net::detached);
        io.run();
        return touched;
    }

    program::TemporaryFolder folder;
    fakes::ManualTime time{"2026-04-29T09:00:00+08:00"};
    Config config;
    Log log{{.level = LogLevel::Error}};
    std::unique_ptr<storage::Store> store = std::move(storage::Store::create(folder / "data").value());
    std::string id;
};

TEST_F(DailyRunTest, LetsACorrectionLapseOnTheDayAfterItsLastAndOnce) {
    time.go_to("2026-05-22");
    EXPECT_EQ(run(), 0);
    EXPECT_EQ(stored().state, State::Correcting);

    time.go_to("2026-05-23");
    EXPECT_EQ(run(), 1);
    auto const lapsed = stored();
    EXPECT_EQ(lapsed.state, State::Lapsed);
    EXPECT_EQ(lapsed.concluded_on, day("2026-05-23"));

    EXPECT_EQ(run(), 0);
    EXPECT_EQ(stored().version, lapsed.version);
}

TEST_F(DailyRunTest, CatchesUpAfterDowntimeWithTheDayOfTheLaw) {
    time.go_to("2026-06-15");
    EXPECT_EQ(run(), 1);
    EXPECT_EQ(stored().concluded_on, day("2026-05-23"));
}

TEST_F(DailyRunTest, ForgetsDraftsWhoseTimeIsOver) {
    storage::DraftOwner const visitor{storage::DraftKind::Visitor, "token"};
    auto const saved = store->writes().run([&](storage::Connection& connection) {
        return store->drafts().save(connection, visitor, "apply", "half typed", time.now() + std::chrono::hours{24});
    });
    ASSERT_TRUE(saved);
    auto const kept = [&] {
        auto const reader = store->connect();
        auto rows = reader->query("SELECT count(*) FROM drafts");
        return rows.next() ? rows.int64(0) : -1;
    };
    run();
    EXPECT_EQ(kept(), 1);
    time.go_to("2026-04-30");
    run();
    EXPECT_EQ(kept(), 0);
}

TEST_F(DailyRunTest, ClearsMessagesThatWereSettledLongAgoUnlessTheirCaseIsOpen) {
    std::int64_t open = 0;
    std::vector<std::int64_t> others;
    ASSERT_TRUE(store->writes().run([&](storage::Connection& connection) -> workflow::Result<bool> {
        auto const add_sent = [&](std::string_view of_case) {
            auto& outbox = store->outbox();
            auto const added = outbox.add(connection, {storage::MessageKind::Print, of_case, 1, {}}, time.now());
            outbox.move(connection, added, storage::MessageState::Sent, time.now());
            return added;
        };
        open = add_sent(id);
        for (std::int64_t i = 0; i < jobs::kMessagesPerJob + 5; ++i) others.push_back(add_sent("gone"));
        return true;
    }));
    auto const is_there = [&](std::int64_t message) {
        return store->outbox().find(*store->connect(), message).has_value();
    };

    time.advance(std::chrono::days(config.outbox_kept_days));
    run();
    EXPECT_TRUE(is_there(others.front())) << "on the last day it is still kept";
    time.advance(std::chrono::hours(1));
    run();
    EXPECT_FALSE(is_there(others.front()));
    EXPECT_FALSE(is_there(others.back())) << "in one run, however many bites it takes";
    EXPECT_TRUE(is_there(open)) << "the page of its case shows it";
}

TEST_F(DailyRunTest, RunsAtTheStart) {
    time.go_to("2026-06-15");
    net::io_context io;
    jobs::DailyRun daily_run(io, *store, config, time, log);
    daily_run.start();
    while (stored().state != State::Lapsed) io.run_one();
    daily_run.stop();
    io.run();
    EXPECT_EQ(stored().state, State::Lapsed);
}

TEST_F(DailyRunTest, AMissingCalendarIsReportedLouderWithTheWeeks) {
    auto const file = folder / "log";
    auto const levels_on = [&](char const* day) {
        std::filesystem::remove(file);
        time.go_to(day);
        {
            Log own({.file = file});
            net::io_context io;
            jobs::DailyRun daily_run(io, *store, config, time, own);
            auto task = [&]() -> net::awaitable<void> { co_await daily_run.run_day(time.now()); };
            net::co_spawn(io, task(), net::detached);
            io.run();
        }
        std::ifstream in(file);
        std::string levels;
        for (std::string line; std::getline(in, line);) {
            if (line.find("calendar of a year is missing") == std::string::npos) continue;
            auto const entry = boost::json::parse(line);
            levels += entry.at("level").as_string();
            levels +=
                ' ' + std::to_string(entry.at("year").as_int64()) + ' ' + std::to_string(entry.at("week").as_int64());
        }
        return levels;
    };
    EXPECT_EQ(levels_on("2026-10-31"), "");
    EXPECT_EQ(levels_on("2026-11-01"), "info 2027 1");
    EXPECT_EQ(levels_on("2026-11-15"), "warning 2027 3");
    EXPECT_EQ(levels_on("2026-11-29"), "error 2027 5");
}

}  // namespace
