#pragma once

#include <boost/json/object.hpp>

#include "storage/store.hpp"

namespace server::verbs {

/// case anew; returns {"year", "moved": how many reply dates moved}.
workflow::Result<boost::json::object> import_calendar(
    storage::Store& store, boost::json::object const& arguments, workflow::Instant now
);

/// Brings in the ledger that lies at the absolute path {"file"}; returns {"rows", "batch"}, or refuses with a line for
/// each fault.
workflow::Result<boost::json::object> import_ledger(
    storage::Store& store, boost::json::object const& arguments, workflow::Instant now
);

/// Destroys the personal data of the case `number`, as the second person; returns {"number"}.
workflow::Result<boost::json::object> erase_case(
    storage::Store& store, boost::json::object const& arguments, workflow::Instant now
);

}  // namespace server::verbs
