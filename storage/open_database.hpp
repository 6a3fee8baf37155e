#pragma once

#include "storage/engine/database.hpp"

#include <filesystem>
#include <memory>
#include <span>

namespace storage {

/// The schema in the dialect of SQLite: the numbered files of storage/schema/sqlite, embedded when the program is
/// built.
std::span<Migration const> sqlite_schema();

/// The database of a data folder, which need not be there yet. The one place that knows which kind of database it is.
std::unique_ptr<Database> open_database(std::filesystem::path const& file);

}  // namespace storage
