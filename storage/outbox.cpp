#include "storage/outbox.hpp"

#include <algorithm>
#include <chrono>

namespace storage {
namespace {

constexpr std::int64_t kMostAttempts = 12;
constexpr std::chrono::minutes kLongestWait = std::chrono::days{1};

/// 1, 2, 4 … minutes after the first, second, third … failure.
std::chrono::minutes wait_after(std::int64_t failures) {
    return std::min(std::chrono::minutes{std::int64_t{1} << std::min<std::int64_t>(failures - 1, 30)}, kLongestWait);
}

}  // namespace

void Outbox::add(
    Connection& connection, std::string_view kind, std::string_view case_id, std::int64_t seq, workflow::Instant now
) {
    connection.execute(
        "INSERT INTO outbox (kind, case_id, seq, created_at, due_at) VALUES ($1, $2, $3, $4, $4)",
        kind,
        case_id,
        seq,
        now.time_since_epoch().count()
    );
}

std::vector<Outbox::Message> Outbox::due(Connection& connection, workflow::Instant now, std::int64_t limit) const {
    auto rows = connection.query(
        "SELECT id, kind, case_id, seq, attempts FROM outbox WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2",
        now.time_since_epoch().count(),
        limit
    );
    std::vector<Message> messages;
    while (rows.next()) {
        messages.push_back(
            {rows.int64(0), std::string(rows.text(1)), std::string(rows.text(2)), rows.int64(3), rows.int64(4)}
        );
    }
    return messages;
}

void Outbox::done(Connection& connection, std::int64_t id, workflow::Instant now) {
    connection.execute(
        "UPDATE outbox SET due_at = NULL, done_at = $2 WHERE id = $1", id, now.time_since_epoch().count()
    );
}

void Outbox::failed(Connection& connection, std::int64_t id, workflow::Instant now, std::string_view error) {
    auto rows = connection.query("SELECT attempts FROM outbox WHERE id = $1 AND done_at IS NULL", id);
    if (!rows.next()) return;
    std::int64_t const failures = rows.int64(0) + 1;
    std::optional<std::int64_t> next;
    if (failures < kMostAttempts) next = (now + wait_after(failures)).time_since_epoch().count();
    connection.execute(
        "UPDATE outbox SET attempts = $2, due_at = $3, error = $4 WHERE id = $1", id, failures, next, error
    );
}

}  // namespace storage
