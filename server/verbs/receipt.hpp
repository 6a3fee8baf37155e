#pragma once

#include <boost/json/value.hpp>

#include "storage/case_store.hpp"

namespace server::verbs {

/// Reads a receipt as api::write_receipt makes it, or an answer that contains one as "receipt", and checks it offline.
/// Refused when it is not of this form or the record is not what the root commits to.
workflow::Result<storage::Receipt> check_receipt(boost::json::value const& value);

}  // namespace server::verbs
