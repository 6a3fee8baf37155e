#include "storage/office/serials.hpp"

namespace storage {

int next_serial(Connection& connection, workflow::Code const& agency, int year, std::string_view number_class) {
    auto rows = connection.query(
        "INSERT INTO serials (agency, year, class, last) VALUES ($1, $2, $3, 1) "
        "ON CONFLICT (agency, year, class) DO UPDATE SET last = serials.last + 1 RETURNING last",
        agency.value,
        year,
        number_class
    );
    rows.next();
    auto const serial = static_cast<int>(rows.int64(0));
    rows.next();  // runs the statement to its end
    return serial;
}

}  // namespace storage
