#pragma once

#include <memory>

#include "server/verbs/verb.hpp"
#include "workflow/time/calendar.hpp"

namespace server::verbs {

/// The calendar stored in the folder the user named; the statutory one where none was named.
workflow::Result<std::shared_ptr<workflow::WorkdayCalendar const>> calendar_for(DataOption const& data);

}  // namespace server::verbs
