#pragma once

#include "storage/store.hpp"

#include <optional>
#include <string>

namespace server::delivery {

/// What an account finds in its mail in the morning: how much waits for it, what is due in the next days or late, and
/// for whoever sends letters how many deliveries wait or have failed. Cases by their numbers alone. Nullopt when there
/// is nothing. Any thread that has a connection.
std::optional<std::string> digest_for(
    storage::Store& store,
    storage::Connection& connection,
    storage::Directory const& directory,
    storage::Staff const& staff,
    workflow::Instant now
);

}  // namespace server::delivery
