#pragma once

#include "storage/store.hpp"
#include "tests/storage/engine/sqlite/tampering.hpp"
#include "tests/storage/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <ostream>

/// One kind of database that the stores run on.
struct DatabaseKind {
    char const* name;
    storage::Store::MakeDatabase make;
    void (*limit_growth)(storage::Connection& writer, bool limited);  ///< as on a full disk
    void (*ignore_references)(storage::Connection& writer);           ///< as somebody with the file in his hands would

    friend std::ostream& operator<<(std::ostream& out, DatabaseKind const& kind) { return out << kind.name; }
};
/// The kind that storage::open_database gives.
inline constexpr DatabaseKind kOpened{
    "Sqlite", storage::open_database, storage::sqlite::limit_growth, storage::sqlite::ignore_references};
inline constexpr DatabaseKind kDatabases[] = {kOpened};

/// The disk under an opened store is full, or has room again.
inline void limit_growth(storage::Store& store, bool limited) {
    ASSERT_TRUE(store.writes().run([&](storage::Connection& writer) -> workflow::Result<bool> {
        kOpened.limit_growth(writer, limited);
        return true;
    }));
}

/// A test that runs on every kind of database, in a folder of its own. Its tests are written with TEST_P, and the suite
/// ends with RUN_ON_EACH_DATABASE.
class EachDatabase : public testing::TestWithParam<DatabaseKind> {
protected:
    TemporaryFolder folder_;
};

#define RUN_ON_EACH_DATABASE(suite) \
    INSTANTIATE_TEST_SUITE_P(Each, suite, testing::ValuesIn(kDatabases), testing::PrintToStringParamName())

/// With a database that has no tables yet, and its writer.
class EmptyDatabase : public EachDatabase {
protected:
    /// As the next start of the program finds it.
    void reopen() {
        writer_.reset();
        writer_ = database_->open_writer();
    }

    std::filesystem::path file_ = folder_ / "test.db";
    std::unique_ptr<storage::Database> database_ = GetParam().make(file_);
    std::unique_ptr<storage::Connection> writer_ = database_->create();
};

/// With a database as a new data folder has it.
class NewDatabase : public EmptyDatabase {
protected:
    void SetUp() override { storage::migrate(*writer_, database_->schema()); }
};
