#pragma once

#include "storage/engine/driver.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"

#include <optional>

/// The data keys that seal personal data in the journal: one per object. Deleting the row of a key erases that text for
/// ever, while the chain stays whole.
namespace storage {

/// Makes and stores the key of a new object. Writer thread.
Key make_key(Connection& connection, Vault const& vault, ObjectRef const& object);

/// Erases for ever what the key has sealed. Writer thread.
void destroy_key(Connection& connection, ObjectRef const& object);

/// Nullopt when the key was never made or has been destroyed.
std::optional<Key> find_key(Connection& connection, Vault const& vault, ObjectRef const& object);

}  // namespace storage
