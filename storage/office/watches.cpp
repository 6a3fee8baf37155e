#include "storage/office/watches.hpp"

namespace storage {

void watch(Connection& connection, workflow::Code const& account, std::string_view case_id) {
    connection.execute(
        "INSERT INTO watches (account, row_id) SELECT $1, row_id FROM cases WHERE id = $2 "
        "ON CONFLICT (account, row_id) DO NOTHING",
        account.value,
        case_id
    );
}

void unwatch(Connection& connection, workflow::Code const& account, std::string_view case_id) {
    connection.execute(
        "DELETE FROM watches WHERE account = $1 AND row_id = (SELECT row_id FROM cases WHERE id = $2)",
        account.value,
        case_id
    );
}

bool watches(Connection& connection, workflow::Code const& account, std::string_view case_id) {
    return connection
        .query(
            "SELECT 1 FROM watches WHERE account = $1 AND row_id = (SELECT row_id FROM cases WHERE id = $2)",
            account.value,
            case_id
        )
        .next();
}

}  // namespace storage
