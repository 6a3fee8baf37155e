#pragma once

#include "storage/engine/driver.hpp"
#include "storage/vault/vault.hpp"
#include "workflow/time/date.hpp"

#include <cstdint>
#include <string_view>

namespace storage {

/// Counts of what may happen only so often a day. What is counted, and for whom, stands in keyed digests only, and no
/// longer than that day. Writer thread, inside a job: what the job refuses has not happened.
class DailyCounts {
public:
    explicit DailyCounts(Vault const& vault) : vault_(vault) {}

    /// Counts one more and returns how many there are today. `what` is a word of the program, `whose` a network, a
    /// case, an address.
    std::int64_t add(Connection& connection, std::string_view what, std::string_view whose, workflow::Date today);

    /// Forgets the days before: the daily run.
    void purge(Connection& connection, workflow::Date today);

private:
    Vault const& vault_;
};

}  // namespace storage
