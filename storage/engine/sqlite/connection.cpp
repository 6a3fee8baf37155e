#include "storage/engine/sqlite/connection.hpp"

#include <SQLiteCpp/Column.h>

#include <sqlite3.h>

#include <stdexcept>
#include <utility>

namespace storage::sqlite {
namespace {

/// A prepared statement through SQLiteCpp. Bound text is copied into buffers that live as long as the statement, which
/// saves SQLite an allocation per value and run.
class SqliteStatement final : public Statement {
public:
    SqliteStatement(SQLite::Database const& database, std::string const& sql) try : statement_(database, sql) {
        int const count = statement_.getBindParameterCount();
        for (int position = 1; position <= count; ++position) {
            // SQLite numbers $-parameters by first appearance; what counts here is the number in the name.
            int const index = statement_.getIndex(('$' + std::to_string(position)).c_str());
            if (index == 0) throw std::logic_error("parameters are not $1 … $n: " + sql);
            slots_.push_back({index, {}});
        }
    } catch (SQLite::Exception const& error) {
        raise(error.getErrorCode(), std::string(error.what()) + " in: " + sql);
    }

    void bind(std::span<Parameter const> parameters) override {
        if (parameters.size() != slots_.size()) {
            throw std::logic_error("wrong number of values for: " + statement_.getQuery());
        }
        for (std::size_t i = 0; i < slots_.size(); ++i) bind(slots_[i], parameters[i]);
    }

    bool step() override {
        int const code = statement_.tryExecuteStep();
        if (code == SQLITE_ROW) return true;
        if (code == SQLITE_DONE) return false;
        raise(code, std::string(statement_.getErrorMsg()) + " in: " + statement_.getQuery());
    }

    void reset() noexcept override {
        statement_.tryReset();
        if (!slots_.empty()) statement_.clearBindings();
    }

    std::int64_t changes() const override { return statement_.getChanges(); }

    bool is_null(int column) const override { return statement_.getColumn(column).isNull(); }
    std::int64_t int64(int column) const override { return typed(column, SQLITE_INTEGER).getInt64(); }
    std::string_view text(int column) const override {
        SQLite::Column const value = typed(column, SQLITE_TEXT);
        char const* const data = value.getText();
        return {data, static_cast<std::size_t>(value.getBytes())};
    }
    BytesView blob(int column) const override {
        SQLite::Column const value = typed(column, SQLITE_BLOB);
        auto const* const data = static_cast<std::uint8_t const*>(value.getBlob());
        return {data, static_cast<std::size_t>(value.getBytes())};
    }

private:
    struct Slot {
        int index;
        std::string buffer;
    };

    void bind(Slot& slot, Parameter const& parameter) {
        auto const& value = parameter.value();
        if (auto const* number = std::get_if<std::int64_t>(&value)) {
            statement_.bind(slot.index, *number);
        } else if (auto const* text = std::get_if<std::string_view>(&value)) {
            slot.buffer.assign(*text);
            statement_.bindNoCopy(slot.index, slot.buffer);
        } else if (auto const* blob = std::get_if<BytesView>(&value)) {
            slot.buffer.assign(as_text(*blob));
            statement_.bindNoCopy(slot.index, slot.buffer.data(), static_cast<int>(slot.buffer.size()));
        }  // null: a reset statement has nothing but nulls
    }

    SQLite::Column typed(int column, int type) const {
        SQLite::Column value = statement_.getColumn(column);
        if (value.getType() != type) {
            throw std::logic_error(
                "column " + std::to_string(column) + " is null or of another type: " + statement_.getQuery()
            );
        }
        return value;
    }

    mutable SQLite::Statement statement_;  // getColumn() is not const in every version
    std::vector<Slot> slots_;
};

}  // namespace

void raise(int code, std::string const& message) {
    switch (code & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            throw DamagedDatabase(message);
        case SQLITE_FULL:
            throw StorageFull(message);
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
            throw StorageFault(message);
        case SQLITE_CONSTRAINT:
            throw ConstraintViolation(message);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw DatabaseBusy(message);
        default:
            throw DatabaseError(message);
    }
}

SqliteConnection::SqliteConnection(std::filesystem::path const& file, int flags) try
    : database_(file.string(), flags | SQLITE_OPEN_NOMUTEX, kBusyTimeoutMilliseconds) {
    // Takes the place of SQLite's own hook, and with it of automatic checkpoints: the write queue says when.
    sqlite3_wal_hook(database_.getHandle(), &SqliteConnection::on_commit, this);
} catch (SQLite::Exception const& error) {
    raise(error.getErrorCode(), error.what());
}

SqliteConnection::~SqliteConnection() { forget_statements(); }

std::unique_ptr<Statement> SqliteConnection::prepare(std::string_view sql) {
    return std::make_unique<SqliteStatement>(database_, std::string(sql));
}

void SqliteConnection::run_script(std::string_view sql) {
    int const code = database_.tryExec(std::string(sql));
    if (code != SQLITE_OK) raise(code, database_.getErrorMsg());
}

void SqliteConnection::begin(Access access) {
    // A deferred transaction that turns into a writer fails at once instead of waiting for the lock.
    if (access == Access::write) {
        execute("BEGIN IMMEDIATE");
    } else {
        execute("BEGIN");
    }
}

void SqliteConnection::commit() {
    // SQLITE_FULL comes while frames are still being written, before the one that marks the commit is complete.
    execute("COMMIT");
}

void SqliteConnection::rollback() { execute("ROLLBACK"); }

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(database_.getHandle()) == 0; }

std::int64_t SqliteConnection::log_bytes() const { return std::int64_t{log_pages_ - moved_pages_} * kPageSize; }

void SqliteConnection::checkpoint(Checkpoint kind) {
    if (sqlite3_db_readonly(database_.getHandle(), "main") != 0) throw std::logic_error("a reader must not checkpoint");
    int const mode = kind == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
    int const code = sqlite3_wal_checkpoint_v2(database_.getHandle(), nullptr, mode, &log_pages_, &moved_pages_);
    // Busy: a reader still needs the old state. What could be moved has been; the next checkpoint does the rest.
    if (code != SQLITE_OK && code != SQLITE_BUSY) raise(code, database_.getErrorMsg());
}

int SqliteConnection::on_commit(void* self, sqlite3*, char const*, int pages) {
    auto& connection = *static_cast<SqliteConnection*>(self);
    if (pages < connection.log_pages_) connection.moved_pages_ = 0;  // the log was begun anew
    connection.log_pages_ = pages;
    return SQLITE_OK;
}

}  // namespace storage::sqlite
