#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/maintenance.hpp"
#include "storage/engine/sqlite/search_index.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

/// Private to this folder; the rest of the program opens connections through sqlite/open.hpp.
namespace storage::sqlite {

inline constexpr int kBusyTimeoutMilliseconds = 5000;
inline constexpr int kPageSize = 4096;

/// The DatabaseError for a result code of SQLite.
[[noreturn]] void raise(int code, std::string const& message);

class SqliteConnection final : public Connection, private Maintenance {
public:
    /// `flags`: SQLITE_OPEN_… . The busy timeout is set before anything else.
    SqliteConnection(std::filesystem::path const& file, int flags);
    ~SqliteConnection() override;

    void run_script(std::string_view sql) override;
    void begin(Access access) override;
    void commit() override;
    void rollback() override;
    bool in_transaction() const override;
    Maintenance* maintenance() override { return this; }
    SearchIndex const& search_index() const override { return search_index_; }

    std::unique_ptr<Statement> prepare(std::string_view sql) override;

    sqlite3* handle() const { return database_.getHandle(); }

private:
    std::int64_t log_bytes() const override;
    void checkpoint(Checkpoint kind) override;
    static int on_commit(void* self, sqlite3* handle, char const* schema, int pages);

    SQLite::Database database_;
    SqliteSearchIndex search_index_;
    int log_pages_ = 0;    ///< in the write-ahead log
    int moved_pages_ = 0;  ///< of these, already in the database file
};

}  // namespace storage::sqlite
