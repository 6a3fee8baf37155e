#include "storage/engine/sqlite/open.hpp"

#include "storage/engine/maintenance.hpp"

#include "tests/storage/number.hpp"
#include "tests/storage/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <string>

namespace {

using storage::Connection;
namespace sqlite = storage::sqlite;

class Sqlite : public testing::Test {
protected:
    /// `rows` rows of 1 KiB, checkpointed and closed.
    void make(int rows) {
        auto const writer = sqlite::create(file_);
        writer->run_script("CREATE TABLE thing (id INTEGER PRIMARY KEY, data BLOB) STRICT");
        storage::Transaction transaction(*writer, storage::Access::write);
        storage::Bytes const kibibyte(1024, 7);
        for (int i = 0; i < rows; ++i) writer->execute("INSERT INTO thing VALUES ($1, $2)", i, kibibyte);
        transaction.commit();
        writer->maintenance()->checkpoint(storage::Checkpoint::truncate);
    }
    void overwrite(std::streamoff offset, std::string const& bytes) {
        std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(offset);
        file << bytes;
    }
    void expect_damaged() {
        EXPECT_THROW(sqlite::open_writer(file_), storage::DamagedDatabase);
        EXPECT_THROW(sqlite::open_reader(file_), storage::DamagedDatabase);
    }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_ / "test.db";
};

TEST_F(Sqlite, WriterIsDurableAndStrict) {
    make(1);
    auto const writer = sqlite::open_writer(file_);
    auto mode = writer->query("PRAGMA journal_mode");
    ASSERT_TRUE(mode.next());
    EXPECT_EQ(mode.text(0), "wal");
    EXPECT_EQ(number(*writer, "PRAGMA synchronous"), 2);
    EXPECT_EQ(number(*writer, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(number(*writer, "PRAGMA trusted_schema"), 0);
    EXPECT_EQ(number(*writer, "PRAGMA cell_size_check"), 1);
    EXPECT_EQ(number(*writer, "PRAGMA temp_store"), 2);
    EXPECT_EQ(number(*writer, "PRAGMA busy_timeout"), 5000);
    EXPECT_EQ(number(*writer, "PRAGMA wal_autocheckpoint"), 0);
    EXPECT_EQ(number(*writer, "PRAGMA page_size"), 4096);
    // Defensive: the schema table cannot be written even when somebody asks for it.
    writer->execute("PRAGMA writable_schema = ON");
    EXPECT_THROW(writer->execute("DELETE FROM sqlite_schema"), storage::DatabaseError);
}

TEST_F(Sqlite, ReplacingARowIsDeletingItForTheTriggersThatForbidIt) {
    make(1);
    auto const writer = sqlite::open_writer(file_);
    writer->run_script(
        "CREATE TRIGGER thing_no_delete BEFORE DELETE ON thing BEGIN SELECT RAISE(ABORT, 'things stay'); END"
    );
    EXPECT_THROW(writer->execute("INSERT OR REPLACE INTO thing VALUES (0, x'00')"), storage::ConstraintViolation);
    EXPECT_EQ(number(*writer, "SELECT length(data) FROM thing"), 1024);
}

TEST_F(Sqlite, FilesAreForTheirOwnerOnly) {
    auto const writer = sqlite::create(file_);
    writer->run_script("CREATE TABLE thing (id INTEGER PRIMARY KEY)");
    for (char const* name : {"test.db", "test.db-wal", "test.db-shm"}) {
        struct stat status;
        ASSERT_EQ(::stat((folder_ / name).c_str(), &status), 0) << name;
        EXPECT_EQ(status.st_mode & 0777, 0600U) << name;
    }
}

TEST_F(Sqlite, IsNotCreatedOverAnExistingFile) {
    make(1);
    EXPECT_THROW(sqlite::create(file_), storage::StorageFault);
    EXPECT_EQ(number(*sqlite::open_reader(file_), "SELECT count(*) FROM thing"), 1);
}

TEST_F(Sqlite, ReaderCannotWriteOrCheckpoint) {
    make(1);
    auto const reader = sqlite::open_reader(file_);
    EXPECT_EQ(number(*reader, "PRAGMA query_only"), 1);
    EXPECT_EQ(number(*reader, "PRAGMA wal_autocheckpoint"), 0);
    EXPECT_THROW(reader->execute("DELETE FROM thing"), storage::StorageFault);
    reader->run_script("PRAGMA query_only = OFF");
    EXPECT_THROW(reader->execute("DELETE FROM thing"), storage::StorageFault) << "the file itself is open for reading";
    EXPECT_THROW(reader->maintenance()->checkpoint(storage::Checkpoint::passive), std::logic_error);
}

TEST_F(Sqlite, WriterWaitsForNobodyButTheBusyTimeout) {
    make(1);
    auto const first = sqlite::open_writer(file_);
    auto const second = sqlite::open_writer(file_);
    second->run_script("PRAGMA busy_timeout = 1");
    first->begin(storage::Access::write);
    EXPECT_THROW(second->begin(storage::Access::write), storage::DatabaseBusy);
    EXPECT_FALSE(second->in_transaction());
}

TEST_F(Sqlite, CountsTheLogUntilItIsMoved) {
    make(1);
    auto const writer = sqlite::open_writer(file_);
    EXPECT_EQ(writer->maintenance()->log_bytes(), 0);
    writer->execute("INSERT INTO thing VALUES (100, $1)", storage::Bytes(20'000, 1));
    EXPECT_GE(writer->maintenance()->log_bytes(), 20'000);
    writer->maintenance()->checkpoint(storage::Checkpoint::passive);
    EXPECT_EQ(writer->maintenance()->log_bytes(), 0);
    writer->execute("DELETE FROM thing WHERE id = 0");
    EXPECT_GE(writer->maintenance()->log_bytes(), 4096);
    EXPECT_LE(writer->maintenance()->log_bytes(), 4 * 4096);
}

TEST_F(Sqlite, FullDatabaseIsStorageFull) {
    make(1);
    auto const writer = sqlite::open_writer(file_);
    writer->run_script("PRAGMA max_page_count = 8");
    EXPECT_THROW(
        writer->execute("INSERT INTO thing VALUES (100, $1)", storage::Bytes(100'000, 1)), storage::StorageFull
    );
    EXPECT_EQ(number(*writer, "SELECT count(*) FROM thing"), 1);
}

TEST_F(Sqlite, MissingFileIsAFault) {
    EXPECT_THROW(sqlite::open_writer(file_), storage::StorageFault);
    EXPECT_THROW(sqlite::open_reader(file_), storage::StorageFault);
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(Sqlite, NoticesAFileThatIsNoDatabase) {
    std::ofstream(file_) << std::string(8192, 'x');
    expect_damaged();
}

TEST_F(Sqlite, NoticesAFileCutShort) {
    make(200);
    auto const size = std::filesystem::file_size(file_);
    for (auto const rest :
         {size - 1, size / 2, size / 2 + 1, std::uintmax_t{4096}, std::uintmax_t{100}, std::uintmax_t{0}}) {
        std::filesystem::resize_file(file_, rest);
        expect_damaged();
    }
}

TEST_F(Sqlite, NoticesADamagedFirstPage) {
    make(10);
    std::string const noise(64, '\xA5');
    for (std::streamoff const offset : {std::streamoff{0}, std::streamoff{96}, std::streamoff{4096 - 64}}) {
        TemporaryFolder const copy;
        std::filesystem::copy_file(file_, copy / "saved.db");
        overwrite(offset, noise);
        expect_damaged();
        std::filesystem::copy_file(copy / "saved.db", file_, std::filesystem::copy_options::overwrite_existing);
    }
    EXPECT_NO_THROW(sqlite::open_writer(file_));
}

TEST_F(Sqlite, OpensALargeDatabaseAtOnce) {
    make(20'000);  // 27 MB; the time does not depend on it
    auto const start = std::chrono::steady_clock::now();
    auto const writer = sqlite::open_writer(file_);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(100));
}

TEST_F(Sqlite, NamesItsLibrary) { EXPECT_EQ(sqlite::library_version().substr(0, 2), "3."); }

}  // namespace
