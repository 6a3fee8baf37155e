#include "server/runtime/read_pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "storage/engine/write_queue.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace server {
namespace {

using namespace std::chrono_literals;

/// A store of its own and as many reads of it at once as there are threads.
class ReadPoolTest : public testing::Test {
protected:
    /// Counts the rows of a table on a connection of the pool.
    net::awaitable<void> count_rows(std::string source) {
        auto work = [](storage::Connection& connection) {
            auto rows = connection.query("SELECT count(*) FROM drafts");
            return rows.next() ? rows.int64(0) : -1;
        };
        auto const rows = co_await pool.read(work, std::move(source));
        EXPECT_GE(rows, 0);
        ++ended;
    }

    TemporaryFolder folder;
    std::unique_ptr<storage::Store> store = std::move(storage::Store::create(folder / "data").value());
    ReadPool pool{*store, {4, 1000, 1min}};
    net::io_context io;
    int ended = 0;
};

TEST_F(ReadPoolTest, ReadsOnSeveralThreadsBesideTheWriter) {
    constexpr int kReads = 200;
    for (int i = 0; i < kReads; ++i) {
        net::co_spawn(io, count_rows(std::to_string(i % 20)), net::detached);
        storage::DraftOwner const visitor{storage::DraftKind::Visitor, std::to_string(i)};
        auto write = [this, visitor](storage::Connection& connection) {
            return store->drafts().save(connection, visitor, "apply", "half typed", workflow::Instant{} + 24h);
        };
        ASSERT_TRUE(store->writes().run(write));
    }
    io.run();
    EXPECT_EQ(ended, kReads);
    EXPECT_EQ(pool.waiting(), 0U);
    pool.stop();
}

}  // namespace
}  // namespace server
