#include "storage/engine/sqlite/open.hpp"

#include "storage/engine/sqlite/connection.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>

namespace storage::sqlite {
namespace {

/// Once, before the first connection: SQLite's memory statistics cost a mutex per allocation.
void configure_library() {
    static std::once_flag once;
    std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

void set_defensive(SqliteConnection& connection) {
    int on = 0;
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, &on);
    if (on != 1) throw DatabaseError("SQLite does not support its defensive mode");
}

void configure_writer(SqliteConnection& connection) {
    connection.run_script(
        "PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL;"  // a commit is on disk before it is acknowledged
        "PRAGMA foreign_keys = ON;"
        "PRAGMA secure_delete = FAST;"     // a destroyed key does not stay in its page
        "PRAGMA recursive_triggers = ON;"  // INSERT OR REPLACE fires the triggers that forbid DELETE
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA cell_size_check = ON;"
        "PRAGMA temp_store = MEMORY;"  // no personal data in temporary files
        "PRAGMA cache_size = -16000;"  // KiB
        "PRAGMA journal_size_limit = 67108864;"
        "PRAGMA mmap_size = 0;"
    );
    set_defensive(connection);
    auto mode = connection.query("PRAGMA journal_mode");
    if (!mode.next() || mode.text(0) != "wal") throw DatabaseError("SQLite did not switch to write-ahead logging");
    auto synchronous = connection.query("PRAGMA synchronous");
    if (!synchronous.next() || synchronous.int64(0) != 2) throw DatabaseError("SQLite did not accept synchronous=FULL");
}

void configure_reader(SqliteConnection& connection) {
    connection.run_script(
        "PRAGMA query_only = ON;"
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA cell_size_check = ON;"
        "PRAGMA temp_store = MEMORY;"
        "PRAGMA cache_size = -16000;"
        "PRAGMA mmap_size = 0;"  // mapped pages would count as this process's memory, once for each connection
    );
    set_defensive(connection);
}

/// Without a log to complete it, the file consists of whole pages.
bool ends_within_a_page(std::filesystem::path const& file) {
    std::error_code error;
    auto const log = std::filesystem::file_size(file.string() + "-wal", error);
    return (error || log == 0) && std::filesystem::file_size(file) % kPageSize != 0;
}

/// A file cut short, of zero bytes, or damaged in its first pages is found here; SQLite itself compares the number of
/// pages with the header on the first read.
void check(Connection& connection, std::filesystem::path const& file) {
    if (ends_within_a_page(file)) throw DamagedDatabase("the database file ends within a page");
    auto tables = connection.query("SELECT count(*) FROM sqlite_schema");
    if (!tables.next() || tables.int64(0) == 0) throw DamagedDatabase("the database holds no tables");
    auto findings = connection.query("PRAGMA quick_check(sqlite_schema)");
    if (!findings.next() || findings.text(0) != "ok") throw DamagedDatabase("the schema of the database is damaged");
}

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::filesystem::path file, std::span<Migration const> schema)
        : file_(std::move(file)), schema_(schema) {}

    std::unique_ptr<Connection> create() const override { return sqlite::create(file_); }
    std::unique_ptr<Connection> open_writer() const override { return sqlite::open_writer(file_); }
    std::unique_ptr<Connection> open_reader() const override { return sqlite::open_reader(file_); }
    std::span<Migration const> schema() const override { return schema_; }
    std::string_view version() const override { return library_version(); }

private:
    std::filesystem::path file_;
    std::span<Migration const> schema_;
};

}  // namespace

std::unique_ptr<Connection> create(std::filesystem::path const& file) {
    configure_library();
    // SQLite would make the file readable for everybody; log and index take over the mode of the database.
    int const fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) throw StorageFault(std::string("cannot create the database: ") + std::strerror(errno));
    ::close(fd);
    auto connection = std::make_unique<SqliteConnection>(file, SQLITE_OPEN_READWRITE);
    connection->run_script("PRAGMA page_size = " + std::to_string(kPageSize));
    configure_writer(*connection);
    return connection;
}

std::unique_ptr<Connection> open_writer(std::filesystem::path const& file) {
    configure_library();
    auto connection = std::make_unique<SqliteConnection>(file, SQLITE_OPEN_READWRITE);
    check(*connection, file);
    configure_writer(*connection);
    return connection;
}

std::unique_ptr<Connection> open_reader(std::filesystem::path const& file) {
    configure_library();
    auto connection = std::make_unique<SqliteConnection>(file, SQLITE_OPEN_READONLY);
    configure_reader(*connection);
    check(*connection, file);
    return connection;
}

std::string_view library_version() { return sqlite3_libversion(); }

std::unique_ptr<Database> make_database(std::filesystem::path file, std::span<Migration const> schema) {
    return std::make_unique<SqliteDatabase>(std::move(file), schema);
}

}  // namespace storage::sqlite
