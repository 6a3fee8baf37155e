#pragma once

#include <boost/json/object.hpp>

#include "storage/store.hpp"

namespace server::verbs {

/// case anew; returns {"year", "moved": how many reply dates moved}.
workflow::Result<boost::json::object> import_calendar(
    storage::Store& store, boost::json::object const& arguments, workflow::Instant now
);

}  // namespace server::verbs
