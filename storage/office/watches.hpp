#pragma once

#include "storage/engine/driver.hpp"
#include "workflow/words/fields.hpp"

#include <string_view>

/// 关注: an account follows a case. Its own bookmark and no step of the case, so it is not in the journal.
namespace storage {

/// Begins, or begins once more; nothing happens where there is no such case. Writer thread.
void watch(Connection& connection, workflow::Code const& account, std::string_view case_id);
/// Ends, whether it had begun or not. Writer thread.
void unwatch(Connection& connection, workflow::Code const& account, std::string_view case_id);

bool watches(Connection& connection, workflow::Code const& account, std::string_view case_id);

}  // namespace storage
