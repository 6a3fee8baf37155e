#include "storage/office/contact_checks.hpp"

#include <sodium.h>

#include <cstddef>

namespace storage {
namespace {

constexpr std::size_t kDigits = 6;

/// Six digits of a digest: the first eight bytes as a number, so that every code is as likely as any other.
std::string six_digits(Digest const& digest) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | digest[i];
    auto text = std::to_string(number % 1'000'000);
    return std::string(kDigits - text.size(), '0') + text;
}

}  // namespace

void ContactChecks::begin(Connection& connection, std::string_view case_id) {
    connection.execute("INSERT INTO contact_checks (case_id) VALUES ($1) ON CONFLICT (case_id) DO NOTHING", case_id);
}

void ContactChecks::end(Connection& connection, std::string_view case_id, workflow::Instant now) {
    auto const ended = connection.execute("DELETE FROM contact_checks WHERE case_id = $1", case_id);
    if (ended > 0) outbox_.release_held(connection, case_id, now);
}

bool ContactChecks::is_open(Connection& connection, std::string_view case_id) const {
    return connection.query("SELECT 1 FROM contact_checks WHERE case_id = $1", case_id).next();
}

void ContactChecks::issue_code(Connection& connection, std::string_view case_id, workflow::Instant now) {
    connection.execute(
        "UPDATE contact_checks SET issued_at = $2, issue = issue + 1, tries = 0 WHERE case_id = $1",
        case_id,
        workflow::to_milliseconds(now)
    );
}

std::optional<std::string> ContactChecks::code(
    Connection& connection, std::string_view case_id, CodeLimits limits, workflow::Instant now
) const {
    auto rows = connection.query(
        "SELECT issued_at, issue FROM contact_checks WHERE case_id = $1 AND issued_at > $2 AND tries < $3",
        case_id,
        workflow::to_milliseconds(now - limits.life),
        limits.tries
    );
    if (!rows.next()) return std::nullopt;
    auto const issue = std::to_string(rows.int64(0)) + '/' + std::to_string(rows.int64(1));
    return six_digits(vault_.index_digest("contact code", std::string(case_id) + '/' + issue));
}

ContactChecks::Entry ContactChecks::enter_code(
    Connection& connection, std::string_view case_id, std::string_view digits, CodeLimits limits, workflow::Instant now
) {
    auto const wanted = code(connection, case_id, limits, now);
    if (!wanted) return Entry::Over;
    if (digits.size() == kDigits && sodium_memcmp(digits.data(), wanted->data(), kDigits) == 0) {
        end(connection, case_id, now);
        return Entry::Right;
    }
    connection.execute("UPDATE contact_checks SET tries = tries + 1 WHERE case_id = $1", case_id);
    return Entry::Wrong;
}

}  // namespace storage
