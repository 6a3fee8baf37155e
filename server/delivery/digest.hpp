#pragma once

#include "storage/store.hpp"

#include <optional>
#include <string>

namespace server::delivery {

/// The daily digest of an account: how many cases wait for it, which are due in the next days or late; for registrars
/// how many deliveries wait or have failed, for system administrators which year's calendar is missing. Cases appear by
/// number only. Nullopt when there is nothing to report. Any thread that has a connection.
std::optional<std::string> digest_for(
    storage::Store& store,
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::Staff const& staff,
    workflow::Instant now
);

}  // namespace server::delivery
