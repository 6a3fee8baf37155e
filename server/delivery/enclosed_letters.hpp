#pragma once

#include "storage/store.hpp"

#include <optional>
#include <vector>

namespace server::delivery {

/// The letters that a message about this case takes to its recipient, frozen; nullopt while one of them is still being
/// made. Any thread that has a connection.
std::optional<std::vector<storage::StoredLetter>> enclosed_letters(
    storage::Store& store,
    storage::Connection& connection,
    storage::Outbox::Message const& message,
    workflow::Case const& facts
);

}  // namespace server::delivery
