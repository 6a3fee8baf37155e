#pragma once

#include "storage/engine/database.hpp"

#include <filesystem>
#include <memory>

/// SQLite behind the seam. Debian 12's SQLite 3.40.1 has the WAL-reset race (two connections that write and checkpoint
/// at the same instant can lose a commit), so exactly one connection of one process writes and checkpoints: open_writer
/// is called once, under the data folder's lock, and its connection lives on one thread.
namespace storage::sqlite {

/// Makes a new database; the file must not exist.
std::unique_ptr<Connection> create(std::filesystem::path const& file);

/// The connection that writes and checkpoints: WAL, synchronous=FULL (read back and checked), foreign keys, defensive.
/// Throws DamagedDatabase when the header, the schema or the length of the file is not that of a database; looks at a
/// few pages only (the whole content is the business of `journal verify`).
std::unique_ptr<Connection> open_writer(std::filesystem::path const& file);

/// A connection that can only read, for one thread. Same checks.
std::unique_ptr<Connection> open_reader(std::filesystem::path const& file);

/// The version of the SQLite library the program runs with.
std::string_view library_version();

/// The database of one file with this schema; the connections are those above.
std::unique_ptr<Database> make_database(std::filesystem::path file, std::span<Migration const> schema);

}  // namespace storage::sqlite
