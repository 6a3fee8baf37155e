#pragma once

#include <cstdint>

namespace storage {

enum class Checkpoint { passive, truncate };

/// The upkeep of a database that does not see to itself: its write-ahead log. Belongs to a connection, and is used on
/// its thread. Everything throws a DatabaseError.
class Maintenance {
public:
    virtual ~Maintenance() = default;

    /// Bytes of the write-ahead log not yet moved into the database by this connection.
    virtual std::int64_t log_bytes() const = 0;
    /// Moves the log into the database: what is possible without waiting, or all of it and empties the log. Only the
    /// writer may call it.
    virtual void checkpoint(Checkpoint kind) = 0;
};

}  // namespace storage
