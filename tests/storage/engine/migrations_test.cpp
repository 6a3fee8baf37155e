#include "storage/engine/migrations.hpp"

#include "tests/storage/each_database.hpp"
#include "tests/storage/engine/faulty_connection.hpp"
#include "tests/storage/number.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using storage::Migration;

constexpr std::array kSteps{
    Migration{1, "0001_first", "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);"},
    Migration{2, "0002_second", "UPDATE a SET x = x + 1; CREATE TABLE b (y TEXT) STRICT;"},
};

using Migrations = EmptyDatabase;

TEST_P(Migrations, OfTheProgramAreNumberedFromOne) {
    int expected = 1;
    for (Migration const& step : database_->schema()) {
        EXPECT_EQ(step.version, expected++);
        EXPECT_EQ(std::stoi(std::string(step.name.substr(0, 4))), step.version);
        EXPECT_FALSE(step.sql.empty());
    }
    EXPECT_GT(expected, 1);
}

TEST_P(Migrations, OfTheProgramRunOnANewDatabase) {
    storage::migrate(*writer_, database_->schema());
    EXPECT_EQ(number(*writer_, "SELECT count(*) FROM journal"), 0);
    EXPECT_NO_THROW(storage::require_current_schema(*database_->open_reader(), database_->schema()));
}

TEST_P(Migrations, RunOnceEach) {
    storage::migrate(*writer_, std::span(kSteps).first(1));
    EXPECT_THROW(storage::require_current_schema(*writer_, kSteps), storage::DatabaseError);
    storage::migrate(*writer_, kSteps);
    storage::migrate(*writer_, kSteps);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 2);
    EXPECT_EQ(number(*writer_, "SELECT count(*) FROM schema_version"), 2);
    EXPECT_NO_THROW(storage::require_current_schema(*writer_, kSteps));
}

TEST_P(Migrations, LeaveTheOldSchemaWhenAStepFails) {
    std::array const broken{kSteps[0], Migration{2, "0002_broken", "UPDATE a SET x = 9; CREATE TABLE a (z INTEGER);"}};
    EXPECT_THROW(storage::migrate(*writer_, broken), storage::DatabaseError);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 1);
    EXPECT_EQ(number(*writer_, "SELECT max(version) FROM schema_version"), 1);
    storage::migrate(*writer_, kSteps);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 2);
}

TEST_P(Migrations, StopBetweenStepsAndGoOnNextTime) {
    auto const faults = std::make_shared<FaultyConnection::Faults>();
    int commits = 0;
    faults->on_commit = [&] {
        if (++commits == 2) throw storage::StorageFault("injected");
    };
    {
        FaultyConnection failing(std::move(writer_), faults);
        EXPECT_THROW(storage::migrate(failing, kSteps), storage::StorageFault);
    }
    reopen();
    EXPECT_EQ(number(*writer_, "SELECT max(version) FROM schema_version"), 1);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 1);
    storage::migrate(*writer_, kSteps);
    EXPECT_EQ(number(*writer_, "SELECT x FROM a"), 2);
}

TEST_P(Migrations, RefuseASchemaFromTheFuture) {
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

RUN_ON_EACH_DATABASE(Migrations);

}  // namespace
