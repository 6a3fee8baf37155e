#include "storage/engine/migrations.hpp"

#include "storage/engine/sqlite/open.hpp"
#include "tests/storage/engine/faulty_connection.hpp"
#include "tests/storage/number.hpp"
#include "tests/storage/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using storage::Migration;

constexpr std::array kSteps{
    Migration{1, "0001_first", "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);"},
    Migration{2, "0002_second", "UPDATE a SET x = x + 1; CREATE TABLE b (y TEXT) STRICT;"},
};

class Migrations : public testing::Test {
protected:
    TemporaryFolder folder_;
    std::unique_ptr<storage::Connection> writer_ = storage::sqlite::create(folder_ / "test.db");
};

TEST(EmbeddedMigrations, AreNumberedFromOne) {
    int expected = 1;
    for (Migration const& step : storage::migrations()) {
        EXPECT_EQ(step.version, expected++);
        EXPECT_EQ(std::stoi(std::string(step.name.substr(0, 4))), step.version);
        EXPECT_FALSE(step.sql.empty());
    }
    EXPECT_GT(expected, 1);
}

TEST_F(Migrations, OfTheProgramRunOnANewDatabase) {
    storage::migrate(*writer_);
    EXPECT_EQ(number(*writer_, "SELECT count(*) FROM journal"), 0);
    EXPECT_NO_THROW(storage::require_current_schema(*storage::sqlite::open_reader(folder_ / "test.db")));
}

TEST_F(Migrations, RunOnceEach) {
    storage::migrate(*writer_, std::span(kSteps).first(1));
    EXPECT_THROW(storage::require_current_schema(*writer_, kSteps), storage::DatabaseError);
    storage::migrate(*writer_, kSteps);
    storage::migrate(*writer_, kSteps);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 2);
    EXPECT_EQ(number(*writer_, "SELECT count(*) FROM schema_version"), 2);
    EXPECT_NO_THROW(storage::require_current_schema(*writer_, kSteps));
}

TEST_F(Migrations, LeaveTheOldSchemaWhenAStepFails) {
    std::array const broken{kSteps[0], Migration{2, "0002_broken", "UPDATE a SET x = 9; CREATE TABLE a (z INTEGER);"}};
    EXPECT_THROW(storage::migrate(*writer_, broken), storage::DatabaseError);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 1);
    EXPECT_EQ(number(*writer_, "SELECT max(version) FROM schema_version"), 1);
    storage::migrate(*writer_, kSteps);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 2);
}

TEST_F(Migrations, StopBetweenStepsAndGoOnNextTime) {
    auto const faults = std::make_shared<FaultyConnection::Faults>();
    int commits = 0;
    faults->on_commit = [&] {
        if (++commits == 2) throw storage::StorageFault("injected");
    };
    {
        FaultyConnection failing(std::move(writer_), faults);
        EXPECT_THROW(storage::migrate(failing, kSteps), storage::StorageFault);
    }
    writer_ = storage::sqlite::open_writer(folder_ / "test.db");
    EXPECT_EQ(number(*writer_, "SELECT max(version) FROM schema_version"), 1);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 1);
    storage::migrate(*writer_, kSteps);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 2);
}

TEST_F(Migrations, RefuseASchemaFromTheFuture) {
    storage::migrate(*writer_, kSteps);
    try {
        storage::migrate(*writer_, std::span(kSteps).first(1));
        FAIL() << "a newer schema was accepted";
    } catch (storage::SchemaTooNew const& error) {
        EXPECT_EQ(error.found, 2);
        EXPECT_EQ(error.known, 1);
    }
    EXPECT_THROW(storage::require_current_schema(*writer_, std::span(kSteps).first(1)), storage::SchemaTooNew);
}

}  // namespace
