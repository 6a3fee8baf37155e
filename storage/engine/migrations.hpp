#pragma once

#include "storage/engine/driver.hpp"

#include <span>
#include <string_view>

namespace storage {

/// One numbered file of a schema, embedded when the program is built.
struct Migration {
    int version;
    std::string_view name;
    std::string_view sql;
};

/// The database was written by a later version of the program.
struct SchemaTooNew : DatabaseError {
    SchemaTooNew(int found, int known);
    int found;
    int known;
};
/// The database was written by an earlier program, and whoever only reads cannot bring it up to date.
struct SchemaTooOld : DatabaseError {
    explicit SchemaTooOld(int found);
    int found;
};

/// Brings the schema up to date, each step in a transaction of its own: a kill leaves the old or the new one, and the
/// next start goes on from there. `steps` are numbered 1, 2, 3 … Throws SchemaTooNew.
void migrate(Connection& writer, std::span<Migration const> steps);

/// For connections that only read. Throws SchemaTooNew, or SchemaTooOld when a step is still to be done by the writer.
void require_current_schema(Connection& connection, std::span<Migration const> steps);

}  // namespace storage
