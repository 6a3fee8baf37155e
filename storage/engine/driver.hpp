#pragma once

#include "storage/engine/bytes.hpp"
#include "workflow/words/fields.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

/// The one seam between SQL and a database. SQL is written in the common subset of SQLite and PostgreSQL, with $1, $2 …
/// for values; what a database has of its own (upkeep, full-text index) is reached through Connection and lives in a
/// folder of its name (sqlite/).
namespace storage {

class Maintenance;
class SearchIndex;

// ---- what can go wrong; each means "this unit of work cannot go on" ------------------------------------------------

/// Base of all. what() is for the log: it may name tables and files, never values.
struct DatabaseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// The file is not what this program wrote: damaged, cut short, encrypted, or no database at all.
struct DamagedDatabase : DatabaseError {
    using DatabaseError::DatabaseError;
};
/// No room on the disk. What was being written is not there.
struct StorageFull : DatabaseError {
    using DatabaseError::DatabaseError;
};
/// The disk or the file system reported an error.
struct StorageFault : DatabaseError {
    using DatabaseError::DatabaseError;
};
/// A UNIQUE, CHECK, NOT NULL or FOREIGN KEY rule, or a trigger, refused the statement.
struct ConstraintViolation : DatabaseError {
    using DatabaseError::DatabaseError;
};
/// Somebody else holds the lock for longer than the busy timeout.
struct DatabaseBusy : DatabaseError {
    using DatabaseError::DatabaseError;
};

// ---- SQL text ------------------------------------------------------------------------------------------------------

/// A piece of SQL written in the program. Only a literal converts to it, so nothing a user typed can become SQL;
/// its hash is computed by the compiler, so finding the prepared statement costs one comparison.
class Sql {
public:
    template <std::size_t N>
    consteval Sql(char const (&literal)[N])  // NOLINT: implicit on purpose
        : text_(literal, N - 1), hash_(hash_of(text_)) {}

    std::string_view text() const { return text_; }
    std::size_t hash() const { return hash_; }

private:
    friend class SqlText;
    friend class StatementCache;
    explicit Sql(std::string_view text) : text_(text), hash_(hash_of(text)) {}

    static constexpr std::size_t hash_of(std::string_view text) {  // FNV-1a
        std::size_t hash = 14695981039346656037U;
        for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        return hash;
    }

    std::string_view text_;
    std::size_t hash_;
};

/// A statement put together from literals, where the wanted conditions are known only at run time.
class SqlText {
public:
    SqlText& operator+=(Sql piece) {
        text_ += piece.text();
        return *this;
    }
    /// Appends the name of a column, which stands in the list of a shape and so in the program.
    template <typename S, typename M>
    SqlText& column(workflow::Field<S, M> const& field) {
        text_ += field.name;
        return *this;
    }
    /// Appends "$n".
    SqlText& placeholder(int position) {
        text_ += '$' + std::to_string(position);
        return *this;
    }
    /// Valid while this object is unchanged.
    Sql sql() const { return Sql(text_); }

private:
    std::string text_;
};

// ---- values in -----------------------------------------------------------------------------------------------------

/// One bound value: null, integer, text or blob. Refers to the caller's memory until the statement has been bound.
class Parameter {
public:
    using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, BytesView>;

    Parameter() : value_(nullptr) {}
    Parameter(std::nullptr_t) : value_(nullptr) {}
    template <std::integral T>
    Parameter(T number) : value_(static_cast<std::int64_t>(number)) {}
    template <std::convertible_to<std::string_view> T>
    Parameter(T const& text) : value_(std::string_view(text)) {}
    template <std::convertible_to<BytesView> T>
    Parameter(T const& blob) : value_(BytesView(blob)) {}
    template <typename T>
    Parameter(std::optional<T> const& value) : value_(value ? Parameter(*value).value_ : Value(nullptr)) {}

    Value const& value() const { return value_; }

private:
    Value value_;
};

// ---- statements and rows -------------------------------------------------------------------------------------------

/// A prepared statement, as a database implements it. Used through Connection::query and execute only.
class Statement {
public:
    virtual ~Statement() = default;

    /// Binds $1, $2 … The values are copied. Requires: reset.
    virtual void bind(std::span<Parameter const> parameters) = 0;
    /// True while there is a row.
    virtual bool step() = 0;
    /// Ends the run, lets go of its locks and forgets the bound values.
    virtual void reset() noexcept = 0;
    /// Rows inserted, updated or deleted by the run that just ended.
    virtual std::int64_t changes() const = 0;

    /// Columns count from 0. text() and blob() stay valid until the next step or reset.
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t int64(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual BytesView blob(int column) const = 0;
};

/// Prepared statements not in use, by their text.
class StatementCache {
public:
    using Idle = std::vector<std::unique_ptr<Statement>>;

    Idle& idle(Sql sql);
    void clear() { entries_.clear(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(Sql sql) const { return sql.hash(); }
        std::size_t operator()(std::string const& text) const;
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(Sql a, std::string const& b) const { return a.text() == b; }
        bool operator()(std::string const& a, Sql b) const { return a == b.text(); }
        bool operator()(std::string const& a, std::string const& b) const { return a == b; }
    };
    std::unordered_map<std::string, Idle, Hash, Equal> entries_;
};

/// The rows of one running query, one at a time. Holds a read snapshot until the last row was read or it is destroyed,
/// so keep it short-lived. Must not outlive its connection; several may run at once, also of the same text.
///
///     auto rows = connection.query("SELECT number, closed_on FROM cases WHERE id = $1", id);
///     if (!rows.next()) return not_found();
///     use(rows.text(0), rows.optional_text(1));
class Rows {
public:
    Rows(StatementCache::Idle& home, std::unique_ptr<Statement> statement);
    Rows(Rows&&) noexcept = default;
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    /// Moves to the next row; false after the last.
    bool next();

    /// Columns count from 0. A null or a value of another type is a programming error and throws std::logic_error.
    bool is_null(int column) const { return statement_->is_null(column); }
    std::int64_t int64(int column) const { return statement_->int64(column); }
    bool boolean(int column) const { return statement_->int64(column) != 0; }
    /// Valid until next().
    std::string_view text(int column) const { return statement_->text(column); }
    /// Valid until next().
    BytesView blob(int column) const { return statement_->blob(column); }

    std::optional<std::int64_t> optional_int64(int column) const;
    std::optional<std::string_view> optional_text(int column) const;
    std::optional<std::string> optional_string(int column) const;
    std::optional<BytesView> optional_blob(int column) const;

private:
    friend class Connection;

    StatementCache::Idle* home_;
    std::unique_ptr<Statement> statement_;
    bool done_ = false;
};

// ---- connections ---------------------------------------------------------------------------------------------------

enum class Access { read, write };

/// A connection to the database. One thread at a time. Everything throws a DatabaseError.
class Connection {
public:
    Connection() = default;
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    virtual ~Connection() = default;

    template <typename... Values>
    Rows query(Sql sql, Values const&... values) {
        std::array<Parameter, sizeof...(Values)> const parameters{Parameter(values)...};
        return query_all(sql, parameters);
    }
    /// For a SqlText whose values are collected on the way.
    Rows query_all(Sql sql, std::span<Parameter const> parameters);

    /// Runs a statement that gives no rows; returns how many rows it inserted, updated or deleted.
    template <typename... Values>
    std::int64_t execute(Sql sql, Values const&... values) {
        std::array<Parameter, sizeof...(Values)> const parameters{Parameter(values)...};
        return execute_all(sql, parameters);
    }
    std::int64_t execute_all(Sql sql, std::span<Parameter const> parameters);

    /// Several statements without values: migrations.
    virtual void run_script(std::string_view sql) = 0;

    /// Transactions; a write transaction takes the write lock at once. See Transaction for the scoped form.
    virtual void begin(Access access) = 0;
    /// StorageFull: certainly not committed. After any other error it may or may not be on disk.
    virtual void commit() = 0;
    virtual void rollback() = 0;
    virtual bool in_transaction() const = 0;

    /// Null when the database sees to itself. Lives as long as the connection.
    virtual Maintenance* maintenance() = 0;
    virtual SearchIndex const& search_index() const = 0;

    /// For query() and execute(), which keep what it makes, and for connections that wrap another.
    virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;

protected:
    /// For destructors: statements must go before what they were prepared on.
    void forget_statements() { cache_.clear(); }

private:
    std::unique_ptr<Statement> take(StatementCache::Idle& home, Sql sql);

    StatementCache cache_;
};

/// A scoped transaction: rolled back unless committed. With Access::read it is a snapshot: all its queries see one
/// state.
class Transaction {
public:
    Transaction(Connection& connection, Access access);
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction();
    void commit();

private:
    Connection& connection_;
};

}  // namespace storage
