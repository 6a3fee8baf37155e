#pragma once

#include "storage/store.hpp"

namespace server::demo {

/// Takes the steps of the cards (红黄牌) whose last day is near, each as the person whose turn it is; a card is closed
/// with the last of its procedure. Some are left lying until the agency above has been told. Writer thread, inside a
/// job.
workflow::Result<void> advance_card_procedures(
    storage::Store& store, storage::Connection& connection, workflow::Instant at
);

}  // namespace server::demo
