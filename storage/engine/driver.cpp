#include "storage/engine/driver.hpp"

#include <utility>

namespace storage {

std::size_t StatementCache::Hash::operator()(std::string const& text) const { return Sql(text).hash(); }

StatementCache::Idle& StatementCache::idle(Sql sql) {
    auto const found = entries_.find(sql);
    if (found != entries_.end()) return found->second;
    return entries_.emplace(sql.text(), Idle{}).first->second;
}

Rows::Rows(StatementCache::Idle& home, std::unique_ptr<Statement> statement)
    : home_(&home), statement_(std::move(statement)) {}

Rows::~Rows() {
    if (!statement_) return;  // moved from
    if (!done_) statement_->reset();
    home_->push_back(std::move(statement_));
}

bool Rows::next() {
    if (done_) return false;
    if (statement_->step()) return true;
    statement_->reset();
    done_ = true;
    return false;
}

std::optional<std::int64_t> Rows::optional_int64(int column) const {
    return is_null(column) ? std::nullopt : std::optional(int64(column));
}

std::optional<std::string_view> Rows::optional_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
}

std::optional<std::string> Rows::optional_string(int column) const {
    return is_null(column) ? std::nullopt : std::optional(std::string(text(column)));
}

std::optional<BytesView> Rows::optional_blob(int column) const {
    return is_null(column) ? std::nullopt : std::optional(blob(column));
}

std::unique_ptr<Statement> Connection::take(StatementCache::Idle& home, Sql sql) {
    if (home.empty()) return prepare(sql.text());
    auto statement = std::move(home.back());
    home.pop_back();
    return statement;
}

Rows Connection::query_all(Sql sql, std::span<Parameter const> parameters) {
    auto& home = cache_.idle(sql);
    Rows rows(home, take(home, sql));
    rows.statement_->bind(parameters);
    return rows;
}

std::int64_t Connection::execute_all(Sql sql, std::span<Parameter const> parameters) {
    Rows rows = query_all(sql, parameters);
    if (rows.next()) throw std::logic_error("a statement without rows gave one: " + std::string(sql.text()));
    return rows.statement_->changes();
}

Transaction::Transaction(Connection& connection, Access access) : connection_(connection) { connection_.begin(access); }

Transaction::~Transaction() {
    if (!connection_.in_transaction()) return;
    try {
        connection_.rollback();
    } catch (DatabaseError const&) {
        // A database rolls back on its own after the errors that make a rollback fail; nothing is left to undo.
    }
}

void Transaction::commit() { connection_.commit(); }

}  // namespace storage
