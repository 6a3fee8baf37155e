#include "storage/office/idempotency.hpp"

#include <algorithm>
#include <chrono>

namespace storage {
namespace {

using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

constexpr std::chrono::days kKeptFor{2};

}  // namespace

Result<std::string> Idempotency::once(
    Connection& connection,
    std::string_view who,
    std::string_view key,
    std::string_view request,
    workflow::Instant now,
    std::function<Result<std::string>()> const& make
) {
    if (key.empty()) return make();
    Digest const place = vault_.index_digest("idempotency", std::string(who) + '\n' + std::string(key));
    Digest const asked = vault_.index_digest("request", request);
    std::string const aad = "idempotency/" + to_hex(place);
    {
        auto rows = connection.query("SELECT request, answer FROM idempotency WHERE key = $1", place);
        if (rows.next()) {
            if (std::ranges::equal(rows.blob(0), asked)) return vault_.unseal(rows.blob(1), aad);
            return Refusal{
                RefusalKind::Invalid, "idempotency_key_reused", "同一个 Idempotency-Key 已用于另一个请求，请换一个。"};
        }
    }
    auto answer = make();
    if (answer) {
        connection.execute(
            "INSERT INTO idempotency (key, request, answer, made_at) VALUES ($1, $2, $3, $4)",
            place,
            asked,
            vault_.seal(*answer, aad),
            workflow::to_milliseconds(now)
        );
    }
    return answer;
}

void Idempotency::purge(Connection& connection, workflow::Instant now) {
    connection.execute("DELETE FROM idempotency WHERE made_at < $1", workflow::to_milliseconds(now - kKeptFor));
}

}  // namespace storage
