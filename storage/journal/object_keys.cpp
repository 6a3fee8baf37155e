#include "storage/journal/object_keys.hpp"

#include <string>

namespace storage {
namespace {

std::string owner_of(ObjectRef const& object) { return object.type + '/' + object.id; }

}  // namespace

Key make_key(Connection& connection, Vault const& vault, ObjectRef const& object) {
    Key key = Key::random();
    connection.execute(
        "INSERT INTO object_keys (object_type, object_id, wrapped) VALUES ($1, $2, $3)",
        object.type,
        object.id,
        vault.wrap(key, owner_of(object))
    );
    return key;
}

void destroy_key(Connection& connection, ObjectRef const& object) {
    connection.execute("DELETE FROM object_keys WHERE object_type = $1 AND object_id = $2", object.type, object.id);
}

std::optional<Key> find_key(Connection& connection, Vault const& vault, ObjectRef const& object) {
    auto rows = connection.query(
        "SELECT wrapped FROM object_keys WHERE object_type = $1 AND object_id = $2", object.type, object.id
    );
    if (!rows.next()) return std::nullopt;
    return vault.unwrap(rows.blob(0), owner_of(object));
}

}  // namespace storage
