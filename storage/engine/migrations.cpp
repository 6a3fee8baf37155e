#include "storage/engine/migrations.hpp"

#include <string>

namespace storage {
namespace {

/// The version of the database's schema; 0 for a new database.
int current_version(Connection& connection) {
    auto latest = connection.query("SELECT max(version) FROM schema_version");
    return latest.next() ? static_cast<int>(latest.optional_int64(0).value_or(0)) : 0;
}

void refuse_newer(int found, std::span<Migration const> steps) {
    int const known = steps.empty() ? 0 : steps.back().version;
    if (found > known) throw SchemaTooNew(found, known);
}

}  // namespace

SchemaTooNew::SchemaTooNew(int found_version, int known_version)
    : DatabaseError(
          "the database has schema " + std::to_string(found_version) + ", this program knows " +
          std::to_string(known_version)
      ),
      found(found_version),
      known(known_version) {}

SchemaTooOld::SchemaTooOld(int found_version)
    : DatabaseError(
          "the database has schema " + std::to_string(found_version) + " and must be opened for writing once"
      ),
      found(found_version) {}

void migrate(Connection& writer, std::span<Migration const> steps) {
    writer.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL)");
    int const found = current_version(writer);
    refuse_newer(found, steps);
    for (Migration const& step : steps) {
        if (step.version <= found) continue;
        Transaction transaction(writer, Access::write);
        writer.run_script(step.sql);
        writer.execute("INSERT INTO schema_version (version, name) VALUES ($1, $2)", step.version, step.name);
        transaction.commit();
    }
}

void require_current_schema(Connection& connection, std::span<Migration const> steps) {
    int const found = current_version(connection);
    refuse_newer(found, steps);
    if (steps.empty() || found == steps.back().version) return;
    throw SchemaTooOld(found);
}

}  // namespace storage
