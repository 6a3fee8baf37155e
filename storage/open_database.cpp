#include "storage/open_database.hpp"

#include "storage/engine/sqlite/open.hpp"

namespace storage {

std::unique_ptr<Database> open_database(std::filesystem::path const& file) {
    return sqlite::make_database(file, sqlite_schema());
}

}  // namespace storage
