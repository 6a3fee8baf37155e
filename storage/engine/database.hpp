#pragma once

#include "storage/engine/driver.hpp"
#include "storage/engine/migrations.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace storage {

/// A database in its place: how to connect to it, and the steps that lead to its schema. Any thread; the connections
/// each have a thread of their own.
class Database {
public:
    virtual ~Database() = default;

    /// Makes it, empty; it must not be there yet. The connection is the writer's.
    virtual std::unique_ptr<Connection> create() const = 0;
    /// The one connection that writes. Throws DamagedDatabase when it is not what this program wrote.
    virtual std::unique_ptr<Connection> open_writer() const = 0;
    /// A connection that can only read. Throws as open_writer().
    virtual std::unique_ptr<Connection> open_reader() const = 0;

    /// Its schema in its own dialect, for migrate() and require_current_schema().
    virtual std::span<Migration const> schema() const = 0;
    /// Of the database or its library, for /healthz.
    virtual std::string_view version() const = 0;
};

}  // namespace storage
