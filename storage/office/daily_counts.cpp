#include "storage/office/daily_counts.hpp"

namespace storage {

std::int64_t DailyCounts::add(
    Connection& connection, std::string_view what, std::string_view whose, workflow::Date today
) {
    auto rows = connection.query(
        "INSERT INTO daily_counts (key, day, times) VALUES ($1, $2, 1) ON CONFLICT (key) DO UPDATE SET "
        "times = CASE WHEN daily_counts.day = excluded.day THEN daily_counts.times + 1 ELSE 1 END, day = excluded.day "
        "RETURNING times",
        vault_.index_digest("daily count/" + std::string(what), whose),
        workflow::to_string(today)
    );
    rows.next();
    auto const times = rows.int64(0);
    rows.next();  // runs the statement to its end
    return times;
}

void DailyCounts::purge(Connection& connection, workflow::Date today) {
    connection.execute("DELETE FROM daily_counts WHERE day < $1", workflow::to_string(today));
}

}  // namespace storage
