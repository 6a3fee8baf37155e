#pragma once

#include "storage/engine/driver.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/time/date.hpp"
#include "workflow/words/result.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace storage {

/// The first answers to requests that carried an Idempotency-Key, kept for two days, encrypted. Writer thread.
class Idempotency {
public:
    explicit Idempotency(Vault const& vault) : vault_(vault) {}

    /// The stored answer if `key` was used by `who` (account, session or address) for the same `request`; refused with
    /// `idempotency_key_reused` (invalid) if it was used for another. Otherwise makes the answer and stores it in the
    /// same transaction. An empty key just makes the answer.
    workflow::Result<std::string> once(
        Connection& connection,
        std::string_view who,
        std::string_view key,
        std::string_view request,
        workflow::Instant now,
        std::function<workflow::Result<std::string>()> const& make
    );

    /// Forgets answers older than two days.
    void purge(Connection& connection, workflow::Instant now);

private:
    Vault const& vault_;
};

}  // namespace storage
