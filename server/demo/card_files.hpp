#pragma once

#include "storage/store.hpp"

namespace server::demo {

/// Takes the steps of 红黄牌 files whose last day is near, each as the person whose turn it is, and closes the files
/// that are complete. Some are left lying until the agency above has been told. Writer thread, inside a job.
workflow::Result<void> tend_card_files(storage::Store& store, storage::Connection& connection, workflow::Instant at);

}  // namespace server::demo
